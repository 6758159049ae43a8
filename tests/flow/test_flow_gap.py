"""The gap: what would bring a commitment nearer to its goal, counted and listed; and the lists behind every number."""

from datetime import date

from exchange.gap import GapKind
from exchange.store.gap import gap_lines, gap_postings, lapsed_employers
from exchange.store.listing import all_postings_behind, place_of, postings_behind
from exchange.store.refused import refused_rows
from tests.flow.desk import HUMEN, WENGYUAN, Desk, job

HUASHENG, XINGLONG = "东莞市华盛电子有限公司", "韶关市兴隆竹木制品厂"


def lines(desk: Desk, year: int = 2026, cluster: str | None = None) -> dict[tuple[str, str, str], tuple[int, int]]:
    with desk.exchange.store.read() as session:
        found = gap_lines(session, year, desk.exchange.today, cluster=cluster)
    return {(line.kind, line.direction, line.cluster): (line.number, line.postings) for line in found}


def titles(desk: Desk, kind: GapKind, **where: str) -> list[str]:
    with desk.exchange.store.read() as session:
        return [row.title for row in gap_postings(session, kind, 2026, desk.exchange.today, **where)]


def test_each_line_has_its_number_and_its_rows(desk: Desk) -> None:
    desk.take(
        [
            job("普工"),
            job("缺人数甲", 招聘人数="", 有效期="2026-12-31"),
            job("缺人数乙", 招聘人数="", 有效期="2026-03-20"),
            job("缺薪资", 薪资待遇="", 工作地点="虎门镇", 有效期="2026-12-31"),
            job("限男性文员", 岗位职责="限男性", 有效期="2026-12-31"),
            job("早已过期", 有效期="2026-01-05"),
            job(""),
            job("无单位", 用人单位=""),
        ]
    )
    desk.take([job("深圳的", 工作地点="深圳市福田区")], HUMEN)
    assert lines(desk) == {
        (GapKind.OPENINGS, "dg-sg", "c01"): (2, 2),
        (GapKind.PAY, "dg-sg", "c08"): (1, 1),
        (GapKind.HELD, "dg-sg", "c01"): (1, 1),
        (GapKind.REFUSED, "dg-sg", "c01"): (2, 2),
        (GapKind.EXPIRING, "dg-sg", "c01"): (1, 1),
        (GapKind.EXPIRED, "dg-sg", "c01"): (1, 1),
    }
    assert titles(desk, GapKind.OPENINGS) == ["缺人数乙", "缺人数甲"]
    assert titles(desk, GapKind.PAY, cluster="c08") == ["缺薪资"]
    assert titles(desk, GapKind.PAY, cluster="c01") == []
    assert titles(desk, GapKind.HELD, direction="dg-sg") == ["限男性文员"]
    assert titles(desk, GapKind.HELD, direction="sg-dg") == []
    assert titles(desk, GapKind.EXPIRING) == ["缺人数乙"]
    assert titles(desk, GapKind.EXPIRED) == ["早已过期"]
    desk.clock.set(2026, 3, 21, 10)
    desk.expire()
    assert titles(desk, GapKind.EXPIRED) == ["早已过期", "缺人数乙"]
    assert lines(desk)[GapKind.EXPIRED, "dg-sg", "c01"] == (2, 2)


def test_a_line_closes_when_the_cell_is_filled_in(desk: Desk) -> None:
    desk.take([job("普工", 招聘人数="")])
    desk.take([job("普工", 招聘人数="若干")])
    assert lines(desk) == {}
    assert desk.counted() == 1


def test_a_refused_row_that_was_mended_is_no_gap_any_more(desk: Desk) -> None:
    desk.take([job("普工"), job("", 用人单位=HUASHENG), job("焊工", 用人单位="")])
    with desk.exchange.store.read() as session:
        rows = refused_rows(session, 2026, desk.exchange.today)
    assert [(row.row, row.code) for row in rows] == [(3, "title.missing"), (4, "employer.missing")]
    desk.clock.move(hours=1)
    desk.take([job("普工"), job("钳工", 用人单位=HUASHENG), job("焊工", 用人单位="")])
    with desk.exchange.store.read() as session:
        rows = refused_rows(session, 2026, desk.exchange.today, cluster="c01")
        assert refused_rows(session, 2026, desk.exchange.today, cluster="c02") == []
        assert refused_rows(session, 2025, desk.exchange.today) == []
    assert {row.code for row in rows} == {"employer.missing"}
    assert (GapKind.REFUSED, "dg-sg", "c01") in lines(desk)


def test_employers_of_last_year_that_have_not_come_back(desk: Desk) -> None:
    desk.clock.set(2026, 11, 3, 10)
    ours, theirs = {"用人单位": HUASHENG}, {"用人单位": XINGLONG, "工作地点": "翁源县"}
    desk.take([job("普工", **ours), job("焊工", **ours)])
    desk.take([job("木工", **theirs), job("漆工", **theirs)], WENGYUAN)
    desk.clock.set(2027, 3, 12, 10)
    desk.take([job("钳工", **ours)])
    assert lines(desk, 2027) == {(GapKind.EMPLOYERS, "sg-dg", "c01"): (1, 2)}
    with desk.exchange.store.read() as session:
        (found,) = lapsed_employers(session, 2027)
        assert lapsed_employers(session, 2027, cluster="c02") == []
    assert (found.name, found.postings, found.openings) == (XINGLONG, 2, 20)


def test_the_list_behind_a_number_is_as_long_as_the_number(desk: Desk) -> None:
    places = ("长安镇", "虎门镇", "东莞市")
    desk.take([job(f"{title}{place}", 工作地点=place) for title in "甲乙丙丁" for place in places])
    desk.take([job("缺薪资", 薪资待遇="")], HUMEN)
    with desk.exchange.store.read() as session:
        everything = list(all_postings_behind(session, 2026))
        assert len(everything) == desk.counted() == 12
        paged, after = [], None
        while page := postings_behind(session, 2026, after=after, limit=5):
            paged += page
            after = place_of(page[-1])
        assert paged == everything
        unassigned = postings_behind(session, 2026, direction="dg-sg", cluster="")
        assert {row.division for row in unassigned} == {"441900"}
        (uncounted,) = postings_behind(session, 2026, "incomplete.pay")
        assert (uncounted.title, uncounted.reason, uncounted.valid_through) == (
            "缺薪资", "incomplete.pay", date(2026, 5, 11)
        )  # fmt: skip
