"""Looking (查重) for the postings of others that new rows of a batch are copies of.

In: a session, whose batch it is, the new rows, and a way to their contents. Out: position → `Match`. Exact identity
first; what is left is looked up by its keys, two indexed queries a slice, and only what shares one is read and judged.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

from sqlmodel import Session

from exchange.schemas.content import content_from_json
from exchange.store.similar import (
    Newcomer,
    OpenElsewhere,
    SharingOffer,
    find_open_elsewhere,
    find_sharing_job,
    find_sharing_wording,
    offer_contents,
    texts_of_employers,
)
from ingest.compare import Candidate
from ingest.duplicates.duties import duty_sentences
from ingest.duplicates.employers import employer_name, may_be_one
from ingest.duplicates.evidence import Side, side_of
from ingest.duplicates.matching import Match, Standing, choose
from ingest.duplicates.rules import rules
from ingest.duplicates.titles import title_name

Contents = Callable[[Sequence[int]], Mapping[int, dict[str, Any]]]  # positions → contents
_SAME = ("employer", "title", "place")


def find_elsewhere(
    session: Session, who: Newcomer, rows: Sequence[Candidate], contents: Contents
) -> dict[int, Match]:
    same = find_open_elsewhere(session, who, [row.identity_key for row in rows])
    matches = {row.position: _identical(same[row.identity_key]) for row in rows if row.identity_key in same}
    rest = [row for row in rows if row.position not in matches]
    taken = {match.posting_id for match in matches.values()}
    pairs = [
        (position, offer)
        for position, offer in _sharing(session, who, rest)
        if offer.posting_id not in taken
    ]
    if pairs:
        asked = sorted({position for position, _ in pairs})
        read = contents(asked)
        sides = {position: side_of(content_from_json(read[position])) for position in asked}
        standing = _standing(session, [offer for _, offer in pairs])
        matches.update(choose(sides, [(position, standing[offer.offer_id]) for position, offer in pairs]))
    return matches


def _identical(posting: OpenElsewhere) -> Match:
    reasons = tuple(rules().points[kind]["same"].because for kind in _SAME)
    return Match(posting.posting_id, posting.title, posting.employer, posting.organisation, reasons)


def _sharing(
    session: Session, who: Newcomer, rows: Sequence[Candidate]
) -> list[tuple[int, SharingOffer]]:
    """Rows and offers of one employer and trade; or of one trade, place and pay whose employers may be one."""
    by_job: dict[str, list[Candidate]] = defaultdict(list)
    by_wording: dict[str, list[Candidate]] = defaultdict(list)
    for row in rows:
        by_job[row.job_key].append(row)
        by_wording[row.wording_key].append(row)
    jobs = find_sharing_job(session, who, by_job)
    pairs = dict.fromkeys((row.position, offer._replace(key="")) for offer in jobs for row in by_job[offer.key])
    for offer in find_sharing_wording(session, who, by_wording):
        theirs = employer_name(offer.employer)
        for row in by_wording[offer.key]:
            if may_be_one(employer_name(row.employer), theirs):
                pairs[row.position, offer._replace(key="")] = None
    return list(pairs)


def _standing(session: Session, offers: Sequence[SharingOffer]) -> dict[str, Standing]:
    contents = offer_contents(session, [offer.offer_id for offer in offers])
    texts = texts_of_employers(session, [offer.employer_id for offer in offers])
    standing: dict[str, Standing] = {}
    for offer in offers:
        if offer.offer_id not in standing:
            side = side_of(content_from_json(contents[offer.offer_id]))
            shared = shared_sentences(side, texts.get(offer.employer_id, []))
            standing[offer.offer_id] = Standing(offer.posting_id, side, offer.organisation, shared)
    return standing


def shared_sentences(side: Side, texts: Sequence[tuple[str, str]]) -> Set[str]:
    """Sentences that stand under other trades of the same employer too (title, description)."""
    others = [text for title, text in texts if title_name(title).family != side.title.family]
    return frozenset(sentence for text in others for sentence in duty_sentences(text))
