"""The steps of a fair: check, publish, held, report, cancel. Each is one transaction, an event and a new revision.

In: a transaction and the fair as it was seen. Out: the fair in its next state, or NotPossible in Chinese.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from exchange.clock import local_day
from exchange.fairs.missing import Exhibiting, Missing, Readiness, missing_for_check, missing_for_publishing
from exchange.fairs.results import Result
from exchange.fairs.steps import may_follow
from exchange.fairs.words import DocumentKind, FairState
from exchange.ledger import EventKind
from exchange.models import Exhibitor, Fair, FairDocument, FairResult
from exchange.store.decisions import NotPossible
from exchange.store.fairs import duty_of, move
from exchange.store.fairs_postings import figures_of, link_employers
from exchange.store.transaction import Transaction


def readiness_of(session: Session, fair: Fair, now: datetime) -> Readiness:
    kinds = session.exec(select(FairDocument.kind).where(FairDocument.fair_id == fair.id))
    exhibitors = session.exec(select(Exhibitor).where(Exhibitor.fair_id == fair.id).order_by(col(Exhibitor.booth)))
    return Readiness(
        documents={DocumentKind(kind) for kind in kinds},
        exhibitors=[Exhibiting(one.name, one.booth, one.verified_at is not None) for one in exhibitors],
        online=fair.online,
        starts_at=fair.starts_at,
        now=now,
        duty=duty_of(fair),
        licence_number=fair.licence_number,
    )


def check_fair(transaction: Transaction, fair: Fair, actor: str) -> None:
    """核对: by another account than the one that planned or last changed it."""
    _must_follow(fair, FairState.CHECKED)
    if actor == fair.planned_by:
        raise NotPossible("填报和核对要由两个人来做：请换一个账号（上级人社部门或指挥部办公室也可以）核对。")
    _must_have(missing_for_check(readiness_of(transaction.session, fair, transaction.now)))
    move(transaction, fair, FairState.CHECKED, EventKind.FAIR_CHECKED)


def publish_fair(transaction: Transaction, fair: Fair) -> None:
    _must_follow(fair, FairState.PUBLISHED)
    _must_have(missing_for_publishing(readiness_of(transaction.session, fair, transaction.now)))
    link_employers(transaction.session, fair.id)
    fair.published_at = transaction.now
    move(transaction, fair, FairState.PUBLISHED, EventKind.FAIR_PUBLISHED)


def hold_fair(transaction: Transaction, fair: Fair) -> None:
    """已举办: from its first day on. How many employers and postings it had is kept, for postings end."""
    _must_follow(fair, FairState.HELD)
    if fair.starts_at > transaction.now:
        raise NotPossible("还没有到举办时间。")
    found = figures_of(transaction.session, [fair.id], local_day(transaction.now))[fair.id]
    fair.employers_held, fair.postings_held, fair.openings_held = found.employers, found.postings, found.openings
    facts = {"employers": found.employers, "postings": found.postings, "openings": found.openings}
    move(transaction, fair, FairState.HELD, EventKind.FAIR_HELD, **facts)


def report_fair(transaction: Transaction, fair: Fair, results: Sequence[Result]) -> None:
    """已总结: the figures with their evidence. The caller has checked the figures."""
    _must_follow(fair, FairState.REPORTED)
    query = select(FairDocument).where(FairDocument.fair_id == fair.id).order_by(col(FairDocument.digest))
    evidence = [one.digest for one in transaction.session.exec(query) if DocumentKind(one.kind).is_evidence]
    if not evidence:
        raise NotPossible("请先上传现场照片，或签到表、签章的总结。")
    for result in results:
        row = FairResult(
            fair_id=fair.id,
            kind=result.kind,
            counted=result.counted,
            reported=result.reported,
            reason=result.reason,
        )
        transaction.session.add(row)
    figures = {str(one.kind): {"counted": one.counted, "reported": one.reported} for one in results}
    reasons = sorted({one.reason for one in results if one.reason})
    facts = {"results": figures, "reasons": reasons, "evidence": evidence}
    move(transaction, fair, FairState.REPORTED, EventKind.FAIR_REPORTED, **facts)


def cancel_fair(transaction: Transaction, fair: Fair, reason: str) -> None:
    """取消: it no longer counts, and whoever has it in a calendar is told."""
    _must_follow(fair, FairState.CANCELLED)
    fair.reason = reason
    move(transaction, fair, FairState.CANCELLED, EventKind.FAIR_CANCELLED, words=reason)


def _must_follow(fair: Fair, wanted: FairState) -> None:
    if not may_follow(FairState(fair.state), wanted):
        if fair.state == wanted:
            raise NotPossible(f"这场对接会已经是“{wanted.word}”了，不用再做一次。")
        raise NotPossible(f"这场对接会现在是“{FairState(fair.state).word}”，不能变成“{wanted.word}”。")


def _must_have(missing: list[Missing]) -> None:
    if missing:
        raise NotPossible("还缺：" + "".join(one.words for one in missing))
