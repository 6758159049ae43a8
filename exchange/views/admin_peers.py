"""/admin/peers: how we stand with other exchanges (互通平台), for the office and the administrator.

In: nothing. Out: of each peer, what was sent and received, what became of it, and whether the last comparison agreed.
"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from config.words import Role
from exchange.models import PeerSide, Receipt
from exchange.store.peers_listing import peer_standings
from exchange.views.current import current_exchange, session
from exchange.views.guard import private_page, requires

blueprint = Blueprint("admin_peers", __name__, url_prefix="/admin/peers")
_SIDES = {PeerSide.SENT: "我们发出的", PeerSide.RECEIVED: "我们收到的"}
_OUTCOMES = {
    Receipt.ACCEPTED: "接收",
    Receipt.REFUSED: "退回",
    Receipt.PENDING: "待审",
    Receipt.OWN: "退还原主",
    Receipt.WAITING: "等回执",
}
_DIFFERENCES = {"missing": "缺少", "extra": "多出", "differs": "内容不同"}


@blueprint.get("")
@requires(Role.OFFICE, Role.ADMIN)
def listing() -> ResponseReturnValue:
    page = render_template(
        "admin/peers.html",
        peers=peer_standings(session()),
        exchange_id=current_exchange().settings.exchange_id,
        sides=_SIDES,
        outcome_words=_OUTCOMES,
        difference_words=_DIFFERENCES,
    )
    return private_page(page)
