"""A paged JSON feed over HTTP: pages by number, by offset or by cursor, configured in sources.toml alone.

In: `PageOptions`. Out: listings that bring the items whole. Paths are dotted ("data.list"), "" is the whole answer.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from config.setting_table import TIME_ZONE
from config.sources import Source
from ingest.adapters.contract import Adapter, Item, Listing, PullCode, PullFault, Reference, Site
from ingest.adapters.options import OptionFault, Options, option
from ingest.table.paths import ABSENT, value_at

_LOCAL = ZoneInfo(TIME_ZONE)


class Style(StrEnum):
    PAGE = "page"  # 1, 2, 3 …
    OFFSET = "offset"  # 0, 50, 100 …
    CURSOR = "cursor"  # each answer says what to ask next


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOptions(Options):
    items: str = option(missing='必须填写岗位列表的路径 (path of the list is required)，如 "data.list"')
    style: Style = Style.PAGE
    page_param: str = "page"  # also of offset and cursor
    size_param: str = "size"  # "" sends none
    size: int = option(50, least=1, most=1000)
    first_page: int = 1  # of style "page"
    next: str = ""  # path of the next cursor; null or "" there is the end
    total: str = ""  # path of the count of all items; "" when the feed gives none
    ok_path: str = ""  # path of a status word that must equal ok_value
    ok_value: Any = 0
    message_path: str = ""  # path of the source's own words when it refuses
    since_param: str = ""  # what asks for changes since a day, for sources that are no full list
    since_format: str = "%Y-%m-%d"  # of `strftime`, local time


@dataclass(slots=True)
class _Place:
    """Where the walk stands."""

    index: int = 0
    fetched: int = 0
    cursor: str = ""


class JsonPages(Adapter[PageOptions]):
    needs = PageOptions
    lists_once = True

    def check(self, source: Source, options: PageOptions) -> None:
        if options.style is Style.CURSOR and not options.next:
            raise OptionFault("next", '游标方式必须填写下一页游标的路径 (path of the next cursor), 如 "data.next"')
        if options.style is not Style.CURSOR and options.next:
            raise OptionFault("next", '只用于 style = "cursor" (cursor style only)')

    def list_since(self, site: Site[PageOptions], since: datetime | None) -> Iterator[Listing]:
        options, place, more = site.options, _Place(), True
        fixed = dict(options.params)
        if since is not None and options.since_param:
            fixed[options.since_param] = since.astimezone(_LOCAL).strftime(options.since_format)
        while more:
            answer = site.json(site.get(site.source.address, {**fixed, **_query(options, place)}))
            reader = _Reader(site.source.name, options, answer, place.index + 1)
            items, total = reader.items(), reader.total()
            place.index += 1
            place.fetched += len(items)
            if options.style is Style.CURSOR:
                cursor, before = reader.cursor(), place.cursor
                if cursor and cursor == before:
                    raise PullFault(
                        PullCode.REPEATED_PAGE,
                        f"“{site.source.name}”第 {place.index} 页给出的下一页游标没有变化，请核对 options.next。",
                    )
                place.cursor, more = cursor, bool(cursor)
            else:
                more = bool(items) and (total is None or place.fetched < total)
            yield Listing([Reference(_digest(item), facts=item) for item in items], more, total)

    def fetch(self, site: Site[PageOptions], reference: Reference) -> list[Item]:
        return [dict(reference.facts)]


def _query(options: PageOptions, place: _Place) -> dict[str, str | int]:
    size: dict[str, str | int] = {options.size_param: options.size} if options.size_param else {}
    if options.style is Style.CURSOR:
        return {options.page_param: place.cursor, **size} if place.cursor else size
    position = place.fetched if options.style is Style.OFFSET else options.first_page + place.index
    return {options.page_param: position, **size}


class _Reader:
    """One answer, and what it holds at the configured paths."""

    def __init__(self, name: str, options: PageOptions, answer: object, number: int) -> None:
        self.options, self.answer = options, answer
        self.place = f"“{name}”第 {number} 页"
        if options.ok_path and (state := self._at(options.ok_path)) != options.ok_value:
            found = "没有给出状态" if state is ABSENT else f"状态为 {state}"
            words = self._at(options.message_path) if options.message_path else ABSENT
            raise PullFault(PullCode.REFUSED, f"{self.place}{found}：{'' if words is ABSENT else words}")

    def items(self) -> list[dict[str, Any]]:
        items = self._at(self.options.items)
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            where = self.options.items or "最外层"
            raise PullFault(
                PullCode.CHANGED_LAYOUT,
                f"{self.place}在 {where} 处没有岗位列表，接口可能改版，请核对 options.items。",
            )
        return items

    def total(self) -> int | None:
        if not self.options.total:
            return None
        total = self._at(self.options.total)
        if isinstance(total, str) and total.strip().isdecimal():
            total = int(total)
        if not isinstance(total, int) or isinstance(total, bool) or total < 0:
            raise self._unreadable(f"在 {self.options.total} 处没有总数，请核对 options.total。")
        return total

    def cursor(self) -> str:
        """ "" at the end."""
        cursor = self._at(self.options.next)
        if cursor is ABSENT or isinstance(cursor, bool | list | dict):
            raise self._unreadable(f"在 {self.options.next} 处没有下一页的游标，请核对 options.next。")
        return "" if cursor is None else str(cursor)

    def _at(self, path: str) -> Any:
        return value_at(self.answer, path)

    def _unreadable(self, what: str) -> PullFault:
        return PullFault(PullCode.UNREADABLE, self.place + what)


def _digest(item: dict[str, Any]) -> str:
    """Tells items of one pull apart; `repr` costs a third of writing JSON."""
    return hashlib.sha256(repr(item).encode("utf-8", "replace")).hexdigest()
