"""Which segments are merged, and how: thousands of small commits must stay fast to make and to search.

In: opened segments with their deleted rows. Out: the ones to merge (`choose_merge`) and their union (`merge_rows`).
Segments live in tiers, each FANOUT times the size of the one below; a full tier becomes one segment of the next.
So every posting is rewritten at most once a tier, and there are at most FANOUT - 1 segments a tier.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.rows import SegmentRows
from search.engines.whoosh.schema import CODED, NUMBERS

FANOUT = 8
MOST_DELETED = 0.4  # of a segment, before it is rewritten without them


@dataclass(frozen=True, slots=True)
class SegmentSize:
    count: int
    deleted: int

    @property
    def live(self) -> int:
        return self.count - self.deleted

    @property
    def tier(self) -> int:
        tier, bound = 0, FANOUT
        while self.live > bound:
            tier, bound = tier + 1, bound * FANOUT
        return tier


def choose_merge(sizes: Sequence[SegmentSize]) -> list[int]:
    """Positions of the segments to merge into one; empty when nothing needs it."""
    tiers: dict[int, list[int]] = defaultdict(list)
    for position, size in enumerate(sizes):
        if size.count and size.deleted > MOST_DELETED * size.count:
            return [position]
        tiers[size.tier].append(position)
    for tier in sorted(tiers):
        if len(tiers[tier]) >= FANOUT:
            return tiers[tier]
    return []


def merge_rows(parts: Sequence[SegmentRows]) -> SegmentRows:
    bases = np.cumsum([0] + [len(part) for part in parts])
    vocabulary: dict[str, int] = {}
    words: list[Array] = []
    for part in parts:
        translation = [vocabulary.setdefault(word, len(vocabulary)) for word in part.vocabulary]
        words.append(np.array(translation, np.int32)[part.words])
    word = np.concatenate(words)
    row = np.concatenate([part.rows + np.uint32(base) for part, base in zip(parts, bases[:-1], strict=True)])
    order = np.argsort(word.astype(np.int64) * int(bases[-1] or 1) + row, kind="stable")
    codes, values = _merge_codes(parts)
    return SegmentRows(
        np.concatenate([part.ids for part in parts]),
        codes,
        values,
        {name: np.concatenate([part.numbers[name] for part in parts]) for name in NUMBERS},
        list(vocabulary),
        word[order],
        row[order],
        np.concatenate([part.weights for part in parts])[order],
        np.concatenate([part.texts for part in parts]),
        np.cumsum(np.concatenate([[0], *(np.diff(part.text_ends) for part in parts)])).astype(np.int64),
    )


def _merge_codes(parts: Sequence[SegmentRows]) -> tuple[dict[str, Array], dict[str, list[str]]]:
    """One list of values for all parts; values no row uses any more are left out."""
    codes: dict[str, Array] = {}
    values: dict[str, list[str]] = {}
    for name in CODED:
        known: dict[str, int] = {}
        columns = []
        for part in parts:
            translation = np.zeros(max(len(part.values[name]), 1), np.int32)
            for used in np.unique(part.codes[name]).tolist():
                translation[used] = known.setdefault(part.values[name][used], len(known))
            columns.append(translation[part.codes[name]])
        codes[name], values[name] = np.concatenate(columns), list(known)
    return codes, values
