"""Booths (展位): their order, free numbers, and the plan of the hall as rows of a grid.

In: booth numbers as clerks write them (A01, B-12, 3号). Out: sort keys, numbers, placed booths.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_PARTS = re.compile(r"(\d+)")
_PREFIX = re.compile(r"^\D*")
A_ROW = 10  # booths beside each other
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Placed(Generic[Thing]):
    thing: Thing
    row: int
    column: int


def booth_key(booth: str) -> tuple[bool, tuple[tuple[int, int, str], ...]]:
    """A2 before A10; no booth comes last."""
    parts = [part for part in _PARTS.split(booth.casefold()) if part]
    return not booth, tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def normal_booth(text: str) -> str:
    return "".join(text.split()).upper()


def free_booths(taken: Collection[str]) -> Iterator[str]:
    """A01 to A10, B01 … Z10, then AA01 …: those that nobody has."""
    used = {booth_key(booth) for booth in taken}
    number = 0
    while True:
        row, place = divmod(number, A_ROW)
        booth = f"{_letters(row)}{place + 1:02}"
        if booth_key(booth) not in used:
            yield booth
        number += 1


def _letters(row: int) -> str:
    more, letter = divmod(row, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + letter)


def placed(things: Sequence[tuple[str, Thing]]) -> list[Placed[Thing]]:
    """(booth, thing) each: a new row for each letter, and after ten booths."""
    found: list[Placed[Thing]] = []
    row, column, before = 0, 0, ""
    for booth, thing in sorted(((b, t) for b, t in things if b), key=lambda pair: booth_key(pair[0])):
        prefix = _PREFIX.match(booth)
        letters = prefix[0] if prefix else ""
        if found and (letters != before or column == A_ROW):
            row, column = row + 1, 0
        found.append(Placed(thing, row, column))
        before, column = letters, column + 1
    return found
