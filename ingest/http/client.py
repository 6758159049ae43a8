"""HTTP with manners: one named user agent, limits, patient retries; hosts and answers are others' business.

In: an address. Out: an `Answer` (or its JSON), or `HttpFault` with a Chinese sentence. What the operator configured
is trusted; where a site leads us is not: private and loopback machines are refused unless allowed.
"""

import json
import random
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

from ingest.http.answers import Answer, Query, Reply, Request, host_of, request_of, split
from ingest.http.contract import Archive, Manners, NoArchive, NoManners
from ingest.http.faults import HttpFault, shown
from ingest.http.places import check_public, check_web, join
from ingest.http.transport import Limits, Transport
from ingest.http.walls import find_wall

_MOST_REDIRECTS = 5
Headers = Mapping[str, str]


class HttpClient:
    """Not for several threads at once. Made for one pull."""

    def __init__(
        self,
        user_agent: str,
        *,
        timeout: float = 20.0,  # seconds without a byte
        total_timeout: float = 120.0,  # seconds for one whole answer
        max_bytes: int = 20 * 2**20,  # after unpacking
        retries: int = 3,
        allow_private: bool = False,
        trusted: Collection[str] = (),  # host:port; none: the host of each address that is asked for
        back_off: float = 1.0,
        longest_wait: float = 60.0,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
        manners: Manners | None = None,
        archive: Archive | None = None,
    ) -> None:
        self.retries = retries
        self.allow_private = allow_private
        self.trusted = frozenset(trusted)
        self.back_off = back_off
        self.longest_wait = longest_wait
        self.sleep = sleep
        self.chance = chance
        self.manners: Manners = manners or NoManners()
        self.archive: Archive = archive or NoArchive()  # a pull gives it its own
        self._transport = Transport(user_agent, Limits(timeout, total_timeout, max_bytes))

    def close(self) -> None:
        self._transport.close()

    def __enter__(self) -> "HttpClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get_json(self, url: str, params: Query | None = None, headers: Headers | None = None) -> Any:
        return _json_of(self.fetch(url, params, headers))

    def post_json(self, url: str, body: Any, headers: Headers | None = None) -> Any:
        """To an API that has given us a token: no robots.txt, no archive. Goes out once and follows no redirect, since
        nobody knows here whether it may be said twice."""
        told = {**(headers or {}), "Content-Type": "application/json"}
        reply = self._go(url, told, robots=False, trusted=self.trusted or {host_of(url)}, posted=_bytes_of(body))
        if reply.location:
            message = f"{shown(url)} 要求跳转到 {shown(reply.location)}，没有跟着送去；请把地址改成最终的网址。"
            raise HttpFault("http.redirect_refused", message, status=reply.status)
        return _json_of(reply.answer)

    def fetch(self, url: str, params: Query | None = None, headers: Headers | None = None) -> Answer:
        """From the archive what it has, else over the wire: tried again after passing faults, each time later."""
        request = request_of(url, params)
        if (recalled := self.archive.recall(request)) is not None:
            return recalled
        try:
            return self._fetch_new(request, headers)
        except HttpFault as fault:
            self.archive.miss(request, fault)
            raise

    def _fetch_new(self, request: Request, headers: Headers | None) -> Answer:
        known = self.archive.known(request)
        conditions = known.headers if known is not None else {}
        reply = self._patiently(request.url, {**(headers or {}), **conditions})
        if reply.status == 304:
            if known is None:
                raise HttpFault("http.status", f"{shown(request.url)} 返回状态 304，请核对地址。", status=304)
            answer = known.answer
        else:
            answer = reply.answer
        self.archive.keep(request, reply, answer)
        return answer

    def _patiently(self, url: str, headers: Headers, robots: bool = True) -> Reply:
        for attempt in range(self.retries + 1):
            try:
                return self._follow(url, headers, robots)
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

    def _follow(self, url: str, headers: Headers, robots: bool) -> Reply:
        first, origin = url, _site(url)
        trusted = self.trusted or {host_of(url)}
        for _ in range(_MOST_REDIRECTS + 1):
            reply = self._go(url, headers, robots=robots, trusted=trusted)
            if not reply.location:
                return reply
            url = join(reply.url, reply.location)
            if _site(url) != origin:
                headers = {}  # a token meant for one site goes to no other
        raise HttpFault("http.too_many_redirects", f"{shown(first)} 一再跳转，请核对地址。")

    def _go(
        self, url: str, headers: Headers, *, robots: bool, trusted: Collection[str], posted: bytes | None = None
    ) -> Reply:
        """One request to where it may go, and word of it to those who mind the host."""
        check_web(url)
        allowed = self.allow_private or host_of(url) in trusted
        if not allowed:
            check_public(url)
        self.manners.before(url, self._ask_robots if robots else None)
        try:
            reply = self._transport.ask(url, headers, inner_allowed=allowed, posted=posted)
            if robots and (wall := find_wall(reply.answer)) is not None:
                raise wall
        except HttpFault as fault:
            self.manners.failed(url, fault)
            raise
        self.manners.answered(url)
        return reply

    def _ask_robots(self, url: str) -> Reply:
        return self._patiently(url, {}, robots=False)


def _json_of(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as fault:
        start = answer.body[:60].decode("utf-8", "replace").strip()
        message = f"{shown(answer.url)} 返回的不是 JSON，开头是“{start}”，请核对地址。"
        raise HttpFault("http.not_json", message) from fault


def _bytes_of(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def _site(url: str) -> tuple[str, str]:
    return split(url).scheme, host_of(url)
