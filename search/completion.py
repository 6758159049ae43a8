"""What a half-typed word may become: titles, employers and places that start with it.

In: a request whose `q` ends in the half-typed word. Out: `Completion`s, most postings first; `text` is the whole
query as it would read, `value` the title, employer or division code. Words before the last and all filters in force
are kept: a completion is only offered when it leads to something.
"""

from typing import Any

import numpy as np

from config.divisions import Division, workplaces
from search.conditions import read_conditions
from search.filters import Labels
from search.filters.base import Array
from search.folding import fold_name
from search.relaxation import find
from search.requests import Completion, SearchRequest
from search.understanding import read_query
from search.understanding.employers import employers_of
from search.view import IndexView

MOST = 20


def complete(view: IndexView, request: SearchRequest, limit: int, labels: Labels | None) -> tuple[Completion, ...]:
    head, _, typed = request.q.strip().rpartition(" ")
    prefix = fold_name(typed)
    if not prefix:
        return ()
    before = f"{head.strip()} " if head.strip() else ""
    today = request.today.toordinal()
    reading = read_query(head, employers_of(view.catalogues["employer"]))
    conditions = read_conditions(request, reading, view, labels)
    documents = find(view, conditions, reading, today).match.documents
    places = _places(view, documents, prefix, before)
    titles = _names(view, documents, "title", prefix, before)
    employers = _names(view, documents, "employer", prefix, before)
    found = sorted([*places, *titles, *employers], key=lambda c: (-c.count, c.kind != "division", c.text))
    return tuple(found[: max(0, min(limit, MOST))])


def _names(view: IndexView, documents: Array, column: str, prefix: str, before: str) -> list[Completion]:
    """Names that read the same are one."""
    catalogue = view.catalogues[column]
    numbers = catalogue.starting_with(prefix)
    if not numbers:
        return []
    counts = _counts(view.codes[column], documents, len(catalogue.values))[numbers]
    found: dict[str, list[Any]] = {}
    for at in np.argsort(-counts, kind="stable")[: MOST * 4].tolist():
        if counts[at]:
            name = catalogue.values[numbers[at]]
            found.setdefault(fold_name(name), [name, 0])[1] += int(counts[at])
    return [Completion(column, before + name, name, count) for name, count in found.values()]


def _counts(codes: Array, documents: Array, size: int) -> Array:
    return np.bincount(codes[documents], minlength=size)


def _places(view: IndexView, documents: Array, prefix: str, before: str) -> list[Completion]:
    starting = [place for place in workplaces() if _starts(place, prefix)]
    if not starting:
        return []
    values = view.catalogues["division"].values
    counts = dict(zip(values, _counts(view.codes["division"], documents, len(values)).tolist(), strict=False))
    found = []
    for place in starting:
        below = [p.code for p in workplaces() if p.code == place.code or p.parent == place.code]
        count = sum(counts.get(code, 0) for code in below)
        if count:
            found.append(Completion("division", before + _shown(place), place.code, count))
    return found


def _starts(place: Division, prefix: str) -> bool:
    return fold_name(place.name).startswith(prefix) or fold_name(place.short_name).startswith(prefix)


def _shown(place: Division) -> str:
    return place.name if place.kind == "area" else place.short_name
