"""Publishing a batch: what was decided about its records becomes offers, postings, events and credits.

In: a batch whose records carry decisions. Out: short transactions of some records each, in which posting,
offer, event and credit are written together or not at all, and the records marked as settled. Called again
after a kill, it goes on with the records that are not settled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import col, select

from config.words import Outcome, Status
from exchange.clock import local_day
from exchange.content import Content
from exchange.credits import credit_facts
from exchange.identifiers import derived_id
from exchange.ledger import EventKind, digest
from exchange.models import Batch, ContactRow, Employer, Offer, OfferState, Posting, Record
from exchange.schemas.content import content_from_json
from exchange.store.batches import DueRecord
from exchange.store.lifecycle import end_offers, show_offer
from exchange.store.lists import in_slices
from exchange.store.setup import pairing_on
from exchange.store.transaction import Transaction

HOLD = "hold"
_WORDING = {"create", "join", "update", HOLD, "reopen"}  # decisions that word an offer
_ENDED = {Status.CLOSED, Status.EXPIRED, Status.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class PublishingRules:
    counts: bool  # may this source's postings be credited
    validity_days: int
    origin: str = ""  # the peer all of it comes from


def publish_records(
    transaction: Transaction, batch: Batch, records: Sequence[DueRecord], rules: PublishingRules
) -> None:
    """Carry out the decisions of these records, in their order."""
    if not records:
        return
    chunk = _Chunk(transaction, batch, rules)
    chunk.load(records)
    for record in records:
        chunk.carry_out(record)
    chunk.write(records)


class _Chunk:
    """The rows that one transaction reads and writes, gathered so that they go in bulk."""

    def __init__(self, transaction: Transaction, batch: Batch, rules: PublishingRules) -> None:
        self.transaction = transaction
        self.session = transaction.session
        self.batch = batch
        self.rules = rules
        self.today = local_day(transaction.now)
        self.pairing = pairing_on(self.session, self.today)
        self.offers: dict[str, Offer] = {}
        self.postings: dict[str, Posting] = {}
        self.contacts: dict[str, ContactRow] = {}
        self.over: list[Offer] = []  # worded anew, with a validity that is past
        self.new: dict[Any, list[dict[str, Any]]] = {Employer: [], Posting: [], Offer: [], ContactRow: []}

    def load(self, records: Sequence[DueRecord]) -> None:
        for some in in_slices(r.offer_id for r in records if r.offer_id):
            self.offers.update({o.id: o for o in self.session.exec(select(Offer).where(col(Offer.id).in_(some)))})
            contacts = self.session.exec(select(ContactRow).where(col(ContactRow.offer_id).in_(some)))
            self.contacts.update({c.offer_id: c for c in contacts})
        for some in in_slices(r.posting_id for r in records if r.posting_id):
            found = self.session.exec(select(Posting).where(col(Posting.id).in_(some)))
            self.postings.update({p.id: p for p in found})
        self._load_employers(records)

    def _load_employers(self, records: Sequence[DueRecord]) -> None:
        wanted = {r.employer_key: r for r in reversed(records) if r.decision in _WORDING}
        known: set[str] = set()
        for some in in_slices(sorted(wanted)):
            known.update(self.session.exec(select(Employer.key).where(col(Employer.key).in_(some))))
        for key, record in wanted.items():
            if key not in known:
                uscc = record.content.get("uscc", "")
                self.new[Employer].append({"id": employer_id(key), "key": key, "name": record.employer, "uscc": uscc})

    def carry_out(self, record: DueRecord) -> None:
        match record.decision:
            case "create":
                self._create(record)
            case "join":
                self._join(record)
            case "update" | "hold" | "reopen":
                self._change(record)

    def write(self, records: Sequence[DueRecord]) -> None:
        for model, rows in self.new.items():
            if rows:
                self.session.connection().execute(insert(model.__table__), rows)
        table = Record.__table__  # type: ignore[attr-defined]
        self.session.connection().execute(
            update(table)
            .where(table.c.batch_id == self.batch.id, table.c.position == bindparam("at_position"))
            .values(
                settled=True, content=None, contact=None, posting_id=bindparam("posting"), offer_id=bindparam("offer")
            ),
            [{"at_position": r.position, "posting": r.posting_id, "offer": r.offer_id} for r in records],
        )
        self.session.flush()
        end_offers(self.transaction, self.over, EventKind.POSTING_EXPIRED, self.batch.id)

    def _create(self, record: DueRecord) -> None:
        content = content_from_json(record.content)
        posting_id = derived_id("posting", self.batch.id, record.position)
        valid, is_default = self._validity(content)
        status = Status.HELD if record.breached else Status.EXPIRED if valid < self.today else Status.OPEN
        state = {Status.HELD: OfferState.HELD, Status.OPEN: OfferState.LIVE}.get(status, OfferState.ENDED)
        offer_id = self._put_offer(record, posting_id, content, state, joined=False)
        self.new[Posting].append(
            {
                "id": posting_id,
                "employer_id": employer_id(record.employer_key),
                "identity_key": record.identity_key,
                "status": status,
                "primary_offer": offer_id,
                "division": content.division,
                "published_at": self.transaction.now if status is Status.OPEN else None,
                "last_confirmed_on": self.today,
                "valid_through": valid,
                "valid_through_is_default": is_default,
                "sequence": 0,
                "shared": not self.rules.origin,
            }
        )
        record.posting_id, record.offer_id = posting_id, offer_id
        self._note(EventKind.POSTING_CREATED, record, status, self._facts(content, status))

    def _join(self, record: DueRecord) -> None:
        content = content_from_json(record.content)
        posting = self.postings[record.posting_id or ""]
        if posting.status != Status.OPEN:
            self._create(record)  # a person ended that posting after the comparison
            return
        record.offer_id = self._put_offer(record, posting.id, content, OfferState.LIVE, joined=True)
        if not self.rules.origin and not posting.shared:
            posting.shared = True
            self.session.add(posting)
        facts = self._facts(content, Status(posting.status)) | {"reason": Outcome.DUPLICATE}
        self._note(EventKind.OFFER_ADDED, record, Status(posting.status), facts)

    def _put_offer(self, record: DueRecord, posting_id: str, content: Content, state: OfferState, joined: bool) -> str:
        valid, is_default = self._validity(content)
        known = self.offers.get(record.offer_id or "")
        if known is not None:  # it was a copy of another posting and has become this one
            known.posting_id, known.joined = posting_id, joined
            known.joined_because, known.objection = record.joined_because if joined else None, ""
            self._word(known, record, state)
            return known.id
        offer_id = derived_id("offer", self.batch.id, record.position)
        self.new[Offer].append(
            {
                "id": offer_id,
                "posting_id": posting_id,
                "source": self.batch.source,
                "organisation": self.batch.organisation,
                "reference": record.reference,
                "origin": self.rules.origin,
                "employer_id": employer_id(record.employer_key),
                "identity_key": record.identity_key,
                "content_hash": record.content_hash,
                "job_key": record.job_key,
                "wording_key": record.wording_key,
                "content": record.content,
                "state": state,
                "joined": joined,
                "joined_because": record.joined_because if joined else None,
                "batch_id": self.batch.id,
                "started_on": self.today,
                "last_confirmed_on": self.today,
                "valid_through": valid,
                "valid_through_is_default": is_default,
            }
        )
        if record.contact and any(record.contact.values()):
            self.new[ContactRow].append({"offer_id": offer_id, **record.contact})
        return offer_id

    def _change(self, record: DueRecord) -> None:
        """A known offer says something else, has come back, or must be held."""
        content = content_from_json(record.content)
        offer, posting = self.offers[record.offer_id or ""], self.postings[record.posting_id or ""]
        held = record.decision == HOLD
        self._word(offer, record, OfferState.HELD if held else OfferState.LIVE)
        if offer.valid_through < self.today and not held:
            self.over.append(offer)
        reopened = posting.status in _ENDED
        if not reopened and posting.primary_offer != offer.id:
            self._note(EventKind.OFFER_UPDATED, record, Status(posting.status))
            return
        status = Status.HELD if held else Status.OPEN
        show_offer(self.transaction, posting, offer, status)
        kind = EventKind.POSTING_REOPENED if reopened else EventKind.POSTING_UPDATED
        facts = self._facts(content, Status.EXPIRED if offer in self.over else status)
        self._note(EventKind.POSTING_HELD if held else kind, record, status, facts)

    def _word(self, offer: Offer, record: DueRecord, state: OfferState) -> None:
        """Let a known offer say what the record says."""
        offer.reference = record.reference or offer.reference
        offer.employer_id, offer.identity_key = employer_id(record.employer_key), record.identity_key
        offer.content, offer.content_hash = record.content, record.content_hash
        offer.job_key, offer.wording_key = record.job_key, record.wording_key
        offer.state, offer.batch_id, offer.last_confirmed_on = state, self.batch.id, self.today
        valid, is_default = self._validity(content_from_json(offer.content))
        offer.valid_through, offer.valid_through_is_default = valid, is_default
        row = self.contacts.get(offer.id) or ContactRow(offer_id=offer.id)
        contact = record.contact or {}
        row.person, row.phone = contact.get("person", ""), contact.get("phone", "")
        self.session.add_all([offer, row])

    def _validity(self, content: Content) -> tuple[date, bool]:
        """(last day, is the default): as stated, or so many days from today."""
        if content.valid_through is not None:
            return content.valid_through, False
        return self.today + timedelta(days=self.rules.validity_days), True

    def _facts(self, content: Content, status: Status) -> dict[str, Any]:
        cluster = self.pairing.get(content.division, "")
        return credit_facts(content, status, self.rules.counts, cluster, self.batch.organisation, self.batch.source)

    def _note(self, kind: EventKind, record: DueRecord, status: Status, facts: dict[str, Any] | None = None) -> None:
        salary = record.content["salary"]
        said = digest(record.content, (salary["original_min"], salary["original_max"]))
        body: dict[str, Any] = {"status": status, "offer": record.offer_id, "content": said}
        if facts is not None:
            body["facts"] = facts
        self.transaction.record_event(kind, body, record.posting_id, self.batch.id, self.batch.organisation)


@lru_cache(4096)
def employer_id(key: str) -> str:
    return derived_id("employer", key)
