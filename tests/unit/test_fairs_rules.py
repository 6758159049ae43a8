"""The rules of fairs without a store: licence duty, steps, what is missing, booths, sheets, results."""

import io
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from openpyxl import Workbook

from exchange.fairs.booths import booth_key as key
from exchange.fairs.booths import free_booths, normal_booth, placed
from exchange.fairs.duty import duty_sentences, licence_duty
from exchange.fairs.missing import Exhibiting, Readiness, missing_for_check, missing_for_publishing
from exchange.fairs.names import plain_name
from exchange.fairs.results import result_faults, results_of
from exchange.fairs.sheet import SheetRow, read_lines, read_sheet
from exchange.fairs.steps import after_change, is_locked, may_follow
from exchange.fairs.words import REQUIRED_DOCUMENTS, Duty, FairState, TallyKind
from exchange.views.fairs_booths import short_name

DAY = date(2026, 4, 10)
NOW = datetime(2026, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expected", "government", "online", "duty"),
    [
        (999, False, False, Duty.NONE),
        (1_000, False, False, Duty.COUNTY),
        (5_000, False, False, Duty.COUNTY),
        (5_001, False, False, Duty.CITY),
        (999, True, False, Duty.NONE),
        (20_000, True, False, Duty.GOVERNMENT),
        (20_000, False, True, Duty.NONE),
    ],
)
def test_who_licenses_a_fair(expected: int, government: bool, online: bool, duty: Duty) -> None:
    found = licence_duty(expected, government, online, DAY)
    assert found.duty is duty
    assert found.deadline == (date(2026, 3, 21) if duty.needs_licence else None)


def test_the_deadline_is_told_and_when_it_is_past() -> None:
    found = licence_duty(1_200, False, False, DAY)
    assert not found.is_late(date(2026, 3, 21), None)
    assert found.is_late(date(2026, 3, 22), None)
    assert not found.is_late(date(2026, 4, 1), date(2026, 3, 20))
    assert any("还有 9 天" in words for words in duty_sentences(found, 1_200, date(2026, 3, 12), None))
    assert any("过了申请期限" in words for words in duty_sentences(found, 1_200, date(2026, 3, 22), None))


def test_only_the_next_step_and_cancelling_are_possible() -> None:
    for state in FairState:
        following = {wanted for wanted in FairState if may_follow(state, wanted)}
        assert (
            following
            == {
                FairState.PLANNED: {FairState.CHECKED, FairState.CANCELLED},
                FairState.CHECKED: {FairState.PUBLISHED, FairState.CANCELLED},
                FairState.PUBLISHED: {FairState.HELD, FairState.CANCELLED},
                FairState.HELD: {FairState.REPORTED, FairState.CANCELLED},
                FairState.REPORTED: {FairState.CANCELLED},
                FairState.CANCELLED: set(),
            }[state]
        )


def test_a_change_undoes_the_check_only() -> None:
    assert after_change(FairState.CHECKED) is FairState.PLANNED
    assert after_change(FairState.PUBLISHED) is FairState.PUBLISHED


def test_time_place_and_size_are_locked_by_the_application_and_by_publishing() -> None:
    assert not is_locked(FairState.PLANNED, None)
    assert is_locked(FairState.PLANNED, DAY)
    assert is_locked(FairState.PUBLISHED, None)


def ready(**changes: object) -> Readiness:
    given: dict[str, object] = {
        "documents": set(REQUIRED_DOCUMENTS),
        "exhibitors": [Exhibiting("试样厂", "A01", True)],
        "online": False,
        "starts_at": NOW + timedelta(days=29),
        "now": NOW,
        "duty": licence_duty(800, False, False, DAY),
        "licence_number": "",
    }
    return Readiness(**{**given, **changes})  # type: ignore[arg-type]


def codes(found: Readiness) -> list[str]:
    return [one.code for one in missing_for_publishing(found)]


