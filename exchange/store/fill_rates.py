"""Fill rates (填写率): for each field, the share of a batch's records that filled it, whatever was written.

In: a batch whose verbatim rows are still there. Out: field → 0.0 to 1.0. The database counts, and of a long list it
looks at every n-th record: a drift of a few percent is all that is asked for.
"""

from sqlalchemy import func, literal_column, true
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from exchange.models import Record

_MOST_LOOKED_AT = 20_000


def fill_rates(session: Session, batch_id: str) -> dict[str, float]:
    """Fields that nobody filled are not named."""
    connection = session.connection()
    mine = col(Record.batch_id) == batch_id
    records = connection.execute(sql_select(func.count()).select_from(Record).where(mine)).scalar_one()
    step = -(-records // _MOST_LOOKED_AT) or 1
    looked_at = mine if step == 1 else mine & (col(Record.position) % step == 0)
    if session.get_bind().dialect.name == "sqlite":
        cells = func.json_each(col(Record.verbatim), "$.cells").table_valued("key", "value")
    else:
        cells = func.json_each_text(col(Record.verbatim).op("->")("cells")).table_valued("key", "value")
    number = func.count()
    filled = sql_select(cells.c.key, number).select_from(Record).join(cells, true())
    query = filled.where(looked_at, func.trim(cells.c.value) != literal_column("''")).group_by(cells.c.key)
    rows = connection.execute(query).all()
    return {field: round(times / (records // step), 4) for field, times in sorted(tuple(row) for row in rows)}
