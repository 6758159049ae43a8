"""One request over the wire, within limits of time and size.

In: an address, headers, perhaps what to post, whether an inner address is allowed. Out: a `Reply`, or `HttpFault`. The
address actually connected to is looked at before a byte is sent: a name may resolve differently from one moment to the
next.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError as TransportError
from urllib3.exceptions import TimeoutError as TransportTimeout

from ingest.http.answers import Answer, Reply
from ingest.http.faults import HttpFault, bad_status, broken, shown
from ingest.http.places import inner, is_public
from ingest.http.walls import find_wall

REDIRECT_STATUS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
_FAULT_BYTES = 65_536  # read of an error page, to see whether it is a captcha
_SAYS_WHY = re.compile("html|json", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    timeout: float = 20.0  # seconds without a byte
    total_timeout: float = 120.0  # seconds for one whole answer
    max_bytes: int = 20 * 2**20  # after unpacking


class Transport:
    """Not for several threads at once: it holds one session."""

    def __init__(self, user_agent: str, limits: Limits) -> None:
        self.limits = limits
        self._guard = _Guard()
        self._session = _Session()
        self._session.headers["User-Agent"] = user_agent
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _Adapter(self._guard))

    def close(self) -> None:
        self._session.close()

    def ask(
        self, url: str, headers: Mapping[str, str] | None, *, inner_allowed: bool, posted: bytes | None = None
    ) -> Reply:
        """GET, or POST where there is something `posted`."""
        self._guard.inner_allowed = inner_allowed
        try:
            response = self._session.request(
                "GET" if posted is None else "POST",
                url,
                headers=headers,
                data=posted,
                timeout=self.limits.timeout,
                stream=True,
                allow_redirects=False,
            )
        except _InnerAddress as fault:
            raise inner(url) from fault
        except requests.RequestException as fault:
            raise broken(shown(url), fault) from fault
        with response:
            return self._read(response)

    def _read(self, response: requests.Response) -> Reply:
        status, headers = response.status_code, response.headers
        if status in REDIRECT_STATUS and "Location" in headers:
            return Reply(status, str(response.url), location=headers["Location"])
        if status not in {200, 304}:
            fault = bad_status(shown(str(response.url)), status, headers.get("Retry-After"))
            fault.body = self._error_page(response)
            kind = response.headers.get("Content-Type", "")
            raise find_wall(Answer(str(response.url), fault.body, kind), status) or fault
        return Reply(
            status,
            str(response.url),
            b"" if status == 304 else self._body(response, self.limits.max_bytes),
            headers.get("Content-Type", ""),
            headers.get("ETag", ""),
            headers.get("Last-Modified", ""),
        )

    def _body(self, response: requests.Response, most: int) -> bytes:
        url, body = shown(str(response.url)), bytearray()
        deadline = time.monotonic() + self.limits.total_timeout
        try:
            while chunk := response.raw.read1(_CHUNK, decode_content=True):
                body += chunk
                if len(body) > most:
                    limit = f"{self.limits.max_bytes / 2**20:g} MB"
                    raise HttpFault("http.too_large", f"{url} 的回答超过 {limit}，请把每页条数调小。", status=200)
                if time.monotonic() > deadline:
                    took = f"{self.limits.total_timeout:g}"
                    raise HttpFault("http.timeout", f"{url} 过了 {took} 秒还没有传完。", passing=True)
        except TransportTimeout as fault:
            raise HttpFault("http.timeout", f"{url} 没有按时回答，请稍后再试。", passing=True) from fault
        except TransportError as fault:
            message = f"连不上 {url}，或传到一半断开，请检查网络和地址。"
            raise HttpFault("http.unreachable", message, passing=True) from fault
        return bytes(body)

    def _error_page(self, response: requests.Response) -> bytes:
        """What comes with an error, where it is a small web page or JSON; b"" when it does not come."""
        if not _SAYS_WHY.search(response.headers.get("Content-Type", "")):
            return b""
        try:
            return self._body(response, _FAULT_BYTES)
        except HttpFault:
            return b""


class _Session(requests.Session):
    """Leaves redirects to HttpClient: requests would read the whole body of one and parse where it leads."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class _InnerAddress(Exception):
    """The name led to a machine of the inner network."""


class _Guard:
    """Says of each new connection whether it may be used. Connections that are kept were looked at when new."""

    inner_allowed = True

    def check(self, connection: Any) -> Any:
        address = str(connection.getpeername()[0])
        if not self.inner_allowed and not is_public(address):
            connection.close()
            raise _InnerAddress(address)
        return connection


class _Adapter(HTTPAdapter):
    def __init__(self, guard: _Guard) -> None:
        self._guard = guard
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """The usual pools, of connections that look where they lead. A configured proxy is trusted as it is."""
        super().init_poolmanager(*arguments, **options)
        guard = self._guard

        class Plain(HTTPConnection):
            def _new_conn(self) -> Any:
                return guard.check(super()._new_conn())

        class Secure(HTTPSConnection):
            def _new_conn(self) -> Any:
                return guard.check(super()._new_conn())

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
