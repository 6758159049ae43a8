"""Words people start from on the first page, with how many postings each really finds.

In: the direction chosen. Out: the words that find something, the most first. Counted anew when the index moves.
"""

from collections.abc import Mapping
from datetime import date
from threading import Lock

from flask import current_app

from exchange.views.current import current_exchange, today
from search.requests import SearchRequest

WORDS = ("普工", "操作工", "质检", "叉车", "焊工", "电工", "仓管", "司机", "保安", "文员", "会计", "客服",
         "厨师", "服务员", "护理", "育婴", "教师", "电商", "养殖", "采茶")  # fmt: skip
_SHOWN = 8
_KEY = "guanshao-popular"


class PopularWords:
    """Kept for one state of the index and one day."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: tuple[int, date] | None = None
        self._found: dict[str, list[tuple[str, int]]] = {}

    def get(self, direction: Mapping[str, tuple[str, ...]]) -> list[tuple[str, int]]:
        state = (current_exchange().reader.status().sequence, today())
        key = ",".join(direction.get("direction", ()))
        with self._lock:
            if state != self._state:
                self._state, self._found = state, {}
            if key in self._found:
                return self._found[key]
        found = _count(direction)
        with self._lock:
            if state == self._state:
                self._found[key] = found
        return found


def popular_words(direction: Mapping[str, tuple[str, ...]]) -> list[tuple[str, int]]:
    kept: PopularWords = current_app.extensions.setdefault(_KEY, PopularWords())
    return kept.get(direction)


def _count(direction: Mapping[str, tuple[str, ...]]) -> list[tuple[str, int]]:
    """What is found only by letting the word go does not count."""
    reader = current_exchange().reader
    results = [
        (word, reader.search(SearchRequest(today=today(), q=word, filters=dict(direction), page_size=1)))
        for word in WORDS
    ]
    totals = [(word, result.total) for word, result in results if result.total and not result.relaxed]
    return sorted(totals, key=lambda pair: -pair[1])[:_SHOWN]
