"""Activities, supply notices, relocated employers and policies on both databases: the ledger says what counts."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from exchange.activities import ActivityKind
from exchange.evidence import Evidence
from exchange.models import Activity, Policy, SupplyNotice
from exchange.shortage import rank
from exchange.store.activities import (
    activities_counted,
    add_evidence,
    cancel_activity,
    change_activity,
    hold_activity,
    plan_activity,
)
from exchange.store.decisions import NotPossible
from exchange.store.policies import withdraw_policy
from exchange.store.shortage import mark_relocated, vacancies
from exchange.store.supply import expire_supply, offer_supply, record_outcome
from exchange.supply import SupplyOutcome
from tests.flow.desk import WENGYUAN, Desk, job

CLASS = {
    "kind": "named_class",
    "name": "试样电子冠名班",
    "cluster": "c01",
    "organisers": "韶关市技师学院",
    "place": "韶关",
    "starts_on": date(2025, 9, 1),
    "ends_on": date(2026, 3, 10),
    "employers": ["东莞市华盛电子有限公司"],
    "schools": ["韶关市技师学院"],
    "postings": [],
}
WORKERS = {
    "division": WENGYUAN,
    "workers": 10,
    "occupations": ["普工"],
    "from_on": date(2026, 3, 1),
    "until_on": date(2026, 3, 31),
}


EVIDENCE = Evidence("0" * 64, "纪要.pdf", "pdf", 100)


def held_class(desk: Desk, **changes: Any) -> str:
    with desk.exchange.store.write(actor="test") as transaction:
        id = plan_activity(transaction, WENGYUAN, {**CLASS, **changes}).id
        add_evidence(transaction, id, EVIDENCE)
        hold_activity(transaction, id, 40, {"students": 38}, "")
    return id


def counted(desk: Desk, year: int = 2026, as_of: Any = None) -> int:
    with desk.exchange.store.read() as session:
        return activities_counted(session, year, as_of)[ActivityKind.NAMED_CLASS].total


def test_an_activity_counts_in_the_year_of_its_last_day_as_of_any_moment(desk: Desk) -> None:
    before = desk.clock()
    desk.clock.move(hours=1)
    id = held_class(desk)
    after = desk.clock()
    desk.clock.move(hours=1)
    with desk.exchange.store.write(actor="test") as transaction:
        cancel_activity(transaction, id, "误报")
    assert [counted(desk, as_of=moment) for moment in (before, after, None)] == [0, 1, 0]
    assert counted(desk, 2025, after) == 0


def test_a_held_activity_cannot_be_changed_below_what_counting_asks_for(desk: Desk) -> None:
    id = held_class(desk)
    with (
        pytest.raises(NotPossible, match="合作院校"),
        desk.exchange.store.write(actor="test") as transaction,
    ):
        change_activity(transaction, id, {"schools": []})
    assert counted(desk) == 1
    with desk.exchange.store.read() as session:
        assert session.exec(select(Activity)).one().schools == CLASS["schools"]


def test_a_row_that_was_changed_behind_the_ledger_is_found(desk: Desk) -> None:
    held_class(desk)
    with desk.exchange.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE activity SET participants = 400")
    desk.tampered = True
    (difference,) = desk.differences()
    assert "participants" in difference
    assert difference.startswith("活动 ")


def test_a_row_without_event_and_an_event_without_row_are_found(desk: Desk) -> None:
    with desk.exchange.store.write(actor="test") as transaction:
        notice = offer_supply(transaction, WENGYUAN, WORKERS)
    with desk.exchange.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE supply_notice SET id = 'X'")
    desk.tampered = True
    assert desk.differences() == ["供给信息 X 在台账里没有事件", f"台账里的供给信息 {notice.id} 不在库里"]


def test_outcomes_add_up_and_never_exceed_the_workers(desk: Desk) -> None:
    with desk.exchange.store.write(actor="test") as transaction:
        id = offer_supply(transaction, WENGYUAN, WORKERS).id
        record_outcome(transaction, id, SupplyOutcome.HIRED, 6, "", "", "441900")
    with pytest.raises(NotPossible, match="11 人"), desk.exchange.store.write(actor="test") as transaction:
        record_outcome(transaction, id, SupplyOutcome.HIRED, 5, "", "", "441900")
    desk.clock.move(days=30)
    assert expire_supply(desk.exchange.store) == 1
    with desk.exchange.store.read() as session:
        (notice,) = session.exec(select(SupplyNotice)).all()
    assert (notice.state, sum(told["number"] for told in notice.outcomes)) == ("expired", 6)


def test_vacancies_know_openings_days_reopenings_and_activities(desk: Desk) -> None:
    desk.take(
        [job("普工", 招聘人数="30", 有效期="2026-03-20"), job("焊工", 招聘人数="5"), job("文员", 招聘人数="若干")]
    )
    desk.clock.move(days=10)
    desk.expire()
    desk.take([job("普工", 招聘人数="30", 有效期="2026-12-31")])
    desk.clock.move(days=40)
    held_class(desk, postings=[desk.posting("普工").id])
    with desk.exchange.store.read() as session:
        (found,) = vacancies(session, desk.exchange.today)
    assert (found.postings, found.openings, found.reopened, found.after_activities) == (3, 35, 1, 1)
    assert (found.oldest_days, found.opening_days) == (50, 35 * 50)
    (short,) = rank([found])
    assert short.score == round(35 * 50 / 30 * 1.5)


def test_a_relocated_employer_is_known_by_its_name_however_it_is_written(desk: Desk) -> None:
    desk.take([job("普工", 招聘人数="2")])
    values = {
        "employer": "东莞市华盛電子 有限公司",
        "uscc": "",
        "moved_from": "441900119",
        "moved_to": WENGYUAN,
        "moved_on": date(2024, 5, 1),
        "evidence": "证明",
    }
    with desk.exchange.store.write(actor="office") as transaction:
        mark_relocated(transaction, "441900", values)
    with desk.exchange.store.read() as session:
        (found,) = vacancies(session, desk.exchange.today)
    assert (found.openings, found.moved_on) == (2, date(2024, 5, 1))


def test_examples_are_seeded_once_and_stay_withdrawn(
    desk: Desk, open_desk: Callable[..., Desk], database_url: str
) -> None:
    with desk.exchange.store.read() as session:
        codes = [row.id for row in session.exec(select(Policy).order_by(Policy.id))]
    assert codes == ["example-skill", "example-training", "example-transfer"]
    with desk.exchange.store.write(actor="office") as transaction:
        for code in codes:
            withdraw_policy(transaction, code, "已有正式政策")
    again = open_desk(database_url)
    with again.exchange.store.read() as session:
        assert [row.state for row in session.exec(select(Policy))] == ["withdrawn"] * 3
    assert len(again.events("policy.set")) == 3
