"""What a report says is what the ledger says: of its period, up to its snapshot, with what became known later."""

from datetime import timedelta

import pytest

from config.words import Direction, WithdrawalReason
from exchange.models import Snapshot
from exchange.periods import Period, PeriodKind, period_of
from exchange.reports.content import ReportContent, content_from_json, content_to_json
from exchange.reports.gathering import UnknownSubject, gather_content
from exchange.reports.period import Subject
from exchange.store.ledger import head_page
from exchange.store.report_basis import UnknownSnapshot, find_basis
from tests.flow.desk import HUMEN, WENGYUAN, Desk, job

Q1, Q2 = period_of(2026, PeriodKind.QUARTER, 1), period_of(2026, PeriodKind.QUARTER, 2)
H1 = period_of(2026, PeriodKind.HALF, 1)
SG = {"工作地点": "翁源县", "用人单位": "翁源县兴旺茶业有限公司"}


def report_of(desk: Desk, period: Period, cluster: str = "", snapshot: str = "") -> ReportContent:
    with desk.exchange.store.read() as session:
        now = desk.clock()
        return gather_content(session, Subject(period, cluster), find_basis(session, period, now, snapshot), now)


def figures(content: ReportContent) -> dict[str, tuple[int, int]]:
    """Direction → (new, total)."""
    return {str(one["direction"]): (one["new"]["postings"], one["total"]["postings"]) for one in content.directions}


def words(content: ReportContent, key: str) -> str:
    return "\n".join(next(section for section in content.sections if section.key == key).text)


def has(content: ReportContent, key: str) -> bool:
    return any(section.key == key for section in content.sections)


def snapshot(desk: Desk) -> None:
    """Of now, under today's name. How they are taken is another test's matter."""
    desk.tampered = True  # no event tells of it
    with desk.exchange.store.write() as transaction:
        page, now = head_page(transaction.session), transaction.now
        assert page is not None
        name = desk.exchange.today.isoformat()
        transaction.session.add(
            Snapshot(kind="day", period=name, at=now, page=page.number, page_hash=page.hash, counts={})
        )


def two_quarters(desk: Desk) -> None:
    desk.take([job("普工"), job("焊工"), job("保安", 薪资待遇="")])
    desk.take([job("采茶工", **SG)], WENGYUAN)
    desk.clock.set(2026, 5, 6, 9, 0)
    desk.take([job("叉车工"), job("")])
    desk.take([job("文员", 工作地点="虎门镇")], HUMEN)


def test_a_quarter_counts_its_own_months_and_the_year_so_far(desk: Desk) -> None:
    two_quarters(desk)
    desk.clock.set(2026, 8, 1, 9, 0)
    assert figures(report_of(desk, Q1)) == {"dg-sg": (2, 2), "sg-dg": (1, 1)}
    assert figures(report_of(desk, Q2)) == {"dg-sg": (2, 4), "sg-dg": (0, 1)}
    assert figures(report_of(desk, H1)) == {"dg-sg": (4, 4), "sg-dg": (1, 1)}


def test_clusters_add_up_to_the_office(desk: Desk) -> None:
    two_quarters(desk)
    desk.clock.set(2026, 8, 1, 9, 0)
    clusters = next(s for s in report_of(desk, Q2).sections if s.key == "exchange").tables[0]
    assert clusters.rows[-1][:5] == ("合计", 2, 4, 0, 1)
    assert figures(report_of(desk, Q2, "c01")) == {"dg-sg": (1, 3), "sg-dg": (0, 1)}
    assert figures(report_of(desk, Q2, "c08")) == {"dg-sg": (1, 1), "sg-dg": (0, 0)}


def test_the_annex_lists_the_postings_behind_the_number(desk: Desk) -> None:
    two_quarters(desk)
    desk.clock.set(2026, 8, 1, 9, 0)
    content = report_of(desk, Q2)
    assert [(row.title, row.provider, row.pay) for row in content.annex] == [
        ("叉车工", "长安镇人社分局", "5000–6500"),
        ("文员", "虎门镇人社分局", "5000–6500"),
    ]
    assert content.annex_size == sum(new for new, _ in figures(content).values())


