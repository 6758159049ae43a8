"""Nothing that a clerk's file brings acts in the workbook we hand back: values only, nothing executed or fetched."""

import io
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from config.words import Outcome, Severity
from exchange.documents import safe_workbook
from exchange.documents.marked_workbook import write_marked_workbook
from exchange.documents.marks import ProblemMark, RecordMark
from ingest.table import read_file

HEADINGS = ["企业名称", "岗位名称", "招聘人数", "薪资待遇", "工作地点", "备注"]
EVIL = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://192.0.2.1","x")', "＝1"]


def rows() -> list[list[Any]]:
    return [["东莞市长安晨曜电子厂", f"普工{n}", 5, "5000", "长安镇", words] for n, words in enumerate(EVIL)]


def marked(path: Path, name: str = "") -> Workbook:
    return load_workbook(io.BytesIO(marked_bytes(path, name)))


def marked_bytes(path: Path, name: str = "") -> bytes:
    table = read_file(path)
    records = [RecordMark(n, row.row, Outcome.REJECTED) for n, row in enumerate(table.rows, 1)]
    problems = [
        ProblemMark("salary.unreadable", Severity.ERROR, words, words, "salary", row.sheet, row.row, "薪资待遇", n)
        for n, (row, words) in enumerate(zip(table.rows, EVIL, strict=False), 1)
    ]
    target = io.BytesIO()
    layout = [asdict(sheet) for sheet in table.sheets]
    write_marked_workbook(path, name or path.name, layout, records, problems, target)
    return target.getvalue()


def all_cells(book: Workbook) -> list[Any]:
    return [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]


def as_xlsx(folder: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    for row in rows():
        sheet.append(row)
    for line in sheet.iter_rows(min_row=2, min_col=6):
        line[0].data_type = "s"
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def as_csv(folder: Path) -> Path:
    lines = [",".join([str(cell).replace(",", "，").replace('"', "") for cell in row]) for row in [HEADINGS, *rows()]]
    (folder / "a.csv").write_text("\n".join(lines), encoding="gb18030")
    return folder / "a.csv"


def as_xls(folder: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("岗位表")
    for n, row in enumerate([HEADINGS, *rows()]):
        for m, value in enumerate(row):
            sheet.write(n, m, value)
    book.save(folder / "a.xls")
    return folder / "a.xls"


@pytest.mark.parametrize("make", [as_xlsx, as_csv, as_xls])
def test_text_that_looks_like_a_formula_is_text_everywhere(make: Any, tmp_path: Path) -> None:
    cells = all_cells(marked(make(tmp_path), "=1+1.xlsx"))
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    eager = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))]
    assert len(eager) >= 10, "in the clerk's sheet and in the list of problems"
    assert all(cell.quotePrefix for cell in eager)


