"""Whatever kind of file came, an .xlsx goes back: the same cells in the same places, with the marks on them."""

import io
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import xlwt
from openpyxl import Workbook, load_workbook

from config.words import Outcome, Severity
from exchange.documents.marked_workbook import write_marked_workbook
from exchange.documents.marks import ProblemMark, RecordMark
from exchange.documents.painting import RED
from ingest.table import read_file

HEADINGS = ["企业名称", "岗位名称", "招聘人数", "薪资待遇", "工作地点"]
JOBS = [
    ["东莞市长安晨曜电子厂", "普工", "20", "见附件", "长安镇"],
    ["韶关市丹霞果业合作社", "果园工", "8", "面议", "仁化县"],
]


def marked(path: Path, heading: str = "薪资待遇") -> Workbook:
    """The first record is returned because of its pay, the second taken."""
    table = read_file(path)
    first, second = table.rows
    problem = ProblemMark(
        "salary.unreadable", Severity.ERROR, "请改。", "", "salary", first.sheet, first.row, heading, 1
    )
    records = [RecordMark(1, first.row, Outcome.REJECTED), RecordMark(2, second.row, Outcome.CREATED, "ABCDEFGHJKMN")]
    target = io.BytesIO()
    write_marked_workbook(path, path.name, [asdict(sheet) for sheet in table.sheets], records, [problem], target)
    return load_workbook(target)


def red_cells(book: Workbook) -> list[str]:
    cells = [cell for sheet in book.worksheets[:-1] for row in sheet.iter_rows() for cell in row]
    return [f"{c.parent.title}!{c.coordinate}" for c in cells if str(c.fill.fgColor.rgb).endswith(RED)]


def test_a_csv_in_gbk_comes_back_as_a_workbook(tmp_path: Path) -> None:
    lines = ["长安镇汇总表;;;;", "", *(";".join(line) for line in [HEADINGS, *JOBS])]
    (tmp_path / "报送.csv").write_text("\n".join(lines), encoding="gb18030")
    book = marked(tmp_path / "报送.csv")
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[3]] == [*HEADINGS, "平台编号", "结果"]
    assert [cell.value for cell in sheet[5]] == [*JOBS[1], "ABCDEFGHJKMN", "新增"]
    assert red_cells(book) == [f"{sheet.title}!D4", f"{sheet.title}!G4"]


def test_numbers_that_are_text_stay_text(tmp_path: Path) -> None:
    lines = [[*HEADINGS, "联系电话"], [*JOBS[0], "013800138000"], [*JOBS[1], "13800138000"]]
    (tmp_path / "a.csv").write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    sheet = marked(tmp_path / "a.csv").worksheets[0]
    assert [sheet["F2"].value, sheet["F3"].value] == ["013800138000", "13800138000"]


def test_an_old_xls_keeps_sheets_merges_and_dates(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("封面").write(0, 0, "内部")
    book.get_sheet(0).visibility = 1
    sheet = book.add_sheet("长安")
    sheet.write_merge(0, 0, 0, 5, "长安镇2026年第一季度企业招聘岗位信息汇总表")
    for row, line in enumerate([[*HEADINGS, "有效期"], *([*job, date(2026, 6, 30)] for job in JOBS)], 1):
        for column, value in enumerate(line):
            style = xlwt.easyxf(num_format_str="yyyy-mm-dd") if isinstance(value, date) else xlwt.Style.default_style
            sheet.write(row, column, value, style)
    book.save(str(tmp_path / "旧.xls"))
    after = marked(tmp_path / "旧.xls")
    assert after["封面"].sheet_state == "hidden"
    assert after["封面"]["A1"].value == "内部"
    assert [str(merged) for merged in after["长安"].merged_cells.ranges] == ["A1:F1"]
    assert after["长安"]["F3"].value.date() == date(2026, 6, 30)
    assert after["长安"]["G4"].value == "ABCDEFGHJKMN"
    assert red_cells(after) == ["长安!D3", "长安!H3"]


def test_a_web_page_with_two_tables_comes_back_as_two_sheets(tmp_path: Path) -> None:
    def table(job: list[str]) -> str:
        lines = ["".join(f"<td>{cell}</td>" for cell in line) for line in (HEADINGS, job)]
        return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"

    note = "<table><tr><td>制表</td></tr><tr><td>小李</td></tr></table>"
    text = f"<html><meta charset=utf-8>{table(JOBS[0])}{note}{table(JOBS[1])}</html>"
    (tmp_path / "网页.xls").write_text(text, encoding="utf-8")
    book = marked(tmp_path / "网页.xls")
    first, second = book.worksheets[:2]
    assert red_cells(book) == [f"{first.title}!D2", f"{first.title}!G2"], "both rows are number 2: the table decides"
    assert [cell.value for cell in second[2]] == [*JOBS[1], "ABCDEFGHJKMN", "新增"]


def test_json_comes_back_with_its_keys_as_headings(tmp_path: Path) -> None:
    items = [
        {"title": title, "company": {"name": employer}, "salary": pay, "tags": ["包吃", "包住"]}
        for employer, title, _, pay, _ in JOBS
    ]
    (tmp_path / "a.json").write_text(json.dumps({"data": {"list": items}}), encoding="utf-8")
    book = marked(tmp_path / "a.json", heading="salary")
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["title", "company.name", "salary", "tags", "平台编号", "结果"]
    assert [cell.value for cell in sheet[3]][:5] == [
        "果园工",
        "韶关市丹霞果业合作社",
        "面议",
        "包吃、包住",
        "ABCDEFGHJKMN",
    ]
    assert red_cells(book) == [f"{sheet.title}!C2", f"{sheet.title}!F2"]
