"""How we stand with each peer: what was sent and received, what became of it, the last comparisons.

In: a reading session. Out: `PeerStanding`s for the command and the page. Of each side: sent = accepted + refused +
pending + own + waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from exchange.models import Peer, PeerChange, PeerDigest, PeerSide, Receipt
from exchange.store.overview import organisation_names

_LISTED = 20


@dataclass(frozen=True, slots=True)
class SideStanding:
    outcomes: dict[str, int]  # every word of Receipt but REPLACED; "" is waiting
    refused: tuple[PeerChange, ...]  # the last ones that still stand, with their reasons
    pending: tuple[PeerChange, ...]
    unacknowledged: int  # receipts that the provider does not have yet
    digest: PeerDigest | None  # of the last day that has one

    @property
    def total(self) -> int:
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class PeerStanding:
    organisation: str
    name: str
    since: int | None  # None: we do not fetch anything of it
    pulled_at: datetime | None
    sides: dict[PeerSide, SideStanding]


def peer_standings(session: Session) -> list[PeerStanding]:
    """Every peer that anything was ever sent to or fetched from, by code."""
    rows = {row.organisation: row for row in session.exec(select(Peer))}
    codes = sorted({*rows, *session.exec(select(PeerChange.peer).distinct())})
    names = organisation_names(session, codes)
    return [
        PeerStanding(
            code,
            names.get(code, code),
            rows[code].since if code in rows else None,
            rows[code].pulled_at if code in rows else None,
            {side: _side(session, code, side) for side in PeerSide},
        )
        for code in codes
    ]


def _side(session: Session, peer: str, side: PeerSide) -> SideStanding:
    mine = (PeerChange.peer == peer, PeerChange.side == side)
    counted = select(PeerChange.outcome, func.count()).where(*mine).group_by(col(PeerChange.outcome))
    found = dict(session.exec(counted).all())
    unsaid = (col(PeerChange.acknowledged).is_(False), PeerChange.outcome != Receipt.WAITING)
    due = select(func.count()).where(*mine, *unsaid)
    digests = select(PeerDigest).where(PeerDigest.peer == peer, PeerDigest.side == side)
    return SideStanding(
        {str(word): found.get(word, 0) for word in Receipt if word is not Receipt.REPLACED},
        tuple(_listed(session, mine, Receipt.REFUSED)),
        tuple(_listed(session, mine, Receipt.PENDING)),
        session.exec(due.select_from(PeerChange)).one() if side is PeerSide.RECEIVED else 0,
        session.exec(digests.order_by(col(PeerDigest.day).desc()).limit(1)).first(),
    )


def _listed(session: Session, mine: tuple[Any, ...], outcome: Receipt) -> Sequence[PeerChange]:
    query = select(PeerChange).where(*mine, PeerChange.outcome == outcome, col(PeerChange.latest))
    return session.exec(query.order_by(col(PeerChange.sequence).desc()).limit(_LISTED)).all()
