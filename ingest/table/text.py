"""Text files: which encoding, and csv as a grid.

In: bytes. Out: text and how many characters were broken; one `Grid` whose row numbers count records, blank ones
included, as a spreadsheet would. UTF-8 and GB18030 with or without a mark, UTF-16 with one; commas, semicolons, tabs.
"""

import codecs
import csv
import io
from collections import Counter

from config.words import Severity
from exchange.content import Problem
from ingest.table.cells import is_blank
from ingest.table.faults import FileFault, Limits, too_many_columns, too_many_rows
from ingest.table.headings import is_listed
from ingest.table.kind import SAVE_IT, not_a_table
from ingest.table.model import Grid

BROKEN = "\ufffd"
LONGEST_CELL = 30_000  # characters; a spreadsheet allows 32,767
DELIMITERS = ",\t;|，"
LOOKED_AT = 1 << 16  # characters from which the delimiter is judged
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    """The text; a few broken characters are a warning, many mean that this is no text."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            break
    else:
        if b"\0" in data:
            raise not_a_table(name, "二进制文件")
        texts = [data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
        text = min(texts, key=lambda each: each.count(BROKEN))
    broken, odd = text.count(BROKEN), sum(text.count(chr(code)) for code in (*range(9), *range(14, 32)))
    if broken * 50 > len(text) or odd * 50 > len(text):
        raise not_a_table(name, "系统认不出编码的文件")
    if not broken:
        return text, ()
    line = text[: text.index(BROKEN)].count("\n") + 1
    message = f"文件里有 {broken} 个乱码字符（第一个在第 {line} 行附近）。请核对，必要时另存为 .xlsx 再上传。"
    return text, (Problem("file.broken_characters", Severity.WARNING, message),)


def read_csv(text: str, name: str, limits: Limits) -> Grid:
    csv.field_size_limit(max(len(text) + 1, 131_072))
    delimiter = _find_delimiter(text)
    records = _read_records(text, delimiter, name)
    rows = [(number, cells) for number, cells in enumerate(records, 1) if any(not is_blank(cell) for cell in cells)]
    used = sorted({n for _, cells in rows for n, cell in enumerate(cells) if cell and not is_blank(cell)})
    if len(used) > limits.max_columns:
        raise too_many_columns(name, None, len(used), limits)
    if len(rows) > limits.max_rows * 2:
        raise too_many_rows(name, limits)
    kept = [(number, [cells[n] if n < len(cells) else "" for n in used]) for number, cells in rows]
    return Grid(None, tuple(n + 1 for n in used), kept)


def _find_delimiter(text: str) -> str:
    """The character that brings out most headings in one record, then the most even records; a comma in doubt."""
    beginning = text[:LOOKED_AT]

    def worth(delimiter: str) -> tuple[int, int]:
        records = [cells for cells in _parse(beginning, delimiter, strict=False)[:40] if len(cells) > 1]
        headings = max((sum(is_listed(cell) for cell in cells) for cells in records[:20]), default=0)
        widths = Counter(len(cells) for cells in records)
        return headings, max(widths.values(), default=0)

    return max(DELIMITERS, key=worth)


def _read_records(text: str, delimiter: str, name: str) -> list[list[str]]:
    try:
        records = _parse(text, delimiter, strict=True)
        in_doubt = False
    except csv.Error:
        records = _parse(text, delimiter, strict=False)
        in_doubt = True
    for number, cells in enumerate(records, 1):
        if _has_swallowed(cells, delimiter, in_doubt, number == len(records)):
            raise _quotes(name, number)
    return records


def _parse(text: str, delimiter: str, strict: bool) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict))


def _has_swallowed(cells: list[str], delimiter: str, in_doubt: bool, is_last: bool) -> bool:
    """Did a quotation mark that is never closed make one cell of several records?"""
    for cell in cells:
        if len(cell) > LONGEST_CELL:
            return True
        if in_doubt and "\n" in cell:
            lines = cell.split("\n")
            if is_last or any(line.count(delimiter) >= max(2, len(cells) - 1) for line in lines[1:]):
                return True
    return False


def _quotes(name: str, number: int) -> FileFault:
    return FileFault(
        "file.unbalanced_quotes",
        f"文件“{name}”第 {number} 行起有一个英文引号没有成对，后面的行会被并成一格。请改正这一行，或{SAVE_IT}。",
    )
