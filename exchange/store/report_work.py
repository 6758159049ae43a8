"""What was done besides postings, for reports: fairs, activities, supply, policies, figures recorded by hand.

In: a year or days, the sequence number of the report, a cluster ("" for all) or its divisions. Out: frozen values as
they stood at that sequence; what was recorded or changed later is not in them.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from config.targets import Commitment, Thresholds
from exchange.activities import ActivityKind, ActivityState, Figure
from exchange.clock import local_day
from exchange.fairs.words import FairState, TallyKind
from exchange.ledger import EventKind
from exchange.models import Event, Fair
from exchange.reports.work_figures import (
    ActivityFigures,
    FairFigures,
    PromiseFigures,
    ShortageFigures,
    SupplyFigures,
)
from exchange.shortage import rank
from exchange.standings import MemberStanding
from exchange.store.counting import Moment, pairing_at
from exchange.store.ledger import head_sequence
from exchange.store.policies_setting import IN_FORCE
from exchange.store.promised import promises_at
from exchange.store.recorded import steps_among
from exchange.store.shortage import vacancies
from exchange.store.standings import standings
from exchange.supply import SupplyOutcome

_FAIR_KINDS = [kind for kind in EventKind if kind.startswith("fair.")]
_WORST = 3  # employers named


@dataclass(frozen=True, slots=True)
class RecordedAmount:
    """A recorded figure or a correction of one (signed)."""

    commitment: str
    year: int
    member: str  # "" is all together
    day: date
    amount: int


def recorded_amounts(session: Session, years: Iterable[int], sequence: int) -> list[RecordedAmount]:
    wanted = set(years)
    return [
        RecordedAmount(
            told["commitment"], told["year"], told["member"], date.fromisoformat(told["day"]), int(told["amount"])
        )
        for told in promises_at(session, sequence).figures.values()
        if told["year"] in wanted
    ]


def fairs_told(session: Session, year: int, sequence: int, cluster: str) -> tuple[FairFigures, ...]:
    """That a fair was held and what came of it is the ledger's; what it is called is what it is called today."""
    told: dict[str, dict[str, Any]] = defaultdict(dict)
    query = select(Event.body).where(
        col(Event.posting_id).is_(None), col(Event.kind).in_(_FAIR_KINDS), Event.sequence <= sequence
    )
    for body in map(json.loads, session.exec(query.order_by(col(Event.sequence)))):
        told[body["fair"]] |= body
    wanted = {
        id: one
        for id, one in told.items()
        if date.fromisoformat(one["on"]).year == year and cluster in {"", one["cluster"]}
    }
    rows = {id: (name, place) for id, name, place in session.exec(select(Fair.id, Fair.name, Fair.place))}
    found = [_fair(one, *rows.get(id, (id, ""))) for id, one in wanted.items()]
    return tuple(sorted(found, key=lambda fair: (fair.on, fair.id)))


def _fair(told: Mapping[str, Any], name: str, place: str) -> FairFigures:
    return FairFigures(
        id=told["fair"],
        name=name,
        place=place,
        cluster=told["cluster"],
        on=date.fromisoformat(told["on"]),
        state=FairState(told["state"]),
        employers=told.get("employers", 0),
        postings=told.get("postings", 0),
        openings=told.get("openings", 0),
        results={TallyKind(kind): one["reported"] for kind, one in told.get("results", {}).items()},
    )


def activities_told(session: Session, year: int, sequence: int, cluster: str) -> tuple[ActivityFigures, ...]:
    """Those that end in the year, as their last step until then says."""
    rows = rows_told(session, "activity", sequence)
    mine = [r for r in rows if date.fromisoformat(r["ends_on"]).year == year and cluster in {"", r["cluster"]}]
    found = [
        ActivityFigures(
            id=row["id"],
            kind=ActivityKind(row["kind"]),
            name=row["name"],
            place=row["place"],
            cluster=row["cluster"],
            on=date.fromisoformat(row["ends_on"]),
            state=ActivityState(row["state"]),
            participants=row["participants"] or 0,
            figures={Figure(name): number for name, number in row["figures"].items()},
        )
        for row in mine
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.id)))


def supply_told(
    session: Session, first: date, last: date, sequence: int, divisions: Iterable[str] | None
) -> SupplyFigures:
    """Notices offered in the period, and what bureaus recorded in it, of these divisions (None: all)."""
    mine = set(divisions) if divisions is not None else None
    offered, outcomes = Counter[str](), Counter[str]()
    for step in steps_among(session, "supply"):
        if step.sequence > sequence or not first <= local_day(step.at) <= last:
            continue
        if mine is not None and step.row["division"] not in mine:
            continue
        if step.kind == EventKind.SUPPLY_OFFERED:
            offered.update(notices=1, workers=step.row["workers"])
        elif step.kind == EventKind.SUPPLY_OUTCOME:
            outcomes[step.told["kind"]] += step.told["number"]
    return SupplyFigures(**offered, **{kind: outcomes[kind] for kind in SupplyOutcome})


def shortage_now(session: Session, today: date, divisions: Iterable[str] | None) -> ShortageFigures:
    mine = set(divisions) if divisions is not None else None
    ranked = [one for one in rank(vacancies(session, today)) if mine is None or one.vacancies.division in mine]
    return ShortageFigures(
        employers=len(ranked),
        openings=sum(one.vacancies.openings for one in ranked),
        relocated=sum(one.vacancies.moved_on is not None for one in ranked),
        worst=tuple(one.vacancies.employer for one in ranked[:_WORST]),
    )


def policies_told(session: Session, first: date, last: date, sequence: int) -> tuple[str, ...]:
    """In force on some day of the period. Examples are no policies."""
    return tuple(
        f"{row['name']}（{row['amount']}）"
        for row in sorted(rows_told(session, "policy", sequence), key=lambda row: str(row["id"]))
        if row["state"] == IN_FORCE and not row["is_example"]
        and date.fromisoformat(row["since"]) <= last
        and (row["until"] is None or date.fromisoformat(row["until"]) >= first)
    )  # fmt: skip


def rows_told(session: Session, subject: str, sequence: int) -> list[dict[str, Any]]:
    """Every row of one model as its last step until that sequence words it."""
    told = {step.row["id"]: step.row for step in steps_among(session, subject) if step.sequence <= sequence}
    return list(told.values())


def other_promises(
    session: Session, year: int, at: datetime, sequence: int, cluster: str
) -> tuple[PromiseFigures, ...]:
    """Commitments of other kinds as they stood; of a cluster those that bind it or its towns."""
    moment = Moment(at, sequence, sequence >= head_sequence(session))
    towns = {code for code, of in pairing_at(session, moment).items() if of == cluster}
    found = []
    for one in standings(session, year, moment, Thresholds()).commitments:
        members = [m for m in one.members if not cluster or m.member in {cluster, *towns}]
        if members and not one.commitment.is_by_postings:
            found.append(_promise(one.commitment, members))
    return tuple(found)


def _promise(commitment: Commitment, members: Sequence[MemberStanding]) -> PromiseFigures:
    return PromiseFigures(
        code=commitment.code,
        name=commitment.name,
        unit=commitment.unit_label,
        goal=sum(one.goal for one in members),
        done=sum(one.done for one in members),
        fulfilled=sum(min(one.done, one.goal) for one in members),
        expected=sum(one.expected for one in members),
        due=commitment.due,
        missing=tuple(one.name for one in members if one.done < one.goal),
    )
