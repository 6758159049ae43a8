"""A table of a report in Word: fixed widths, the heading row repeated on each page, numbers to the right.

In: a python-docx document, a `Table`, the width it may take. Out: the table with its title and note, as written.
"""

from typing import Any

from docx.document import Document as Book
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from exchange.documents.cells import clean_text
from exchange.documents.report_parts import column_widths, heading_parts, numeric_columns
from exchange.documents.report_word_layout import BODY, HEADING, add_words, no_indent
from exchange.reports.content import Table
from exchange.reports.tables import cell_text

_PADDING = 60  # twentieths of a point, left and right of a cell's words


def add_table(book: Book, table: Table, width: int, size: float) -> None:
    """`width` in English metric units, `size` in points."""
    title = add_words(book, table.title, HEADING, size + 1, ALIGN.CENTER)
    title.paragraph_format.space_before = Pt(8)
    title.paragraph_format.keep_with_next = True
    made = book.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    shares = column_widths(table)
    widths = [int(width * share / sum(shares)) for share in shares]
    _set_grid(made, widths)
    numeric = numeric_columns(table)
    for place, name in enumerate(table.columns):
        _fill(made.rows[0]._tr.tc_lst[place], "\n".join(heading_parts(name)), HEADING, size, "center")
    _repeat(made.rows[0]._tr)
    for row in table.rows:
        texts = [clean_text(cell_text(value)) for value in row]
        made._tbl.append(_row(texts, widths, numeric, size))
    note = no_indent(add_words(book, f"注：{table.note}。" if table.note else "", BODY, size - 1.5, ALIGN.LEFT))
    note.paragraph_format.line_spacing = Pt(size + 6 if table.note else 1)  # one must follow a table
    note.paragraph_format.space_after = Pt(8 if table.note else 1)


def _set_grid(made: Any, widths: list[int]) -> None:
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
        column.cells[0].width = width
        column.cells[0].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    margins = "".join(f'<w:{side} w:w="{_PADDING}" w:type="dxa"/>' for side in ("left", "right"))
    looks = made._tbl.tblPr.find(qn("w:tblLook"))  # the standard has it last
    looks.addprevious(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))


def _row(texts: list[str], widths: list[int], numeric: list[bool], size: float) -> Any:
    """Made as XML: through python-docx a list of some hundred rows takes many seconds."""
    row = OxmlElement("w:tr")
    row.append(parse_xml(f"<w:trPr {nsdecls('w')}><w:cantSplit/></w:trPr>"))
    for text, width, is_number in zip(texts, widths, numeric, strict=True):
        looks = f"<w:tcPr><w:tcW w:w='{width // 635}' w:type='dxa'/><w:vAlign w:val='center'/></w:tcPr>"
        cell = parse_xml(f"<w:tc {nsdecls('w')}>{looks}<w:p/></w:tc>")
        _fill(cell, text, BODY, size, "right" if is_number else "center")
        row.append(cell)
    return row


def _fill(cell: Any, text: str, font: str, size: float, align: str) -> None:
    paragraph = cell.find(qn("w:p"))
    line = int((size * 1.5) * 20)
    paragraph.insert(
        0,
        parse_xml(
            f"<w:pPr {nsdecls('w')}><w:spacing w:before='0' w:after='0' w:line='{line}' w:lineRule='exact'/>"
            f"<w:jc w:val='{align}'/></w:pPr>"
        ),
    )
    for place, part in enumerate(text.split("\n")):
        run = parse_xml(
            f"<w:r {nsdecls('w')}><w:rPr><w:rFonts w:ascii='{font}' w:hAnsi='{font}' w:eastAsia='{font}'/>"
            f"<w:sz w:val='{int(size * 2)}'/></w:rPr></w:r>"
        )
        if place:
            run.append(OxmlElement("w:br"))
        words = OxmlElement("w:t")
        words.text = part
        run.append(words)
        paragraph.append(run)


def _repeat(row: Any) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