def test_a_formula_becomes_the_value_it_showed(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    sheet.append(["东莞市长安晨曜电子厂", "普工", "=2+3", "5000", "长安镇"])
    book.save(tmp_path / "f.xlsx")
    rewrite(tmp_path / "f.xlsx", "sheet1.xml", b"<v></v>", b"<v>5</v>", b"<v />", b"<v>5</v>")
    cell = marked(tmp_path / "f.xlsx").worksheets[0]["C2"]
    assert (cell.value, cell.data_type) == (5, "n")


def rewrite(path: Path, part: str, *pairs: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in parts:
        if name.endswith(part):
            for old, new in zip(pairs[::2], pairs[1::2], strict=True):
                parts[name] = parts[name].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_what_reaches_outside_is_gone_and_what_stays_inside_is_kept(tmp_path: Path) -> None:
    book = load_workbook(as_xlsx(tmp_path))
    sheet = book.worksheets[0]
    sheet["B2"].hyperlink = "file://192.0.2.1/share"
    sheet["B3"].hyperlink = "#F3"
    for name, place in (
        ("outside", "'[1]别处'!$A$1"),
        ("_xlnm.Auto_Open", "Macro1!$A$1:CALL()"),
        ("inside", "Sheet!$A$1"),
    ):
        book.defined_names[name] = DefinedName(name, attr_text=place)
    for formula, place in (
        ('"不限,高中"', "D2"),
        ('WEBSERVICE("http://192.0.2.1")', "D3"),
        ("[1]别处!$A$1:$A$9", "D4"),
    ):
        rule = DataValidation("list", formula1=formula)
        rule.add(place)
        sheet.add_data_validation(rule)
    for formula, place in (("D2>1", "D2"), ("[1]别处!A1>1", "D3")):
        sheet.conditional_formatting.add(place, FormulaRule([formula]))
    chart = BarChart()
    chart.add_data(Reference(sheet, 3, 1, 3, 3))
    sheet.add_chart(chart)
    book.save(tmp_path / "b.xlsx")
    after = marked_bytes(tmp_path / "b.xlsx")
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert not [name for name in archive.namelist() if "chart" in name or "external" in name.lower()]
    assert b"192.0.2.1/share" not in everything
    again = load_workbook(io.BytesIO(after)).worksheets[0]
    assert list(load_workbook(io.BytesIO(after)).defined_names) == ["inside"]
    assert [rule.formula1 for rule in again.data_validations.dataValidation] == ['"不限,高中"']
    assert [str(area.sqref) for area in again.conditional_formatting] == ["D2"]
    assert again["B2"].hyperlink is None
    assert again["B3"].hyperlink is not None


def test_macros_do_not_come_back(tmp_path: Path) -> None:
    path = as_xlsx(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    with zipfile.ZipFile(io.BytesIO(marked_bytes(path))) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]


@pytest.mark.parametrize(
    "hidden_cost",
    [
        b'<mergeCells count="1"><mergeCell ref="H9:XFD1048576"/></mergeCells>',
        b'<mergeCells count="1"><mergeCell ref="A9:B9"/></mergeCells>' + b"<!--" + b"<row>" * 1_000_001 + b"-->",
    ],
    ids=["merged to the end of the world", "a million formatted rows"],
)
def test_what_would_fill_the_memory_comes_back_as_values(hidden_cost: bytes, tmp_path: Path) -> None:
    path = as_xlsx(tmp_path)
    rewrite(path, "sheet1.xml", b"<pageMargins", hidden_cost + b"<pageMargins")
    book = marked(path)
    assert book.worksheets[0]["B2"].value == "普工0"
    assert book.worksheets[0].merged_cells.ranges == set() or len(book.worksheets[0].merged_cells.ranges) <= 1
    assert any("版式没有带过来" in str(cell.value) for cell in all_cells(book))


def test_a_workbook_that_openpyxl_cannot_read_comes_back_as_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise KeyError("xl/sharedStrings.xml")

    monkeypatch.setattr(safe_workbook, "load_workbook", refuse)
    book = marked(as_xlsx(tmp_path))
    assert [cell.value for cell in book.worksheets[0][1]][:6] == HEADINGS
    assert any("版式没有带过来" in str(cell.value) for cell in all_cells(book))


def test_characters_that_xml_cannot_hold_do_not_break_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text(",".join(HEADINGS) + "\n东莞晨曜厂,普\x0b工,5,见附件,长安镇,\n", encoding="utf-8")
    table = read_file(path)
    target = io.BytesIO()
    problem = ProblemMark("x", Severity.ERROR, "坏\x0b字符", "\x01见", "salary", None, 2, "薪资待遇", 1)
    layout = [asdict(sheet) for sheet in table.sheets]
    write_marked_workbook(path, "c\x01.csv", layout, [RecordMark(1, 2, Outcome.REJECTED)], [problem], target)
    sheet = load_workbook(target).worksheets[0]
    assert sheet["B2"].value == "普工"
    assert "坏字符" in sheet["D2"].comment.text
