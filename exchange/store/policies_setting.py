"""Policies (补贴政策) being set: the examples once, when a store is new, and then by the office.

In: a transaction, seeds or checked values. Out: rows with their events.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session, select

from config.policies import SeedPolicy
from exchange.ledger import EventKind
from exchange.models import Policy
from exchange.store.recorded import record_step
from exchange.store.transaction import Transaction

IN_FORCE, WITHDRAWN = "in_force", "withdrawn"


def seed_policies(transaction: Transaction, seeds: Iterable[SeedPolicy]) -> None:
    for seed in seeds:
        values = {name: getattr(seed, name) for name in SeedPolicy.__slots__ if name != "code"}
        set_policy(transaction, seed.code, "", values)


def has_policies(session: Session) -> bool:
    """Rows are withdrawn, never deleted: a store that was seeded once has some."""
    return session.exec(select(Policy.id).limit(1)).first() is not None


def set_policy(transaction: Transaction, code: str, organisation: str, values: Mapping[str, Any]) -> Policy:
    row = transaction.session.get(Policy, code)
    if row is None:
        row = Policy(id=code, organisation=organisation, state=IN_FORCE, **values)
    for name, value in {**values, "organisation": organisation, "state": IN_FORCE}.items():
        setattr(row, name, value)
    record_step(transaction, EventKind.POLICY_SET, row)
    return row
