"""The manifest of a pull: one JSON line for each request, in order, without secrets.

In: `Line`s. Out: text, and lines again. A line that was cut off when its process died is not there.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    at: str  # ISO 8601
    url: str  # with parameters, secrets as ***
    key: str  # SHA-256 of the whole address
    status: int | None  # None: no answer at all
    body: str = ""  # SHA-256 under which the capture is kept; "" when nothing was read
    content_type: str = ""
    final_url: str = ""  # after redirects; "" when there were none
    fault: str = ""  # code of the fault, when this was no usable answer

    def as_text(self) -> str:
        return json.dumps({name: value for name, value in asdict(self).items() if value != ""}, ensure_ascii=False)


_NAMES = {field.name for field in fields(Line)}


def read_lines(text: bytes) -> list[Line]:
    return [line for line in map(_read, text.splitlines()) if line is not None]


def _read(text: bytes) -> Line | None:
    try:
        found: Any = json.loads(text)
        return Line(**{name: value for name, value in found.items() if name in _NAMES})
    except (ValueError, TypeError, AttributeError):
        return None


def bodies_of(lines: Iterable[Line]) -> set[str]:
    return {line.body for line in lines if line.body}
