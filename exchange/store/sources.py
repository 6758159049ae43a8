"""What the store remembers of sources: their last runs. Who they are is in sources.toml."""

from collections.abc import Sequence

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


def all_sources(session: Session) -> Sequence[SourceRow]:
    return session.exec(select(SourceRow).order_by(col(SourceRow.id))).all()
