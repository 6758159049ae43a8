"""The child process that opens a workbook, so that a broken or hostile one can only kill the child.

Run as a script: `python -I -S opener.py SITE_PACKAGES FILE MAX_ROWS MAX_COLUMNS MEMORY`. Writes one pickle to standard
output: {"sheets": [(name, hidden, columns, rows, merges)]}, or {"fault": code, "detail": …}. Imports nothing of ours:
starting it must stay cheap (about 20 ms). The layout of what it writes is that of `ingest.table.model.Grid`.
"""

import pickle
import resource
import sys
from typing import Any


def read_workbook(path: str, max_rows: int, max_columns: int) -> dict[str, Any]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        sheets: list[Any] = []
        for number, about in enumerate(book.sheets_metadata):
            if about.typ == python_calamine.SheetTypeEnum.WorkSheet:
                hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
                sheets.append(_read_sheet(book.get_sheet_by_index(number), about.name, hidden))
                fault = _over_limit(sheets, max_rows, max_columns)
                if fault:
                    return fault
        return {"sheets": sheets}
    except python_calamine.PasswordError:
        return {"fault": "file.encrypted"}
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        return {"fault": "file.damaged", "detail": str(error)}


def _read_sheet(sheet: Any, name: str, hidden: bool) -> tuple[Any, ...]:
    top, left = sheet.start or (0, 0)
    rows: list[tuple[int, list[Any]]] = []
    used: set[int] = set()
    for number, cells in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
        filled = [n for n, cell in enumerate(cells) if cell != "" and (cell.__class__ is not str or cell.strip())]
        if filled:
            used.update(filled)
            rows.append((number, cells))
    keep = sorted(used)
    if rows and len(keep) < len(rows[0][1]):
        rows = [(number, [cells[n] for n in keep]) for number, cells in rows]
    merges = [(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
    return name, hidden, tuple(left + n + 1 for n in keep), rows, merges


def _over_limit(sheets: list[Any], max_rows: int, max_columns: int) -> dict[str, Any] | None:
    name, _, columns, _, _ = sheets[-1]
    if len(columns) > max_columns:
        return {"fault": "file.too_many_columns", "detail": (name, len(columns))}
    if sum(len(sheet[3]) for sheet in sheets) > max_rows:
        return {"fault": "file.too_many_rows", "detail": (name, None)}
    return None


if __name__ == "__main__":
    sys.path.append(sys.argv[1])
    memory = int(sys.argv[5])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = read_workbook(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    pickle.dump(answer, sys.stdout.buffer, protocol=5)
