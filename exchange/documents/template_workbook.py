"""The empty workbook for clerks to fill in (岗位表模板).

In: the organisation that will fill it in, and its city. Out: an .xlsx with the sheet 岗位表, its headings as reading
knows them and drop-downs, and the sheet 填表说明, which tells what each column takes and holds an
example that is no record.
"""

from collections.abc import Sequence
from math import ceil
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from config.words import City
from exchange.documents.cells import own_cell, put_text, wide_length
from exchange.documents.own_sheets import AUTHOR, GUIDE_SHEET, GUIDE_SIGNATURE
from exchange.documents.template_columns import TemplateColumn, template_columns

SHEET = "岗位表"
HEADING_ROW, LAST_ROW = 3, 2000
_OPTIONS_FROM = 6  # first column of the lists on the sheet of instructions
_GUIDE_HEADINGS = 3  # row on that sheet
_GUIDE_WIDTH = 70
_THIN = Side("thin", color="FFB8C4D0")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_REQUIRED, _OPTIONAL = PatternFill("solid", start_color="FFFCE4D6"), PatternFill("solid", start_color="FFE7EEF5")
_GREY = Font(color="FF7F7F7F", italic=True)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)


def write_template(target: BinaryIO, organisation_name: str, city: City) -> None:
    columns = template_columns(city)
    book = Workbook()
    sheet, guide = book.worksheets[0], book.create_sheet(GUIDE_SHEET)
    sheet.title = SHEET
    _write_head(sheet, organisation_name, columns)
    _write_guide(guide, columns)
    _add_drop_downs(sheet, columns)
    book.save(target)


def _write_head(sheet: Worksheet, organisation_name: str, columns: Sequence[TemplateColumn]) -> None:
    put_text(own_cell(sheet, 1, 1), f"{AUTHOR}岗位信息表")
    put_text(own_cell(sheet, 2, 1), f"填报单位：{organisation_name}")
    sheet.cell(1, 1).font = Font(bold=True, size=16)
    sheet.cell(1, 1).alignment = _CENTRED
    sheet.row_dimensions[1].height = 30
    for row in (1, 2):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(columns))
    for index, column in enumerate(columns, 1):
        cell = own_cell(sheet, HEADING_ROW, index)
        put_text(cell, column.heading)
        cell.font, cell.alignment, cell.border = Font(bold=True), _CENTRED, _BOX
        cell.fill = _REQUIRED if column.required else _OPTIONAL
        words = f"{'必填。' if column.required else ''}{column.guide}"
        cell.comment = Comment(words, AUTHOR, height=30 + 18 * (len(words) // 20 + 1), width=280)
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = column.width
        dimension.number_format = "@"  # so that 5-8 does not become 5月8日 nor a telephone number 1.38E+10
        dimension.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[HEADING_ROW].height = 26
    sheet.freeze_panes = f"D{HEADING_ROW + 1}"


def _write_guide(guide: Worksheet, columns: Sequence[TemplateColumn]) -> None:
    put_text(own_cell(guide, 1, 1), GUIDE_SIGNATURE)
    guide.cell(1, 1).font = Font(bold=True, size=14)
    put_text(own_cell(guide, 2, 1), f"请在“{SHEET}”里从第 {HEADING_ROW + 1} 行起填写；这一页只是说明，上传时不读。")
    for index, (heading, width) in enumerate(
        (("列", 18), ("必填", 8), ("怎么填", _GUIDE_WIDTH), ("示例（不发布）", 22)), 1
    ):
        _heading(guide, index, heading, width)
    for row, column in enumerate(columns, _GUIDE_HEADINGS + 1):
        texts = (column.heading, "必填" if column.required else "", column.guide, column.example)
        for index, text in enumerate(texts, 1):
            cell = own_cell(guide, row, index)
            put_text(cell, text)
            cell.alignment, cell.border = _WRAPPED, _BOX
        guide.cell(row, 4).font = _GREY
        guide.row_dimensions[row].height = 16 * ceil(wide_length(column.guide) / _GUIDE_WIDTH)
    for index, column in enumerate(_with_options(columns), _OPTIONS_FROM):
        _heading(guide, index, f"{column.heading}可选", 20)
        for row, option in enumerate(column.options, _GUIDE_HEADINGS + 1):
            put_text(own_cell(guide, row, index), option)


def _heading(guide: Worksheet, index: int, text: str, width: int) -> None:
    cell = own_cell(guide, _GUIDE_HEADINGS, index)
    put_text(cell, text)
    cell.font, cell.fill, cell.border = Font(bold=True), _OPTIONAL, _BOX
    guide.column_dimensions[get_column_letter(index)].width = width


def _with_options(columns: Sequence[TemplateColumn]) -> list[TemplateColumn]:
    return [column for column in columns if column.options]


def _add_drop_downs(sheet: Worksheet, columns: Sequence[TemplateColumn]) -> None:
    """The lists stand on the visible sheet of instructions: a hidden sheet would be reported at every upload."""
    places = {column.heading: index for index, column in enumerate(_with_options(columns), _OPTIONS_FROM)}
    for index, column in enumerate(columns, 1):
        if not column.options:
            continue
        letter = get_column_letter(places[column.heading])
        first, last = _GUIDE_HEADINGS + 1, _GUIDE_HEADINGS + len(column.options)
        listed = f"{quote_sheetname(GUIDE_SHEET)}!${letter}${first}:${letter}${last}"
        validation = DataValidation("list", formula1=listed, allow_blank=True, showErrorMessage=False)
        validation.promptTitle, validation.prompt = column.heading, "可选，也可自己填写"
        validation.showInputMessage = True
        validation.add(f"{get_column_letter(index)}{HEADING_ROW + 1}:{get_column_letter(index)}{LAST_ROW}")
        sheet.add_data_validation(validation)
