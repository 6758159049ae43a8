"""Verifying snapshots (核验快照): what they say of the ledger is worked out again while the ledger is walked.

In: the snapshots in the order of their pages; the sums and settings at each page. Out: differences. Counts, goals and
recorded figures are recomputed; the rest (forecasts, standings) is held by the digest, which an event keeps.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session, col, select

from config.targets import Commitment
from config.words import Uncounted
from exchange.credits import COUNTED
from exchange.models import Snapshot
from exchange.periods import PeriodKind
from exchange.promises import Promises
from exchange.store.snapshots import snapshot_digest
from exchange.store.tallies import MonthKey

_UNASSIGNED = "unassigned"
Sums = dict[tuple[str, str, str], list[int]]  # direction, cluster, reason → postings, openings


class SnapshotsByPage:
    """Snapshots one after the other, as the walk over the ledger reaches their pages."""

    def __init__(self, session: Session) -> None:
        query = select(Snapshot).order_by(col(Snapshot.page), col(Snapshot.kind), col(Snapshot.period))
        self._session = session
        self._found = session.exec(query.execution_options(yield_per=20))
        self._rows = iter(self._found)
        self._next = next(self._rows, None)

    def compare(
        self, page: int, sequence: int, page_hash: str, months: Mapping[MonthKey, list[int]], promises: Promises
    ) -> Iterator[str]:
        """Those that cover this page."""
        while self._next is not None and self._next.page <= page:
            yield from _compare(self._next, page, sequence, page_hash, months, promises)
            self._session.expunge(self._next)
            self._next = next(self._rows, None)

    def rest(self) -> Iterator[str]:
        while self._next is not None:
            yield f"{name_of(self._next.kind, self._next.period)}引用的台账第 {self._next.page} 页不存在"
            self._next = next(self._rows, None)

    def close(self) -> None:
        """Who stops early leaves no cursor open."""
        self._found.close()


def name_of(kind: str, period: str) -> str:
    return f"快照 {PeriodKind(kind).label} {period} " if kind in set(PeriodKind) else f"快照 {kind} {period} "


def compare_told(session: Session, told: Mapping[tuple[str, str], tuple[int, str]]) -> Iterator[str]:
    """Against the digests that events keep. Hourly ones have none, nor have those from before 0005."""
    unseen = dict(told)
    for kind, period, page, digest in session.exec(
        select(Snapshot.kind, Snapshot.period, Snapshot.page, Snapshot.digest)
    ):
        if kind == PeriodKind.HOUR or digest == "":
            continue
        known = unseen.pop((kind, period), None)
        if known is None:
            yield f"{name_of(kind, period)}在台账里没有事件"
        elif known != (page, digest):
            yield f"{name_of(kind, period)}与台账里记下的摘要不符"
    for kind, period in sorted(unseen):
        yield f"{name_of(kind, period)}在台账里有事件，库里没有"


def _compare(
    snapshot: Snapshot, page: int, sequence: int, page_hash: str, months: Mapping[MonthKey, list[int]],
    promises: Promises,
) -> Iterator[str]:  # fmt: skip
    name = name_of(snapshot.kind, snapshot.period)
    if snapshot.digest and snapshot.digest != snapshot_digest(snapshot):
        yield f"{name}的内容与其摘要不符"
    if (snapshot.page, snapshot.page_hash) != (page, page_hash):
        yield f"{name}引用的台账页与台账不符"
        return
    try:
        told = _told(snapshot.counts)
        due = _due(int(snapshot.counts["year"]), sequence, months, promises, snapshot.counts)
    except (LookupError, TypeError, ValueError):
        yield f"{name}读不出来"
        return
    for what, value in due.items():
        if told[what] != value:
            yield f"{name}的{what}与台账重算的不符"


def _told(counts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "台账序号": counts["ledger_sequence"],
        "任务数": {c["code"]: (c["goal"], c["counted"], c["openings"]) for c in counts["commitments"]},
        "组团数": {
            (c["cluster"], c["direction"]): (c["postings"], c["openings"])
            for c in counts["clusters"]
            if c["postings"] or c["openings"]
        },
        "不计数": {reason: number for reason, number in counts["uncounted"].items() if number},
        "登记数": {
            s["commitment"]["code"]: s["recorded"] for s in counts.get("standings", ()) if s["recorded"]
        },
    }  # fmt: skip


def _due(
    year: int, sequence: int, months: Mapping[MonthKey, list[int]], promises: Promises, counts: Mapping[str, Any]
) -> dict[str, Any]:
    sums: Sums = defaultdict(lambda: [0, 0])
    for (of, _, direction, cluster, reason), (postings, openings) in months.items():
        if of == year:
            total = sums[direction, cluster, reason]
            total[0] += postings
            total[1] += openings
    uncounted: dict[str, int] = defaultdict(int)
    for (_, _, reason), (postings, _) in sums.items():
        uncounted[reason] += postings
    due: dict[str, Any] = {
        "台账序号": sequence,
        "组团数": {
            (cluster or _UNASSIGNED, direction): (postings, openings)
            for (direction, cluster, reason), (postings, openings) in sums.items()
            if reason == COUNTED and (postings or openings)
        },
        "不计数": {reason: number for reason, number in uncounted.items() if reason != COUNTED and number},
    }
    promised = [commitment for commitment in promises.of_year(year) if commitment.is_by_postings]
    if promised:  # a snapshot from before the first setting shows the first
        due["任务数"] = {commitment.code: _figures_of(commitment, sums) for commitment in promised}
    if "standings" in counts:
        due["登记数"] = _recorded(promises, year)
    return due


def _figures_of(commitment: Commitment, sums: Sums) -> tuple[int, int, int]:
    reasons = {COUNTED, Uncounted.CARRIED} if commitment.count_carried else {COUNTED}
    found = [total for (d, _, reason), total in sums.items() if d == commitment.direction and reason in reasons]
    return commitment.goal, sum(postings for postings, _ in found), sum(openings for _, openings in found)


def _recorded(promises: Promises, year: int) -> dict[str, int]:
    recorded: dict[str, int] = defaultdict(int)
    for figure in promises.figures.values():
        if figure["year"] == year:
            recorded[figure["commitment"]] += figure["amount"]
    return {code: amount for code, amount in recorded.items() if amount}
