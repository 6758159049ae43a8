"""Names of what the index knows by its code only: clusters and sources.

In: a store. Out: `names(parameter, value)`, "" when there is none.
"""

from collections.abc import Callable

from sqlmodel import col, select

from exchange.models import ClusterRow, SourceRow
from exchange.store.database import Store


def facet_names(store: Store) -> Callable[[str, str], str]:
    """Read once, when the process opens the store."""
    with store.read() as session:
        clusters = session.exec(select(ClusterRow.code, ClusterRow.name).order_by(col(ClusterRow.code))).all()
        sources = session.exec(select(SourceRow.id, SourceRow.name)).all()
    known = {"cluster": dict(clusters), "source": dict(sources)}
    return lambda parameter, value: known.get(parameter, {}).get(value, "")
