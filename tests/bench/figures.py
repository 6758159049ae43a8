"""A measured figure beside what it is compared with and the bar it has to clear; and the table of them all.

In: figures. Out: a table for people (`show`) and plain values for programs (`as_json`).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

_FORMS = {"s": "{:.2f} s", "ms": "{:.2f} ms", "MB": "{:.0f} MB", "/s": "{:,.0f} /s", "%": "{:.2f} %", "": "{:,.0f}"}


@dataclass(frozen=True, slots=True)
class Bar:
    """At most or at least so much, of the ratio where two things are compared, else of the figure itself."""

    limit: float
    at_least: bool = False

    def is_met_by(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit


@dataclass(frozen=True, slots=True)
class Figure:
    what: str
    value: float
    unit: str  # a key of _FORMS
    against: str = ""  # what it is compared with
    against_value: float | None = None
    bar: Bar | None = None
    turned: bool = False  # the ratio is against ÷ value: how many times better, not how many times as much
    note: str = ""

    @property
    def ratio(self) -> float | None:
        if self.against_value is None:
            return None
        over, under = (self.against_value, self.value) if self.turned else (self.value, self.against_value)
        return over / under if under else None

    @property
    def is_met(self) -> bool | None:
        """None where there is no bar."""
        if self.bar is None:
            return None
        return self.bar.is_met_by(self.value if self.ratio is None else self.ratio)


def show(figures: Sequence[Figure], console: Console, title: str) -> None:
    table = Table(title=title, title_justify="left")
    table.add_column("what", overflow="fold")
    for heading in ("figure", "compared with", "ratio", "bar", "met"):
        table.add_column(heading, justify="right" if heading in {"figure", "ratio", "bar"} else "left")
    for figure in figures:
        table.add_row(*_cells(figure))
    console.print(table)
    for note in dict.fromkeys(figure.note for figure in figures if figure.note):
        console.print(f"· {note}", highlight=False, soft_wrap=True)


def _cells(figure: Figure) -> tuple[str, ...]:
    form = _FORMS[figure.unit]
    against = figure.against
    if figure.against_value is not None:
        against = f"{against} {form.format(figure.against_value)}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f} ×"
    bar = ""
    if figure.bar is not None:
        limit = f"{figure.bar.limit:g} ×" if figure.ratio is not None else form.format(figure.bar.limit)
        bar = f"{'≥' if figure.bar.at_least else '≤'} {limit}"
    met = {None: "", True: "yes", False: "NO"}[figure.is_met]
    return figure.what, form.format(figure.value), against, ratio, bar, met


def as_json(figure: Figure) -> dict[str, Any]:
    return {**asdict(figure), "ratio": figure.ratio, "met": figure.is_met}


def write_json(figures: Sequence[Figure], circumstances: dict[str, Any], path: Path) -> None:
    content = {**circumstances, "figures": [as_json(figure) for figure in figures]}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
