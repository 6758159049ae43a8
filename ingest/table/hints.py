"""Words around a table that may tell where its jobs are.

In: the rows above the headings (title, 填报单位) and the sheet's name. Out: one text, the most telling first; the
normaliser of places reads it when a row names no place.
"""

import re
from collections.abc import Sequence

from ingest.table.cells import cell_text
from ingest.table.model import Cell

REPORTING = re.compile("(填报|报送|填表|制表|上报|发布|提供)(单位|部门|人社)|单位[:：]")
PLAIN_SHEET = re.compile(r"sheet\d*|工作表\d*|汇总|岗位表?|汇总表|招聘岗位", re.IGNORECASE)
LONGEST = 300


def place_hint(rows_above: Sequence[tuple[int, Sequence[Cell]]], sheet: str | None) -> str:
    lines = []
    for _, cells in rows_above:
        texts = [cell_text(cell) for cell in cells if isinstance(cell, str)]
        lines.append(" ".join(text for text in texts if text))
    lines.sort(key=lambda line: not REPORTING.search(line))
    if sheet and not PLAIN_SHEET.fullmatch(sheet.strip()):
        lines.append(sheet.strip())
    return " ".join(line for line in lines if line)[:LONGEST]
