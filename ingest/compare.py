"""Comparing (比对): what each record of a batch is, set beside what the store already has.

In: the records of one batch in file order, the offers of the same source and organisation, and a way to find who
else offers the same jobs. Out: one `Decision` a record. Pure: knows no database, so the preview, the dry run
and the publication decide alike.

A record is matched to an offer of its own source and organisation (1) by its reference or platform number,
(2) by exact content, (3) one to one by employer, title and division among what is left. Pay is never part
of identity, so a corrected pay is an update.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from config.words import Outcome, Status
from exchange.models import OfferState
from ingest.duplicates.matching import Match


class Action(StrEnum):
    """What publishing does with a record."""

    CREATE = "create"
    JOIN = "join"  # one more offer of a posting that is there
    UPDATE = "update"
    HOLD = "hold"
    REOPEN = "reopen"
    KEEP = "keep"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Candidate:
    position: int
    sheet: str | None
    row: int
    reference: str
    platform_id: str
    identity_key: str
    content_hash: str
    rejected: bool
    breached: bool  # an open compliance error
    past: bool  # stated validity over
    employer: str = ""
    job_key: str = ""
    wording_key: str = ""

    @property
    def place(self) -> str:
        return f"row:{self.sheet or ''}!{self.row}"


@dataclass(frozen=True, slots=True)
class KnownOffer:
    """An offer of the same source and organisation."""

    id: str
    posting_id: str
    reference: str
    identity_key: str
    content_hash: str
    state: str
    joined: bool
    status: str = Status.OPEN  # of its posting
    match: Match | None = None  # why it was joined


@dataclass(frozen=True, slots=True)
class Decision:
    position: int
    outcome: Outcome
    action: Action
    posting_id: str | None = None  # None: publishing makes a new one
    offer_id: str | None = None
    duplicate_of: str = ""  # posting id, or row:<sheet>!<row>
    match: Match | None = None  # of a posting: what it is and why this is a copy of it


# (new rows, own offers that they leave) → position → the open posting of others that the row is a copy of, each once
FindElsewhere = Callable[[Sequence[Candidate], Sequence[str]], Mapping[int, Match]]


def decide(
    candidates: Sequence[Candidate],
    own: Iterable[KnownOffer],
    find_elsewhere: FindElsewhere,
    *,
    by_origin: bool = False,
) -> list[Decision]:
    """One decision a candidate, in their order. `by_origin`: of a peer, whose references are the identity alone."""
    twins = _meetings(candidates, by_origin)
    matched = _match([c for c in candidates if not c.rejected and c.position not in twins], list(own), by_origin)
    elsewhere = _find_elsewhere(candidates, twins, matched, find_elsewhere)
    decisions = []
    for candidate in candidates:
        if candidate.rejected:
            decision = Decision(candidate.position, Outcome.REJECTED, Action.NOTHING)
        elif twin := twins.get(candidate.position):
            decision = Decision(candidate.position, Outcome.DUPLICATE, Action.NOTHING, duplicate_of=twin.place)
        elif offer := matched.get(candidate.position):
            decision = _known(candidate, offer, elsewhere)
        else:
            decision = _new(candidate, None, elsewhere)
        decisions.append(decision)
    return decisions


def _meetings(candidates: Iterable[Candidate], by_origin: bool) -> dict[int, Candidate]:
    """Position of a later row → the earlier row of this batch that it repeats.

    A held row and a lawful one do not meet: the lawful one must not wait for the reviewer.
    """
    first: dict[tuple[str, str, bool], Candidate] = {}
    later: dict[int, Candidate] = {}
    for candidate in candidates:
        if candidate.rejected:
            continue
        keys = [] if by_origin else [("identity", candidate.identity_key, candidate.breached)]
        if candidate.reference:
            keys.append(("reference", candidate.reference, False))
        twin = next((first[key] for key in keys if key in first), None)
        if twin is not None:
            later[candidate.position] = twin
        else:
            first.update(dict.fromkeys(keys, candidate))
    return later


def _match(
    candidates: Sequence[Candidate], offers: Sequence[KnownOffer], by_origin: bool
) -> dict[int, KnownOffer]:
    """Position → offer, each offer once; a lawful row chooses before a held one, a live offer is chosen first."""
    matched: dict[int, KnownOffer] = {}
    taken: set[str] = set()
    lawful_first = sorted(candidates, key=lambda c: (c.breached, c.position))
    steps: tuple[tuple[Callable[[Candidate], str], Callable[[KnownOffer], str]], ...] = (
        (lambda c: c.platform_id, lambda o: o.posting_id),
        (lambda c: c.reference, lambda o: o.reference),
        (lambda c: c.content_hash, lambda o: o.content_hash),
        (lambda c: c.identity_key, lambda o: o.identity_key),
    )
    for wanted, held in steps[1:2] if by_origin else steps:
        pool: dict[str, list[KnownOffer]] = defaultdict(list)
        for offer in offers:
            if offer.id not in taken and held(offer):
                pool[held(offer)].append(offer)
        for candidate in lawful_first:
            choices = [o for o in pool.get(wanted(candidate), ()) if o.id not in taken] if wanted(candidate) else []
            if candidate.position in matched or not choices:
                continue
            offer = min(choices, key=lambda o: _preference(candidate, o))
            matched[candidate.position] = offer
            taken.add(offer.id)
    return matched


def _preference(candidate: Candidate, offer: KnownOffer) -> tuple[int, str]:
    wanted = OfferState.HELD if candidate.breached else OfferState.LIVE
    return (0 if offer.state == wanted else 2 if offer.state in {OfferState.ENDED, OfferState.REFUSED} else 1, offer.id)


def _find_elsewhere(
    candidates: Sequence[Candidate], twins: Container[int], matched: Mapping[int, KnownOffer], find: FindElsewhere
) -> Mapping[int, Match]:
    """Asked for new and lawful rows only. A posting behind which another row of this batch stands is not joined."""
    lawful = [c for c in candidates if not c.rejected and not c.breached and c.position not in twins]
    new = [c for c in lawful if c.position not in matched or _has_become_another(c, matched[c.position])]
    asked = {candidate.position for candidate in new}
    leaving = [offer.id for position, offer in matched.items() if position in asked]
    kept = {offer.posting_id for position, offer in matched.items() if position not in asked}
    found = find(new, leaving) if new else {}
    return {position: match for position, match in found.items() if match.posting_id not in kept}


def _has_become_another(candidate: Candidate, offer: KnownOffer) -> bool:
    """It is a copy of someone else's job, and its own words have become others."""
    return offer.joined and candidate.identity_key != offer.identity_key


