"""Small facts about the store itself, such as the worker's last heartbeat. Not part of the ledger."""

from sqlmodel import Session

from exchange.models import StoreFact
from exchange.store.database import Store


def get_fact(session: Session, name: str) -> str | None:
    fact = session.get(StoreFact, name)
    return fact.value if fact is not None else None


def set_fact(store: Store, name: str, value: str) -> None:
    with store.write() as transaction:
        transaction.session.merge(StoreFact(name=name, value=value))
