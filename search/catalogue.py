"""The distinct texts of one column across all segments, numbered; numbers never change while a reader lives.

In: the values of a segment. Out: number per value, and the folded form of each for comparing and completing.
"""

import threading
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import numpy as np

from search.folding import fold_name
from search.similar import PairIndex

UNSORTED_LIMIT = 2000  # new values looked through one by one before everything is sorted again


class Catalogue:
    """Grows only; extended by one thread (the reader holds its lock while it takes up a commit)."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._numbers: dict[str, int] = {}
        self._sorted: list[tuple[str, int]] = []
        self._unsorted: list[tuple[str, int]] = []
        self._folded: dict[str, list[int]] = {}
        self._pairs = PairIndex()
        self._named = 0  # how many values the folded forms cover
        self._lock = threading.Lock()

    def number_all(self, values: Sequence[str]) -> np.ndarray[Any, Any]:
        numbers = []
        for value in values:
            number = self._numbers.get(value)
            if number is None:
                number = self._numbers[value] = len(self.values)
                self.values.append(value)
            numbers.append(number)
        return np.array(numbers, np.int32)

    def named(self, name: str) -> list[int]:
        """Numbers of the values that read the same as this name: case, width and spaces do not matter."""
        with self._lock:
            self._fold_new_values()
            return self._folded.get(fold_name(name), [])

    def starting_with(self, prefix: str) -> list[int]:
        """Numbers of the values whose folded form starts with a folded prefix."""
        with self._lock:
            self._fold_new_values()
            ordered, recent = self._sorted, self._unsorted
        first = bisect_left(ordered, (prefix, -1))
        end = bisect_left(ordered, (prefix + "\U0010ffff", -1), lo=first)
        return [number for _, number in ordered[first:end]] + [
            number for folded, number in recent if folded.startswith(prefix)
        ]

    def likeness(self, text: str) -> np.ndarray[Any, Any]:
        """For each value the share of a folded text's pairs of characters it has."""
        with self._lock:
            fresh = range(self._pairs.count, len(self.values))
            self._pairs.extend([fold_name(self.values[number]) for number in fresh])
            return self._pairs.likeness(text)

    def prepare(self) -> None:
        """Do now what the first completion would have to wait for."""
        with self._lock:
            self._fold_new_values()

    def _fold_new_values(self) -> None:
        count = len(self.values)
        if self._named == count:
            return
        fresh = [(fold_name(self.values[number]), number) for number in range(self._named, count)]
        for name, number in fresh:
            self._folded[name] = [*self._folded.get(name, ()), number]
        recent = [*self._unsorted, *fresh]
        if len(recent) > UNSORTED_LIMIT:
            self._sorted, recent = sorted([*self._sorted, *recent]), []
        self._unsorted, self._named = recent, count
