"""Drift (字段变化): how well a source fills its fields now, beside the week before.

In: fill rates, field → 0.0 to 1.0. Out: `Drift`s, the largest first. A field that moves by more than THRESHOLD is told
to the operator: the source has changed its layout, or its habits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from config.fields import Field

THRESHOLD = 0.20
LOOK_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Drift:
    field: str
    now: float  # share of records that fill it
    before: float

    @property
    def label(self) -> str:
        return Field(self.field).label if self.field in set(Field) else self.field

    @property
    def is_large(self) -> bool:
        return abs(self.now - self.before) > THRESHOLD

    @property
    def sentence(self) -> str:
        return f"{self.label} 缺失 {_percent(1 - self.now)}，上周 {_percent(1 - self.before)}"


def drifts(now: Mapping[str, float], before: Sequence[Mapping[str, float]]) -> list[Drift]:
    """One for every field that is filled now or was before. Nothing without a run to compare with."""
    if not before:
        return []
    fields = set(now).union(*before)
    found = [Drift(field, now.get(field, 0.0), median(run.get(field, 0.0) for run in before)) for field in fields]
    return sorted(found, key=lambda drift: (-abs(drift.now - drift.before), drift.field))


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"
