"""/bureau/fairs/<id>/exhibitors: who exhibits, at which booth, verified or not, with which postings.

In: one employer, a town's open postings, or a sheet whose faults are named by row. Out: the list. A sheet with a fault
adds nobody, so that it can be mended and sent again as a whole.
"""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exchange.fairs.sheet import RowFault, SheetReading, SheetRow, read_lines, read_sheet
from exchange.fairs.steps import is_editable
from exchange.fairs.words import FairState
from exchange.models import Fair
from exchange.schemas.content import content_from_json
from exchange.store.decisions import NotPossible
from exchange.store.fairs_exhibitors import (
    add_exhibitors,
    add_from_organisation,
    find_exhibitor,
    leave_out,
    remove_exhibitors,
    sheet_faults,
    verify_exhibitors,
)
from exchange.store.fairs_postings import brought_postings, exhibits_of
from exchange.store.standing import organisations_among
from exchange.store.transaction import Transaction
from exchange.views.bureau_access import READERS, WRITERS
from exchange.views.bureau_fairs_access import decide, may_change, own_fair, seen_fair
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.guard import own_account, private_page, requires

blueprint = Blueprint("bureau_fairs_exhibitors", __name__, url_prefix="/bureau/fairs/<string:fair_id>/exhibitors")
_HERE = "bureau_fairs_exhibitors.listing"
_FAULTS_SHOWN = 50


@blueprint.url_value_preprocessor
def _let_sheets_in(endpoint: str | None, values: object) -> None:
    """Before anything reads the form: other pages take small forms only."""
    if endpoint == "bureau_fairs_exhibitors.sheet":
        request.max_content_length = current_exchange().settings.upload_max_bytes


@blueprint.get("")
@requires(*READERS)
def listing(fair_id: str) -> ResponseReturnValue:
    return _page(seen_fair(fair_id))


@blueprint.post("/add")
@requires(*WRITERS)
def add(fair_id: str) -> ResponseReturnValue:
    """One employer, new or at another booth."""
    reading = read_lines(f'"{request.form.get("employer", "").replace(chr(34), "")}",{request.form.get("booth", "")}')
    if reading.faults:
        flash("没有保存：" + "".join(fault.words for fault in reading.faults), "bad")
        return redirect(url_for(_HERE, fair_id=own_fair(fair_id).id), 303)
    return decide(fair_id, lambda work, fair: _added(work, fair, reading.rows), _HERE)


@blueprint.post("/town")
@requires(*WRITERS)
def town(fair_id: str) -> ResponseReturnValue:
    """Every employer that an organisation has open postings of."""
    code = request.form.get("organisation", "")
    if code not in {one.code for one in organisations_among(session(), None)}:
        raise Refused(400, "organisation.unknown", "请选择单位", "请回到上一页，从列表里选。")

    def decision(transaction: Transaction, fair: Fair) -> str:
        added = add_from_organisation(transaction, fair, own_account().name, code)
        if not added:
            raise NotPossible("没有新的单位：都在名单里了，或没有在招的岗位。")
        return f"加入了 {added} 家单位，按空着的展位依次排好。"

    return decide(fair_id, decision, _HERE)


@blueprint.post("/sheet")
@requires(*WRITERS)
def sheet(fair_id: str) -> ResponseReturnValue:
    fair, file = own_fair(fair_id), request.files.get("file")
    if file is not None and file.filename:
        reading = read_sheet(file.stream.read())
    else:
        reading = read_lines(request.form.get("lines", ""))
    faults = [*reading.faults, *sheet_faults(session(), fair, reading.rows)]
    if faults:
        return _page(fair, reading, faults, 400)
    return decide(fair_id, lambda work, found: _added(work, found, reading.rows), _HERE)


@blueprint.post("/verify")
@requires(*WRITERS)
def verify(fair_id: str) -> ResponseReturnValue:
    def decision(transaction: Transaction, fair: Fair) -> str:
        return f"已核验 {verify_exhibitors(transaction, fair, own_account().name, _chosen())} 家单位。"

    return decide(fair_id, decision, _HERE)


@blueprint.post("/remove")
@requires(*WRITERS)
def remove(fair_id: str) -> ResponseReturnValue:
    def decision(transaction: Transaction, fair: Fair) -> str:
        return f"已移出 {remove_exhibitors(transaction, fair, own_account().name, _chosen())} 家单位。"

    return decide(fair_id, decision, _HERE)


@blueprint.get("/<string:exhibitor_id>")
@requires(*READERS)
def postings(fair_id: str, exhibitor_id: str) -> ResponseReturnValue:
    """The open postings of one exhibitor, ticked when it brings them."""
    fair = seen_fair(fair_id)
    exhibitor = find_exhibitor(session(), fair.id, exhibitor_id.upper())
    if exhibitor is None:
        raise Refused(404, "exhibitor.not_found", "名单里没有这家单位", "请从参会单位名单里打开。")
    rows = brought_postings(session(), fair.id, exhibitor, today())
    page = render_template(
        "bureau/fair_postings.html",
        fair=fair,
        exhibitor=exhibitor,
        rows=[(id, content_from_json(content), brought) for id, content, brought in rows],
        editable=is_editable(FairState(fair.state)) and may_change(fair),
    )
    return private_page(page)


@blueprint.post("/<string:exhibitor_id>")
@requires(*WRITERS)
def choose(fair_id: str, exhibitor_id: str) -> ResponseReturnValue:
    brought = request.form.getlist("posting")

    def decision(transaction: Transaction, fair: Fair) -> str:
        leave_out(transaction, fair, own_account().name, exhibitor_id.upper(), brought)
        return f"已保存：带来 {len(brought)} 个岗位。"

    return decide(fair_id, decision, _HERE)


def _added(transaction: Transaction, fair: Fair, rows: Sequence[SheetRow]) -> str:
    added, moved = add_exhibitors(transaction, fair, own_account().name, rows)
    return f"加入 {added} 家，换展位 {moved} 家，其余 {len(rows) - added - moved} 家没有变化。"


def _chosen() -> list[str]:
    chosen = request.form.getlist("exhibitor")
    if not chosen:
        raise NotPossible("还没有勾选单位。")
    return chosen


def _page(
    fair: Fair, reading: SheetReading | None = None, faults: Sequence[RowFault] = (), status: int = 200
) -> ResponseReturnValue:
    exhibits = exhibits_of(session(), fair.id, today())
    page = render_template(
        "bureau/fair_exhibitors.html",
        fair=fair,
        exhibits=exhibits,
        unverified=sum(one.exhibitor.verified_at is None for one in exhibits),
        editable=is_editable(FairState(fair.state)) and may_change(fair),
        organisations=[(one.code, one.name) for one in organisations_among(session(), None)],
        faults=sorted(faults, key=lambda fault: fault.row)[:_FAULTS_SHOWN],
        more_faults=max(0, len(faults) - _FAULTS_SHOWN),
        right=len(reading.rows) if reading else 0,
        lines=request.form.get("lines", ""),
    )
    return private_page(page, status)
