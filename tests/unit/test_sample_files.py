"""The three files of the sample, opened as anyone would open them."""

import csv
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from config.divisions import find_division
from config.packaged import read_packaged
from config.sources import parse_sources
from ingest.sample import SampleFile, build_sample
from ingest.sample.rows import file_rows

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[SampleFile]:
    return build_sample(tmp_path_factory.mktemp("sample") / "new", TODAY)


def sheets(file: SampleFile) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in load_workbook(file.path).worksheets}


def rows_of(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def records_of(sheet: Worksheet) -> list[tuple[object, ...]]:
    """The rows between the headings and 合计: those with a number first."""
    return [row for row in rows_of(sheet) if isinstance(row[0], int)]


def test_each_file_belongs_to_a_bureau_and_a_source(built: list[SampleFile]) -> None:
    sources = parse_sources(read_packaged("sources.toml"), "sources.toml")
    assert [(file.source, file.organisation) for file in built] == [
        ("dg-upload", "441900119"),
        ("sg-upload", "440229"),
        ("sg-upload", "440281"),
    ]
    for file in built:
        bureau = find_division(file.organisation)
        assert bureau is not None
        assert sources[file.source].city is bureau.city
        assert file.path.is_file()


def test_changan_has_a_title_a_bureau_and_two_rows_of_headings(built: list[SampleFile]) -> None:
    top = rows_of(sheets(built[0])["长安镇"])[:4]
    assert top[0][0] == "长安镇2026年第四季度企业招聘岗位信息汇总表"
    assert not any(top[0][1:])
    assert top[1][0] == "填报单位：长安镇人力资源和社会保障分局"
    assert top[2][:5] == ("序号", "企业名称", "招聘岗位", "招聘人数（人）", "岗位要求")
    assert top[3][4:8] == ("学历", "年龄", "工作经验", "其他要求")


def test_changan_merges_the_cells_of_an_employer(built: list[SampleFile]) -> None:
    sheet = sheets(built[0])["长安镇"]
    merged = [area for area in sheet.merged_cells.ranges if area.min_col == 2 == area.max_col and area.min_row > 4]
    assert len(merged) >= 8
    for area in merged:
        assert sheet.cell(area.min_row, 2).value
        assert all(sheet.cell(row, 2).value is None for row in range(area.min_row + 1, area.max_row + 1))


def test_the_rows_are_all_there_and_numbered(built: list[SampleFile]) -> None:
    for file, via in zip(built[:2], ("changan", "wengyuan"), strict=True):
        numbers = [row[0] for sheet in sheets(file).values() for row in records_of(sheet)]
        assert len(numbers) == len(file_rows(via, TODAY))
        assert numbers.count(1) == 2


def test_sheets_end_with_a_sum_and_notes(built: list[SampleFile]) -> None:
    for file in built[:2]:
        for sheet in sheets(file).values():
            if sheet.sheet_state == "visible":
                last = [row[0] for row in rows_of(sheet)][-5:]
                assert "合计" in last
                assert str(last[-1]).startswith(("填表说明", "备注", "2．"))


def test_one_sheet_is_hidden(built: list[SampleFile]) -> None:
    states = {title: sheet.sheet_state for title, sheet in sheets(built[0]).items()}
    assert states == {"长安镇": "visible", "滨海片区专场": "visible", "下拉选项": "hidden"}


def test_there_are_full_width_digits_and_real_dates(built: list[SampleFile]) -> None:
    cells = [cell for file in built[:2] for sheet in sheets(file).values() for row in records_of(sheet) for cell in row]
    assert any(isinstance(cell, str) and any("０" <= sign <= "９" for sign in cell) for cell in cells)
    assert any(isinstance(cell, date) for cell in cells)
    assert any(isinstance(cell, str) and cell.startswith("2027年") for cell in cells)


def test_two_rows_of_changan_stand_on_both_sheets(built: list[SampleFile]) -> None:
    seen: dict[str, set[tuple[object, object]]] = {}
    for title, sheet in list(sheets(built[0]).items())[:2]:
        employer: object = None
        for row in records_of(sheet):
            employer = row[1] or employer
            seen.setdefault(title, set()).add((employer, row[2]))
    assert len(seen["长安镇"] & seen["滨海片区专场"]) == 2


def test_the_csv_is_gbk_and_whole(built: list[SampleFile]) -> None:
    content = built[2].path.read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    records = list(csv.DictReader(content.decode("gbk").splitlines(keepends=True)))
    assert len(records) == len(file_rows("lechang", TODAY))
    assert any("\n" in record["岗位描述"] for record in records)
    assert records[0]["企业名称"] == "乐昌市沿溪雾茗茶业有限公司"


def test_the_same_day_gives_the_same_cells(built: list[SampleFile], tmp_path: Path) -> None:
    again = build_sample(tmp_path, TODAY)
    assert again[2].path.read_bytes() == built[2].path.read_bytes()
    for one, other in zip(built[:2], again[:2], strict=True):
        assert {k: rows_of(v) for k, v in sheets(one).items()} == {k: rows_of(v) for k, v in sheets(other).items()}
