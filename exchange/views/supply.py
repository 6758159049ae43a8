"""/bureau/supply: how many workers of a place look for work, and of which trades, without names; and what came of it.

In: forms. Out: lists, one notice with the postings of the other city that fit it and why, and what became of it. Every
bureau of both cities sees every notice; a notice is changed and closed by who reported it or the office.
"""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from config.words import City
from exchange.candidates import suggestions_for
from exchange.models import SupplyNotice
from exchange.schemas.accounts import form_faults
from exchange.schemas.supply import OutcomeForm, SupplyForm
from exchange.store.decisions import AlreadyThere
from exchange.store.policies import entitlements, facts_of_notice, list_policies
from exchange.store.reading import unknown_postings
from exchange.store.recorded import steps_of
from exchange.store.supply import (
    UnknownNotice,
    change_supply,
    close_supply,
    find_notice,
    list_notices,
    offer_supply,
    outcome_totals,
    record_outcome,
    state_on,
)
from exchange.supply import SupplyOutcome, SupplyState
from exchange.views.bureau_access import READERS
from exchange.views.cooperation import chosen, home_choices, may_change, names_of, own_city, refuse_others, write
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.form_fields import filled
from exchange.views.guard import own_account, private_page, requires
from exchange.views.supply_form import outcome_fields, supply_fields

blueprint = Blueprint("supply", __name__, url_prefix="/bureau/supply")
_MATCHES = 20
_LISTED = 200
_SHORTEST_WORDS = 2


@blueprint.app_template_filter()
def supply_state(row: SupplyNotice) -> SupplyState:
    return state_on(row, today())


@blueprint.app_template_filter()
def supply_outcomes(row: SupplyNotice) -> list[tuple[str, int]]:
    return [(kind.label, number) for kind, number in outcome_totals(row).items() if number]


@blueprint.app_template_filter()
def outcome_word(kind: str) -> str:
    return SupplyOutcome(kind).label


@blueprint.get("")
@requires(*READERS)
def listing() -> ResponseReturnValue:
    state = SupplyState(chosen("state", list(SupplyState), SupplyState.OPEN))
    city = chosen("city", list(City))
    rows = list_notices(session(), state, City(city) if city else None, today(), _LISTED)
    page = render_template(
        "supply/list.html",
        rows=rows,
        state=state,
        states=list(SupplyState),
        city=city,
        own=own_city(),
        workers=sum(row.workers for row in rows),
    )
    return private_page(page)


@blueprint.get("/new")
@requires(*READERS)
def new() -> ResponseReturnValue:
    homes = home_choices()
    return _form({"from_on": today(), "division": homes[0][0]}, {})


@blueprint.post("")
@requires(*READERS)
def offer() -> ResponseReturnValue:
    values, faults = _loaded()
    if faults:
        return _form(request.form, faults, status=400)
    account = own_account()
    try:
        with current_exchange().store.write(account.name, account.organisation) as transaction:
            id = offer_supply(transaction, account.organisation, values).id
        flash("已登记，两市人社单位都能看到。下面是另一市合适的岗位。", "good")
    except AlreadyThere as found:
        id = found.id
        flash("内容相同的一条已经登记过，就是这一条，没有重复登记。", "good")
    return redirect(url_for(".show", notice_id=id), 303)


@blueprint.get("/<string:notice_id>")
@requires(*READERS)
def show(notice_id: str) -> ResponseReturnValue:
    return _page(_found(notice_id), {}, {})


@blueprint.get("/<string:notice_id>/edit")
@requires(*READERS)
def edit(notice_id: str) -> ResponseReturnValue:
    row = _own(notice_id)
    return _form(row.model_dump(), {}, row)


@blueprint.post("/<string:notice_id>/edit")
@requires(*READERS)
def save(notice_id: str) -> ResponseReturnValue:
    row = _own(notice_id)
    values, faults = _loaded(row)
    if faults:
        return _form(request.form, faults, row, 400)
    return write(lambda t: change_supply(t, row.id, values), "已保存。", url_for(".show", notice_id=row.id))


@blueprint.post("/<string:notice_id>/outcome")
@requires(*READERS)
def outcome(notice_id: str) -> ResponseReturnValue:
    row = _found(notice_id)
    try:
        told = OutcomeForm().load(request.form)
    except ValidationError as error:
        return _page(row, request.form, form_faults(error), 400)
    posting = told["posting"].upper()
    if posting and unknown_postings(session(), [posting]):
        return _page(row, request.form, {"posting": "没有这个岗位，请从列表里选。"}, 400)
    return write(
        lambda t: record_outcome(
            t, row.id, told["kind"], told["number"], posting, told["words"], own_account().organisation
        ),
        "已记下。",
        url_for(".show", notice_id=row.id),
    )


@blueprint.post("/<string:notice_id>/close")
@requires(*READERS)
def close(notice_id: str) -> ResponseReturnValue:
    row = _own(notice_id)
    words = " ".join(request.form.get("words", "").split())[:300]
    back = url_for(".show", notice_id=row.id)
    if len(words) < _SHORTEST_WORDS:
        flash("没有保存：请写明为什么结束，如：已全部就业。", "bad")
        return redirect(back, 303)
    return write(lambda t: close_supply(t, row.id, words), "已结束。", back)


def _found(id: str) -> SupplyNotice:
    try:
        return find_notice(session(), id.upper())
    except UnknownNotice:
        raise Refused(404, "supply.not_found", "没有这条供给信息", "请从列表里打开。", {"id": id}) from None


def _own(id: str) -> SupplyNotice:
    row = _found(id)
    refuse_others(row.organisation)
    return row


def _loaded(row: SupplyNotice | None = None) -> tuple[dict[str, Any], dict[str, str]]:
    try:
        values: dict[str, Any] = SupplyForm().load(request.form)
    except ValidationError as error:
        return {}, form_faults(error)
    allowed = {code for code, _ in home_choices()} | ({row.division} if row else set())
    if values["division"] not in allowed:
        return {}, {"division": "只能登记本单位辖区的劳动力，请从列表里选。"}
    if row is None and values["until_on"] < today():
        return {}, {"until_on": "有效期已经过了。"}
    return values, {}


def _form(
    values: Any, faults: dict[str, str], row: SupplyNotice | None = None, status: int = 200
) -> ResponseReturnValue:
    fields = filled(supply_fields(home_choices()), values, faults)
    return private_page(render_template("supply/form.html", fields=fields, faults=faults, row=row), status)


def _page(row: SupplyNotice, typed: Any, faults: dict[str, str], status: int = 200) -> ResponseReturnValue:
    is_open = state_on(row, today()) is SupplyState.OPEN
    suggestions = suggestions_for(current_exchange(), session(), row, _MATCHES) if is_open else []
    codes = {row.organisation, *(told["by"] for told in row.outcomes)}
    page = render_template(
        "supply/notice.html",
        row=row,
        suggestions=suggestions,
        entitlements=entitlements(list_policies(session()), facts_of_notice(row), today()),
        organisations=names_of(codes),
        steps=steps_of(session(), "supply", row.id),
        may_change=may_change(row.organisation),
        fields=filled(outcome_fields([(one.view.id, one.view.content.title) for one in suggestions]), typed, faults),
    )
    return private_page(page, status)
