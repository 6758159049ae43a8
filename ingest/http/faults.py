"""What goes wrong over HTTP, in words for the operator.

In: an exception or a status. Out: `HttpFault` with a code, a Chinese sentence, and whether it will pass.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
from urllib3.exceptions import TimeoutError as TransportTimeout

RETRIED_STATUS = frozenset({429, 500, 502, 503, 504})
WALLS = frozenset({"pull.captcha", "pull.login"})  # a person is wanted, not a machine
PAUSED = "http.paused"  # nobody went: the host is left alone for a while
NO_ROBOTS = "http.robots_unreachable"  # nobody went: who cannot say what is allowed is not visited


class HttpFault(Exception):
    """A request that brought nothing usable. `retry_after` is in seconds, where the server named a time."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int | None = None,
        passing: bool = False,
        retry_after: float | None = None,
        body: bytes = b"",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.is_passing = passing  # worth another try
        self.retry_after = retry_after
        self.body = body  # of the page that was no answer, as evidence; b"" when it was not read

    @property
    def may_pass(self) -> bool:
        """Not now, but another day or by a person's doing: a pull can go on from here."""
        return self.is_passing or self.code in {*WALLS, PAUSED, NO_ROBOTS}


def shown(url: str) -> str:
    """The address without its parameters, which may hold a key: messages end up in logs and on pages."""
    return url.partition("?")[0]


def broken(url: str, fault: Exception) -> HttpFault:
    if isinstance(fault, requests.Timeout | TransportTimeout):
        return HttpFault("http.timeout", f"{url} 没有按时回答，请稍后再试。", passing=True)
    if isinstance(fault, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
        return HttpFault("http.unreachable", f"连不上 {url}，或传到一半断开，请检查网络和地址。", passing=True)
    return HttpFault("http.unusable", f"{url} 无法访问，请核对地址（{type(fault).__name__}）。")


def bad_status(url: str, status: int, retry_after: str | None) -> HttpFault:
    return HttpFault(
        "http.status",
        f"{url} 返回状态 {status}，{_advice(status)}",
        status=status,
        passing=status in RETRIED_STATUS,
        retry_after=seconds_asked(retry_after),
    )


def _advice(status: int) -> str:
    if status == 429:
        return "对方说访问太频繁，请调大间隔。"
    if status in {401, 403}:
        return "对方不允许访问，请核对授权。"
    return "请核对地址。" if status < 500 else "对方系统出错，请稍后再试。"


def seconds_asked(text: str | None) -> float | None:
    """Seconds to wait by Retry-After: RFC 9110, 10.2.3 allows a number or a date."""
    if not text:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
