"""JSON files as a sheet: every item a row below a row of keys (company.name).

In: text. Out: one `SourceGrid` and its layout. Item 1 stands in row 2: `SHIFT` says so.
"""

import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exchange.documents.marks import ColumnLayout, SheetLayout
from exchange.documents.source_grids import PLAIN_NAME, SourceGrid

SHIFT = 1
DEEPEST = 8
LONGEST_NUMBER = 10**15  # a spreadsheet keeps 15 digits


def read_json(text: str) -> tuple[SourceGrid, SheetLayout]:
    items = _items(text)
    headings: dict[str, int] = {}
    cells: dict[tuple[int, int], Any] = {}
    for row, item in enumerate(items, 1 + SHIFT):
        for path, value in _flatten(item) if isinstance(item, Mapping) else [("内容", str(item))]:
            cells[row, headings.setdefault(path, len(headings) + 1)] = value
    cells |= {(1, column): path for path, column in headings.items()}
    columns = tuple(ColumnLayout(column, path, None) for path, column in headings.items())
    return SourceGrid(PLAIN_NAME, cells), SheetLayout(None, (1,), columns, len(items))


def _items(text: str) -> list[Any]:
    """The nearest list of objects inside the document, one object alone, or one object a line."""
    try:
        document = json.loads(text)
    except ValueError:
        return [_line(line.strip()) for line in text.splitlines() if line.strip()]
    waiting = deque([document])
    while waiting:
        each = waiting.popleft()
        if isinstance(each, list) and any(isinstance(item, dict) for item in each):
            return each
        if isinstance(each, dict):
            waiting.extend(value for value in each.values() if isinstance(value, dict | list))
    return [document]


def _line(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return line


def _flatten(item: Mapping[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    for key, value in item.items():
        path = f"{prefix}{key}"
        if isinstance(value, Mapping):
            if depth < DEEPEST:
                yield from _flatten(value, f"{path}.", depth + 1)
        elif isinstance(value, list):
            yield from _flatten_list(value, path, depth)
        elif value not in (None, ""):
            yield path, _number(value)


def _flatten_list(values: Sequence[Any], path: str, depth: int) -> Iterator[tuple[str, Any]]:
    joined: dict[str, list[str]] = {}
    for value in values:
        if isinstance(value, Mapping) and depth < DEEPEST:
            for inner, text in _flatten(value, f"{path}.", depth + 1):
                joined.setdefault(inner, []).append(str(text))
        elif value not in (None, "") and not isinstance(value, Mapping | list):
            joined.setdefault(path, []).append(str(value))
    yield from ((inner, "、".join(texts)) for inner, texts in joined.items())


def _number(value: Any) -> Any:
    return str(value) if isinstance(value, int) and abs(value) >= LONGEST_NUMBER else value