def _known(candidate: Candidate, offer: KnownOffer, elsewhere: Mapping[int, Match]) -> Decision:
    same = candidate.content_hash == offer.content_hash
    found = elsewhere.get(candidate.position)
    if _has_become_another(candidate, offer) and not (found and found.posting_id == offer.posting_id):
        return _new(candidate, offer.id, elsewhere)
    if offer.state == OfferState.REFUSED and same and candidate.breached:
        outcome, action = Outcome.HELD, Action.NOTHING  # refused for just these words: it keeps its word
    elif offer.state in {OfferState.ENDED, OfferState.REFUSED}:
        outcome, action = _returned(candidate, offer, same)
    elif offer.state == OfferState.HELD and candidate.breached:
        outcome, action = Outcome.HELD, Action.KEEP if same else Action.HOLD
    elif same and offer.state == OfferState.LIVE:
        # Also when it is breached: a reviewer has released just these words.
        outcome, action = Outcome.DUPLICATE if offer.joined else Outcome.UNCHANGED, Action.KEEP
    elif candidate.breached:
        outcome, action = Outcome.HELD, Action.HOLD
    else:
        outcome, action = Outcome.DUPLICATE if offer.joined else Outcome.UPDATED, Action.UPDATE
    told = offer.posting_id if outcome is Outcome.DUPLICATE else ""
    return Decision(
        candidate.position, outcome, action, offer.posting_id, offer.id, told, offer.match if told else None
    )


def _returned(candidate: Candidate, offer: KnownOffer, same: bool) -> tuple[Outcome, Action]:
    if same and (candidate.past or offer.status == Status.WITHDRAWN):
        return Outcome.UNCHANGED, Action.NOTHING  # the old words again: it is over, as it was
    return (Outcome.HELD, Action.HOLD) if candidate.breached else (Outcome.UPDATED, Action.REOPEN)


def _new(candidate: Candidate, offer_id: str | None, elsewhere: Mapping[int, Match]) -> Decision:
    match = elsewhere.get(candidate.position)
    if candidate.breached:
        return Decision(candidate.position, Outcome.HELD, Action.CREATE, None, offer_id)
    if match is not None:
        posting = match.posting_id
        return Decision(candidate.position, Outcome.DUPLICATE, Action.JOIN, posting, offer_id, posting, match)
    return Decision(candidate.position, Outcome.CREATED, Action.CREATE, None, offer_id)
