"""A form as a list of fields, shown by one template: label, control, hint, what was typed and what is wrong with it.

In: a list of `FormField`s, what was typed or stored, faults. Out: the same fields filled in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any


class Control(StrEnum):
    TEXT = "text"
    LONG = "long"  # several lines
    DAY = "date"
    NUMBER = "number"
    CHOICE = "choice"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class FormField:
    name: str
    label: str
    control: Control = Control.TEXT
    hint: str = ""
    required: bool = False
    choices: Sequence[tuple[str, str]] = ()  # of a choice: (value, words)
    suggestions: Sequence[str] = ()  # of a text
    wide: bool = False
    value: str = ""
    fault: str = ""


def filled(
    fields: Iterable[FormField], values: Mapping[str, Any], faults: Mapping[str, str] | None = None
) -> list[FormField]:
    faults = faults or {}
    return [
        replace(field, value=_written(values.get(field.name)), fault=faults.get(field.name, "")) for field in fields
    ]


def _written(value: Any) -> str:
    """As a person would type it."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, (list, tuple)):
        return "、".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)
