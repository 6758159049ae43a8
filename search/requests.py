"""A search as values, and its answer.

In: parameters already split by the caller. Out: `SearchResult`. Unknown filter values raise
`UnknownValue`, which names the parameter and the value.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class SearchError(Exception):
    """A search that cannot be carried out; `message` is Chinese, for the person who asked."""

    def __init__(self, code: str, message: str, details: dict[str, object] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details or {}


class UnknownValue(SearchError):
    def __init__(self, parameter: str, value: str, message: str) -> None:
        super().__init__("parameter.unknown_value", message, {"parameter": parameter, "value": value})


@dataclass(frozen=True, slots=True)
class SearchRequest:
    today: date  # local day: postings whose validity ended before it are never found
    q: str = ""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)  # parameter -> values (any of them)
    sort: str = "relevance"  # relevance | newest | salary
    page: int = 1
    page_size: int = 20
    cursor: str | None = None
    facets: tuple[str, ...] = ()
    group: str | None = None  # "employer" or None
    within: tuple[str, ...] | None = None  # only these postings, such as those of one fair; ids that are not there go


class Hit(NamedTuple):
    id: str
    score: float
    siblings: int = 0  # with group="employer": further postings of this employer that match


class FacetCount(NamedTuple):
    """A tuple, because a page has a hundred of them and they are three times as fast to make."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing read out of the query: a chip the visitor can take off."""

    kind: str  # the parameter it acts as: division, salary_min, benefit, education, ...
    value: str
    label: str
    text: str  # the words of the query it came from


@dataclass(frozen=True, slots=True)
class SearchResult:
    total: int
    openings: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    understood: tuple[Understood, ...] = ()
    relaxed: tuple[str, ...] = ()  # Chinese sentences: what was let go so that something is found
    suggestion: str | None = None
    next_cursor: str | None = None
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Completion:
    kind: str  # title | employer | division
    text: str
    value: str
    count: int
