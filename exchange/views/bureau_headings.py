"""How the headings (表头) of a file were understood, and changing it: remembered for the organisation and layout.

In: the layout of a staged batch, a form with a field for each heading. Out: `SheetHeadings` for the page; a change
sends the batch back to the worker, who reads the file anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from config.fields import Field
from exchange.models import Batch, Record
from exchange.store.decisions import NotPossible
from exchange.store.headings import choose_headings
from exchange.store.previews import first_records
from exchange.views.bureau_access import WRITERS, owns, seen_batch
from exchange.views.bureau_problems import without_contact
from exchange.views.current import current_exchange, session
from exchange.views.errors import Refused
from exchange.views.guard import own_account, requires

blueprint = Blueprint("bureau_headings", __name__, url_prefix="/bureau")
_LOOKED_AT = 20  # records from which examples are taken
_LONGEST_EXAMPLE = 24
_HOW = {
    "mapping": "按本单位的选择",
    "promoted": "没有工作地点列，用它代替",
    "group": "按上一行表头",
    "unused": "用不到",
    "repeated": "与别的列重复，未使用",
    "unknown": "没有认出，未使用",
}


@dataclass(frozen=True, slots=True)
class HeadingRead:
    index: int  # as a spreadsheet counts: A is 1
    heading: str
    field: str  # "" when it is not used
    how: str  # words, "" where there is nothing to say
    chosen: str  # the field that this organisation chose, "" for the program's own reading
    example: str


@dataclass(frozen=True, slots=True)
class SheetHeadings:
    name: str
    rows: int
    hidden: bool
    inherited: bool  # it has no headings of its own: those of the sheet before hold
    columns: tuple[HeadingRead, ...]


def headings_of(batch: Batch) -> list[SheetHeadings]:
    records = first_records(session(), batch.id, _LOOKED_AT)
    with_contacts = owns(batch)
    return [
        SheetHeadings(
            name=sheet["name"] or "",
            rows=sheet["rows"],
            hidden=sheet["hidden"],
            inherited=not sheet["heading_rows"] and bool(sheet["columns"]),
            columns=tuple(_read(column, records, with_contacts) for column in sheet["columns"]),
        )
        for sheet in batch.layout
    ]


def _read(column: Mapping[str, Any], records: Sequence[Record], with_contacts: bool) -> HeadingRead:
    field, how = column["field"] or "", column["how"]
    example = _example(field, column["heading"], records)
    return HeadingRead(
        index=column["index"],
        heading=column["heading"],
        field=field,
        how=_HOW.get(how, ""),
        chosen=field if how == "mapping" else "",
        example=example if with_contacts else without_contact(field, example),
    )


def _example(field: str, heading: str, records: Sequence[Record]) -> str:
    """The first words found under this heading."""
    for record in records:
        verbatim = record.verbatim or {}
        words = verbatim.get("cells", {}).get(field) if field else verbatim.get("other", {}).get(heading)
        if words:
            return words if len(words) <= _LONGEST_EXAMPLE else words[:_LONGEST_EXAMPLE] + "…"
    return ""


@blueprint.post("/batches/<string:batch_id>/headings")
@requires(*WRITERS)
def choose(batch_id: str) -> ResponseReturnValue:
    batch = seen_batch(batch_id)
    chosen = _changed(batch)
    if not chosen:
        flash("表头没有改动。")
        return redirect(url_for("bureau.batch", batch_id=batch.id), 303)
    try:
        choose_headings(current_exchange().store, batch.id, chosen, own_account().name)
    except NotPossible as fault:
        raise Refused(409, "batch.state", "表头没有改成", str(fault)) from None
    flash("表头已记住，正在按新的表头重新读表。以后同样的表都这样读。")
    return redirect(url_for("bureau.batch", batch_id=batch.id), 303)


def _changed(batch: Batch) -> dict[str, Field | None]:
    """Heading → the field now chosen, where the form says something else than what is in force."""
    changed: dict[str, Field | None] = {}
    for number, sheet in enumerate(batch.layout):
        for column in sheet["columns"]:
            given = request.form.get(f"column-{number}-{column['index']}")
            before = column["field"] if column["how"] == "mapping" else ""
            if column["heading"] and given is not None and given != before:
                changed[column["heading"]] = Field(given) if given in set(Field) else None
    return changed
