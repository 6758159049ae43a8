"""A place inside a JSON document: "data.list", "offices.0.name", "offices.name".

In: a document and a dotted path. Out: the value there, or ABSENT. A number is an index of a list; a name asked of a
list is asked of each of its members.
"""

from typing import Any

ABSENT: Any = object()


def value_at(document: object, path: str) -> Any:
    """ "" is the whole document; a key may itself hold dots ("job.name" as one key)."""
    return _walk(document, path.split(".")) if path else document


def _walk(value: object, steps: list[str]) -> Any:
    if not steps:
        return value
    if isinstance(value, dict):
        for length in range(1, len(steps) + 1):
            if (key := ".".join(steps[:length])) in value:
                return _walk(value[key], steps[length:])
        return ABSENT
    if not isinstance(value, list):
        return ABSENT
    if steps[0].isdecimal():
        return _walk(value[int(steps[0])], steps[1:]) if int(steps[0]) < len(value) else ABSENT
    found = [inner for member in value if (inner := _walk(member, steps)) is not ABSENT]
    return found or ABSENT
