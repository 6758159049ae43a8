"""QR codes of a fair, of one of its booths, and of a posting.

In: ids. Out: SVG. They are for everybody once a fair is published; those who organise it see them before.
"""

from flask import Blueprint, Response, url_for

from exchange.documents.qr import qr_svg
from exchange.models import Fair
from exchange.store.fairs_exhibitors import find_exhibitor
from exchange.views.bureau_fairs_access import seen_fair
from exchange.views.current import session
from exchange.views.errors import Refused
from exchange.views.fairs_shown import public_fair
from exchange.views.guard import current_account
from exchange.views.lookup import public_posting

blueprint = Blueprint("fairs_print", __name__)


@blueprint.get("/fairs/<string:fair_id>/qr.svg")
def fair_code(fair_id: str) -> Response:
    fair = printable_fair(fair_id)
    return _svg(url_for("fairs.show", fair_id=fair.id, _external=True), fair.name)


@blueprint.get("/fairs/<string:fair_id>/employers/<string:exhibitor_id>/qr.svg")
def booth_code(fair_id: str, exhibitor_id: str) -> Response:
    fair = printable_fair(fair_id)
    exhibitor = find_exhibitor(session(), fair.id, exhibitor_id.upper())
    if exhibitor is None:
        raise Refused(404, "exhibitor.not_found", "这场对接会没有这家单位", "请从对接会页面的参会单位里打开。")
    address = url_for("fairs.employer", fair_id=fair.id, exhibitor_id=exhibitor.id, _external=True)
    return _svg(address, f"{exhibitor.booth} {exhibitor.name}")


@blueprint.get("/postings/<string:posting_id>/qr.svg")
def posting_code(posting_id: str) -> Response:
    view = public_posting(posting_id)
    return _svg(url_for("posting.show", posting_id=view.id, _external=True), view.content.title)


def printable_fair(fair_id: str) -> Fair:
    """A published one, or one that the account may see."""
    try:
        return public_fair(fair_id)
    except Refused:
        if current_account() is None:
            raise
        return seen_fair(fair_id)


def _svg(address: str, title: str) -> Response:
    response = Response(qr_svg(address, title), mimetype="image/svg+xml")
    response.add_etag()
    return response
