"""/bureau/fairs/<id>/day: counting at the fair, on phones that may be without network for a while.

In: tallies, each with an id made on the phone, in any order and as often as they are sent. Out: which of them are in,
so that the phone forgets them, and the sums of all phones. Nothing is counted twice. Without scripts a form does it.
"""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from marshmallow import ValidationError

from exchange.clock import iso
from exchange.fairs.steps import is_counting
from exchange.fairs.words import FairState, TallyKind
from exchange.identifiers import random_id
from exchange.models import Fair
from exchange.schemas.fairs import TalliesSchema
from exchange.store.decisions import NotPossible
from exchange.store.fairs import find_fair
from exchange.store.fairs_postings import exhibits_of
from exchange.store.fairs_tallies import Counted, TakenIn, take_tallies, tally_sums
from exchange.views.bureau_access import WRITERS
from exchange.views.bureau_fairs_access import seen_fair
from exchange.views.current import current_exchange, session, today
from exchange.views.guard import own_account, private_page, requires

blueprint = Blueprint("fair_day", __name__, url_prefix="/bureau/fairs/<string:fair_id>/day")
_CALL_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One employer, or the whole fair, with what is counted so far."""

    id: str
    name: str
    booth: str
    sums: tuple[tuple[TallyKind, int], ...]


@blueprint.url_value_preprocessor
def _let_tallies_in(endpoint: str | None, values: object) -> None:
    if endpoint == "fair_day.send":
        request.max_content_length = _CALL_BYTES


@blueprint.get("")
@requires(*WRITERS)
def page(fair_id: str) -> ResponseReturnValue:
    fair = seen_fair(fair_id)
    sums = tally_sums(session(), fair.id)
    return private_page(
        render_template(
            "fair/day.html",
            fair=fair,
            state=FairState(fair.state),
            countable=_is_counting(fair),
            whole=_line("", "全场", "", sums),
            lines=[
                _line(one.exhibitor.id, one.exhibitor.name, one.exhibitor.booth, sums)
                for one in exhibits_of(session(), fair.id, today())
            ],
            form_id=random_id() + random_id(),
            kinds=list(TallyKind),
        )
    )


def _line(id: str, name: str, booth: str, sums: dict[tuple[str, TallyKind], int]) -> Line:
    kinds = [kind for kind in TallyKind if kind.of_whole_fair != bool(id)]
    return Line(id, name, booth, tuple((kind, sums.get((id, kind), 0)) for kind in kinds))


@blueprint.get("/sums.json")
@requires(*WRITERS)
def sums(fair_id: str) -> ResponseReturnValue:
    """What all phones have counted, and a fresh token: the page may have been open for hours."""
    fair = seen_fair(fair_id)
    return _kept_nowhere(_state_of(fair, tally_sums(session(), fair.id)))


@blueprint.post("/tallies")
@requires(*WRITERS)
def send(fair_id: str) -> ResponseReturnValue:
    """JSON `{"tallies": [{"id", "exhibitor", "kind", "amount", "at"}]}` → which are in, which never will be."""
    fair = seen_fair(fair_id)
    try:
        given = TalliesSchema().load(request.get_json(silent=True) or {})
        taken = _take(fair, [_counted(one) for one in given["tallies"]])
    except ValidationError as error:
        return _fault(400, "tallies.invalid", "计数的格式不对。", details=error.messages)
    except NotPossible as fault:
        return _fault(409, "fair.closed", str(fault))
    with current_exchange().store.read() as fresh:
        state = _state_of(find_fair(fresh, fair.id), tally_sums(fresh, fair.id))
    return _kept_nowhere({**state, "accepted": taken.accepted, "refused": taken.refused})


@blueprint.post("")
@requires(*WRITERS)
def by_form(fair_id: str) -> ResponseReturnValue:
    """One tally, for a browser without scripts. Its id is the form's: sent twice, it is counted once."""
    fair = seen_fair(fair_id)
    amount = request.form.get("amount", "1")
    one = {
        "id": request.form.get("id", ""),
        "exhibitor": request.form.get("exhibitor", ""),
        "kind": request.form.get("kind", ""),
        "amount": int(amount) if amount.lstrip("-").isdecimal() and len(amount) < 5 else 0,
        "at": iso(current_exchange().store.clock()),
    }
    try:
        taken = _take(fair, [_counted(TalliesSchema().load({"tallies": [one]})["tallies"][0])])
    except ValidationError:
        flash("没有保存：请选择单位和项目，数量填 1 到 999。", "bad")
    except NotPossible as fault:
        flash(f"没有保存：{fault}", "bad")
    else:
        refused = "没有保存：进场人数是全场的，其余项目要选单位；名单里没有的单位请刷新页面再选。"
        told = ("已计数。", "message") if taken.accepted else (refused, "bad")
        flash(*told)
    return redirect(url_for("fair_day.page", fair_id=fair.id), 303)


def _take(fair: Fair, counted: list[Counted]) -> TakenIn:
    with current_exchange().store.write(own_account().name, fair.organisation) as transaction:
        return take_tallies(transaction, find_fair(transaction.session, fair.id), own_account().name, counted)


def _counted(given: dict[str, Any]) -> Counted:
    return Counted(given["id"], given["exhibitor"], given["kind"], given["amount"], given["at"])


def _state_of(fair: Fair, sums: dict[tuple[str, TallyKind], int]) -> dict[str, Any]:
    return {
        "countable": _is_counting(fair),
        "token": generate_csrf(),
        "sums": [{"exhibitor": exhibitor, "kind": kind, "sum": total} for (exhibitor, kind), total in sums.items()],
    }


def _is_counting(fair: Fair) -> bool:
    return is_counting(FairState(fair.state), fair.starts_at, current_exchange().store.clock())


def _kept_nowhere(body: dict[str, Any]) -> Response:
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response


def _fault(status: int, code: str, message: str, details: object = None) -> Response:
    response = jsonify({"error": {"code": code, "message": message, "details": details or {}}})
    response.status_code = status
    return response
