"""Booth sheets (展位单), A3: for each booth its employer, its postings and a code for each, as PDF.

In: booths one after another. Out: one file on disk. Booths are laid out some at a time: 3,000 postings take no more
memory than 300. The layout is fair_booths.typ.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exchange.documents.fair_pages import compiled, joined
from exchange.documents.qr import qr_svg

_AT_ONCE = 24  # postings: Typst remembers some of what it has laid out


@dataclass(frozen=True, slots=True)
class SheetPosting:
    title: str
    facts: str
    pay: str
    openings: str
    address: str


@dataclass(frozen=True, slots=True)
class BoothSheet:
    number: str
    name: str
    address: str
    postings: tuple[SheetPosting, ...]


@dataclass(frozen=True, slots=True)
class SheetHeading:
    """What stands on every sheet of a fair."""

    title: str
    when: str
    footer: str
    demonstration: bool = False


def write_booth_sheets(heading: SheetHeading, booths: Iterable[BoothSheet], folder: Path, font: str = "") -> Path:
    """Raises NoFont. The file lies in `folder`, which is the caller's to remove."""
    return joined((_part(heading, some, font) for some in _some_at_a_time(booths)), folder, heading.title)


def _some_at_a_time(booths: Iterable[BoothSheet]) -> Iterator[list[BoothSheet]]:
    some: list[BoothSheet] = []
    for booth in booths:
        some.append(booth)
        if sum(1 + len(one.postings) for one in some) >= _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _part(heading: SheetHeading, booths: list[BoothSheet], font: str) -> bytes:
    words = {
        "title": heading.title,
        "when": heading.when,
        "footer": heading.footer,
        "demonstration": heading.demonstration,
        "booths": [_booth(booth) for booth in booths],
    }
    return compiled("fair_booths.typ", "sheets", words, font)


def _booth(booth: BoothSheet) -> dict[str, Any]:
    return {
        "number": booth.number or "—",
        "name": booth.name,
        "code": _code(booth.address, booth.name),
        "postings": [
            {
                "title": one.title,
                "facts": one.facts,
                "pay": one.pay,
                "openings": one.openings,
                "code": _code(one.address, one.title),
            }
            for one in booth.postings
        ],
    }


def _code(address: str, title: str) -> str:
    return qr_svg(address, title, quick=True)
