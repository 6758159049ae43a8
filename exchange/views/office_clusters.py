"""/office/clusters/<code>: which towns and counties are paired in a cluster, from which day; changing it.

In: forms of the office. Out: pages; a change holds from its first day, today at the earliest, and never touches what is
counted already.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from config.divisions import all_divisions, find_division
from config.words import City, Role
from exchange.schemas.accounts import form_faults
from exchange.schemas.commitments import PairingForm
from exchange.store.decisions import NotPossible
from exchange.store.overview import cluster_names
from exchange.store.pairings import pairing_history, pairings_to_come, set_cluster
from exchange.store.setup import pairing_on
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.form_fields import Control, FormField, filled
from exchange.views.guard import own_account, private_page, requires
from exchange.views.office_commitments import MEANWHILE

blueprint = Blueprint("office_clusters", __name__, url_prefix="/office/clusters")


@blueprint.get("/<string:code>")
@requires(Role.OFFICE, Role.ADMIN)
def show(code: str) -> ResponseReturnValue:
    return _page(code)


@blueprint.post("/<string:code>")
@requires(Role.OFFICE, Role.ADMIN)
def save(code: str) -> ResponseReturnValue:
    _must_exist(code)
    divisions = request.form.getlist("divisions")
    try:
        given = PairingForm().load(request.form)
    except ValidationError as error:
        return _page(code, request.form, divisions, form_faults(error))
    account = own_account()
    try:
        with current_exchange().store.write(account.name, account.organisation) as transaction:
            history = pairing_history(transaction.session, code)
            if given["seen"] != (history[0].sequence if history else 0):
                raise NotPossible(MEANWHILE)
            set_cluster(transaction, code, given["name"], divisions, given["since"], given["words"])
    except NotPossible as fault:
        return _page(code, request.form, divisions, {"form": str(fault)})
    flash("已保存。从那天起计数的岗位归入新的结对，以前的不改。", "good")
    return redirect(url_for(".show", code=code), 303)


def _page(
    code: str,
    typed: Mapping[str, Any] | None = None,
    chosen: list[str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    names, paired = cluster_names(session()), pairing_on(session(), today())
    _must_exist(code)
    history, to_come = pairing_history(session(), code), pairings_to_come(session(), today())
    values = typed if typed is not None else {"name": names[code], "since": today()}
    fields = [
        FormField("name", "组团名称", required=True),
        FormField("since", "从哪天起", Control.DAY, required=True, hint="今天或以后；已经计数的不改。"),
        FormField("words", "为什么这样改", required=True, wide=True, hint="写明依据，例如文件名和日期。"),
    ]
    mine = chosen if chosen is not None else [division for division, cluster in paired.items() if cluster == code]
    places = {city: [d for d in all_divisions() if d.city is city and d.kind in {"town", "county"}] for city in City}
    page = render_template(
        "office/cluster.html",
        code=code,
        name=names[code],
        names=names,
        paired=paired,
        mine=mine,
        places=places,
        fields=filled(fields, values, faults or {}),
        faults=faults or {},
        seen=history[0].sequence if history else 0,
        history=history,
        to_come=[one for one in to_come if code in {one.cluster, paired.get(one.division)}],
        division_name=_division_name,
    )
    return private_page(page, 400 if faults else 200)


def _division_name(code: str) -> str:
    division = find_division(code)
    return division.name if division else code


def _must_exist(code: str) -> None:
    if code not in cluster_names(session()):
        raise Refused(404, "cluster.not_found", "没有这个组团", "请从任务台账里打开。", {"cluster": code})
