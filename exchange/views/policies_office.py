"""/office/policies: the office enters policies, changes and withdraws them; every step an event.

In: forms. Out: pages. The examples that a new store begins with are withdrawn here once the real ones are entered.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from config.divisions import division
from config.policies import PolicyKind
from config.words import Direction, Role, label
from exchange.models import Policy
from exchange.schemas.accounts import form_faults
from exchange.schemas.policies import PolicyForm
from exchange.store.policies import list_policies, withdraw_policy
from exchange.store.policies_setting import set_policy
from exchange.store.recorded import steps_of
from exchange.views.cooperation import write
from exchange.views.current import session, today
from exchange.views.form_fields import Control, FormField, filled
from exchange.views.guard import own_account, private_page, requires
from exchange.views.policies import policy_named

blueprint = Blueprint("policies_office", __name__, url_prefix="/office/policies")


@blueprint.get("")
@requires(Role.OFFICE, Role.ADMIN)
def listing() -> ResponseReturnValue:
    return private_page(render_template("policy/office_list.html", rows=list_policies(session(), everything=True)))


@blueprint.get("/new")
@requires(Role.OFFICE, Role.ADMIN)
def new() -> ResponseReturnValue:
    return _form({"since": today()}, {})


@blueprint.post("")
@requires(Role.OFFICE, Role.ADMIN)
def enter() -> ResponseReturnValue:
    values, faults = _loaded()
    if not faults and any(row.id == values["code"] for row in list_policies(session(), everything=True)):
        faults = {"code": "这个编号已经有了，请换一个，或去修改原来的那一项。"}
    return _form(request.form, faults, status=400) if faults else _set(values)


@blueprint.get("/<string:code>")
@requires(Role.OFFICE, Role.ADMIN)
def edit(code: str) -> ResponseReturnValue:
    row = policy_named(code)
    return _form(_typed(row), {}, row)


@blueprint.post("/<string:code>")
@requires(Role.OFFICE, Role.ADMIN)
def save(code: str) -> ResponseReturnValue:
    row = policy_named(code)
    values, faults = _loaded(code=row.id)
    return _form(request.form, faults, row, 400) if faults else _set(values)


@blueprint.post("/<string:code>/withdraw")
@requires(Role.OFFICE, Role.ADMIN)
def withdraw(code: str) -> ResponseReturnValue:
    row = policy_named(code)
    words = " ".join(request.form.get("words", "").split())[:300]
    if len(words) < 4:
        flash("没有保存：请写明停用的理由（至少 4 个字）。", "bad")
        return redirect(url_for(".edit", code=row.id), 303)
    return write(lambda t: withdraw_policy(t, row.id, words), f"“{row.name}”已停用。", url_for(".listing"))


def _set(values: dict[str, Any]) -> ResponseReturnValue:
    code, organisation = values.pop("code"), own_account().organisation
    return write(lambda t: set_policy(t, code, organisation, values), "已保存，马上生效。", url_for(".listing"))


def _loaded(**fixed: str) -> tuple[dict[str, Any], dict[str, str]]:
    try:
        values: dict[str, Any] = PolicyForm().load({**request.form.to_dict(), **fixed})
    except ValidationError as error:
        return {}, form_faults(error)
    return values, {}


def _typed(row: Policy) -> dict[str, Any]:
    """As the form shows it: divisions by name, one direction."""
    conditions = {**row.conditions, "divisions": [division(code).name for code in row.conditions.get("divisions", [])]}
    return {**row.model_dump(), **conditions, "direction": (row.conditions.get("directions") or [""])[0]}


def _form(
    values: Mapping[str, Any], faults: dict[str, str], row: Policy | None = None, status: int = 200
) -> ResponseReturnValue:
    fields = policy_fields() if row is None else policy_fields()[1:]  # the code stays
    page = render_template(
        "policy/office_form.html",
        fields=filled(fields, values, faults),
        faults=faults,
        row=row,
        steps=steps_of(session(), "policy", row.id) if row else [],
    )
    return private_page(page, status)


def policy_fields() -> list[FormField]:
    kinds = [("", "请选择"), *((str(kind), kind.label) for kind in PolicyKind)]
    directions = [("", "不限"), *((str(one), label(one)) for one in Direction)]
    return [
        FormField("code", "编号", required=True, hint="小写字母和数字，以后不能改，如 zhuanyi-2026。"),
        FormField("kind", "种类", Control.CHOICE, required=True, choices=kinds),
        FormField("name", "名称", required=True),
        FormField("since", "从哪天起", Control.DAY, required=True),
        FormField("until", "到哪天止", Control.DAY, hint="没有期限的不填。"),
        FormField("who", "谁可以领", Control.LONG, required=True),
        FormField("amount", "补多少", Control.LONG, required=True),
        FormField("papers", "要带什么材料", Control.LONG),
        FormField("office", "去哪里办", wide=True),
        FormField("words", "文件原话", Control.LONG, required=True, hint="照抄，会显示在岗位旁边。"),
        FormField("origin", "出自哪份文件", required=True, wide=True, hint="名称和文号。"),
        FormField("direction", "条件：流向", Control.CHOICE, choices=directions),
        FormField("divisions", "条件：工作地", hint="镇街或县（市、区），用顿号隔开；不填为不限。"),
        FormField("parks", "条件：园区", hint="企业名称、地址或描述里要有的词，如：莞韶产业园。"),
        FormField("occupations", "条件：岗位", hint="岗位名称里要有的词，如：焊工、电工。"),
        FormField("persons", "条件：本人", wide=True, hint="从岗位看不出、要看本人的，如：韶关籍。写了就显示“可能”。"),
        FormField("is_example", "这是示例，不是正式政策", Control.CHECK, wide=True),
    ]
