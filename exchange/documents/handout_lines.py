"""What a hand-out (宣传单) says of one posting: plain words, no contact; the rest is behind the QR code.

In: views of postings, already worded. Out: `HandoutLine`s in groups by place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class HandoutLine:
    id: str
    place: str  # 长安镇
    title: str
    pay: str
    employer: str
    facts: str  # 招 30 人 · 包吃住 · 学历不限
    provider: str  # the source label that the law asks for
    valid_until: str  # 3月12日
    address: str  # of the posting's page


@dataclass(frozen=True, slots=True)
class HandoutHead:
    title: str
    subtitle: str
    footer: str
    demonstration: bool


def by_place(lines: Iterable[HandoutLine]) -> Iterator[tuple[str, list[HandoutLine]]]:
    """Lines must come in the order of their places."""
    for place, group in groupby(lines, key=lambda line: line.place):
        yield place, list(group)
