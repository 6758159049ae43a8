"""What a client can be given: manners towards hosts, and an archive of answers. Without them it has none.

In: requests and what became of them. Out: leave to go, answers that are known. A replay's archive answers everything;
a pull's answers what it had before it broke.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ingest.http.answers import Answer, Reply, Request
from ingest.http.faults import HttpFault

Ask = Callable[[str], Reply]  # fetch an address, robots.txt not asked


@dataclass(frozen=True, slots=True)
class Known:
    """An answer that is kept, and the headers that ask whether it still holds."""

    answer: Answer
    headers: dict[str, str]


class Manners(Protocol):
    def before(self, url: str, ask: Ask | None) -> None:
        """Wait for one's turn. HttpFault when nobody may go. `ask`: how to read robots.txt; None: need not be asked."""
        ...

    def answered(self, url: str) -> None: ...

    def failed(self, url: str, fault: HttpFault) -> None: ...


class Archive(Protocol):
    def recall(self, request: Request) -> Answer | None:
        """What this request was answered, when it need not be made."""
        ...

    def known(self, request: Request) -> Known | None: ...

    def keep(self, request: Request, reply: Reply, answer: Answer) -> None: ...

    def miss(self, request: Request, fault: HttpFault) -> None:
        """The request has brought no answer."""
        ...


class NoManners:
    def before(self, url: str, ask: Ask | None) -> None:
        pass

    def answered(self, url: str) -> None:
        pass

    def failed(self, url: str, fault: HttpFault) -> None:
        pass


class NoArchive:
    def recall(self, request: Request) -> Answer | None:
        return None

    def known(self, request: Request) -> Known | None:
        return None

    def keep(self, request: Request, reply: Reply, answer: Answer) -> None:
        pass

    def miss(self, request: Request, fault: HttpFault) -> None:
        pass
