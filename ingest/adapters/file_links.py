"""Workbooks and csv files: at an address, or behind a list of links.

In: `FileOptions`. Out: a reference for each file; fetched, its rows under our fields' names, headings understood as in
an upload or as the source's mapping says. The row of the file is kept in each item, so that it can be found again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from ingest.adapters.contract import Adapter, Item, Listing, PullCode, PullFault, Reference, Site
from ingest.adapters.link_lists import LinkOptions, pages_of_links
from ingest.adapters.moments import find_day
from ingest.adapters.options import Pattern
from ingest.fields import Field, Row
from ingest.http import Answer
from ingest.table import FileFault, FileTable, Limits, read_file

_TABLES = r"\.(xlsx|xls|et|csv)$"
_CODES = {"file.no_headings": PullCode.CHANGED_LAYOUT, "file.empty": PullCode.EMPTY}
LARGEST = 64 * 2**20  # bytes of one file
ROW_PLACE = "来源位置"  # of every item: file, sheet and row


class Pick(StrEnum):
    NEWEST = "newest"  # by the day in its name, else the first of the list
    ALL = "all"  # every file; of a source that is no full list those since its last good run


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOptions(LinkOptions):
    name_pattern: Pattern = _TABLES  # which links: looked for in the file's name and in the link's words
    pick: Pick = Pick.NEWEST


class FileLinks(Adapter[FileOptions]):
    needs = FileOptions

    def mapping(self, options: FileOptions, theirs: dict[str, Field]) -> dict[str, Field]:
        return {str(field): field for field in Field}  # theirs names headings, and has done so when items are made

    def list_since(self, site: Site[FileOptions], since: datetime | None) -> Iterator[Listing]:
        if not site.options.links:
            yield Listing([Reference(site.source.address, site.source.address)], more=False)
            return
        files = [
            file for page in pages_of_links(cast(Site[LinkOptions], site)) for file in _files(site.options, page.links)
        ]
        if not files:
            raise PullFault(
                PullCode.CHANGED_LAYOUT,
                f"“{site.source.name}”的列表页上没有名字符合 {site.options.name_pattern} 的文件，"
                "请核对 options.links 和 options.name_pattern。",
            )
        if site.options.pick is Pick.NEWEST:
            files = [max(files, key=lambda file: (file[1] is not None, file[1].timestamp() if file[1] else 0.0))]
        wanted = [address for address, day in files if since is None or day is None or day >= since]
        yield Listing([Reference(address, address) for address in dict.fromkeys(wanted)], more=False)

    def fetch(self, site: Site[FileOptions], reference: Reference) -> list[Item]:
        answer = site.visit(reference.address)
        name = _name(answer.url) or _name(reference.address)
        table = _read(site, answer, name)
        for problem in table.problems:
            place = f"第 {problem.row} 行" if problem.row else ""
            site.note(replace(problem, message=f"{name}{place}：{problem.message}", row=None))
        return [_item(row, name, reference.address) for row in table.rows]


def _files(options: FileOptions, links: list[tuple[str, LexborNode]]) -> Iterator[tuple[str, datetime | None]]:
    """(address, the day in its name) of each link that is a file we want."""
    pattern = re.compile(options.name_pattern, re.IGNORECASE)
    for address, block in links:
        words = " ".join(block.text().split())
        if address and (pattern.search(_name(address)) or pattern.search(words)):
            yield address, find_day(_name(address)) or find_day(words)


def _name(address: str) -> str:
    return unquote(urlsplit(address).path.rpartition("/")[2])


def _read(site: Site[FileOptions], answer: Answer, name: str) -> FileTable:
    headings = {heading: Field(ours) for heading, ours in site.source.mapping.items()}
    with TemporaryDirectory(prefix="guanshao-file-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(answer.body)
        try:
            return read_file(path, Limits(max_bytes=LARGEST), name=name or answer.url, mapping=headings)
        except FileFault as fault:
            code = _CODES.get(fault.code, PullCode.UNREADABLE)
            message = f"“{site.source.name}”的文件 {answer.url} 读不出岗位：{fault.message}"
            raise PullFault(code, message) from fault


def _item(row: Row, name: str, address: str) -> Item:
    item: Item = {**row.other, **{str(field): text for field, text in row.cells.items()}}
    if row.place_hint:
        item.setdefault(str(Field.DIVISION), row.place_hint)
    item.setdefault(str(Field.URL), address)
    item[ROW_PLACE] = f"{name} {row.sheet or ''} 第 {row.row} 行".replace("  ", " ")
    return item
