"""The contract of a search engine: one for the index on disk, others may follow.

In: documents and ledger sequence numbers. Out: ids. The index is a follower of the ledger: it can be
thrown away and rebuilt, and knows up to which sequence it has followed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.documents import PostingDocument
from search.explanations import Explanation
from search.requests import Completion, SearchRequest, SearchResult


@dataclass(frozen=True, slots=True)
class IndexStatus:
    sequence: int  # the ledger has been followed up to here; 0 for an empty index
    documents: int
    segments: int
    healthy: bool
    message: str = ""


class Reader(Protocol):
    """Used by every web thread; picks up what a writer has committed since the last call."""

    def search(self, request: SearchRequest) -> SearchResult: ...

    def complete(self, request: SearchRequest, limit: int = 8) -> tuple[Completion, ...]: ...

    def explain(self, request: SearchRequest, documents: Sequence[PostingDocument]) -> list[Explanation]:
        """Why postings, as the store has them, stand where they do; those that are not found are left out."""
        ...

    def status(self) -> IndexStatus: ...

    def ids(self) -> Iterator[tuple[str, int]]:
        """(posting id, sequence it was indexed at) of every document, for `verify`."""
        ...

    def confirmations(self) -> Iterator[tuple[str, int]]:
        """(posting id, ordinal of the day it was last confirmed) of every document, as far as the index knows."""
        ...


class Writer(Protocol):
    """Used by one process at a time; the caller holds the index lock."""

    def apply(self, upserts: Iterable[PostingDocument], removals: Iterable[str], sequence: int) -> None:
        """Make these changes visible in one commit, and with them `sequence`. Ids may be new or known."""
        ...

    def rebuild(self, documents: Iterable[PostingDocument], sequence: int) -> None:
        """Write a new index beside the old one and switch to it; open readers keep their view."""
        ...
