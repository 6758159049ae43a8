"""What can go wrong with a source (故障): each fault is a small function, chosen by name.

In: a `Strike`: what was asked, the page that would answer it, and how to wait without outliving anyone. Out: an
`Answer`. A new fault is a function, a line in FAULTS, and a test that it does what its name says. Waits and streams
are bounded by `Measures` and end at once when the visitor goes away or the site closes.
"""

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from zlib import crc32

from tests.site.answers import Answer, Visit, html
from tests.site.postings import Posting
from tests.site.redesign import redesign

Page = Callable[[Visit, Sequence[Posting]], Answer]
_CHUNK = 65_536
_FAILURES = 2  # before an address is fine again


@dataclass(frozen=True)
class Measures:
    slow_seconds: float = 3.0
    retry_after: int = 2  # seconds
    huge_bytes: int = 24 * 2**20
    endless_bytes: int = 64 * 2**20
    endless_seconds: float = 10.0


@dataclass(frozen=True)
class Strike:
    visit: Visit
    page: Page
    postings: Sequence[Posting]
    number: int  # how often this address was struck, from 1
    measures: Measures
    wait: Callable[[float], bool]  # False: the visitor has gone, or the site closes

    def plain(self, postings: Sequence[Posting] | None = None) -> Answer:
        """What the page answers, without a date that other answers under this address would share."""
        answer = self.page(self.visit, self.postings if postings is None else postings)
        return replace(answer, modified=None)


def slow(strike: Strike) -> Answer:
    if not strike.wait(strike.measures.slow_seconds):
        raise ConnectionAbortedError("nobody waits for this answer any more")
    return strike.plain()


def drip(strike: Strike) -> Answer:
    """The answer bit by bit: never silent for long, and yet it takes its time."""
    answer = strike.plain()
    return replace(answer, body=b"", said_length=len(answer.body), pieces=_drops(strike, answer.body))


