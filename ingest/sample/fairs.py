"""Two fairs of the sample, clearly invented: one that is over and reported, one that is coming.

In: an `Exchange` with the sample's postings. Out: fairs that went every step of the real road, as of the days on which
people would have taken them. Loading again adds nothing that is there.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, select

from exchange.clock import LOCAL
from exchange.context import Exchange
from exchange.evidence import keep_evidence
from exchange.fairs.results import results_of
from exchange.fairs.words import REQUIRED_DOCUMENTS, DocumentKind, TallyKind
from exchange.identifiers import derived_id
from exchange.models import Fair
from exchange.store.fairs import plan_fair
from exchange.store.fairs_documents import add_document
from exchange.store.fairs_exhibitors import add_from_organisation, exhibitors_of, verify_exhibitors
from exchange.store.fairs_steps import check_fair, hold_fair, publish_fair, report_fair
from exchange.store.fairs_tallies import Counted, counted_of, take_tallies
from exchange.store.setup import pairing_on
from exchange.store.transaction import Transaction
from ingest.sample.papers import blank_paper

_CHANGAN, _WENGYUAN = "441900119", "440229"
_PLANNER, _CHECKER = "sample", "sample-office"
_MANY = 3  # intents, some of which were hired at once
_VISITORS, _REPORTED = 380, {TallyKind.VISITORS: 412}  # one gate was not counted: the report says so


@dataclass(frozen=True, slots=True)
class _Plan:
    name: str
    organisation: str
    place: str
    address: str
    days: int  # from the day of the sample
    employers: tuple[str, ...]  # of which organisations
    notice: str


_PAST = _Plan(
    "演示：长安—翁源冬春供需对接会", _CHANGAN, "长安虚构文体中心一楼", "长安镇演示路 1 号", -12, (_CHANGAN,),
    "本场为演示数据，时间、地点、单位均为虚构。",
)  # fmt: skip
_COMING = _Plan(
    "演示：翁源—长安招聘专场", _WENGYUAN, "翁源虚构文化广场", "龙仙镇演示路 2 号", 16, (_WENGYUAN, _CHANGAN),
    "本场为演示数据，请勿前往。上午设接驳车（虚构）。",
)  # fmt: skip


def load_fairs(exchange: Exchange, day: date) -> int:
    """How many were added."""
    return sum(_load(exchange, plan, day) for plan in (_PAST, _COMING))


def _load(exchange: Exchange, plan: _Plan, day: date) -> bool:
    starts = datetime.combine(day + timedelta(days=plan.days), time(9), LOCAL)
    with exchange.store.read() as session:
        if session.exec(select(Fair.id).where(Fair.name == plan.name, Fair.starts_at == starts)).first():
            return False
    with exchange.store.write(_PLANNER, plan.organisation) as transaction:
        transaction.now = starts - timedelta(days=20)  # what the sample does on its days, it does now
        fair = plan_fair(transaction, plan.organisation, _PLANNER, _given(transaction.session, plan, starts))
        _fill(exchange, transaction, fair, plan)
        check_fair(transaction, fair, _CHECKER)
        publish_fair(transaction, fair)
        if plan.days < 0:
            transaction.now = starts + timedelta(hours=3)
            _hold(exchange, transaction, fair)
    return True


def _given(session: Session, plan: _Plan, starts: datetime) -> dict[str, Any]:
    return {
        "name": plan.name,
        "cluster": pairing_on(session, starts.date()).get(_CHANGAN, ""),
        "organisers": "演示主办单位（虚构）",
        "place": plan.place,
        "address": plan.address,
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=3),
        "expected": 600,
        "contact": "演示科室",
        "phone": "0751-8555200",
        "notice": plan.notice,
    }


def _fill(exchange: Exchange, transaction: Transaction, fair: Fair, plan: _Plan) -> None:
    for kind in REQUIRED_DOCUMENTS:
        _attach(exchange, transaction, fair, kind)
    for organisation in plan.employers:
        add_from_organisation(transaction, fair, _PLANNER, organisation)
    transaction.session.flush()
    everyone = [one.id for one in exhibitors_of(transaction.session, fair.id)]
    verify_exhibitors(transaction, fair, _CHECKER, everyone)


def _attach(exchange: Exchange, transaction: Transaction, fair: Fair, kind: DocumentKind) -> None:
    page = blank_paper(f"{kind.word}（{fair.name}）")
    file = keep_evidence(exchange.files_folder, f"演示-{kind.word}.pdf", page)
    add_document(transaction, fair, _PLANNER, kind, file)


def _hold(exchange: Exchange, transaction: Transaction, fair: Fair) -> None:
    session = transaction.session
    take_tallies(transaction, fair, _PLANNER, _counts(fair, [one.id for one in exhibitors_of(session, fair.id)]))
    hold_fair(transaction, fair)
    _attach(exchange, transaction, fair, DocumentKind.SIGNED_SHEET)
    session.flush()
    counted = counted_of(session, fair.id)
    report_fair(transaction, fair, results_of(counted, counted | _REPORTED, "西门没有计数，按签到表补记（演示）"))


def _counts(fair: Fair, exhibitors: list[str]) -> list[Counted]:
    """Some of each kind, the same for the same fair."""
    rows = [("", TallyKind.VISITORS, _VISITORS)]
    for place, exhibitor in enumerate(sorted(exhibitors)):
        intents = (place * 5) % 7
        rows.append((exhibitor, TallyKind.INTERVIEWS, 4 + (place * 7) % 18))
        if intents:
            rows.append((exhibitor, TallyKind.INTENTS, intents))
        if intents > _MANY:
            rows.append((exhibitor, TallyKind.HIRES, intents - _MANY))
    return [
        Counted(f"sample-{derived_id(fair.id, exhibitor, kind)}", exhibitor, kind, amount, fair.starts_at)
        for exhibitor, kind, amount in rows
    ]