def test_what_is_missing_is_named_one_by_one() -> None:
    assert codes(ready()) == []
    assert codes(ready(documents=())) == ["document.plan", "document.emergency", "document.security"]
    assert codes(ready(exhibitors=[])) == ["exhibitors.none"]
    assert codes(ready(exhibitors=[Exhibiting("甲", "", False)])) == ["exhibitors.unverified", "exhibitors.booth"]
    assert codes(ready(exhibitors=[Exhibiting("甲", "", True)], online=True)) == []
    assert codes(ready(starts_at=NOW)) == ["time.past"]
    licensed = ready(duty=licence_duty(1_500, False, False, DAY))
    assert codes(licensed) == ["licence.number"]
    assert missing_for_check(licensed) == []


def test_many_unverified_exhibitors_are_counted_and_some_named() -> None:
    many = [Exhibiting(f"厂{n}", f"A{n}", False) for n in range(9)]
    (one,) = missing_for_check(ready(exhibitors=many))
    assert "有 9 家" in one.words and "厂4 等 9 家" in one.words and "厂5" not in one.words


def test_booths_are_ordered_as_people_read_them() -> None:
    assert sorted(["B1", "A10", "A2", "", "3号", "12号"], key=key) == ["3号", "12号", "A2", "A10", "B1", ""]
    assert normal_booth(" a 01 ") == "A01"
    assert list(islice(free_booths({"A1", "A03"}), 3)) == ["A02", "A04", "A05"]
    assert list(islice(free_booths(()), 10, 12)) == ["B01", "B02"]


def test_a_hall_has_a_row_for_each_letter_and_ten_booths() -> None:
    names = [f"A{n:02}" for n in range(1, 13)] + ["C01"]
    places = {one.thing: (one.row, one.column) for one in placed([(name, name) for name in names])}
    assert places["A01"] == (0, 0)
    assert places["A11"] == (1, 0)
    assert places["C01"] == (2, 0)


def test_names_that_mean_the_same_employer() -> None:
    assert plain_name("东莞市 试样（长安）有限责任公司") == plain_name("东莞市试样(长安)有限公司")
    assert plain_name("试样一厂") != plain_name("试样二厂")


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def test_a_sheet_with_a_title_headings_in_another_order_and_numbers_for_booths() -> None:
    reading = read_sheet(
        workbook(("翁源专场参会单位",), ("序号", "展位号", "企业名称"), (1, 7, "甲厂"), (2, "b 2", "乙厂"))
    )
    assert reading.faults == ()
    assert reading.rows == (SheetRow(3, "甲厂", "7"), SheetRow(4, "乙厂", "B2"))


def test_faults_are_named_by_their_rows() -> None:
    reading = read_sheet(workbook(("单位名称", "展位"), ("甲厂", "A1"), (None, "A2"), ("乙厂", "A1"), ("甲 厂", "A4")))
    assert [fault.row for fault in reading.faults] == [3, 4, 5]
    assert [row.employer for row in reading.rows] == ["甲厂"]


def test_pasted_lines_and_csv_of_either_encoding() -> None:
    assert read_lines("甲厂，A1\n乙厂\tA2\n丙厂").rows[2] == SheetRow(3, "丙厂", "")
    assert read_sheet("企业,展位\n甲厂,A1".encode("gb18030")).rows == (SheetRow(2, "甲厂", "A1"),)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0broken", b"\0\1\2\3", b"\n\n"])
def test_what_is_no_sheet_is_said_to_be_none(content: bytes) -> None:
    reading = read_sheet(content)
    assert reading.rows == ()
    assert [fault.row for fault in reading.faults] == [0]


def test_results_keep_the_reason_where_they_differ() -> None:
    counted = dict.fromkeys(TallyKind, 5)
    results = results_of(counted, {**counted, TallyKind.VISITORS: 9}, "登记簿")
    assert [(one.kind, one.reason) for one in results if one.reason] == [(TallyKind.VISITORS, "登记簿")]
    assert set(result_faults(results, has_evidence=False)) == {"reason", "evidence"}
    assert result_faults(results_of(counted, counted, ""), has_evidence=True) == {}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("东莞市长安试样电子有限公司", "试样电子"),
        ("翁源县试样茶业有限公司", "试样茶业"),
        ("广东试样集团股份有限公司", "试样集团"),
        ("长安社区", "长安社区"),
        ("东莞市虎门试样精密模具制造有限公司", "试样精密模…"),
    ],
)
def test_a_booth_shows_what_tells_employers_apart(name: str, short: str) -> None:
    assert short_name(name) == short
