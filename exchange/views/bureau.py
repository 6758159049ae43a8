"""/bureau/batches: every batch (批次) that came in, and one batch in whatever state it is.

In: a batch id. Out: its page: progress while it is on its way, the preview to be confirmed, what became of it and how
that differs from the preview. Long lists have pages of their own: bureau_problems, bureau_records.
"""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from config.fields import Field
from config.words import BatchState, Outcome, Role, WithdrawalReason, label
from exchange.models import Batch, ParkedDrop
from exchange.store.overview import organisation_names, source_names
from exchange.store.previews import (
    ProblemFilter,
    batches_page,
    count_kinds,
    earlier_of_same_file,
    problems_page,
)
from exchange.store.reviewing import decided_of
from exchange.views.bureau_access import READERS, may_write, owns, seen_batch
from exchange.views.bureau_decisions import seen_mark
from exchange.views.bureau_headings import headings_of
from exchange.views.bureau_paging import Paging, page_number
from exchange.views.bureau_problems import duplicate_id, evidence, message
from exchange.views.bureau_progress import progress_of
from exchange.views.bureau_records import RecordLine, record_lines
from exchange.views.current import session
from exchange.views.guard import own_account, private_page, requires, visible_organisations

blueprint = Blueprint("bureau", __name__, url_prefix="/bureau")
AT_ONCE = 50
_ROWS_OF_EACH = 5
_EXAMPLES = 3
_KINDS_SHOWN = 12
_WITH_RECORDS = {BatchState.STAGED, BatchState.CONFIRMED, BatchState.PUBLISHING, BatchState.DONE}


@blueprint.app_template_filter()
def batch_state(state: str) -> str:
    return label(BatchState(state))


@blueprint.app_template_filter()
def field_word(field: str) -> str:
    """What clerks call one of our fields."""
    return Field(field).label if field in set(Field) else field


@blueprint.get("/batches")
@requires(*READERS)
def batches() -> ResponseReturnValue:
    state = request.args.get("state", "")
    state = state if state in set(BatchState) else ""
    number = page_number()
    seen = visible_organisations(own_account())
    found = batches_page(session(), seen, state, (number - 1) * AT_ONCE, AT_ONCE + 1)
    paging = Paging(number, AT_ONCE, (number - 1) * AT_ONCE + len(found))
    found = found[:AT_ONCE]
    page = render_template(
        "bureau/batches.html",
        batches=found,
        state=state,
        states=[(str(one), label(one)) for one in BatchState],
        sources=source_names(session()),
        organisations=organisation_names(session(), {batch.organisation for batch in found}),
        outcomes=[(str(outcome), label(outcome)) for outcome in Outcome],
        owned={batch.id for batch in found if owns(batch)},
        may_write=may_write(),
        paging=paging,
    )
    return private_page(page)


@blueprint.get("/batches/<string:batch_id>")
@requires(*READERS)
def batch(batch_id: str) -> ResponseReturnValue:
    found = seen_batch(batch_id)
    with_records = found.state in _WITH_RECORDS
    page = render_template(
        "bureau/batch.html",
        batch=found,
        source=source_names(session()).get(found.source, found.source),
        organisation=organisation_names(session(), [found.organisation]).get(found.organisation, found.organisation),
        progress=progress_of(found),
        outcomes=[(outcome, label(outcome), getattr(found, outcome)) for outcome in Outcome],
        differences=differences(found),
        decided=decided_of(session(), found.id) if found.state == BatchState.DONE and found.held else None,
        earlier=earlier_of_same_file(session(), found) if found.state == BatchState.STAGED else None,
        sheets=headings_of(found) if with_records else [],
        fields=[(str(field), field.label) for field in Field],
        kinds=_kinds(found),
        rows=_rows(found) if with_records else [],
        seen=seen_mark(found),
        owned=owns(found),
        may_write=may_write(),
        drop=session().get(ParkedDrop, found.id),
        may_decide=own_account().role in {Role.OFFICE, Role.ADMIN},
        reasons=[str(reason) for reason in WithdrawalReason],
        duplicate_id=duplicate_id,
        message=lambda problem: message(problem, owns(found)),
    )
    return private_page(page)


def _rows(found: Batch) -> list[tuple[Outcome, str, list[RecordLine]]]:
    """The first rows of each outcome; what needs a person comes first."""
    order = (Outcome.REJECTED, Outcome.HELD, Outcome.CREATED, Outcome.UPDATED, Outcome.DUPLICATE, Outcome.UNCHANGED)
    shown = [outcome for outcome in order if getattr(found, outcome)]
    return [(outcome, label(outcome), record_lines(found, outcome, 0, _ROWS_OF_EACH)) for outcome in shown]


def _kinds(found: Batch) -> list[tuple[object, list[tuple[object, str]]]]:
    """Each kind of problem with its first examples and their words."""
    mine = owns(found)
    kinds = count_kinds(session(), found.id)
    return [
        (
            kind,
            [
                (problem, evidence(problem, mine))
                for problem in problems_page(
                    session(), found.id, ProblemFilter(kind.code, kind.severity), 0, _EXAMPLES
                )
            ]
            if number < _KINDS_SHOWN
            else [],
        )
        for number, kind in enumerate(kinds)
    ]


def differences(found: Batch) -> list[tuple[str, int, int]]:
    """(outcome, as shown before confirmation, as it came), where the two differ."""
    if found.state not in {BatchState.PUBLISHING, BatchState.DONE} or found.preview is None:
        return []
    pairs = [(label(o), found.preview.get(o, 0), getattr(found, o)) for o in Outcome]
    return [(name, promised, came) for name, promised, came in pairs if promised != came]
