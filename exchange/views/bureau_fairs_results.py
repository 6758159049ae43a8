"""/bureau/fairs/<id>/results: what came of a fair, from the day's counts, corrected with a reason, with evidence.

In: four figures. Out: the fair as reported (已总结), with what was counted beside what was reported.
"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from exchange.fairs.results import result_faults, results_of
from exchange.fairs.words import DocumentKind, FairState, TallyKind
from exchange.models import Fair
from exchange.schemas.accounts import form_faults
from exchange.schemas.fairs import ResultsForm
from exchange.store.fairs_documents import documents_of
from exchange.store.fairs_postings import exhibits_of
from exchange.store.fairs_steps import report_fair
from exchange.store.fairs_tallies import counted_of, tally_sums
from exchange.store.transaction import Transaction
from exchange.views.bureau_access import READERS, WRITERS
from exchange.views.bureau_fairs_access import decide, may_change, own_fair, seen_fair
from exchange.views.current import session, today
from exchange.views.guard import private_page, requires

blueprint = Blueprint("bureau_fairs_results", __name__, url_prefix="/bureau/fairs/<string:fair_id>/results")


@blueprint.get("")
@requires(*READERS)
def form(fair_id: str) -> ResponseReturnValue:
    fair = seen_fair(fair_id)
    return _page(fair, {str(kind): str(value) for kind, value in counted_of(session(), fair.id).items()}, {})


@blueprint.post("")
@requires(*WRITERS)
def report(fair_id: str) -> ResponseReturnValue:
    fair = own_fair(fair_id)
    try:
        given = ResultsForm().load(request.form)
    except ValidationError as error:
        return _page(fair, request.form, form_faults(error), 400)
    reported = {kind: given[kind] for kind in TallyKind}
    results = results_of(counted_of(session(), fair.id), reported, given["reason"])
    faults = result_faults(results, has_evidence=_has_evidence(fair))
    if faults:
        return _page(fair, request.form, faults, 400)

    def decision(transaction: Transaction, found: Fair) -> str:
        """With the counts as they are now: one may have arrived since."""
        now = results_of(counted_of(transaction.session, found.id), reported, given["reason"])
        report_fair(transaction, found, now)
        return "已总结，结果记入台账。"

    return decide(fair_id, decision)


def _has_evidence(fair: Fair) -> bool:
    return any(DocumentKind(one.kind).is_evidence for one in documents_of(session(), fair.id))


def _page(fair: Fair, given: object, faults: dict[str, str], status: int = 200) -> ResponseReturnValue:
    if FairState(fair.state) is not FairState.HELD:
        flash(f"这场对接会现在是“{FairState(fair.state).word}”，登记为已举办后才能填写结果。", "bad")
        return redirect(url_for("bureau_fairs.show", fair_id=fair.id), 303)
    sums = tally_sums(session(), fair.id)
    exhibits = exhibits_of(session(), fair.id, today())
    by_employer = [kind for kind in TallyKind if not kind.of_whole_fair]
    page = render_template(
        "bureau/fair_results.html",
        fair=fair,
        given=given,
        faults=faults,
        kinds=list(TallyKind),
        by_employer=by_employer,
        counted=counted_of(session(), fair.id),
        rows=[
            (one.exhibitor, [sums.get((one.exhibitor.id, kind), 0) for kind in by_employer])
            for one in exhibits
            if any((one.exhibitor.id, kind) in sums for kind in by_employer)
        ],
        evidence=[one for one in documents_of(session(), fair.id) if DocumentKind(one.kind).is_evidence],
        may_change=may_change(fair),
    )
    return private_page(page, status)
