"""Facets: how many postings each value of a filter would leave, counted without that filter's own choice.

In: what was found and the names of the facets. Out: counts with labels. The words are matched again only for a
facet whose own filter is in force.
"""

from collections.abc import Sequence

from search.filters import FACETS, Labels
from search.relaxation import Finding
from search.requests import FacetCount, UnknownValue
from search.view import IndexView


def check_facets(names: Sequence[str]) -> None:
    for name in names:
        if name not in FACETS:
            raise UnknownValue("facets", name, f"没有“{name}”这个分类统计，可用：{'、'.join(FACETS)}。")


def count_facets(
    view: IndexView, finding: Finding, names: Sequence[str], today: int, labels: Labels | None
) -> dict[str, tuple[FacetCount, ...]]:
    active = {clause.parameter for clause in finding.conditions.clauses()}
    counted = {}
    for name in names:
        found = FACETS[name]
        documents = finding.match.documents
        if found.parameter in active:
            mask = finding.conditions.mask(view, today, without=found.parameter)
            documents = finding.matcher.match(view, mask, today).documents
        counted[name] = tuple(
            FacetCount(value, found.label(value, view, labels), count)
            for value, count in found.count(view, documents, today)
        )
    return counted
