"""The template workbook: what a clerk fills in is understood without a question, and its example is no posting."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries

from config.divisions import CITY_CODES, division
from config.words import City, Education, EmploymentType
from exchange.documents.own_sheets import GUIDE_SHEET
from exchange.documents.template_columns import template_columns
from exchange.documents.template_workbook import HEADING_ROW, SHEET, write_template
from ingest.fields import Field
from ingest.normalise.education import read_education
from ingest.normalise.employment import read_employment
from ingest.normalise.places import read_place
from ingest.table import FileFault, FileTable, read_file

FILLED = {
    "企业名称": "东莞市长安晨曜电子厂",
    "岗位名称": "普工",
    "招聘人数": "5-8",
    "薪资待遇": "5000-6500元/月",
    "工作地点": "东莞市长安镇",
    "学历要求": "高中",
    "用工形式": "全职",
    "联系电话": "13800138000",
    "有效期": "2026年6月30日",
}


def template(city: City = City.DONGGUAN, organisation: str = "长安镇人力资源和社会保障分局") -> Workbook:
    target = io.BytesIO()
    write_template(target, organisation, city)
    return load_workbook(target)


def read_back(book: Workbook, folder: Path) -> FileTable:
    book.save(folder / "模板.xlsx")
    return read_file(folder / "模板.xlsx")


def test_a_filled_row_is_read_without_a_single_remark(tmp_path: Path) -> None:
    book = template()
    sheet = book[SHEET]
    headings = {cell.value: cell.column for cell in sheet[HEADING_ROW]}
    for heading, text in FILLED.items():
        sheet.cell(HEADING_ROW + 1, headings[heading], text)
    table = read_back(book, tmp_path)
    assert table.problems == ()
    assert len(table.rows) == 1
    cells = table.rows[0].cells
    assert {cells[Field.TITLE], cells[Field.EMPLOYER], cells[Field.OPENINGS]} == {"普工", "东莞市长安晨曜电子厂", "5-8"}
    assert "长安镇" in table.rows[0].place_hint


def test_every_heading_is_known_and_no_two_mean_the_same(tmp_path: Path) -> None:
    book = template()
    sheet = book[SHEET]
    for cell in sheet[HEADING_ROW]:
        sheet.cell(HEADING_ROW + 1, cell.column, "1")
    table = read_back(book, tmp_path)
    fields = [column.field for column in table.sheets[0].columns]
    assert None not in fields
    assert len(set(fields)) == len(fields) == len(template_columns(City.DONGGUAN))


def test_an_empty_template_holds_no_posting(tmp_path: Path) -> None:
    with pytest.raises(FileFault) as fault:
        read_back(template(), tmp_path)
    assert fault.value.code == "file.empty"


@pytest.mark.parametrize("city", City)
def test_every_option_of_a_drop_down_is_understood(city: City) -> None:
    options = {column.heading: column.options for column in template_columns(city) if column.options}
    assert {read_education(each).education for each in options["学历要求"]} == set(Education)
    assert {read_employment(each) for each in options["用工形式"]} == set(EmploymentType)
    codes = [read_place(each).code for each in options["工作地点"]]
    assert {division(code).city for code in codes} == {city}
    assert len(set(codes)) == len(codes)
    assert codes[-1] == CITY_CODES[city]


def test_the_drop_downs_show_the_lists_and_let_other_words_pass() -> None:
    book = template(City.SHAOGUAN)
    sheet, guide = book[SHEET], book[GUIDE_SHEET]
    wanted = {column.heading: list(column.options) for column in template_columns(City.SHAOGUAN) if column.options}
    shown = {}
    for rule in sheet.data_validations.dataValidation:
        heading = sheet.cell(HEADING_ROW, next(iter(rule.sqref.ranges)).min_col).value
        left, top, _, bottom = range_boundaries(rule.formula1.split("!")[1].replace("$", ""))
        shown[heading] = [guide.cell(row, left).value for row in range(top, bottom + 1)]
        assert not rule.showErrorMessage
    assert shown == wanted
    assert all(each.sheet_state == "visible" for each in book.worksheets), "a hidden sheet is reported at every upload"


def test_each_heading_and_the_guide_say_what_the_column_takes() -> None:
    book = template()
    columns = template_columns(City.DONGGUAN)
    told = {row[0].value: row[2].value for row in book[GUIDE_SHEET].iter_rows(min_row=4)}
    for column, cell in zip(columns, book[SHEET][HEADING_ROW], strict=True):
        assert column.guide in cell.comment.text
        assert told[column.heading] == column.guide


def test_typed_numbers_stay_as_they_are_typed() -> None:
    """Text columns: 5-8 must not become 5月8日 nor a telephone number 1.38E+10."""
    formats = {each.number_format for each in template()[SHEET].column_dimensions.values()}
    assert formats == {"@"}


def test_the_name_of_an_organisation_is_text() -> None:
    cells = [cell for row in template(organisation='=HYPERLINK("x")')[SHEET].iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
