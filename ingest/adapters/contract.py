"""The contract of an adapter (适配器): how postings are fetched from one kind of source.

In: a `Source` and an HTTP client. Out: pages of items as the source words them; the source's mapping
names their fields later. A pull that is not whole ends in `PullFault`, and then nothing may be closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from config.sources import Source
from ingest.http import HttpClient


class PullFault(Exception):
    """A pull that broke off or cannot be trusted; `message` is Chinese, for the operator."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Page:
    number: int  # 1, 2, 3 … whatever the source calls it
    items: list[dict[str, Any]]
    complete_total: int | None  # how many items the source says there are in all


class Adapter(Protocol):
    def pull(self, source: Source, client: HttpClient) -> Iterator[Page]:
        """Every page in order. The pull is whole only when the iterator has ended without a fault."""
        ...

    def check(self, source: Source) -> None:
        """ConfigurationError when the source's options are not what this adapter understands."""
        ...
