"""Short decisions (裁定) that a person takes and any process may carry out, also while the worker is dead.

In: a transaction, a posting, offer or batch, and why. Out: changed rows and their events. What is held or withdrawn
is gone from every page at once, because pages ask the store; the index follows.
"""

from datetime import date

from sqlmodel import Session, col, select

from config.words import BatchState, Status, WithdrawalReason
from exchange.clock import local_day
from exchange.credits import credit_facts
from exchange.ledger import EventKind
from exchange.models import Batch, Offer, OfferState, Posting, Record, SourceRow
from exchange.schemas.content import content_from_json
from exchange.store.batches import find_batch
from exchange.store.lifecycle import end_offers
from exchange.store.lists import in_slices
from exchange.store.setup import pairing_on
from exchange.store.transaction import Transaction

_OVER = (OfferState.ENDED, OfferState.REFUSED)


class UnknownPosting(Exception):
    """No posting has this id."""


class NotPossible(Exception):
    """The decision does not fit the state of things. The message is Chinese, for the person who decides."""


class AlreadyThere(Exception):
    """The same thing was entered before, as by a second press of the button: nothing is stored. `id` is the first's."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id


def hold_posting(transaction: Transaction, posting_id: str, words: str) -> None:
    """待审: gone from every page until a reviewer has decided; its credit stays until then."""
    posting = _find(transaction.session, posting_id)
    if posting.status != Status.OPEN:
        raise NotPossible("这个岗位不在招，不用暂停。")
    offer = _shown_offer(transaction.session, posting)
    offer.state, posting.status = OfferState.HELD, Status.HELD
    transaction.session.add_all([offer, posting])
    transaction.record_event(EventKind.POSTING_HELD, {"status": Status.HELD, "words": words}, posting.id)


def release_posting(transaction: Transaction, posting_id: str, words: str) -> None:
    """放行: a reviewer lets just these words stand, and says why. A first publication earns its credit."""
    session = transaction.session
    posting = _find(session, posting_id)
    if posting.status != Status.HELD:
        raise NotPossible("这个岗位已经处理过了。")
    offer = _shown_offer(session, posting)
    content = content_from_json(offer.content)
    today = local_day(transaction.now)
    source = session.get(SourceRow, offer.source)
    cluster = pairing_on(session, today).get(content.division, "")
    status = Status.OPEN if offer.valid_through >= today else Status.EXPIRED
    offer.state = OfferState.LIVE if status is Status.OPEN else OfferState.ENDED
    posting.status = status
    if status is Status.OPEN and posting.published_at is None:
        posting.published_at = transaction.now
    session.add_all([offer, posting])
    counts = source is not None and source.counts
    facts = credit_facts(content, status, counts, cluster, offer.organisation, offer.source)
    body = {"status": status, "offer": offer.id, "words": words, "facts": facts}
    transaction.record_event(EventKind.POSTING_RELEASED, body, posting.id, offer.batch_id, offer.organisation)


def refuse_posting(transaction: Transaction, posting_id: str, words: str) -> None:
    """不予发布: the posting ends, and the same words will not be asked about again. A credit it had is taken back."""
    posting = _find(transaction.session, posting_id)
    if posting.status != Status.HELD:
        raise NotPossible("这个岗位已经处理过了。")
    offer = _shown_offer(transaction.session, posting)
    end_offers(
        transaction, [offer], EventKind.POSTING_WITHDRAWN, reason=WithdrawalReason.INVALID, words=words, refused=True
    )
    offer.state = OfferState.REFUSED
    transaction.session.add(offer)


def withdraw_posting(
    transaction: Transaction, posting_id: str, reason: WithdrawalReason, words: str = ""
) -> None:
    """撤回 with everyone who offers it; 无效, 虚假, 重复 and 误报 take its credit back."""
    session = transaction.session
    posting = _find(session, posting_id)
    if posting.status == Status.WITHDRAWN:
        raise NotPossible("这个岗位已经撤回了。")
    query = select(Offer).where(Offer.posting_id == posting_id, col(Offer.state).not_in(_OVER))
    offers = session.exec(query.order_by(col(Offer.id))).all()
    if offers:
        end_offers(transaction, offers, EventKind.POSTING_WITHDRAWN, reason=reason, words=words)
        return
    posting.status = Status.WITHDRAWN
    session.add(posting)
    body = {"status": Status.WITHDRAWN, "reason": reason, "words": words}
    transaction.record_event(EventKind.POSTING_WITHDRAWN, body, posting_id)


def withdraw_offer(transaction: Transaction, offer: Offer, reason: WithdrawalReason, words: str = "") -> None:
    """What one organisation offers is taken back; the posting stays where others offer it too."""
    end_offers(transaction, [offer], EventKind.POSTING_WITHDRAWN, reason=reason, words=words)


def withdraw_batch(transaction: Transaction, batch_id: str, reason: WithdrawalReason, words: str = "") -> int:
    """撤回整批: every offer that this batch brought. Returns how many postings ended or lost an offer."""
    session = transaction.session
    batch = find_batch(session, batch_id)
    if batch.state != BatchState.DONE or batch.withdrawn_at is not None:
        raise NotPossible("这一批还没有发布，或已经撤回。")
    offers = brought_offers(session, batch)
    end_offers(transaction, offers, EventKind.POSTING_WITHDRAWN, batch.id, reason=reason, words=words)
    batch.withdrawn_at = transaction.now
    session.add(batch)
    body = {"reason": reason, "words": words, "offers": len(offers)}
    transaction.record_event(EventKind.BATCH_WITHDRAWN, body, None, batch.id, batch.organisation)
    return len(offers)


def brought_offers(session: Session, batch: Batch) -> list[Offer]:
    """Offers that stand since this batch: it made them, and no withdrawal or end has come since."""
    wanted = select(Record.offer_id).where(
        Record.batch_id == batch.id, col(Record.decision).in_(["create", "join"]), col(Record.offer_id).is_not(None)
    )
    ids = [id for id in session.exec(wanted) if id]
    found: list[Offer] = []
    for some in in_slices(sorted(ids)):
        query = select(Offer).where(col(Offer.id).in_(some), col(Offer.state).not_in(_OVER))
        found += session.exec(query.order_by(col(Offer.id)))
    return found


def close_offer(transaction: Transaction, offer: Offer) -> None:
    """招满: the organisation says it is over; the credit stays."""
    end_offers(transaction, [offer], EventKind.POSTING_CLOSED)


def extend_offer(transaction: Transaction, offer: Offer, until: date) -> None:
    """延期: a later last day, stated by a person from now on."""
    if offer.origin:
        raise NotPossible("这个岗位由互通的平台提供，要由对方延期。")
    if offer.state != OfferState.LIVE or until <= offer.valid_through:
        raise NotPossible("只有在招的岗位可以延期，新的截止日期要晚于原来的日期。")
    session = transaction.session
    offer.valid_through, offer.valid_through_is_default = until, False
    session.add(offer)
    posting = _find(session, offer.posting_id)
    shown = posting.primary_offer == offer.id
    if shown:
        posting.valid_through, posting.valid_through_is_default = until, False
        session.add(posting)
    body = {"status": posting.status, "offer": offer.id, "valid_through": until.isoformat()}
    kind = EventKind.POSTING_UPDATED if shown else EventKind.OFFER_UPDATED
    transaction.record_event(kind, body, posting.id, None, offer.organisation)


def own_offer(session: Session, posting_id: str, organisation: str) -> Offer:
    """The offer by which this organisation stands behind the posting. Raises UnknownPosting if it does not."""
    query = select(Offer).where(
        Offer.posting_id == posting_id, Offer.organisation == organisation, col(Offer.state).not_in(_OVER)
    )
    offer = session.exec(query.order_by(col(Offer.origin), col(Offer.id))).first()
    if offer is None:
        raise UnknownPosting(posting_id)
    return offer


def _find(session: Session, posting_id: str) -> Posting:
    posting = session.get(Posting, posting_id)
    if posting is None:
        raise UnknownPosting(posting_id)
    return posting


def _shown_offer(session: Session, posting: Posting) -> Offer:
    offer = session.get(Offer, posting.primary_offer)
    if offer is None:
        raise UnknownPosting(posting.id)
    return offer
