"""What the store remembers of sources: their last runs. Who they are is in sources.toml."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from exchange.models import SourceRow
from exchange.store.database import Store


def note_run(store: Store, source: str, error: str = "") -> None:
    """A pull has ended, well or with `error` (Chinese)."""
    with store.write() as transaction:
        row = transaction.session.get(SourceRow, source)
        if row is None:
            return
        row.last_run_at, row.last_error = transaction.now, error
        if not error:
            row.last_good_at = transaction.now


def last_good_run(store: Store, source: str) -> datetime | None:
    """When a pull last ended with nothing missing."""
    with store.read() as session:
        row = session.get(SourceRow, source)
        return row.last_good_at if row else None


def all_sources(session: Session) -> Sequence[SourceRow]:
    return session.exec(select(SourceRow).order_by(col(SourceRow.id))).all()
