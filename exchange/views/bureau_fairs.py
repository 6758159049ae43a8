"""/bureau/fairs: the fairs of an organisation and its cluster; planning one, changing it, and where it stands.

In: a form. Out: a fair, its page with what is still missing and what the law asks of a fair of its size.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from exchange.clock import LOCAL
from exchange.evidence import ACCEPT
from exchange.fairs.duty import duty_sentences, licence_duty
from exchange.fairs.missing import missing_for_publishing
from exchange.fairs.steps import LOCKED, is_counting, is_editable, is_locked
from exchange.fairs.words import DocumentKind, FairState
from exchange.models import Fair
from exchange.schemas.accounts import form_faults
from exchange.schemas.fairs import FairForm
from exchange.store.decisions import AlreadyThere, NotPossible
from exchange.store.fairs import change_fair, fair_as_seen, fairs_of, plan_fair
from exchange.store.fairs_documents import documents_of
from exchange.store.fairs_held import history_of_fair
from exchange.store.fairs_postings import exhibits_of
from exchange.store.fairs_steps import readiness_of
from exchange.store.fairs_tallies import counted_of, reported_of
from exchange.store.overview import cluster_names, organisation_names
from exchange.views.bureau_access import READERS, WRITERS, may_write, refuse_while_parked
from exchange.views.bureau_fairs_access import may_change, may_count, own_clusters, own_fair, seen_fair, seen_revision
from exchange.views.current import current_exchange, session, today
from exchange.views.evidence_files import MEGABYTES
from exchange.views.fairs_shown import shown_fairs
from exchange.views.guard import own_account, private_page, requires, visible_organisations

blueprint = Blueprint("bureau_fairs", __name__, url_prefix="/bureau/fairs")
_FIELDS = (
    "name", "cluster", "organisers", "place", "address", "map_link", "meeting_link", "expected", "contact", "phone",
    "notice",
)  # fmt: skip


@blueprint.get("")
@requires(*READERS)
def listing() -> ResponseReturnValue:
    now = current_exchange().store.clock()
    found = fairs_of(session(), visible_organisations(own_account()), own_clusters())
    names = organisation_names(session(), {fair.organisation for fair in found})
    page = render_template(
        "bureau/fairs.html",
        fairs=shown_fairs(found),
        organisations=names,
        may_plan=may_write(),
        counting=[fair.id for fair in found if is_counting(FairState(fair.state), fair.starts_at, now)],
    )
    return private_page(page)


@blueprint.get("/new")
@requires(*WRITERS)
def new() -> ResponseReturnValue:
    clusters = own_clusters()
    cluster = next(iter(clusters)) if len(clusters) == 1 else ""
    return _form(None, {"cluster": cluster, "by_government": "", "online": ""}, {})


@blueprint.post("/new")
@requires(*WRITERS)
def plan() -> ResponseReturnValue:
    refuse_while_parked()
    if "compute" in request.form:
        return _form(None, request.form, {})
    given, faults = _given()
    if faults:
        return _form(None, request.form, faults, 400)
    account = own_account()
    try:
        with current_exchange().store.write(account.name, account.organisation) as transaction:
            id = plan_fair(transaction, account.organisation, account.name, given).id
        flash("已保存。下面列出发布前还缺什么。")
    except AlreadyThere as found:
        id = found.id
        flash("同名、同一时间的对接会已经有了，就是这一场，没有重复保存。")
    return redirect(url_for("bureau_fairs.show", fair_id=id), 303)


@blueprint.get("/<string:fair_id>")
@requires(*READERS)
def show(fair_id: str) -> ResponseReturnValue:
    fair, now = seen_fair(fair_id), current_exchange().store.clock()
    state, exhibits = FairState(fair.state), exhibits_of(session(), fair.id, today())
    ready = readiness_of(session(), fair, now)
    page = render_template(
        "bureau/fair.html",
        fair=fair,
        shown=shown_fairs([fair])[0],
        state=state,
        states=[one for one in FairState if one is not FairState.CANCELLED],
        missing=missing_for_publishing(ready) if is_editable(state) and state is not FairState.PUBLISHED else [],
        duty=ready.duty,
        duty_words=duty_sentences(ready.duty, fair.expected, today(), fair.licence_applied_on),
        documents=documents_of(session(), fair.id),
        kinds=[kind for kind in DocumentKind if _takes(state, kind)],
        kind_word=lambda kind: DocumentKind(kind).word,
        exhibits=exhibits,
        unverified=[one for one in exhibits if one.exhibitor.verified_at is None],
        has_begun=fair.starts_at <= now,
        locked=is_locked(state, fair.licence_applied_on),
        editable=is_editable(state),
        may_change=may_change(fair),
        may_check=own_account().name != fair.planned_by,
        may_count=is_counting(state, fair.starts_at, now) and may_count(),
        counted=counted_of(session(), fair.id),
        results=reported_of(session(), fair.id),
        history=history_of_fair(session(), fair.id),
        organisation=organisation_names(session(), [fair.organisation]).get(fair.organisation, fair.organisation),
        most_megabytes=MEGABYTES,
        kinds_of_files=ACCEPT,
    )
    return private_page(page)


def _takes(state: FairState, kind: DocumentKind) -> bool:
    if kind.is_evidence:
        return state in {FairState.PUBLISHED, FairState.HELD}
    return is_editable(state)


@blueprint.get("/<string:fair_id>/edit")
@requires(*WRITERS)
def edit(fair_id: str) -> ResponseReturnValue:
    fair = own_fair(fair_id)
    return _form(fair, _values(fair), {})


@blueprint.post("/<string:fair_id>/edit")
@requires(*WRITERS)
def save(fair_id: str) -> ResponseReturnValue:
    fair = own_fair(fair_id)
    refuse_while_parked()
    if "compute" in request.form:
        return _form(fair, request.form, {})
    given, faults = _given(fair)
    if faults:
        return _form(fair, request.form, faults, 400)
    try:
        with current_exchange().store.write(own_account().name, fair.organisation) as transaction:
            seen = fair_as_seen(transaction, fair.id, seen_revision())
            changed = change_fair(transaction, seen, own_account().name, given)
    except NotPossible as fault:
        return _form(fair, request.form, {"form": str(fault)}, 409)
    flash("已保存。" if changed else "内容没有改动。")
    return redirect(url_for("bureau_fairs.show", fair_id=fair.id), 303)


def _given(fair: Fair | None = None) -> tuple[dict[str, Any], dict[str, str]]:
    """(values, faults). What is locked is not in the form: it stays as it is."""
    fields = dict(request.form)
    if fair is not None and is_locked(FairState(fair.state), fair.licence_applied_on):
        fields = _values(fair) | {name: value for name, value in fields.items() if name not in LOCKED}
    try:
        given: dict[str, Any] = FairForm().load(fields)
    except ValidationError as error:
        return {}, form_faults(error)
    if given["cluster"] not in cluster_names(session()):
        return {}, {"cluster": "请选择组团。"}
    return given, {}


def _values(fair: Fair) -> dict[str, str]:
    """As the form shows them."""
    times = {name: f"{getattr(fair, name).astimezone(LOCAL):%Y-%m-%dT%H:%M}" for name in ("starts_at", "ends_at")}
    boxes = {name: "yes" if getattr(fair, name) else "" for name in ("by_government", "online")}
    return {name: str(getattr(fair, name)) for name in _FIELDS} | times | boxes


def _form(fair: Fair | None, given: Any, faults: dict[str, str], status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "bureau/fair_form.html",
        fair=fair,
        given=given,
        faults=faults,
        clusters=sorted(cluster_names(session()).items()),
        locked=fair is not None and is_locked(FairState(fair.state), fair.licence_applied_on),
        duty_words=_duty_words(fair, given),
        back=url_for("bureau_fairs.show", fair_id=fair.id) if fair else url_for("bureau_fairs.listing"),
    )
    return private_page(page, status)


def _duty_words(fair: Fair | None, given: Mapping[str, str]) -> list[str]:
    """What the law asks of a fair as it is written in the form, once it says how many and when."""
    expected, start = given.get("expected", ""), given.get("starts_at", "")[:10]
    try:
        people, day = int(expected), date.fromisoformat(start)
    except ValueError:
        return ["填好预计人数和开始时间后再算。"] if "compute" in given else []
    found = licence_duty(people, bool(given.get("by_government")), bool(given.get("online")), day)
    return duty_sentences(found, people, today(), fair.licence_applied_on if fair else None)
