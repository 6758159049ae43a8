"""HTTP with manners: one named user agent, time and size limits, patient retries.

In: an address. Out: an `Answer` (or its JSON), or `HttpFault` with a Chinese sentence. A configured address
is trusted; where it redirects to is not: private and loopback machines are refused unless allowed.
"""

import ipaddress
import json
import random
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError as TransportError
from urllib3.exceptions import TimeoutError as TransportTimeout

RETRIED_STATUS = frozenset({429, 500, 502, 503, 504})
REDIRECT_STATUS = frozenset({301, 302, 303, 307, 308})
Query = Mapping[str, str | int]
_CHUNK = 65_536
_MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """A 200 answer, unpacked."""

    url: str  # after redirects
    body: bytes
    content_type: str  # as sent, "" when not told


class _Session(requests.Session):
    """Leaves redirects to HttpClient: requests would read the whole body of one and parse where it leads."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


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
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.is_passing = passing  # worth another try
        self.retry_after = retry_after


class HttpClient:
    """Not for several threads at once: it holds one session."""

    def __init__(
        self,
        user_agent: str,
        *,
        timeout: float = 20.0,  # seconds without a byte
        total_timeout: float = 120.0,  # seconds for one whole answer
        max_bytes: int = 20 * 2**20,  # after unpacking
        retries: int = 3,
        allow_private: bool = False,
        back_off: float = 1.0,
        longest_wait: float = 60.0,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.timeout = timeout
        self.total_timeout = total_timeout
        self.max_bytes = max_bytes
        self.retries = retries
        self.allow_private = allow_private
        self.back_off = back_off
        self.longest_wait = longest_wait
        self.sleep = sleep
        self.chance = chance
        self._session = _Session()
        self._session.headers["User-Agent"] = user_agent

    def close(self) -> None:
        self._session.close()

    def __enter__(self) -> "HttpClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get_json(self, url: str, params: Query | None = None, headers: Mapping[str, str] | None = None) -> Any:
        body = self.fetch(url, params, headers).body
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as fault:
            start = body[:60].decode("utf-8", "replace").strip()
            raise HttpFault("http.not_json", f"{_shown(url)} 返回的不是 JSON，开头是“{start}”，请核对地址。") from fault

    def fetch(self, url: str, params: Query | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Tries again after passing faults, waiting longer each time."""
        for attempt in range(self.retries + 1):
            try:
                return self._follow(url, params, headers)
            except HttpFault as fault:
                wait = self._wait(attempt, fault)
                if not fault.is_passing or attempt == self.retries or wait > self.longest_wait:
                    raise
                self.sleep(wait)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _wait(self, attempt: int, fault: HttpFault) -> float:
        """Seconds: doubling, with jitter so that many clients do not come back together; the server's word wins."""
        own = min(self.back_off * 2**attempt, self.longest_wait) * (0.5 + self.chance() / 2)
        return max(own, fault.retry_after or 0.0)

    def _follow(self, url: str, params: Query | None, headers: Mapping[str, str] | None) -> Answer:
        first, origin = url, _split(url)
        for _ in range(_MOST_REDIRECTS + 1):
            try:
                response = self._session.get(
                    url, params=params, headers=headers, timeout=self.timeout, stream=True, allow_redirects=False
                )
            except requests.RequestException as fault:
                raise _broken(_shown(url), fault) from fault
            with response:
                if response.status_code not in REDIRECT_STATUS or "Location" not in response.headers:
                    return self._read(response)
                url, params = _join(response.url, response.headers["Location"]), None
            self._check_redirect(url)
            if _split(url)[:2] != origin[:2]:
                headers = None  # a token meant for one site goes to no other
        raise HttpFault("http.too_many_redirects", f"{_shown(first)} 一再跳转，请核对地址。")

    def _check_redirect(self, url: str) -> None:
        parts = _split(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise HttpFault("http.redirect_refused", f"来源要求跳转到 {_shown(url)}，不是网页地址，已拒绝。")
        if self.allow_private:
            return
        try:
            found = socket.getaddrinfo(parts.hostname, None)
        except (OSError, UnicodeError) as fault:
            raise HttpFault("http.unreachable", f"跳转的地址 {_shown(url)} 找不到，请核对。", passing=True) from fault
        if not all(_is_public(str(entry[4][0])) for entry in found):
            raise HttpFault("http.redirect_refused", f"来源要求跳转到内部网络的地址 {_shown(url)}，已拒绝。")

    def _read(self, response: requests.Response) -> Answer:
        url, status = _shown(response.url), response.status_code
        if status != 200:
            raise HttpFault(
                "http.status",
                f"{url} 返回状态 {status}，{_advice(status)}",
                status=status,
                passing=status in RETRIED_STATUS,
                retry_after=_retry_after(response.headers.get("Retry-After")),
            )
        body = bytearray()
        deadline = time.monotonic() + self.total_timeout
        try:
            while chunk := response.raw.read1(_CHUNK, decode_content=True):
                body += chunk
                if len(body) > self.max_bytes:
                    limit = f"{self.max_bytes / 2**20:g} MB"
                    raise HttpFault("http.too_large", f"{url} 的回答超过 {limit}，请把每页条数调小。", status=status)
                if time.monotonic() > deadline:
                    raise HttpFault("http.timeout", f"{url} 过了 {self.total_timeout:g} 秒还没有传完。", passing=True)
        except TransportError as fault:
            raise _broken(url, fault) from fault
        return Answer(response.url, bytes(body), response.headers.get("Content-Type", ""))


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as fault:
        raise HttpFault("http.unusable", f"{_shown(url)} 不是有效的网址，请核对地址。") from fault


def _join(base: str, place: str) -> str:
    """Where a redirect leads."""
    try:
        return urljoin(base, place)
    except ValueError as fault:
        raise HttpFault("http.redirect_refused", f"来源要求跳转到 {_shown(place)}，不是网页地址，已拒绝。") from fault


def _shown(url: str) -> str:
    """The address without its parameters, which may hold a key: messages end up in logs and on pages."""
    return url.partition("?")[0]


def _broken(url: str, fault: Exception) -> HttpFault:
    if isinstance(fault, requests.Timeout | TransportTimeout):
        return HttpFault("http.timeout", f"{url} 没有按时回答，请稍后再试。", passing=True)
    if isinstance(fault, requests.ConnectionError | TransportError):
        return HttpFault("http.unreachable", f"连不上 {url}，或传到一半断开，请检查网络和地址。", passing=True)
    return HttpFault("http.unusable", f"{url} 无法访问，请核对地址（{type(fault).__name__}）。")


def _advice(status: int) -> str:
    if status == 429:
        return "对方说访问太频繁，请调大间隔。"
    if status in {401, 403}:
        return "对方不允许访问，请核对授权。"
    return "请核对地址。" if status < 500 else "对方系统出错，请稍后再试。"


def _retry_after(text: str | None) -> float | None:
    """Seconds to wait: RFC 9110, 10.2.3 allows a number or a date."""
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


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.split("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_global
