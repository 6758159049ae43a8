"""Records by outcome, day by day, as figures for an SVG: a bar a day, stacked; a mark under a day without a good run.

In: the days of a source's runs. Out: `OutcomeChart`, rectangles in a box that the template draws, in the row of a table
or larger with an axis. A source that lists only what is new is added up over a day. A full list says every time what is
open: its bar is as high as its largest run, of which what was new or changed that day is taken off what stayed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from config.words import Outcome, label
from exchange.store.pull_history import DayOfRuns

DAYS = 30
_ADDED_UP = {Outcome.CREATED, Outcome.UPDATED}
# From the ground up: what stays, then what moves, then what needs a person.
_ORDER = (
    Outcome.UNCHANGED,
    Outcome.DUPLICATE,
    Outcome.UPDATED,
    Outcome.CREATED,
    Outcome.HELD,
    Outcome.REJECTED,
)


@dataclass(frozen=True, slots=True)
class Piece:
    outcome: str
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Size:
    width: int
    height: int
    left: int = 0
    right: int = 0
    top: int = 1
    bottom: int = 5  # room below the bars, for marks and days


SMALL = Size(120, 34)
LARGE = Size(520, 180, left=50, right=30, top=10, bottom=30)


@dataclass(frozen=True, slots=True)
class OutcomeChart:
    size: Size
    bar: float  # width of a bar
    pieces: tuple[Piece, ...]
    failures: tuple[float, ...]  # x of days on which every run failed
    days: tuple[tuple[float, str], ...]
    amounts: tuple[tuple[float, str], ...]
    sentence: str

    @property
    def floor(self) -> int:
        return self.size.height - self.size.bottom


def outcome_chart(days: Iterable[DayOfRuns], full_list: bool, today: date, size: Size) -> OutcomeChart:
    """The last 30 days up to today."""
    first = today - timedelta(days=DAYS - 1)
    there = {one.day: one for one in days if first <= one.day <= today}
    amounts = {day: _amounts(one, full_list) for day, one in there.items()}
    top = max((sum(amount.values()) for amount in amounts.values()), default=0)
    step = (size.width - size.left - size.right) / DAYS
    places = {first + timedelta(days=n): round(size.left + n * step, 2) for n in range(DAYS)}
    room = size.height - size.top - size.bottom
    scale = room / top if top else 0.0
    pieces = [piece for day, amount in amounts.items() for piece in _stack(amount, places[day], size, scale)]
    return OutcomeChart(
        size=size,
        bar=round(step * 0.76, 2),
        pieces=tuple(pieces),
        failures=tuple(places[day] for day, one in there.items() if not one.good),
        days=tuple((places[day], f"{day.month}月{day.day}日") for n, day in enumerate(places) if n % 7 == 1),
        amounts=tuple((round(size.top + room * (1 - share), 1), f"{round(top * share):,}") for share in (0, 0.5, 1)),
        sentence=_sentence(amounts, there),
    )


def _amounts(one: DayOfRuns, full_list: bool) -> dict[Outcome, int]:
    if not full_list:
        return {outcome: one.total[outcome] for outcome in _ORDER}
    amounts = {outcome: one.total[outcome] if outcome in _ADDED_UP else one.most[outcome] for outcome in _ORDER}
    moved = sum(number for outcome, number in amounts.items() if outcome is not Outcome.UNCHANGED)
    return amounts | {Outcome.UNCHANGED: max(0, one.received - moved)}


def _stack(amount: Mapping[Outcome, int], x: float, size: Size, scale: float) -> Iterable[Piece]:
    y = float(size.height - size.bottom)
    for outcome, number in amount.items():
        if number:
            y -= number * scale
            yield Piece(str(outcome), x, round(y, 2), round(number * scale, 2))


def _sentence(amounts: Mapping[date, Mapping[Outcome, int]], there: Mapping[date, DayOfRuns]) -> str:
    if not there:
        return "近 30 天没有抓取"
    last = max(there)
    figures = "、".join(f"{label(o)} {number:,}" for o, number in amounts[last].items() if number) or "没有记录"
    failed = sum(1 for one in there.values() if not one.good)
    bad = f"，{failed} 天没有抓成" if failed else ""
    return f"近 30 天抓了 {len(there)} 天{bad}；{last.month}月{last.day}日：{figures}"
