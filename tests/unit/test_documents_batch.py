"""The whole way round: she uploads, gets her workbook back, mends it, uploads it again: only the changes are taken."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from exchange.documents.batch_workbook import NoWorkbook, marked_workbook_of
from exchange.store.batches import UnknownBatch
from tests.flow.desk import Clock, Desk, job, outcomes, write_workbook

ROWS = [job("普工"), job("质检员", 薪资待遇="见附件"), job("电工", 招聘人数=""), job("保安", 岗位职责="限男性")]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(tmp_path / "var", "", Clock())
    yield opened
    assert opened.differences() == []
    opened.exchange.store.close()


def marked(desk: Desk, batch: str | None) -> tuple[Path, Workbook]:
    name, data = marked_workbook_of(desk.exchange, batch or "")
    path = desk.folder.parent / name
    path.write_bytes(data)
    return path, load_workbook(io.BytesIO(data))


def column(book: Workbook, heading: str) -> int:
    return next(cell.column for row in book["岗位"].iter_rows(max_row=2) for cell in row if cell.value == heading)


def test_what_became_of_each_row_stands_beside_it(desk: Desk, tmp_path: Path) -> None:
    summary = desk.take(write_workbook(tmp_path / "报送.xlsx", ROWS))
    path, book = marked(desk, summary.batch)
    results = [cell.value for cell in book["岗位"][chr(64 + column(book, "结果"))]][1:]
    numbers = [cell.value for cell in book["岗位"][chr(64 + column(book, "平台编号"))]][1:]
    assert path.name == "报送_已标注.xlsx"
    assert [str(words).split("：")[0] for words in results] == ["新增", "退回", "新增", "待审"]
    assert numbers[0] == desk.posting("普工").id
    assert numbers[1] is None
    assert not any("版式没有带过来" in str(cell.value) for row in book["核对结果"].iter_rows() for cell in row)


def test_only_what_she_changed_is_taken_the_second_time(desk: Desk, tmp_path: Path) -> None:
    first = desk.take(write_workbook(tmp_path / "报送.xlsx", ROWS, title="长安镇汇总表", merged=("B3:B6",)))
    path, book = marked(desk, first.batch)
    sheet, pay, title = book["岗位"], column(book, "薪资待遇"), column(book, "岗位名称")
    sheet.cell(4, pay, "5000-6000")  # the row that was returned
    sheet.cell(3, title, "装配普工")  # a corrected title is still the same posting
    book.save(path)
    before = desk.posting("普工").id
    second = desk.take(path)
    assert outcomes(second) == {"updated": 1, "created": 1, "unchanged": 1, "held": 1}
    assert desk.posting("装配普工").id == before
    assert {problem["code"] for problem in second.problems} == {"openings.missing", "compliance.sex"}


def test_an_unchanged_marked_workbook_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    rows = [job("普工"), job("电工", 用人单位="东莞市常平机械厂")]
    first = desk.take(write_workbook(tmp_path / "报送.xlsx", rows))
    path, _ = marked(desk, first.batch)
    second = desk.take(path)
    assert outcomes(second) == {"unchanged": 2}
    assert second.problems == first.problems
    again, book = marked(desk, second.batch)
    assert again.name == path.name
    assert book.sheetnames == ["岗位", "核对结果"]


def test_it_can_be_had_before_anybody_has_confirmed(desk: Desk, tmp_path: Path) -> None:
    summary = desk.take(write_workbook(tmp_path / "报送.xlsx", ROWS), await_confirmation=True)
    _, book = marked(desk, summary.batch)
    results = [str(cell.value).split("：")[0] for cell in book["岗位"][chr(64 + column(book, "结果"))]][1:]
    assert results == ["预计新增", "退回", "预计新增", "预计待审"]


def test_what_cannot_be_had_is_said_plainly(desk: Desk, tmp_path: Path) -> None:
    summary = desk.take(write_workbook(tmp_path / "报送.xlsx", ROWS))
    for kept in (desk.folder / "files").rglob("*"):
        if kept.is_file():
            kept.unlink()
    with pytest.raises(NoWorkbook, match="没有保存原文件"):
        marked_workbook_of(desk.exchange, summary.batch or "")
    with pytest.raises(UnknownBatch):
        marked_workbook_of(desk.exchange, "000000000000")
