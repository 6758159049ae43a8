"""Pages as text: which encoding they are really in.

In: an answer and the encoding the operator names, if any. Out: text, and a warning where the page says something else
than it is. Bytes that are UTF-8 are UTF-8 whatever the header says: other Chinese hardly ever is by chance.
PullFault pull.other_encoding where nothing fits.
"""

import codecs
import re

from config.words import Severity
from exchange.content import Problem
from ingest.adapters.faults import PullCode, PullFault
from ingest.http import Answer

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_IN_PAGE = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030"}
_HEAD = 2048  # bytes in which a page must say what it is
_LOOKED_AT = 4000  # characters
_BROKEN = "\ufffd"


def decode(answer: Answer, named: str, source: str) -> tuple[str, Problem | None]:
    body = answer.body
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace"), None
    declared = [name for name in (named, _said(answer)) if name]
    for encoding in ("utf-8", *declared, "gb18030"):
        text = _try(body, encoding)
        if text is not None:
            return text, _difference(answer, declared, encoding, body.isascii())
    raise PullFault(
        PullCode.OTHER_ENCODING,
        f"“{source}”的页面 {answer.url} 认不出编码（声明为 {'、'.join(declared) or '无'}），读出来是乱码；"
        "请在浏览器里查看页面编码，写进 options.encoding。",
    )


def _said(answer: Answer) -> str:
    """By the header, then by the page itself; "" for neither or for a name nobody knows."""
    header, page = _HEADER.search(answer.content_type), _IN_PAGE.search(answer.body[:_HEAD])
    for name in (header[1] if header else "", page[1].decode("ascii") if page else ""):
        if name and known_encoding(name):
            return name
    return ""


def known_encoding(name: str) -> str:
    """The codec to use, "" for none; GB2312 and GBK are read as GB18030, which holds both."""
    try:
        codec = codecs.lookup(name.strip())
    except LookupError:
        return ""
    return _WIDER.get(codec.name, codec.name)


def _try(body: bytes, encoding: str) -> str | None:
    codec = known_encoding(encoding)
    if not codec:
        return None
    text = body.decode(codec, "replace")
    special = len(text) - len(text.encode("ascii", "ignore"))
    if text.count(_BROKEN) * 20 > special or "\0" in text:  # a few broken characters are borne
        return None
    return text if codec != "gb18030" or _reads_well(text) else None


def _reads_well(text: str) -> bool:
    """GB18030 makes characters of nearly any bytes. Real text is made of the 3,755 common ones (GB 2312, level 1)."""
    ideographs = [char for char in text[: _LOOKED_AT * 10] if "\u3400" <= char <= "\u9fff" or char > "\uffff"]
    ideographs = ideographs[:_LOOKED_AT]
    return len(ideographs) < 20 or sum(map(_is_common, ideographs)) >= 0.7 * len(ideographs)


def _is_common(char: str) -> bool:
    try:
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def _difference(answer: Answer, declared: list[str], found: str, plain: bool) -> Problem | None:
    said = [known_encoding(name) or name for name in declared]
    if plain or not said or (known_encoding(found) or found) in said:
        return None
    message = f"页面声明的编码是 {declared[0]}，实际是 {found}，已按实际的读取；来源可能换了系统，请核对内容。"
    return Problem(PullCode.OTHER_ENCODING, Severity.WARNING, message, answer.url)
