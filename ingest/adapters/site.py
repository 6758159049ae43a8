"""A source's site as its adapter reaches it: its addresses, its own headers, its text.

In: a source, its options, an HTTP client, which minds the pace. Out: answers, decoded text, JSON. An address found on a
page is not trusted: it must be of the source's own host or of one in `options.hosts`, and headers (which may hold a
key) go nowhere else.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from config.sources import Source
from exchange.content import Problem
from ingest.adapters.decoding import decode
from ingest.adapters.faults import PullCode, PullFault
from ingest.adapters.options import Options
from ingest.adapters.strange_pages import is_web_page, page_title
from ingest.http import Answer, HttpClient

O = TypeVar("O", bound=Options)  # noqa: E741  (the options of an adapter)


@dataclass(slots=True)
class Site(Generic[O]):
    source: Source
    options: O
    client: HttpClient
    _notes: list[Problem] = field(default_factory=list)
    _noted: set[str] = field(default_factory=set)

    def get(self, address: str, params: Mapping[str, str | int] | None = None) -> Answer:
        """Raises HttpFault."""
        own = urlsplit(address).netloc == urlsplit(self.source.address).netloc
        return self.client.fetch(address, params, self.options.headers if own else None)

    def visit(self, address: str) -> Answer:
        """An address that a page named. Raises PullFault where it leads off the site."""
        parts = urlsplit(address)
        allowed = {urlsplit(self.source.address).netloc, *self.options.hosts}
        if parts.scheme not in {"http", "https"} or (parts.netloc not in allowed and parts.hostname not in allowed):
            raise PullFault(
                PullCode.FOREIGN_ADDRESS,
                f"{address} 不在“{self.source.name}”自己的网站上，没有取；确实属于它的，请把域名写进 options.hosts。",
            )
        return self.get(address)

    def text(self, answer: Answer) -> str:
        text, note = decode(answer, self.options.encoding, self.source.name)
        if note:
            self.note(note)
        return text

    def note(self, problem: Problem) -> None:
        """Worth knowing, but no reason to stop: told once a pull."""
        if problem.code not in self._noted:
            self._noted.add(problem.code)
            self._notes.append(problem)

    def take_notes(self) -> list[Problem]:
        notes, self._notes = self._notes, []
        return notes

    def tree(self, answer: Answer) -> LexborHTMLParser:
        return LexborHTMLParser(self.text(answer))

    def json(self, answer: Answer) -> Any:
        try:
            return json.loads(answer.body)
        except (ValueError, RecursionError):
            pass  # UTF-8 and UTF-16 are tried; some sources send GBK
        text = self.text(answer)
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as fault:
            raise self.not_data(text, answer, "JSON") from fault

    def not_data(self, text: str, answer: Answer, wanted: str) -> PullFault:
        """What came where data should be: a web page, or something broken."""
        if is_web_page(text):
            title = page_title(LexborHTMLParser(text))
            return PullFault(
                PullCode.ERROR_PAGE,
                f"“{self.source.name}”的 {_shown(answer.url)} 返回的是网页{title}，不是 {wanted}："
                "来源可能出错、维护或要求登录验证；请在浏览器里打开查看，恢复后再试。",
            )
        start = " ".join(text[:60].split())
        return PullFault(
            PullCode.UNREADABLE,
            f"“{self.source.name}”的 {_shown(answer.url)} 不是完整的 {wanted}，开头是“{start}”，"
            "可能没有传完；本次不作处理，请核对地址。",
        )


def _shown(address: str) -> str:
    """Without parameters, which may hold a key."""
    return address.partition("?")[0]


def join_address(base: str, link: str | None) -> str:
    """Where a link leads, without #…; "" for none, for javascript: and for what is no address."""
    link = (link or "").strip()
    try:
        address = urldefrag(urljoin(base, link)).url
        usable = link != "" and not link.startswith("#") and urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return ""
    return address if usable else ""
