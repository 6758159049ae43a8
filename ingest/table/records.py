"""Records of feeds, of the API and of .json and .jsonl files.

In: JSON items and a mapping "their key (dotted path) → our field"; keys that are not mapped are understood like
headings (companyName, company.name, 企业名称). Out: one `Row` for each item, whatever it holds, and problems.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from config.words import Severity
from exchange.content import Problem
from ingest.fields import Field, Row
from ingest.table.cells import cell_text, text_maker
from ingest.table.columns import JOINED
from ingest.table.headings import Meaning, understand
from ingest.table.paths import value_at
from ingest.table.rows import join_texts

DEEPEST = 8


def read_records(records: Sequence[Any], mapping: Mapping[str, Field] | None = None) -> tuple[list[Row], list[Problem]]:
    """Rows are numbered from 1 as the items come; an item that is no object is an empty row with a problem."""
    own = {path: Field(target) for path, target in (mapping or {}).items()}
    indexed = [path for path in own if any(step.isdecimal() for step in path.split("."))]  # offices.0.name
    meanings: dict[str, Meaning] = {}
    rows, problems = [], []
    for number, item in enumerate(records, 1):
        if isinstance(item, Mapping):
            flat = dict(_flatten(item))
            for path in indexed:
                flat |= dict(_flatten({path: value_at(item, path)}))
            rows.append(_row(number, flat, own, meanings))
        else:
            rows.append(Row(None, number, {}))
            problems.append(_not_an_object(number, item))
    if not own:
        problems += [_unknown(path) for path, meaning in meanings.items() if meaning.how == "unknown"]
    return rows, problems


def _flatten(item: Mapping[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """(dotted path, text) of everything that is not empty; lists are joined with 、."""
    for key, value in item.items():
        path = f"{prefix}{key}"
        if isinstance(value, Mapping):
            if depth < DEEPEST:
                yield from _flatten(value, f"{path}.", depth + 1)
        elif isinstance(value, list | tuple):
            yield from _flatten_list(value, path, depth)
        elif text := _text(value):
            yield path, text


def _flatten_list(values: Sequence[Any], path: str, depth: int) -> Iterator[tuple[str, str]]:
    joined: dict[str, list[str]] = {}
    for value in values:
        if isinstance(value, Mapping) and depth < DEEPEST:
            for inner, text in _flatten(value, f"{path}.", depth + 1):
                joined.setdefault(inner, []).append(text)
        elif not isinstance(value, Mapping | list | tuple) and (text := _text(value)):
            joined.setdefault(path, []).append(text)
    yield from ((inner, "、".join(texts)) for inner, texts in joined.items())


def _text(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return json.dumps(value) if abs(value) < 10**30 else ""
    return value if isinstance(value, str) else cell_text(value) if isinstance(value, bool | float) else ""


def _row(number: int, flat: dict[str, str], own: Mapping[str, Field], meanings: dict[str, Meaning]) -> Row:
    texts: dict[Field, str] = {}
    headings: dict[Field, str] = {}
    strengths: dict[Field, int] = {}
    other: dict[str, str] = {}
    for path, raw in flat.items():
        meaning = Meaning(own[path], "mapping", -1) if path in own else _understand(path, own, meanings)
        target = meaning.field
        text = text_maker(target)(raw)
        if target is None or not text:
            if text and meaning.how != "unused":
                other[path] = text
        elif target in texts and target in JOINED and meaning.how in {"mapping", "exact"}:
            texts[target] = join_texts(target, texts[target], text)
        elif meaning.strength < strengths.get(target, 10_000):
            if target in texts:
                other[headings[target]] = texts[target]
            texts[target], headings[target], strengths[target] = text, path, meaning.strength
        else:
            other[path] = text
    if Field.DIVISION not in own.values() and Field.DIVISION not in texts and Field.ADDRESS in texts:
        texts[Field.DIVISION], headings[Field.DIVISION] = texts[Field.ADDRESS], headings[Field.ADDRESS]
    return Row(None, number, texts, headings, "", other)


def _understand(path: str, own: Mapping[str, Field], meanings: dict[str, Meaning]) -> Meaning:
    """A key nobody mapped. What the mapping already brings is not looked for a second time."""
    if path not in meanings:
        found = understand(path)
        if found.field in own.values():
            found = Meaning(None, "other")
        meanings[path] = found
    return meanings[path]


def _not_an_object(number: int, item: object) -> Problem:
    message = f'第 {number} 条不是一个岗位对象，无法读取。每条应为 {{"岗位名称": …, "企业名称": …}} 的形式。'
    return Problem("file.item_unreadable", Severity.ERROR, message, repr(item)[:80], row=number)


def _unknown(path: str) -> Problem:
    message = f"系统不认识“{path}”，这一项没有读入。如果有用，请改用常用的名称（如“工作地点”）。"
    return Problem("column.unknown", Severity.WARNING, message, path, column=path)
