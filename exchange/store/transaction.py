"""A unit of work: changes to tables plus the events and credits that say so, written together.

In: changes through `session`, `record_event` calls. Out: at the end, under the ledger's lock, events get
consecutive sequence numbers, credits are worked out from them, and a page is chained on.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from exchange.clock import Clock
from exchange.ledger import EventDraft
from exchange.store.ledger import write_page


class Transaction:
    def __init__(self, session: Session, clock: Clock, actor: str = "", organisation: str = "") -> None:
        self.session = session
        self.now: datetime = clock()
        self.head: int | None = None  # the ledger's last sequence once this transaction has written to it
        self._actor = actor
        self._organisation = organisation
        self._drafts: list[EventDraft] = []

    def record_event(
        self,
        kind: str,
        body: dict[str, Any],
        posting_id: str | None = None,
        batch_id: str | None = None,
        organisation: str | None = None,
    ) -> None:
        """Note what happened. `body` is contact-free and JSON; it gets its sequence number at the end."""
        whose = self._organisation if organisation is None else organisation
        self._drafts.append(EventDraft(kind, body, posting_id, batch_id, whose, self._actor))

    def write_ledger(self) -> None:
        if self._drafts:
            self.session.flush()
            self.head = write_page(self.session, self._drafts, self.now)
            self._drafts = []
