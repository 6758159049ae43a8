"""The counts of a year for pages and API, as they stand in this request's view of the store.

In: a year or none. Out: `Count`.
"""

from exchange.counting import Count
from exchange.store.counting import count
from exchange.views.current import current_exchange, session, today


def count_of(year: int | None) -> Count:
    """Of this year when none is asked for."""
    return count(session(), year or today().year, current_exchange().store.clock())
