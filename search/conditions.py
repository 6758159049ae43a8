"""The filters of one search: those chosen and those read out of the query.

In: a request and the reading of its query. Out: `Conditions`, which turn into a `Mask` over a view. Values chosen for
one parameter are alternatives, as are places read out of a query; benefits read out of it must all be there (包住 双休
means both).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from search.filters import FILTERS, Labels
from search.filters.base import Array
from search.masks import Mask
from search.phrases import with_phrase
from search.phrases import without as without_words
from search.requests import SearchRequest, Understood, UnknownValue
from search.understanding import Piece, Reading
from search.view import IndexView

_ALL_OF = {"benefit"}  # understood values of these add up, of the others they are alternatives


@dataclass(frozen=True, slots=True)
class Clause:
    parameter: str
    values: tuple[str, ...]

    def mask(self, view: IndexView, today: int) -> Array:
        return FILTERS[self.parameter].mask(self.values, view, today)


@dataclass(frozen=True, slots=True)
class Within:
    """Only some postings by their ids, as those of one fair."""

    ids: tuple[str, ...]
    parameter: str = "within"

    def mask(self, view: IndexView, today: int) -> Array:
        wanted = np.array([id.encode() for id in self.ids], dtype=view.ids.dtype)
        return np.isin(view.ids, wanted)


@dataclass(frozen=True, slots=True)
class Conditions:
    chosen: tuple[Clause | Within, ...]
    pieces: tuple[Piece, ...]
    phrases: tuple[tuple[str, ...], ...] = ()  # never let go, nor what is excluded: both were typed on purpose
    excluded: tuple[tuple[str, ...], ...] = ()

    def clauses(self) -> tuple[Clause | Within, ...]:
        if not self.pieces:
            return self.chosen
        read: dict[tuple[str, ...], list[str]] = {}
        for piece in self.pieces:
            span = piece.span
            key = (span.parameter, span.value) if span.parameter in _ALL_OF else (span.parameter,)
            read.setdefault(key, []).append(span.value)
        return self.chosen + tuple(Clause(key[0], tuple(dict.fromkeys(values))) for key, values in read.items())

    def mask(self, view: IndexView, today: int) -> Mask:
        """Documents that pass."""
        clauses = self.clauses()
        parts = [visible(view, today), *[clause.mask(view, today) for clause in clauses]]
        parts += [with_phrase(view, words) for words in self.phrases]
        parts += [without_words(view, words) for words in self.excluded]
        names = ["", *[clause.parameter for clause in clauses]]
        return Mask(tuple(parts), (*names, *[""] * (len(parts) - len(names))))

    def with_pieces(self, pieces: Iterable[Piece]) -> "Conditions":
        return replace(self, pieces=tuple(pieces))

    def understood(self, view: IndexView, labels: Labels | None) -> tuple[Understood, ...]:
        return tuple(
            Understood(span.parameter, span.value, FILTERS[span.parameter].label(span.value, view, labels), piece.typed)
            for piece in self.pieces
            for span in (piece.span,)
        )


def visible(view: IndexView, today: int) -> Array:
    """Not deleted, and valid today."""
    return view.kept(("visible", today), lambda: view.live & (view.numbers["valid_through"] >= today))


def read_conditions(request: SearchRequest, reading: Reading, view: IndexView, labels: Labels | None) -> Conditions:
    """Raises UnknownValue. What was chosen wins over what was read out of the query."""
    chosen: list[Clause | Within] = [] if request.within is None else [Within(request.within)]
    for parameter, values in request.filters.items():
        if parameter not in FILTERS:
            raise UnknownValue(parameter, ",".join(values), f"没有“{parameter}”这个筛选条件。")
        for value in values:
            FILTERS[parameter].check(value, view, labels)
        if values:
            chosen.append(Clause(parameter, tuple(dict.fromkeys(values))))
    taken = {clause.parameter for clause in chosen}
    pieces = tuple(piece for piece in reading.pieces if piece.span.parameter not in taken)
    return Conditions(tuple(chosen), pieces, reading.phrases, reading.excluded)
