"""/bureau/activities: activities entered, changed, given evidence, recorded as held or cancelled by bureaus.

In: forms. Out: lists and pages; every step an event. Evidence is kept under its hash, shown to accounts only, and
leaves as an attachment that no browser opens by itself.
"""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from exchange.activities import ActivityKind, ActivityState
from exchange.evidence import ACCEPT, EvidenceFault
from exchange.models import Activity
from exchange.schemas.accounts import form_faults
from exchange.schemas.activities import ActivityForm, HeldSchema, figures_of
from exchange.store.activities import (
    UnknownActivity,
    activities_counted,
    add_evidence,
    cancel_activity,
    change_activity,
    find_activity,
    hold_activity,
    list_activities,
    missing_for,
    plan_activity,
)
from exchange.store.decisions import AlreadyThere, NotPossible
from exchange.store.overview import cluster_names
from exchange.store.reading import unknown_postings
from exchange.store.recorded import steps_of
from exchange.views.activities_form import activity_fields, held_fields
from exchange.views.bureau_access import READERS
from exchange.views.cooperation import chosen, cluster_choices, may_change, organisation_name, refuse_others, write
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.evidence_files import MEGABYTES, evidence_sent, evidence_taken, let_evidence_in
from exchange.views.form_fields import filled
from exchange.views.guard import own_account, private_page, requires

blueprint = Blueprint("activities_bureau", __name__, url_prefix="/bureau/activities")
_SHORTEST_WORDS = 4


@blueprint.url_value_preprocessor
def _let_files_in(endpoint: str | None, values: object) -> None:
    if endpoint == "activities_bureau.evidence":
        let_evidence_in()


@blueprint.get("")
@requires(*READERS)
def listing() -> ResponseReturnValue:
    kind = chosen("kind", list(ActivityKind))
    years = [str(year) for year in range(today().year - 4, today().year + 2)]
    year = int(chosen("year", years, str(today().year)))
    cluster = chosen("cluster", list(cluster_names(session())))
    page = render_template(
        "activity/bureau_list.html",
        rows=list_activities(session(), year, kind, cluster),
        counted=activities_counted(session(), year),
        kinds=list(ActivityKind),
        kind=kind,
        year=year,
        years=years,
        cluster=cluster,
        clusters=cluster_names(session()),
    )
    return private_page(page)


@blueprint.get("/new")
@requires(*READERS)
def new() -> ResponseReturnValue:
    return _form({"kind": chosen("kind", list(ActivityKind)), "public": True, "cluster": cluster_choices()[0][0]}, {})


@blueprint.post("")
@requires(*READERS)
def plan() -> ResponseReturnValue:
    values, faults = _loaded()
    if faults:
        return _form(request.form, faults, status=400)
    account = own_account()
    try:
        with current_exchange().store.write(account.name, account.organisation) as transaction:
            id = plan_activity(transaction, account.organisation, values).id
        flash("已登记。活动结束后请上传佐证，再登记成果，才会计数。", "good")
    except AlreadyThere as found:
        id = found.id
        flash("同一天、同名的活动已经登记过，就是这一个，没有重复登记。", "good")
    return redirect(url_for(".show", activity_id=id), 303)


@blueprint.get("/<string:activity_id>")
@requires(*READERS)
def show(activity_id: str) -> ResponseReturnValue:
    return _page(_found(activity_id), {}, {})


@blueprint.get("/<string:activity_id>/edit")
@requires(*READERS)
def edit(activity_id: str) -> ResponseReturnValue:
    row = _own(activity_id)
    return _form(row.model_dump(), {}, row)


@blueprint.post("/<string:activity_id>/edit")
@requires(*READERS)
def save(activity_id: str) -> ResponseReturnValue:
    row = _own(activity_id)
    values, faults = _loaded(row)
    if faults:
        return _form(request.form, faults, row, 400)
    return write(lambda t: change_activity(t, row.id, values), "已保存。", url_for(".show", activity_id=row.id))


