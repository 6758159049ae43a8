"""JSON files: a list of objects, an object that holds one ({"data": {"list": […]}}), or one object a line.

In: text. Out: items, in their order. A line that is no JSON comes out as its text, so that it is counted and named.
"""

import json
from collections import deque
from typing import Any

from ingest.table.faults import FileFault, Limits, too_many_rows


def read_items(text: str, name: str, limits: Limits) -> list[Any]:
    try:
        items = _find_list(json.loads(text))
    except (ValueError, RecursionError) as error:
        items = _read_lines(text, name, error)
    if len(items) > limits.max_rows:
        raise too_many_rows(name, limits)
    if not any(isinstance(item, dict) for item in items):
        form = '[{"岗位名称": …, "企业名称": …}, …]'
        raise FileFault("file.no_headings", f"文件“{name}”里没有岗位的列表。请按 {form} 的形式导出后再上传。")
    return items


def _find_list(document: Any) -> list[Any]:
    """The document itself, or the nearest list of objects inside it; one object alone is one item."""
    waiting = deque([document])
    while waiting:
        each = waiting.popleft()
        if isinstance(each, list) and any(isinstance(item, dict) for item in each):
            return each
        if isinstance(each, dict):
            waiting.extend(value for value in each.values() if isinstance(value, dict | list))
    return [document] if isinstance(document, dict) and document else []


def _read_lines(text: str, name: str, error: Exception) -> list[Any]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    items = [_read_line(line) for line in lines]
    objects = sum(isinstance(item, dict) for item in items)
    if objects * 2 <= len(items) or not text.lstrip().startswith("{"):
        place = f"第 {error.lineno} 行附近有错误" if isinstance(error, json.JSONDecodeError) else "嵌套太深"
        message = f"文件“{name}”不是完整的 JSON，{place}，可能没有传完整。请重新导出后再上传。"
        raise FileFault("file.damaged", message) from error
    return items


def _read_line(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return line
