"""A clerk's .xlsx, opened so that it can be handed back: its looks kept, everything that acts taken out.

In: path. Out: an openpyxl workbook of values. Formulas become the values they showed; macros, external links, charts,
pivot tables, links to the outside and names, rules or drop-downs that reach outside are gone.
"""

import re
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from exchange.documents.cells import hold_as_text

# What openpyxl raises over workbooks that Excel and our own reader open without complaint.
UNREADABLE = (
    *(ParseError, zipfile.BadZipFile, zlib.error, InvalidFileException, OSError, OverflowError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError),
)
MOST_PARTS = 1_000_000  # cells and rows of all sheets, empty ones included; openpyxl holds 600 bytes for each
_PART = re.compile(rb"<(?:\w+:)?(?:row|c)\b")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']([^\"']+)")
_PLAIN_NAME = re.compile(r"('[^'\[\]|]+'|[\w.]+)!\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?")
_REACHES_OUT = re.compile(
    r"[\[|]|://|\\\\|\b(WEBSERVICE|HYPERLINK|FILTERXML|CALL|REGISTER|RTD|IMAGE|DDE|SQL)", re.IGNORECASE
)


class TooLarge(ValueError):
    """Unpacked, this workbook would take more memory than a web process may use."""


def open_safely(path: Path) -> Workbook:
    """Raises one of UNREADABLE for what openpyxl cannot read."""
    _weigh(path)
    with warnings.catch_warnings(), path.open("rb") as file:  # a kept file has no ending, which openpyxl asks of a path
        warnings.simplefilter("ignore")  # openpyxl tells at length what it leaves out
        book = load_workbook(file, data_only=True, keep_links=False, keep_vba=False, rich_text=True)
    for name in [name for name, defined in book.defined_names.items() if not _is_plain(defined.attr_text)]:
        del book.defined_names[name]
    for chart_sheet in list(book.chartsheets):
        book.remove(chart_sheet)
    for sheet in book.worksheets:
        _disarm(sheet)
    return book


def _weigh(path: Path) -> None:
    """Formatted empty rows and huge merged ranges cost nothing in the file and everything in memory."""
    parts = 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if "worksheets/" in name and name.endswith(".xml"):
                xml = archive.read(name)
                parts += sum(1 for _ in _PART.finditer(xml))
                parts += sum(_cells_of(found[1].decode("ascii", "replace")) for found in _MERGE.finditer(xml))
    if parts > MOST_PARTS:
        raise TooLarge(path.name)


def _cells_of(area: str) -> int:
    left, top, right, bottom = (edge or MOST_PARTS for edge in range_boundaries(area))
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


def filled_cells(sheet: Worksheet) -> list[Cell]:
    """Only the cells there are: going through rows and columns would make one for every gap."""
    return [cell for cell in sheet._cells.values() if isinstance(cell, Cell)]


def _disarm(sheet: Any) -> None:
    sheet._charts, sheet._pivots = [], []
    for name in [name for name, defined in sheet.defined_names.items() if not _is_plain(defined.attr_text)]:
        del sheet.defined_names[name]
    for cell in filled_cells(sheet):
        if cell.hyperlink is not None and cell.hyperlink.target and not cell.hyperlink.target.startswith("#"):
            cell.hyperlink = None
        if isinstance(cell.value, str | CellRichText):
            hold_as_text(cell)
    for table in sheet.tables.values():
        table.tableType, table.connectionId = None, None
        for column in table.tableColumns:
            column.calculatedColumnFormula = column.totalsRowFormula = None
    validations = sheet.data_validations
    validations.dataValidation = [v for v in validations.dataValidation if _stays_inside(v.formula1, v.formula2)]
    _keep_plain_rules(sheet)


def _keep_plain_rules(sheet: Worksheet) -> None:
    """Conditional formatting (条件格式) whose formulas look at this workbook alone."""
    kept = ConditionalFormattingList()
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if _stays_inside(*rule.formula):
                kept.add(str(area.sqref), rule)
    sheet.conditional_formatting = kept


def _is_plain(reference: str | None) -> bool:
    return bool(reference and _PLAIN_NAME.fullmatch(reference))


def _stays_inside(*formulas: str | None) -> bool:
    return not any(formula and _REACHES_OUT.search(formula) for formula in formulas)
