"""A cell as text.

In: what a workbook, a csv or a JSON item holds. Out: text, trimmed; numbers as one would type them, days as ISO.
Line breaks survive only in `PROSE` fields. Full-width characters stay: the normalisers fold them.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from ingest.fields import Field
from ingest.table.model import Cell

PROSE = frozenset({Field.DUTIES, Field.REQUIREMENTS, Field.BENEFITS, Field.REMARKS})
# Excel turns a typed 5-8 into 5月8日: in these columns a day is never what was meant.
SPANS = frozenset({Field.OPENINGS, Field.EXPERIENCE, Field.SALARY})

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b-\u200f\u202a-\u202e\u2060\ufffe\uffff\ud800-\udfff]|_x000[Dd]_"
)
_LINES = re.compile(r"[ \t\u00a0\u3000]*(?:\r\n|[\r\n\u2028\u2029\x85])[\s\u3000]*")
_SCIENTIFIC = re.compile(r"([1-9])\.(\d+)[eE]\+?(\d{1,2})")


def one_line(text: str) -> str:
    """Trimmed, one space for many, no line breaks."""
    if text.isprintable() and "  " not in text:  # no break, no unseen character: the usual case
        return text.strip()
    return " ".join(_UNSEEN.sub("", text).split())


def prose(text: str) -> str:
    """Trimmed, line breaks as one "\\n", blank lines gone."""
    if text.isprintable():
        return text.strip()
    return _LINES.sub("\n", _UNSEEN.sub("", text).strip()).strip()


def number_text(value: int | float) -> str:
    """5000.0 → 5000, 1.38E+10 → 13800000000, 0.1 + 0.2 → 0.3 (a spreadsheet shows 15 digits)."""
    if isinstance(value, int):
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return f"{value:.15g}"


def cell_text(value: Cell, clean: Callable[[str], str] = one_line) -> str:
    """Any cell as text; `clean` is `one_line` or `prose`."""
    if isinstance(value, str):
        text = clean(value)
        return _unfold_number(text) if "E+" in text or "e+" in text else text
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value)
    return _moment_text(value)


def span_text(value: Cell) -> str:
    """A cell of a column that holds spans such as 5-8, undoing what Excel made of them."""
    if isinstance(value, date):
        return f"{value.month}-{value.day}"
    return cell_text(value)


def is_blank(value: Cell) -> bool:
    return value is None or value == "" or (isinstance(value, str) and not one_line(value))


def text_maker(target: Field | None) -> Callable[[Cell], str]:
    """How the cells of a column become text."""
    if target in PROSE:
        return lambda value: cell_text(value, prose)
    return span_text if target in SPANS else cell_text


def _moment_text(value: date | datetime | time | timedelta) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return value.isoformat("minutes") if isinstance(value, time) else value.isoformat()


def _unfold_number(text: str) -> str:
    """1.3800138000E+10 written out, when no digit was lost; otherwise as it stands, for digits must not be invented."""
    found = _SCIENTIFIC.fullmatch(text)
    if found and len(found[2]) >= int(found[3]):
        whole = found[1] + found[2]
        cut = int(found[3]) + 1
        return whole[:cut] if not whole[cut:].strip("0") else f"{whole[:cut]}.{whole[cut:]}"
    return text
