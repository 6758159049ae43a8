"""Colours and comments on cells, and taking those of a former marked workbook away again.

In: a cell and what is wrong with it. Out: the cell, red (error) or yellow (warning), with a comment that says what to
do. A clerk's own comment stays above ours; the colour that a cell had is noted in the comment and comes back.
"""

import re
from collections.abc import Sequence
from math import ceil
from typing import Any

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from config.words import Severity, label
from exchange.documents.cells import clean_text
from exchange.documents.marks import ProblemMark
from exchange.documents.own_sheets import AUTHOR
from exchange.documents.safe_workbook import filled_cells

# Shades that no palette of Excel or WPS offers: they tell our marks from a clerk's own colours.
RED, YELLOW = "FFA3A1", "FFE58B"
FILLS = {
    Severity.ERROR: PatternFill("solid", start_color=f"FF{RED}"),
    Severity.WARNING: PatternFill("solid", start_color=f"FF{YELLOW}"),
}
OURS = f"【{AUTHOR}】"
_FORMER_COLOUR = re.compile(r"原底色：(rgb|theme|indexed) (\S+) (\S+)")
_CHARACTERS_A_LINE, _LINE_HEIGHT, _WIDTH = 22, 18, 300  # of a comment, in points and pixels
_LONGEST_COMMENT = 1500


def mark(cell: Cell, problems: Sequence[ProblemMark]) -> None:
    worst = Severity.ERROR if any(each.severity is Severity.ERROR for each in problems) else Severity.WARNING
    former = _colour_words(cell)
    paint(cell, worst)
    lines = [f"{label(each.severity)}：{each.message}" for each in problems]
    note(cell, list(dict.fromkeys(lines)) + former)


def paint(cell: Cell, severity: Severity) -> None:
    cell.fill = FILLS[severity]


def note(cell: Cell, lines: Sequence[str]) -> None:
    """Our comment, below the clerk's own if there is one."""
    theirs = _without_ours(cell.comment)
    author = cell.comment.author if cell.comment is not None and theirs else AUTHOR
    text = clean_text("\n".join([*([theirs, ""] if theirs else []), OURS, *lines]))[:_LONGEST_COMMENT]
    height = _LINE_HEIGHT * (1 + sum(max(1, ceil(len(line) / _CHARACTERS_A_LINE)) for line in text.split("\n")))
    cell.comment = Comment(text, author, height=height, width=_WIDTH)


def remove_marks(sheet: Worksheet) -> None:
    """Before a sheet is marked anew: what we put there the last time goes, what the clerk put there stays."""
    ours = {RED, YELLOW}
    for cell in filled_cells(sheet):
        text = cell.comment.text if cell.comment is not None else ""
        if cell.has_style and _rgb(cell.fill) in ours:
            cell.fill = _former_fill(text)
        if OURS in text:
            theirs, author = _without_ours(cell.comment), cell.comment.author if cell.comment else None
            cell.comment = Comment(theirs, author) if theirs else None


def _without_ours(comment: Comment | None) -> str:
    return "" if comment is None else str(comment.text).split(OURS)[0].rstrip()


def _rgb(fill: Any) -> str:
    """The six digits of a solid fill, without transparency."""
    if fill.fill_type != "solid" or fill.fgColor.type != "rgb":
        return ""
    return str(fill.fgColor.rgb)[-6:].upper()


def _colour_words(cell: Cell) -> list[str]:
    if not cell.has_style or cell.fill.fill_type != "solid":
        return []
    colour = cell.fill.fgColor
    return [f"原底色：{colour.type} {colour.value} {colour.tint:g}"]


def _former_fill(text: str) -> PatternFill:
    found = _FORMER_COLOUR.search(text)
    if not found:
        return PatternFill()
    kind, value, tint = found.groups()
    try:
        colour = Color(**{kind: value if kind == "rgb" else int(value)}, tint=float(tint))
    except (ValueError, TypeError):
        return PatternFill()  # somebody has edited the comment
    return PatternFill("solid", fgColor=colour)
