"""/office/commitments/<year>/<code>: one commitment: its state, its members, every change; editing it.

In: forms of the office. Out: pages; every change an event with the old and new values, who and why. What is changed is
what was seen: somebody else's change in between is shown first. Frozen reports and snapshots keep their own goals.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from config.targets import Commitment, Scope
from config.words import Role
from exchange.schemas.accounts import form_faults
from exchange.schemas.commitments import commitment_form
from exchange.standings import CommitmentStanding
from exchange.store.commitments import change_commitment, commitment_history, set_commitment
from exchange.store.decisions import NotPossible
from exchange.store.figures import figures_of, first_day_of_the_platform
from exchange.store.overview import cluster_names
from exchange.store.promised import find_commitment
from exchange.views.counted import counted_year
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.guard import own_account, private_page, requires
from exchange.views.office_fields import (
    commitment_fields,
    field_words,
    figure_fields,
    goal_fields,
    month_fields,
    typed_of,
    value_words,
)

blueprint = Blueprint("office_commitments", __name__, url_prefix="/office/commitments")
MEANWHILE = "您打开页面以后，这里又有改动（可能别人已经改过）。请看过下面的现值再改。"


@blueprint.get("/<int:year>/<string:code>")
@requires(Role.OFFICE, Role.ADMIN)
def show(year: int, code: str) -> ResponseReturnValue:
    return commitment_page(found(year, code))


@blueprint.post("/<int:year>/<string:code>")
@requires(Role.OFFICE, Role.ADMIN)
def save(year: int, code: str) -> ResponseReturnValue:
    known = found(year, code)
    try:
        wanted = commitment_form(_with_goals(known)).load(request.form)
    except ValidationError as error:
        return commitment_page(known, request.form, form_faults(error))
    seen, words = wanted.pop("seen"), wanted.pop("words")
    if wanted["due_on"] == date(known.year, 12, 31) and known.due_on is None:
        wanted["due_on"] = None
    account = own_account()
    try:
        with current_exchange().store.write(account.name, account.organisation) as transaction:
            history = commitment_history(transaction.session, code, year)
            if seen != (history[0].sequence if history else 0):
                raise NotPossible(MEANWHILE)
            changed = change_commitment(transaction, code, year, words, **wanted) != known
    except NotPossible as fault:
        return commitment_page(known, request.form, {"form": str(fault)})
    flash("已保存。旧的目标留在下面的历史和已采纳的报告里。" if changed else "没有改动。", "good")
    return redirect(url_for(".show", year=year, code=code), 303)


@blueprint.post("/<int:year>/<string:code>/next")
@requires(Role.OFFICE, Role.ADMIN)
def next_year(year: int, code: str) -> ResponseReturnValue:
    """照这一年登记下一年: the same commitment for the year after; its goal is the office's own."""
    known, account = found(year, code), own_account()
    due = known.due_on.replace(year=year + 1, day=min(known.due_on.day, 28)) if known.due_on else None
    wanted = replace(known, year=year + 1, assumed=True, due_on=due)
    try:
        with current_exchange().store.write(account.name, account.organisation) as transaction:
            if find_commitment(transaction.session, code, year + 1) is not None:
                raise NotPossible(f"{year + 1} 年已经登记过。")
            set_commitment(transaction, wanted, f"照 {year} 年登记")
    except NotPossible as fault:
        flash(f"没有保存：{fault}", "bad")
        return redirect(url_for(".show", year=year, code=code), 303)
    flash(f"已登记 {year + 1} 年，请核对目标和完成时间。", "good")
    return redirect(url_for(".show", year=year + 1, code=code), 303)


def found(year: int, code: str) -> Commitment:
    known = find_commitment(session(), code, year)
    if known is None:
        raise Refused(404, "commitment.not_found", "没有这项任务", "请从任务台账里打开。", {"code": code, "year": year})
    return known


def commitment_page(
    known: Commitment,
    typed: Mapping[str, Any] | None = None,
    faults: Mapping[str, str] | None = None,
    figure: tuple[Mapping[str, Any], Mapping[str, str]] = ({}, {}),
) -> ResponseReturnValue:
    """`typed` and `faults` of the commitment's form, `figure` the same of the form for a figure."""
    counted = counted_year(known.year)
    standing = next(s for s in counted.standings.commitments if s.commitment.code == known.code)
    history = commitment_history(session(), known.code, known.year)
    clusters = cluster_names(session()) if _with_goals(known) else {}
    values = typed if typed is not None else typed_of(known)
    page = render_template(
        "office/commitment.html",
        c=known,
        s=standing,
        counted=counted,
        count=counted.count,
        fields=commitment_fields(known, values, faults or {}),
        goals=goal_fields(clusters, values, faults or {}),
        months=month_fields(values, faults or {}),
        values=values,
        faults=faults or {},
        seen=history[0].sequence if history else 0,
        history=history,
        field_words=field_words,
        value_words=value_words,
        figures=figures_of(session(), known.code, known.year),
        figure_fields=figure_fields(_members(standing), *figure),
        figure_faults=figure[1],
        may_record=_may_record(known),
        has_next=find_commitment(session(), known.code, known.year + 1) is not None,
    )
    return private_page(page, 400 if faults or figure[1] else 200)


def _with_goals(known: Commitment) -> list[str]:
    """Clusters that may have goals of their own."""
    if known.scope is Scope.TOWN or (known.scope is Scope.ALL and not known.is_by_postings):
        return []
    return list(cluster_names(session()))


def _members(standing: CommitmentStanding) -> list[tuple[str, str]]:
    """Whom a figure may be about; none to choose where it is all together."""
    return [(one.member, one.name) for one in standing.members if one.member]


def _may_record(known: Commitment) -> bool:
    """Postings are counted by the ledger from the platform's first day on: only earlier ones are recorded."""
    first = first_day_of_the_platform(session())
    if known.year > today().year:
        return False
    return not known.is_by_postings or first is None or date(known.year, 1, 1) < first
