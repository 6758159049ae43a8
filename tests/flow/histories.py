"""Random histories of an exchange: what happens is drawn by hypothesis, carried out at a desk, and recounted.

In: a desk and a list of drawn `Step`s. Out: `History`, which carries them out, crashes among them, and says what does
not add up. The recount reads credits and events alone and shares no code with the sums it checks.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as some
from sqlmodel import col, select

from config.targets import Thresholds
from config.words import WithdrawalReason
from exchange.clock import LOCAL
from exchange.models import Credit, DayTally, Event, Offer, Posting, Tally
from exchange.periods import PeriodKind
from exchange.store.clusters import cluster_standings
from exchange.store.commitments import change_commitment
from exchange.store.counting import Moment, count_at, moment_of
from exchange.store.decisions import (
    NotPossible,
    UnknownPosting,
    close_offer,
    hold_posting,
    refuse_posting,
    release_posting,
    withdraw_posting,
)
from exchange.store.joining import join_postings, split_offer
from exchange.store.ledger import head_sequence
from exchange.store.lifecycle import expire_offers
from exchange.store.pairings import set_cluster
from exchange.store.snapshots import take_snapshot
from exchange.store.transaction import Transaction
from exchange.store.verifying import Replay, verify_store
from tests.flow.desk import CHANGAN, HUMEN, WENGYUAN, Desk, job

_ORGANISATIONS = (CHANGAN, HUMEN, WENGYUAN)
_PLACES = ("长安镇", "虎门镇", "翁源县", "东莞市", "韶关市")
_TITLES = ("普工", "焊工", "文员", "限男性保安")
_PAYS = ("5000-6500元/月", "面议", "", "6000")
_OPENINGS = ("10", "若干", "")


@dataclass(frozen=True)
class Step:
    what: str
    one: int
    other: int


class Crash(Exception):
    """The process dies here."""


steps = some.lists(
    some.builds(
        Step,
        some.sampled_from(
            [
                *["publish"] * 6, "withdraw", "withdraw", "hold", "release", "refuse", "close", "join", "join", "split",
                "split", "day", "month", "year", "skew", "crash", "crash", "pair", "goal", "snapshot",
            ]
        ),
        some.integers(0, 9),
        some.integers(0, 59),
    ),
    min_size=2,
    max_size=12,
)  # fmt: skip


class History:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.happened: Counter[str] = Counter()
        self.kept: list[tuple[Moment, Any]] = []

    def live(self, wanted: list[Step]) -> None:
        for step in wanted:
            try:
                getattr(self, f"_{step.what}")(step)
            except (NotPossible, UnknownPosting):
                self.happened[f"{step.what}, not possible"] += 1
            else:
                self.happened[step.what] += 1
            with self.desk.exchange.store.read() as session:
                moment = Moment(self.desk.clock(), head_sequence(session), True)
                self.kept.append((moment, self._counts(session, moment)))

    def _publish(self, step: Step) -> None:
        row = job(
            _TITLES[step.other % 4],
            工作地点=_PLACES[step.one % 5],
            薪资待遇=_PAYS[step.other // 4 % 4],
            招聘人数=_OPENINGS[step.other // 16 % 3],
        )
        self.desk.take([row, job("钳工", 工作地点=_PLACES[step.other % 5])], _ORGANISATIONS[step.one % 3])

    def _withdraw(self, step: Step) -> None:
        reason = list(WithdrawalReason)[step.other % len(WithdrawalReason)]
        self._decide(lambda transaction: withdraw_posting(transaction, self._posting(step.one), reason))

    def _hold(self, step: Step) -> None:
        self._decide(lambda transaction: hold_posting(transaction, self._posting(step.one), "看一看"))

    def _release(self, step: Step) -> None:
        self._decide(lambda transaction: release_posting(transaction, self._held(step.one), "可以"))

    def _refuse(self, step: Step) -> None:
        self._decide(lambda transaction: refuse_posting(transaction, self._held(step.one), "不可以"))

    def _close(self, step: Step) -> None:
        self._decide(lambda transaction: close_offer(transaction, self._offer(transaction, step.one)))

    def _join(self, step: Step) -> None:
        pair = self._posting(step.one), self._posting(step.other)
        self._decide(lambda transaction: join_postings(transaction, *pair, "同一个"))

    def _split(self, step: Step) -> None:
        self._decide(lambda transaction: split_offer(transaction, self._offer(transaction, step.one).id, "两个"))

    def _day(self, step: Step) -> None:
        self.desk.clock.move(days=1 + step.one)
        expire_offers(self.desk.exchange.store)

    def _month(self, step: Step) -> None:
        self.desk.clock.move(days=31 + step.other)
        expire_offers(self.desk.exchange.store)

    def _year(self, step: Step) -> None:
        """To the half hour around the turn of the local year, which is 16:00 UTC."""
        year = self.desk.clock().astimezone(LOCAL).year
        self.desk.clock.now = datetime(year, 12, 31, 15, 45, tzinfo=UTC) + timedelta(minutes=5 * step.one)

    def _skew(self, step: Step) -> None:
        self.desk.clock.move(hours=-1 - step.other)

    def _crash(self, step: Step) -> None:
        """Something is decided and written down, and then the process dies before it is committed."""

        def die(transaction: Transaction) -> None:
            withdraw_posting(transaction, self._posting(step.one), WithdrawalReason.FALSE)
            transaction.write_ledger()
            raise Crash

        try:
            self._decide(die)
        except Crash:
            return

    def _pair(self, step: Step) -> None:
        day = self.desk.clock().astimezone(LOCAL).date()
        self._decide(
            lambda transaction: set_cluster(
                transaction, f"c{step.one + 1:02d}"[:3], "某组团", [CHANGAN, HUMEN][: step.other % 3], day, "调整"
            )
        )

    def _goal(self, step: Step) -> None:
        self._decide(
            lambda transaction: change_commitment(
                transaction, "postings-dg-sg", 2026 + step.one % 2, "调整", goal=100 + step.other
            )
        )

    def _snapshot(self, step: Step) -> None:
        take_snapshot(self.desk.exchange.store, list(PeriodKind)[step.one % 6])

    def _decide(self, decision: Callable[[Transaction], Any]) -> None:
        with self.desk.exchange.store.write(actor="office") as transaction:
            decision(transaction)

    def _posting(self, number: int, *conditions: Any) -> str:
        with self.desk.exchange.store.read() as session:
            query = select(Posting.id).where(*conditions).order_by(col(Posting.sequence), col(Posting.id))
            ids = list(session.exec(query))
        if not ids:
            raise UnknownPosting("none")
        return ids[number % len(ids)]

    def _held(self, number: int) -> str:
        return self._posting(number, Posting.status == "held")

    def _offer(self, transaction: Transaction, number: int) -> Offer:
        offers = transaction.session.exec(select(Offer).order_by(col(Offer.started_on), col(Offer.id))).all()
        if not offers:
            raise UnknownPosting("none")
        return offers[number % len(offers)]

    def faults(self) -> list[str]:
        """Empty when everything adds up."""
        with self.desk.exchange.store.read() as session:
            return [
                *verify_store(session, Replay()),
                *_recount(session),
                *self._do_not_add_up(session),
                *(f"as of {moment.sequence}" for moment, then in self.kept if self._past(session, moment) != then),
            ]

    def _past(self, session: Any, moment: Moment) -> Any:
        return self._counts(session, Moment(moment.at, moment.sequence, is_now=False))

    @staticmethod
    def _counts(session: Any, moment: Moment) -> Any:
        found = [count_at(session, year, moment) for year in (2026, 2027)]
        return [(one.commitments, one.clusters, dict(one.uncounted)) for one in found]

    def _do_not_add_up(self, session: Any) -> list[str]:
        faults = []
        now = moment_of(session, self.desk.clock())
        for year in (2026, 2027, 2028):
            counted = count_at(session, year, now)
            days = cluster_standings(session, year, now, Thresholds())
            for one in counted.commitments:
                clusters = [c for c in counted.clusters if c.direction == one.direction]
                standings = [c for c in days if c.direction == one.direction]
                if sum(c.postings for c in clusters) != one.counted:
                    faults.append(f"clusters of {year} {one.code}")
                if sum(c.year.postings for c in standings) != one.counted:
                    faults.append(f"days of {year} {one.code}")
        return faults


def _recount(session: Any) -> list[str]:
    """Sums per month and day, and no posting twice in a year, from the credits and the moments of their events."""
    months: Counter[Any] = Counter()
    days: Counter[Any] = Counter()
    standing: Counter[Any] = Counter()
    for credit, at in session.exec(select(Credit, Event.at).join(Event, col(Event.sequence) == Credit.sequence)):
        day: date = at.astimezone(LOCAL).date()
        months[credit.year, credit.month, credit.direction, credit.cluster, credit.reason] += credit.sign
        days[credit.year, day, credit.direction, credit.cluster, credit.reason] += credit.sign
        standing[credit.posting_id, credit.year, credit.reason] += credit.sign
    told = {(t.year, t.month, t.direction, t.cluster, t.reason): t.postings for t in session.exec(select(Tally))}
    by_day: Counter[Any] = Counter()
    for t in session.exec(select(DayTally)):
        by_day[t.year, t.day, t.direction, t.cluster, t.reason] += t.postings
    faults = [] if told == dict(months) else ["months"]
    faults += [] if dict(by_day) == dict(days) else ["days"]
    return faults + [f"{key} counted {n} times" for key, n in standing.items() if key[2] == "" and n not in {0, 1}]
