"""What the cities of the sample do together, clearly invented: activities, workers on offer, a relocated employer.

In: an `Exchange` with the sample's postings. Out: entries that went the real road. Loading again adds nothing.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from exchange.activities import ActivityKind, Figure
from exchange.context import Exchange
from exchange.evidence import keep_evidence
from exchange.models import Employer, Posting
from exchange.store.activities import add_evidence, hold_activity, plan_activity
from exchange.store.decisions import AlreadyThere, NotPossible
from exchange.store.setup import pairing_on
from exchange.store.shortage import mark_relocated
from exchange.store.supply import offer_supply, record_outcome
from exchange.supply import SupplyOutcome
from ingest.sample.papers import blank_paper

_CHANGAN, _WENGYUAN = "441900119", "440229"
_ACTOR, _OFFICE = "sample", "441900"
_INVENTED = "演示数据，内容均为虚构。"


class _Activity(NamedTuple):
    kind: ActivityKind
    name: str
    days: int  # from the day of the sample; those before it were held
    place: str
    of_cluster: bool = True
    needs: str = ""  # the school
    participants: int = 0
    figure: tuple[Figure, int] = (Figure.DECISIONS, 0)


_ACTIVITIES = (
    _Activity(
        ActivityKind.JOINT_MEETING, "演示：莞韶人社专门联席会议", -48, "韶关虚构会议中心", False,
        participants=26, figure=(Figure.DECISIONS, 5),
    ),
    _Activity(
        ActivityKind.LABOUR_MEETING, "演示：莞韶劳务协作对接活动", -33, "翁源虚构文化广场",
        participants=180, figure=(Figure.INTENTS, 46),
    ),
    _Activity(
        ActivityKind.SKILLS_TRAINING, "演示：电工技能提升培训班", -20, "翁源虚构技工学校", needs="翁源虚构技工学校",
        participants=38, figure=(Figure.CERTIFICATES, 31),
    ),
    _Activity(ActivityKind.CAMPUS_RECRUITING, "演示：冬季校园招聘", 9, "韶关虚构技师学院", needs="韶关虚构技师学院"),
    _Activity(ActivityKind.NAMED_CLASS, "演示：企业冠名班开班", 15, "东莞虚构技师学院", needs="东莞虚构技师学院"),
    _Activity(ActivityKind.COMPETITION, "演示：莞韶数控技能竞赛", 24, "东莞虚构技师学院", False),
)  # fmt: skip


def load_cooperation(exchange: Exchange, day: date) -> int:
    """How many entries were added."""
    added = sum(_load_activity(exchange, planned, day) for planned in _ACTIVITIES)
    added += sum(_offer(exchange, organisation, values) for organisation, values in _workers(day))
    return added + _relocate(exchange, day)


def _load_activity(exchange: Exchange, planned: _Activity, day: date) -> bool:
    try:
        with exchange.store.write(_ACTOR, _WENGYUAN) as transaction:
            values = _values(transaction.session, planned, day)
            id = plan_activity(transaction, _WENGYUAN, values).id
            if planned.days < 0:
                page = blank_paper(planned.name)
                add_evidence(transaction, id, keep_evidence(exchange.files_folder, "演示-签到汇总.pdf", page))
                hold_activity(transaction, id, planned.participants, dict([planned.figure]), _INVENTED)
    except AlreadyThere:
        return False
    return True


def _values(session: Session, planned: _Activity, day: date) -> dict[str, Any]:
    on = day + timedelta(days=planned.days)
    needs_employer = planned.kind.needs_employer
    return {
        "kind": str(planned.kind),
        "name": planned.name,
        "cluster": pairing_on(session, on).get(_WENGYUAN, "") if planned.of_cluster else "",
        "organisers": "演示主办单位（虚构）",
        "place": planned.place,
        "starts_on": on,
        "ends_on": on,
        "hours": "9:00–12:00",
        "public": planned.kind is not ActivityKind.JOINT_MEETING,
        "employers": [_busiest(session, _CHANGAN).name] if needs_employer else [],
        "schools": [planned.needs] if planned.needs else [],
        "postings": [],
        "words": _INVENTED,
    }


def _busiest(session: Session, division: str) -> Employer:
    """The employer with most postings there."""
    postings = session.exec(select(Posting.employer_id).where(Posting.division == division)).all()
    id = max(sorted(set(postings)), key=postings.count)
    return session.exec(select(Employer).where(col(Employer.id) == id)).one()


def _workers(day: date) -> list[tuple[str, dict[str, Any]]]:
    span = {"from_on": day, "until_on": day + timedelta(days=90), "words": _INVENTED}
    away = {"workers": 30, "occupations": ["普工", "焊工"], "skills": "12 人有焊工证", "pay_min": 5000}
    back = {"workers": 8, "occupations": ["质检", "文员"], "skills": "", "pay_min": 3500}
    return [
        (_WENGYUAN, {"division": _WENGYUAN, **away, "benefits": ["包吃住"], "places": [_CHANGAN], **span}),
        (_CHANGAN, {"division": _CHANGAN, **back, "benefits": [], "places": [], **span}),
    ]


def _offer(exchange: Exchange, organisation: str, values: dict[str, Any]) -> bool:
    try:
        with exchange.store.write(_ACTOR, organisation) as transaction:
            id = offer_supply(transaction, organisation, values).id
            if organisation == _WENGYUAN:
                record_outcome(transaction, id, SupplyOutcome.CONTACTED, 12, "", "演示", _CHANGAN)
                record_outcome(transaction, id, SupplyOutcome.HIRED, 5, "", "演示", _CHANGAN)
    except AlreadyThere:
        return False
    return True


def _relocate(exchange: Exchange, day: date) -> bool:
    try:
        with exchange.store.write(_ACTOR, _OFFICE) as transaction:
            employer = _busiest(transaction.session, _WENGYUAN)
            values = {
                "employer": employer.name,
                "uscc": employer.uscc or "",
                "moved_from": _CHANGAN,
                "moved_to": _WENGYUAN,
                "moved_on": day - timedelta(days=400),
                "evidence": "演示数据：虚构的园区证明",
            }
            mark_relocated(transaction, _OFFICE, values)
    except NotPossible:
        return False
    return True
