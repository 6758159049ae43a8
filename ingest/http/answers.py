"""What is asked and what comes back.

In: an address and parameters. Out: `Request`, which knows its address with and without secrets; `Reply`, one answer
as it came over the wire; `Answer`, what adapters get.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

import requests

from config.packaged import read_vocabulary
from ingest.http.faults import HttpFault, broken, shown

Query = Mapping[str, str | int]
_MASK = "***"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Answer:
    """A 200 answer, unpacked."""

    url: str  # after redirects
    body: bytes
    content_type: str  # as sent, "" when not told


@dataclass(frozen=True, slots=True)
class Reply:
    """What one request brought: 200 with a body, 304 without, or a redirect to `location`."""

    status: int
    url: str
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    location: str = ""

    @property
    def answer(self) -> Answer:
        return Answer(self.url, self.body, self.content_type)


@dataclass(frozen=True, slots=True)
class Request:
    url: str  # whole, with parameters

    @property
    def key(self) -> str:
        """By which the same request is known again. A digest: the address may hold a secret."""
        return hashlib.sha256(self.url.encode()).hexdigest()

    @property
    def masked(self) -> str:
        return masked(self.url)


def request_of(url: str, params: Query | None = None) -> Request:
    """HttpFault when that is no address."""
    prepared = requests.models.PreparedRequest()
    try:
        prepared.prepare_url(url, params)
    except requests.RequestException as fault:
        raise broken(shown(url), fault) from fault
    return Request(str(prepared.url))


def split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as fault:
        raise HttpFault("http.unusable", f"{shown(url)} 不是有效的网址，请核对地址。") from fault


def host_of(url: str) -> str:
    """example.org:443: what is paced, left alone, trusted and asked for robots.txt as one."""
    parts = split(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    return f"{(parts.hostname or '').lower()}:{port or _PORTS.get(parts.scheme, 0)}"


def masked(url: str) -> str:
    """The address without passwords and the values of secret parameters."""
    parts = split(url)
    secrets = _secret_names()
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    hidden = [(name, _MASK if _plain(name) in secrets else value) for name, value in pairs]
    query = urlencode(hidden, safe="*") if hidden != pairs else parts.query
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query=query, fragment="").geturl()


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").replace(" ", "")


@cache
def _secret_names() -> frozenset[str]:
    lines = read_vocabulary("secret_parameters.txt").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