@blueprint.post("/<string:activity_id>/held")
@requires(*READERS)
def held(activity_id: str) -> ResponseReturnValue:
    row = _own(activity_id)
    try:
        told = HeldSchema().load(request.form)
    except ValidationError as error:
        return _page(row, request.form, form_faults(error), 400)
    figures, account = figures_of(told, ActivityKind(row.kind)), own_account()
    try:
        with current_exchange().store.write(account.name, account.organisation) as transaction:
            hold_activity(transaction, row.id, told["participants"], figures, told["words"])
    except NotPossible as fault:
        return _page(row, request.form, {"form": str(fault)}, 400)
    flash("已登记为已举办，从现在起计数。", "good")
    return redirect(url_for(".show", activity_id=row.id), 303)


@blueprint.post("/<string:activity_id>/cancel")
@requires(*READERS)
def cancel(activity_id: str) -> ResponseReturnValue:
    row = _own(activity_id)
    words = " ".join(request.form.get("words", "").split())[:500]
    back = url_for(".show", activity_id=row.id)
    if len(words) < _SHORTEST_WORDS:
        flash(f"没有保存：请写明取消的理由（至少 {_SHORTEST_WORDS} 个字）。", "bad")
        return redirect(back, 303)
    return write(lambda t: cancel_activity(t, row.id, words), "已取消，不再计数；订阅了日历的人会看到取消。", back)


@blueprint.post("/<string:activity_id>/evidence")
@requires(*READERS)
def evidence(activity_id: str) -> ResponseReturnValue:
    row = _own(activity_id)
    back = url_for(".show", activity_id=row.id)
    try:
        taken = evidence_taken()
    except EvidenceFault as fault:
        flash(f"没有保存：{fault}", "bad")
        return redirect(back, 303)
    return write(lambda t: add_evidence(t, row.id, taken), "已收下佐证材料。", back)


@blueprint.errorhandler(RequestEntityTooLarge)
def _too_large(_: RequestEntityTooLarge) -> ResponseReturnValue:
    raise Refused(413, "file.too_large", f"文件超过 {MEGABYTES} MB，没有收下", "请压缩照片或分成几份再上传。")


@blueprint.get("/<string:activity_id>/evidence/<string:file_hash>")
@requires(*READERS)
def file(activity_id: str, file_hash: str) -> ResponseReturnValue:
    known = next((one for one in _found(activity_id).evidence if one["digest"] == file_hash), None)
    if known is None:
        raise Refused(404, "file.gone", "没有这份材料", "请从活动页面打开。")
    return evidence_sent(known["digest"], known["name"])


def _found(id: str) -> Activity:
    try:
        return find_activity(session(), id.upper())
    except UnknownActivity:
        raise Refused(404, "activity.not_found", "没有这个活动", "请从活动列表里打开。", {"id": id}) from None


def _own(id: str) -> Activity:
    row = _found(id)
    refuse_others(row.organisation)
    return row


def _loaded(row: Activity | None = None) -> tuple[dict[str, Any], dict[str, str]]:
    try:
        values: dict[str, Any] = ActivityForm().load(request.form)
    except ValidationError as error:
        return {}, form_faults(error)
    allowed = {code for code, _ in cluster_choices()} | ({row.cluster} if row else set())
    if values["cluster"] not in allowed:
        return {}, {"cluster": "请从列表里选组团。"}
    if unknown := unknown_postings(session(), values["postings"]):
        return {}, {"postings": f"本平台没有编号为 {'、'.join(unknown)} 的岗位，请从岗位页面的网址里复制。"}
    return values, {}


def _form(
    values: Any, faults: dict[str, str], row: Activity | None = None, status: int = 200
) -> ResponseReturnValue:
    fields = filled(activity_fields(cluster_choices()), values, faults)
    return private_page(render_template("activity/form.html", fields=fields, faults=faults, row=row), status)


def _page(row: Activity, typed: Any, faults: dict[str, str], status: int = 200) -> ResponseReturnValue:
    kind = ActivityKind(row.kind)
    values = {**row.figures, "participants": row.participants, **typed}
    missing = missing_for(row, today()) if row.state == ActivityState.PLANNED else []
    page = render_template(
        "activity/bureau_activity.html",
        row=row,
        cluster=cluster_names(session()).get(row.cluster, ""),
        organisation=organisation_name(row.organisation),
        steps=steps_of(session(), "activity", row.id),
        may_change=may_change(row.organisation),
        is_over=row.ends_on <= today(),
        missing=missing,
        fields=filled(held_fields(kind), values, faults),
        faults=faults,
        kinds_of_files=ACCEPT,
        most_megabytes=MEGABYTES,
    )
    return private_page(page, status)
