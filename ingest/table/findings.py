"""What is said about a file, its sheets and its columns, in the clerk's words.

In: what the reader met. Out: `Problem`s (warnings, the file is taken) and `FileFault`s (it is not).
"""

from collections.abc import Iterator

from config.words import Severity
from exchange.content import Problem
from ingest.fields import Field
from ingest.table.cells import cell_text
from ingest.table.columns import has_data
from ingest.table.faults import FileFault
from ingest.table.layout import Layout
from ingest.table.model import ColumnInfo, Grid

EXPECTED = {Field.EMPLOYER: "企业名称", Field.SALARY: "薪资待遇"}
NEEDED = "至少要有“岗位名称”和“企业名称”，最好还有“招聘人数”“薪资待遇”“工作地点”"


def of_columns(grid: Grid, layout: Layout) -> Iterator[Problem]:
    first = {column.field: column for column in reversed(layout.columns) if column.field}
    for position, column in enumerate(layout.columns):
        if column.how in {"unknown", "repeated"} and has_data(grid, position, layout.first_data):
            yield _repeated(grid, column) if column.how == "repeated" else _unknown(grid, column)
    for target, wanted in EXPECTED.items():
        substitutes = {Field.SALARY_MIN, Field.SALARY_MAX} if target is Field.SALARY else set()
        if not ({target} | substitutes) & set(first):
            message = f"{_where(grid)}没有“{wanted}”这一列。如果有这些内容，请把那一列的表头改为“{wanted}”后重新上传。"
            yield Problem("column.missing", Severity.WARNING, message, field=target, sheet=grid.name)


def _unknown(grid: Grid, column: ColumnInfo) -> Problem:
    called = f"“{column.heading}”列" if column.heading else f"第 {column.index} 列（没有表头）"
    message = f"{_where(grid)}的{called}系统不认识，没有读入。如果有用，请改用常见的表头（如“岗位要求”“工作地点”）。"
    written = column.heading or None
    return Problem("column.unknown", Severity.WARNING, message, column.heading, sheet=grid.name, column=written)


def _repeated(grid: Grid, column: ColumnInfo) -> Problem:
    message = f"{_where(grid)}的“{column.heading}”列与另一列意思相同，这一列没有读入。请只保留一列，或改用不同的表头。"
    return Problem("column.repeated", Severity.WARNING, message, column.heading, sheet=grid.name, column=column.heading)


def hidden_sheet(grid: Grid) -> Problem:
    message = f"工作表“{grid.name}”是隐藏的，没有读入。如果要发布里面的岗位，请取消隐藏后重新上传。"
    return Problem("file.hidden_sheet", Severity.WARNING, message, grid.name or "", sheet=grid.name)


def inherited(grid: Grid, previous: Grid) -> Problem:
    message = f"{_where(grid)}没有表头，已按工作表“{previous.name}”的表头读入。请核对，最好给它补上表头。"
    first = grid.rows[0][0]
    return Problem("file.heading_inherited", Severity.WARNING, message, grid.name or "", sheet=grid.name, row=first)


def sheet_without_headings(grid: Grid) -> Problem:
    message = f"{_where(grid)}没有找到表头，没有读入。如果里面有岗位，请补上表头，{NEEDED}。"
    return Problem("file.sheet_without_headings", Severity.WARNING, message, first_words(grid), sheet=grid.name)


def no_headings(name: str, grid: Grid) -> FileFault:
    message = f"文件“{name}”里没有找到表头。请补上一行表头，{NEEDED}。前几行看到的是：{first_words(grid)}。"
    return FileFault("file.no_headings", message)


def headings_only(name: str) -> FileFault:
    return FileFault("file.empty", f"文件“{name}”只有表头，没有岗位。请填好岗位后再上传。")


def nothing_in_it(name: str) -> FileFault:
    return FileFault("file.empty", f"文件“{name}”里没有任何内容。请检查是否选错了文件，或保存后再上传。")


def all_hidden(name: str, grid: Grid) -> FileFault:
    return FileFault("file.empty", f"文件“{name}”只有隐藏的工作表（“{grid.name}”）有内容。请取消隐藏后再上传。")


def first_words(grid: Grid) -> str:
    """The beginning of the first rows, so that the clerk sees what the system saw."""
    lines = []
    for _, cells in grid.rows[:3]:
        texts = [text for cell in cells if (text := cell_text(cell))]
        lines.append("、".join(text[:12] for text in texts[:6]))
    return "；".join(lines)


def _where(grid: Grid) -> str:
    return f"工作表“{grid.name}”" if grid.name else "表格"
