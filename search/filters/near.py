"""附近: workplaces at most so far from a place, as the crow flies.

`440229-60` is 60 km around Wengyuan's seat; without kilometres as far as is usual there. Postings that only know their
city are near when that city itself is asked.
"""

from dataclasses import dataclass

from config.divisions import find_division
from search.distances import coordinates, usual_reach, within
from search.filters.base import Labels
from search.filters.coded import CodedFilter
from search.filters.division import workplace_code
from search.view import IndexView

FARTHEST = 500  # km; further is everywhere


def near_value(code: str, reach: int) -> str:
    return f"{code}-{reach}"


def read_near(value: str) -> tuple[str, int]:
    """(code of a workplace, kilometres). ValueError for anything else."""
    typed, _, reach = value.partition("-")
    code = workplace_code(typed)
    if code is None or code not in coordinates():
        raise ValueError(value)
    far = usual_reach(code) if not reach and value == typed else int(reach)
    if not 0 < far <= FARTHEST:
        raise ValueError(value)
    return code, far


@dataclass(frozen=True)
class NearFilter(CodedFilter):
    def check(self, value: str, view: IndexView, labels: Labels | None) -> None:
        try:
            read_near(value)
        except ValueError as exc:
            raise self.unknown(value, "请填行政区划代码，可加距离，例如 440229-60（60 公里内）。") from exc

    def matches(self, value: str, stored: str) -> bool:
        return stored in within(*read_near(value))

    def label(self, value: str, view: IndexView, labels: Labels | None) -> str:
        code, reach = read_near(value)
        place = find_division(code)
        assert place is not None
        return f"{place.short_name}附近（{reach} 公里内）"


FILTER = NearFilter("near", "附近", "division code, -, kilometres as the crow flies: 440229-60", None, "division")
