"""Pairings (结对): which divisions are in which cluster from which day, as the office edits them.

In: a transaction, a cluster, its divisions from a day on, and why. Out: rows of pairing and one event. A change holds
from its first day, today at the earliest, and never touches a credit: a credit has the cluster of its own day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from config.divisions import find_division
from exchange.clock import local_day
from exchange.ledger import EventKind
from exchange.models import ClusterRow, Pairing
from exchange.store.decisions import NotPossible
from exchange.store.promised import pairing_on, setting_events
from exchange.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class PairingChange:
    """`changes`: division → its cluster from `since` on, "" for none."""

    sequence: int
    at: datetime
    actor: str
    words: str
    name: str
    since: date
    divisions: tuple[str, ...]
    changes: Mapping[str, str]


def set_cluster(
    transaction: Transaction, code: str, name: str, divisions: Iterable[str], since: date, words: str
) -> None:
    """From `since` on the cluster has exactly these divisions; what leaves it is in none unless another takes it up.
    Raises NotPossible."""
    session, wanted = transaction.session, sorted(set(divisions))
    _check(wanted, since, local_day(transaction.now), name, words)
    row = session.get(ClusterRow, code)
    paired = pairing_on(session, since)
    changes = {division: code for division in wanted if paired.get(division) != code}
    changes |= {division: "" for division, cluster in paired.items() if cluster == code and division not in wanted}
    if row is not None and row.name == name.strip() and not changes:
        return
    row = row or ClusterRow(code=code, name=name)
    row.name = name.strip()
    session.add(row)
    session.flush()
    for division, cluster in changes.items():
        pairing = session.get(Pairing, (division, since)) or Pairing(division=division, since=since)
        pairing.cluster = cluster or None
        session.add(pairing)
    transaction.record_event(
        EventKind.CLUSTER_PAIRED,
        {
            "cluster": code,
            "name": row.name,
            "since": since.isoformat(),
            "divisions": wanted,
            "changes": changes,
            "words": words.strip(),
        },
    )


def pairing_history(session: Session, cluster: str) -> list[PairingChange]:
    """The latest first."""
    return [
        PairingChange(
            event.sequence,
            event.at,
            event.actor,
            body.get("words", ""),
            body["name"],
            date.fromisoformat(body["since"]),
            tuple(body["divisions"]),
            body.get("changes", dict.fromkeys(body["divisions"], body["cluster"])),
        )
        for event, body in setting_events(session, EventKind.CLUSTER_PAIRED)
        if body["cluster"] == cluster
    ]


def pairings_to_come(session: Session, today: date) -> list[Pairing]:
    """Those whose first day is still ahead."""
    query = select(Pairing).where(Pairing.since > today)
    return list(session.exec(query.order_by(col(Pairing.since), col(Pairing.division))))


def _check(divisions: list[str], since: date, today: date, name: str, words: str) -> None:
    if not words.strip():
        raise NotPossible("请写明为什么这样改。")
    if not name.strip():
        raise NotPossible("请填写组团名称。")
    if since < today:
        raise NotPossible("结对的变动只能从今天或以后的某一天起，已经计数的不改。")
    for code in divisions:
        division = find_division(code)
        if division is None or division.kind not in {"town", "county"}:
            raise NotPossible(f"{code} 不是东莞的镇街或韶关的县（市、区）代码。")