def test_it_tells_what_was_not_counted_and_what_was_refused(desk: Desk) -> None:
    two_quarters(desk)
    desk.clock.set(2026, 8, 1, 9, 0)
    assert "1条没有计入任务：缺薪资1条" in words(report_of(desk, Q1), "exchange")
    assert "报送表中有1行被退回，主要原因是没有岗位名称1条" in words(report_of(desk, Q2), "problems")
    assert "落后" in words(report_of(desk, Q2), "targets")


def test_it_rests_on_the_snapshot_of_the_periods_end(desk: Desk) -> None:
    two_quarters(desk)
    desk.clock.set(2026, 7, 1, 0, 1)
    snapshot(desk)
    desk.clock.set(2026, 8, 1, 9, 0)
    desk.take([job("质检员")])
    content = report_of(desk, Q2)
    assert content.basis.snapshot == "day/2026-07-01"
    assert content.basis.page_hash in content.basis_words
    assert content.basis.sequence < desk.count().ledger_sequence
    assert "没有生成快照" in report_of(desk, Q1).basis_words


def test_a_period_that_is_not_over_says_so(desk: Desk) -> None:
    two_quarters(desk)
    content = report_of(desk, Q2)
    assert "本期尚未结束，数据截至5月6日" in words(content, "opening")
    assert figures(content)["dg-sg"] == (2, 4)
    desk.clock.set(2026, 7, 1, 9, 0)
    desk.take([job("质检员")])
    assert figures(report_of(desk, Q2))["dg-sg"] == (2, 4), "what came after the period is not in it"


def test_another_snapshot_can_be_chosen_but_no_earlier_one(desk: Desk) -> None:
    desk.take([job("普工")])
    snapshot(desk)
    desk.clock.set(2026, 8, 1, 9, 0)
    snapshot(desk)
    assert report_of(desk, Q2, snapshot="day/2026-08-01").basis.snapshot == "day/2026-08-01"
    for wrong in ("day/2026-03-12", "day/1999-01-01", "nonsense"):
        with pytest.raises(UnknownSnapshot):
            report_of(desk, Q2, snapshot=wrong)


def test_what_became_known_late_is_corrected_in_the_next_report(desk: Desk) -> None:
    two_quarters(desk)
    before = report_of(desk, Q1)
    desk.withdraw("焊工", WithdrawalReason.FALSE)
    desk.clock.set(2026, 8, 1, 9, 0)
    assert figures(report_of(desk, Q1)) == figures(before), "a report of the past never changes"
    content = report_of(desk, Q2)
    table = next(section for section in content.sections if section.key == "corrections").tables[0]
    assert table.rows == (("2026年3月", "东莞→韶关", -1, -10),)
    assert figures(content)["dg-sg"] == (2, 3), "the total is the corrected one"
    assert not has(report_of(desk, Q2, "c08"), "corrections"), "another cluster's"
    desk.clock.set(2026, 11, 1, 9, 0)
    assert not has(report_of(desk, period_of(2026, PeriodKind.QUARTER, 3)), "corrections"), "told once"


def test_a_year_later_the_same_quarter_is_compared(desk: Desk) -> None:
    two_quarters(desk)
    desk.clock.set(2027, 2, 1, 9, 0)
    desk.take([job("注塑工"), job("打包工"), job("电工")])
    desk.clock.move(days=90)
    content = report_of(desk, period_of(2027, PeriodKind.QUARTER, 1))
    assert "比上年同季（2条）增加1条，增长50.0%" in words(content, "targets")
    assert "上年同季平台没有数据" in words(report_of(desk, Q1), "targets")
    assert content.chart[0].last_year[11] == 4


def test_the_store_keeps_all_but_the_annex(desk: Desk) -> None:
    two_quarters(desk)
    content = report_of(desk, Q2)
    again = content_from_json(content_to_json(content))
    assert again.annex == ()
    assert (again.sections, again.chart, again.annex_size) == (content.sections, content.chart, content.annex_size)
    assert again.basis.at == content.basis.at.replace(microsecond=0)


def test_there_is_no_report_of_a_cluster_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(UnknownSubject):
        report_of(desk, Q2, "c99")


def test_an_empty_platform_reports_nothing_but_reports(desk: Desk) -> None:
    desk.clock.move(**{"days": timedelta(days=120).days})
    content = report_of(desk, Q1, "c01")
    assert figures(content) == {str(direction): (0, 0) for direction in Direction}
    assert content.annex_size == 0
    assert "没有计数的岗位信息" in words(content, "problems")