def _drops(strike: Strike, body: bytes) -> Iterator[bytes]:
    step = max(1, len(body) // 20)
    for start in range(0, len(body), step):
        if start and not strike.wait(strike.measures.slow_seconds / 20):
            return
        yield body[start : start + step]


def too_many(strike: Strike) -> Answer:
    words = {"code": 429, "msg": "访问太频繁"}
    body = json.dumps(words, ensure_ascii=False).encode()
    return Answer(body, status=429, headers={"Retry-After": str(strike.measures.retry_after)})


def fail_then_fine(strike: Strike) -> Answer:
    """Two failures, then an answer, then over again: a patient client never sees it."""
    if (strike.number - 1) % (_FAILURES + 1) < _FAILURES:
        return html("<h1>500 Internal Server Error</h1>", status=500)
    return strike.plain()


def cut(strike: Strike) -> Answer:
    answer = strike.plain()
    return replace(answer, body=answer.body[: len(answer.body) // 2], said_length=len(answer.body))


def wrong_length(strike: Strike) -> Answer:
    """A Content-Length three quarters of the truth."""
    answer = strike.plain()
    return replace(answer, said_length=len(answer.body) * 3 // 4)


def packed(strike: Strike) -> Answer:
    """No fault of the source: gzip, which a client must unpack."""
    answer = strike.plain()
    body = gzip.compress(answer.body, mtime=0)
    return replace(answer, body=body, version="", headers={**answer.headers, "Content-Encoding": "gzip"})


def redirect_loop(strike: Strike) -> Answer:
    round_ = int(strike.visit.query.get("round", 0)) + 1
    return _redirect(f"{strike.visit.base}{strike.visit.path}?round={round_}")


def redirect_private(strike: Strike) -> Answer:
    return _redirect("http://10.0.0.8/internal/jobs")


def _redirect(place: str) -> Answer:
    return Answer(status=302, headers={"Location": place})


def changed_layout(strike: Strike) -> Answer:
    visit = replace(strike.visit, redesigned=True)
    return redesign(replace(strike, visit=visit).plain())


def vanished_third(strike: Strike) -> Answer:
    """Always the same third, so that lists, pages and details agree."""
    return strike.plain([posting for posting in strike.postings if crc32(posting.key.encode()) % 3])


def renumbered(strike: Strike) -> Answer:
    def renumber(posting: Posting) -> Posting:
        return replace(posting, reference=f"N{crc32(posting.reference.encode()):010d}")

    return strike.plain([renumber(posting) for posting in strike.postings])


def empty(strike: Strike) -> Answer:
    return strike.plain([])


def captcha(strike: Strike) -> Answer:
    return html(
        '<!DOCTYPE html><html lang="zh-CN"><head><title>安全验证</title></head><body><h1>请完成安全验证</h1>'
        '<form action="/verify" method="post"><p>您的访问过于频繁，请输入验证码后继续。</p>'
        '<img src="/captcha.png" alt="验证码"><input name="captcha"><button>提交</button></form></body></html>'
    )


def login_wall(strike: Strike) -> Answer:
    return html(
        '<!DOCTYPE html><html lang="zh-CN"><head><title>用户登录</title></head><body><h1>请先登录</h1>'
        '<form action="/login" method="post"><input name="username" placeholder="用户名">'
        '<input name="password" type="password" placeholder="密码"><button>登录</button></form></body></html>'
    )


def error_200(strike: Strike) -> Answer:
    return html(
        '<!DOCTYPE html><html lang="zh-CN"><head><title>系统提示</title></head><body><h1>系统繁忙</h1>'
        "<p>服务器开小差了，请稍后再试。</p></body></html>"
    )


def other_encoding(strike: Strike) -> Answer:
    """GBK where UTF-8 is said, and the other way round; workbooks bring their own and stay."""
    answer = strike.plain()
    told = answer.kind.partition("charset=")[2]
    if not told:
        return answer
    other = "utf-8" if told == "gbk" else "gbk"
    return replace(answer, body=answer.body.decode(told).encode(other, "replace"), version="")


def endless(strike: Strike) -> Answer:
    return replace(strike.plain(), pieces=_stream(strike))


def _stream(strike: Strike) -> Iterator[bytes]:
    end = monotonic() + strike.measures.endless_seconds
    for _ in range(strike.measures.endless_bytes // _CHUNK):
        if monotonic() > end or not strike.wait(0):
            return
        yield b" " * _CHUNK


def huge(strike: Strike) -> Answer:
    """Whole and well formed, with so much white space behind it."""
    answer, more = strike.plain(), strike.measures.huge_bytes
    pieces = (b" " * min(_CHUNK, more - sent) for sent in range(0, more, _CHUNK))
    return replace(answer, said_length=len(answer.body) + more, pieces=pieces)


FAULTS: dict[str, tuple[Callable[[Strike], Answer], str]] = {
    "slow": (slow, "过一会儿才回答"),
    "drip": (drip, "一点一点地传"),
    "429": (too_many, "访问太频繁，带 Retry-After"),
    "500-then-fine": (fail_then_fine, "每个地址先出错两次，再正常一次"),
    "cut": (cut, "传到一半断开"),
    "wrong-length": (wrong_length, "Content-Length 比实际短"),
    "gzip": (packed, "压缩传输（不是故障）"),
    "redirect-loop": (redirect_loop, "一再跳转"),
    "redirect-private": (redirect_private, "跳转到内部网络"),
    "changed-layout": (changed_layout, "改版：键名、样式名、表头都换了"),
    "vanished-third": (vanished_third, "三分之一的岗位不见了"),
    "renumbered": (renumbered, "全部重新编号"),
    "captcha": (captcha, "返回验证码页面"),
    "login-wall": (login_wall, "返回登录页面"),
    "empty": (empty, "列表是空的"),
    "endless": (endless, "传不完"),
    "other-encoding": (other_encoding, "编码与所说的不符"),
    "error-200": (error_200, "出错页面，状态却是 200"),
    "huge": (huge, "回答太大"),
}
