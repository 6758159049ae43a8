"""What a report says besides postings: fairs, activities, supply and commitments, as they stood at its moment."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from exchange.activities import ActivityKind
from exchange.documents.report_parts import attachments, printed_annexes
from exchange.evidence import keep_evidence
from exchange.periods import Period, PeriodKind, period_of
from exchange.reports.content import ReportContent, content_from_json, content_to_json
from exchange.reports.gathering import gather_content
from exchange.reports.period import Subject
from exchange.store.activities import add_evidence, cancel_activity, hold_activity, plan_activity
from exchange.store.figures import record_figure
from exchange.store.report_basis import find_basis
from exchange.store.supply import offer_supply, record_outcome
from exchange.supply import SupplyOutcome
from ingest.sample.fairs import load_fairs
from tests.flow.desk import CHANGAN, Desk, job

Q1, Q2 = period_of(2026, PeriodKind.QUARTER, 1), period_of(2026, PeriodKind.QUARTER, 2)


def report_of(desk: Desk, period: Period = Q1, cluster: str = "") -> ReportContent:
    with desk.exchange.store.read() as session:
        now = desk.clock()
        return gather_content(session, Subject(period, cluster), find_basis(session, period, now), now)


def words(content: ReportContent, key: str) -> str:
    return "\n".join(next(section for section in content.sections if section.key == key).text)


def hold(desk: Desk, kind: ActivityKind, cluster: str, **figures: int) -> str:
    """An activity of 20 March, held with evidence. Its id."""
    day = date(2026, 3, 20)
    values: dict[str, Any] = {
        "kind": kind, "name": f"演示{kind.label}", "cluster": cluster, "place": "翁源", "starts_on": day,
        "ends_on": day, "schools": ["演示技工学校"], "employers": ["东莞市华盛电子有限公司"],
    }  # fmt: skip
    kept = keep_evidence(desk.exchange.files_folder, "通知.pdf", b"%PDF-1.4 x")
    with desk.exchange.store.write("changan", CHANGAN) as transaction:
        row = plan_activity(transaction, CHANGAN, values)
        add_evidence(transaction, row.id, kept)
        hold_activity(transaction, row.id, 60, figures, "")
        return row.id


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Chang'an's cluster has had a fair, a named class and a notice; it is the end of March."""
    desk.take([job("普工"), job("焊工")])
    desk.clock.set(2026, 3, 30, 9, 0)
    load_fairs(desk.exchange, date(2026, 3, 30))
    hold(desk, ActivityKind.NAMED_CLASS, "c01", classes=2, students=60)
    hold(desk, ActivityKind.JOINT_MEETING, "", decisions=3)
    notice = {
        "division": "440229", "workers": 40, "from_on": date(2026, 3, 1), "until_on": date(2026, 6, 1),
    }  # fmt: skip
    with desk.exchange.store.write("wengyuan", "440229") as transaction:
        row = offer_supply(transaction, "440229", notice)
        record_outcome(transaction, row.id, SupplyOutcome.HIRED, 12, "", "", "440229")
    desk.clock.set(2026, 4, 10, 9, 0)
    return desk


def test_a_fair_is_told_with_its_results_and_the_next_one_announced(busy: Desk) -> None:
    content = report_of(busy, cluster="c01")
    told = words(content, "fairs")
    assert "本季举办供需对接会1场，参加企业1家，提供岗位2个（招聘20人），进场人数412人" in told
    assert "下一步计划举办1场：演示：翁源—长安招聘专场（4月15日，已发布）" in told
    table = next(s for s in content.sections if s.key == "fairs").tables[0]
    assert table.rows[0][:6] == ("3月18日", "演示：长安—翁源冬春供需对接会", "翁源组团", 1, 2, 412)
    assert "平台没有登记本期举办的供需对接会" in words(report_of(busy, cluster="c02"), "fairs")


def test_activities_and_supply_are_told(busy: Desk) -> None:
    content = report_of(busy)
    assert "企业冠名班1次，参加60人、开设班级2个、学生60人" in words(content, "training")
    assert "联席会议1次，参加60人、议定事项3项" in words(content, "cooperation")
    assert "登记劳动力供给信息1条40人，经两地人社部门对接录用12人" in words(content, "cooperation")
    assert "登记劳动力供给信息1条40人" in words(report_of(busy, cluster="c01"), "cooperation")
    assert "联席会议" not in words(report_of(busy, cluster="c01"), "cooperation"), "both cities' is no cluster's"
    assert "供给信息" not in words(report_of(busy, cluster="c02"), "cooperation")
    assert "平台没有登记本期有效的补贴政策" in words(content, "subsidies"), "examples are no policies"


def test_who_has_held_no_fair_is_named(busy: Desk) -> None:
    assert "有9个组团今年尚未举办供需对接会：乐昌组团" in words(report_of(busy), "problems")
    assert "本组团今年尚未举办供需对接会" in words(report_of(busy, cluster="c02"), "problems")
    assert "供需对接会" not in words(report_of(busy, cluster="c01"), "problems")


def test_a_fair_that_nobody_closed_is_a_finding(busy: Desk) -> None:
    busy.clock.set(2026, 7, 10, 9, 0)
    assert "有1场对接会已过举办日期，没有登记是否举办" in words(report_of(busy, Q2), "problems")


def test_what_happens_later_is_not_in_the_report_of_before(busy: Desk) -> None:
    before = report_of(busy)
    late = hold(busy, ActivityKind.COMPETITION, "c01", contestants=9)
    assert report_of(busy).sections == before.sections
    with busy.exchange.store.write("changan", CHANGAN) as transaction:
        cancel_activity(transaction, late, "登记错了")
    assert report_of(busy).annexes == before.annexes


def test_commitments_of_all_kinds_are_told_with_goal_and_done(busy: Desk) -> None:
    kept = keep_evidence(busy.exchange.files_folder, "拨款.pdf", b"%PDF-1.4 y")
    busy.clock.set(2026, 3, 31, 9, 0)
    with busy.exchange.store.write("office") as transaction:
        record_figure(transaction, "town-funds", 2026, 500_000, date(2026, 3, 30), "第一笔", member=CHANGAN,
                      actor="office", organisation="office", evidence=(kept,))  # fmt: skip
    busy.clock.set(2026, 4, 10, 9, 0)
    content = report_of(busy, cluster="c01")
    table = content.sections[1].tables[1]
    funds = next(row for row in table.rows if row[0] == "对口帮扶镇（街道）民生帮扶资金(万元)")
    assert funds[1:3] == (800, 50)
    assert "民生帮扶资金50万元（年度目标800万元）" in words(content, "targets")
    assert not any("联席会议" in str(row[0]) for row in table.rows), "that binds both cities together"
    assert any("联席会议" in str(row[0]) for row in report_of(busy).sections[1].tables[1].rows)
    assert "民生帮扶资金" in words(content, "problems")


def test_the_list_of_activities_is_kept_with_the_words(busy: Desk) -> None:
    content = report_of(busy)
    assert [row[2] for row in content.annexes[0].rows] == ["供需对接会", "企业冠名班", "联席会议"]
    assert attachments(content) == ("1.岗位信息明细表（2条）", "2.活动台账（3项）")
    assert content_from_json(content_to_json(content)).annexes == content.annexes
    long = replace(content, annex=content.annex * 201)
    assert [name for name, _ in printed_annexes(long)] == ["附件2"]


def test_a_report_from_before_there_were_such_lists_still_reads(busy: Desk) -> None:
    plain = content_to_json(report_of(busy))
    del plain["annexes"]
    assert content_from_json(plain).annexes == ()
