"""The chart of a report (进度图): each direction's year against its pace and the year before, as SVG.

In: panels of running totals. Out: SVG text for the page, the PDF and, drawn to PNG, for Word. The lines differ by their
strokes and marks, so that they read without colour. `family`: the font of its Chinese words; "" leaves them out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from exchange.reports.content import ChartPanel

WIDTH, HEIGHT = 640, 290
_PANEL = 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 16, 30, 62
_STEPS = (1, 2, 2.5, 5, 10)
_INK, _GRID = "#111", "#ccc"


@dataclass(frozen=True, slots=True)
class Stroke:
    name: str
    dashes: str
    width: float
    mark: str = ""


DONE = Stroke("本年累计", "", 2.2, "circle")
PACE = Stroke("年度进度", "7 4", 1.4)
LAST_YEAR = Stroke("上年累计", "1.5 3", 1.6, "square")


def caption(panels: Sequence[ChartPanel]) -> str:
    """Says in words what each line is: enough where the drawing has no words."""
    told = ["实线圆点为本年累计"]
    told += ["虚线为年度进度"] if any(panel.pace for panel in panels) else []
    told += ["点线方块为上年累计"] if any(panel.last_year for panel in panels) else []
    return f"{'，'.join(told)}（月末，条）"


def chart_svg(panels: Sequence[ChartPanel], family: str) -> str:
    """Empty when there is nothing to draw."""
    if not any(panel.done for panel in panels):
        return ""
    drawn = "".join(_panel(panel, place * _PANEL, family) for place, panel in enumerate(panels))
    font = f" font-family={quoteattr(family)}" if family else ""
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    label = f"年度进度图：{'、'.join(panel.title for panel in panels)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="report-chart" role="img" aria-label={quoteattr(label)} {size}>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/><g fill="{_INK}" font-size="11"{font}>{drawn}</g></svg>'
    )


def _panel(panel: ChartPanel, offset: int, family: str) -> str:
    scale = _Scale(offset, max((*panel.done, *panel.pace, *panel.last_year, 1)))
    parts = [*_axes(scale, family), *_text(scale.x(0), 16, panel.title, family, "start", 13)]
    for stroke, line in ((PACE, panel.pace), (LAST_YEAR, panel.last_year), (DONE, panel.done)):
        parts += _line(scale, stroke, line)
    if panel.done:
        x, y = scale.x(len(panel.done)), scale.y(panel.done[-1])
        parts.append(_number(x, y - 8, panel.done[-1], "end" if len(panel.done) > 10 else "middle"))
    return "".join([*parts, *_legend(scale, panel, family)])


@dataclass(frozen=True, slots=True)
class _Scale:
    offset: int
    most: int

    @property
    def step(self) -> int:
        magnitude = 10 ** max(0, len(str(self.most)) - 2)
        steps = (int(step * magnitude) for step in (*_STEPS, *(10 * s for s in _STEPS)) if int(step * magnitude))
        return next(step for step in steps if self.most / step <= 5)

    @property
    def top(self) -> int:
        return self.step * -(-self.most // self.step)

    def x(self, months: float) -> float:
        return round(self.offset + _LEFT + months / 12 * (_PANEL - _LEFT - _RIGHT), 1)

    def y(self, amount: float) -> float:
        return round(HEIGHT - _BOTTOM - amount / self.top * (HEIGHT - _TOP - _BOTTOM), 1)


def _axes(scale: _Scale, family: str) -> Iterable[str]:
    left, right = scale.x(0), scale.x(12)
    for amount in range(0, scale.top + 1, scale.step):
        y = scale.y(amount)
        colour = _INK if amount == 0 else _GRID
        yield f'<path d="M{left} {y}H{right}" stroke="{colour}" stroke-width="0.8"/>'
        yield _number(left - 5, y + 4, amount, "end")
    for month in range(1, 13):
        yield _number(scale.x(month), HEIGHT - _BOTTOM + 15, month, "middle")
    yield from _text(left - 5, HEIGHT - _BOTTOM + 15, "月末", family, "end", 10)


def _line(scale: _Scale, stroke: Stroke, totals: Sequence[int]) -> Iterable[str]:
    if not totals:
        return
    points = [(scale.x(0), scale.y(0)), *((scale.x(m), scale.y(total)) for m, total in enumerate(totals, 1))]
    path = " ".join(f"{x},{y}" for x, y in points)
    dashes = f' stroke-dasharray="{stroke.dashes}"' if stroke.dashes else ""
    yield f'<polyline points="{path}" fill="none" stroke="{_INK}" stroke-width="{stroke.width}"{dashes}/>'
    for x, y in points[1:]:
        yield _mark(stroke.mark, x, y)


def _mark(mark: str, x: float, y: float) -> str:
    if mark == "circle":
        return f'<circle cx="{x}" cy="{y}" r="3"/>'
    if mark == "square":
        return f'<rect x="{x - 2.5}" y="{y - 2.5}" width="5" height="5" fill="#fff" stroke="{_INK}"/>'
    return ""


def _legend(scale: _Scale, panel: ChartPanel, family: str) -> Iterable[str]:
    """Samples of the lines that are there; without a font the caption below the chart tells."""
    shown = [s for s, line in ((DONE, panel.done), (PACE, panel.pace), (LAST_YEAR, panel.last_year)) if line]
    y = HEIGHT - 18
    for place, stroke in enumerate(shown if family else ()):
        x = scale.x(0) + place * 88
        dashes = f' stroke-dasharray="{stroke.dashes}"' if stroke.dashes else ""
        yield f'<path d="M{x} {y}h26" stroke="{_INK}" stroke-width="{stroke.width}"{dashes}/>'
        yield _mark(stroke.mark, x + 13, y)
        yield from _text(x + 31, y + 4, stroke.name, family, "start", 11)


def _number(x: float, y: float, value: int, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{value:,}</text>'


def _text(x: float, y: float, words: str, family: str, anchor: str, size: int) -> Iterable[str]:
    if family:
        yield f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}">{escape(words)}</text>'
