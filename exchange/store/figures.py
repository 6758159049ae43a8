"""Figures (登记数) that a person records with evidence: fairs, meetings, funds, and years before the platform.

In: a transaction and the figure. Out: a row and its event; sums by commitment and member, now or as of a past event.
Nothing is edited: a correction is a further, signed row that names what it corrects and why.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from config.divisions import DONGGUAN, find_division
from config.targets import Commitment, Scope
from exchange.clock import local_day
from exchange.evidence import MOST_FILES, Evidence
from exchange.identifiers import random_id
from exchange.ledger import EventKind
from exchange.models import ClusterRow, Figure, LedgerPage
from exchange.store.decisions import NotPossible
from exchange.store.promised import find_commitment, promises_at
from exchange.store.transaction import Transaction

Amounts = Mapping[tuple[str, str], int]  # (commitment, member) → amount; member "" is all together


def record_figure(
    transaction: Transaction,
    commitment: str,
    year: int,
    amount: int,
    day: date,
    words: str,
    *,
    actor: str,
    organisation: str,
    member: str = "",
    evidence: Sequence[Evidence] = (),
) -> Figure:
    """Record what was done on a day. The files are kept already. Raises NotPossible."""
    promised = find_commitment(transaction.session, commitment, year)
    if promised is None:
        raise NotPossible(f"{year} 年没有登记任务 {commitment}。")
    if amount < 1:
        raise NotPossible("数量应为正整数；要改正已登记的数，请用“更正”。")
    if not 1 <= len(evidence) <= MOST_FILES:
        raise NotPossible(f"请附 1 到 {MOST_FILES} 份佐证材料。")
    _check_day(transaction, promised, day)
    _check_member(transaction.session, promised, member)
    return _write(
        transaction, commitment=commitment, year=year, member=member, amount=amount, day=day, words=words,
        evidence=evidence, corrects=None, actor=actor, organisation=organisation,
    )  # fmt: skip


def correct_figure(
    transaction: Transaction,
    figure_id: str,
    amount: int,
    words: str,
    *,
    actor: str,
    organisation: str,
    evidence: Sequence[Evidence] = (),
) -> Figure:
    """更正: `amount` is what the figure should have been (0: it should not be there); the difference is a new row.
    Raises NotPossible."""
    session = transaction.session
    first = session.get(Figure, figure_id)
    if first is None or first.corrects is not None:
        raise NotPossible("没有这个登记数。")
    held = _standing_amount(session, first)
    if amount < 0 or amount == held:
        raise NotPossible("更正后的数量应为零或正整数，并与现在的不同。")
    if len(evidence) > MOST_FILES:
        raise NotPossible(f"最多附 {MOST_FILES} 份佐证材料。")
    return _write(
        transaction, commitment=first.commitment, year=first.year, member=first.member, amount=amount - held,
        day=first.day, words=words, evidence=evidence, corrects=first.id, actor=actor, organisation=organisation,
    )  # fmt: skip


def _write(transaction: Transaction, *, words: str, evidence: Iterable[Evidence], **facts: Any) -> Figure:
    if not words.strip():
        raise NotPossible("请写明是什么、为什么。")
    files = [one.plain() for one in evidence]
    figure = Figure(
        id=random_id(), words=words.strip(), evidence=files, recorded_at=transaction.now, **facts
    )  # fmt: skip
    transaction.session.add(figure)
    transaction.record_event(
        EventKind.FIGURE_RECORDED, figure_facts(figure), organisation=figure.organisation
    )  # fmt: skip
    return figure


def figure_facts(figure: Figure) -> dict[str, Any]:
    """What the event says, and `verify` compares: of files only what they are, their names may be personal."""
    return {
        "id": figure.id,
        "commitment": figure.commitment,
        "year": figure.year,
        "member": figure.member,
        "amount": figure.amount,
        "day": figure.day.isoformat(),
        "words": figure.words,
        "corrects": figure.corrects,
        "actor": figure.actor,
        "organisation": figure.organisation,
        "evidence": [{key: file[key] for key in ("digest", "type", "bytes")} for file in figure.evidence],
    }


def amounts(session: Session, year: int, sequence: int | None = None) -> Amounts:
    """Sums of what was recorded for a year, as it stands or stood at that sequence."""
    if sequence is None:
        key = (col(Figure.commitment), col(Figure.member))
        query = sql_select(*key, func.sum(col(Figure.amount))).where(col(Figure.year) == year).group_by(*key)
        return {(code, member): int(amount) for code, member, amount in session.connection().execute(query)}
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for figure in promises_at(session, sequence).figures.values():
        if figure["year"] == year:
            sums[figure["commitment"], figure["member"]] += figure["amount"]
    return dict(sums)


def figures_of(session: Session, commitment: str, year: int, member: str | None = None) -> list[Figure]:
    """The latest first, corrections among them."""
    query = select(Figure).where(Figure.commitment == commitment, Figure.year == year)
    if member is not None:
        query = query.where(Figure.member == member)
    return list(session.exec(query.order_by(col(Figure.day).desc(), col(Figure.recorded_at).desc(), col(Figure.id))))


def find_evidence(session: Session, figure_id: str, digest: str) -> Evidence | None:
    """A file of this figure by its hash, for whoever may see it."""
    figure = session.get(Figure, figure_id)
    files = figure.evidence if figure is not None else []
    return next((Evidence(**file) for file in files if file["digest"] == digest), None)


def first_day_of_the_platform(session: Session) -> date | None:
    """The local day of the first ledger page: what was exchanged earlier can only be recorded."""
    page = session.get(LedgerPage, 1)
    return local_day(page.at) if page is not None else None


def _standing_amount(session: Session, first: Figure) -> int:
    corrections = select(func.sum(Figure.amount)).where(Figure.corrects == first.id, Figure.year == first.year)
    return first.amount + int(session.exec(corrections).one() or 0)


def _check_day(transaction: Transaction, promised: Commitment, day: date) -> None:
    if day.year != promised.year or day > local_day(transaction.now):
        raise NotPossible(f"日期应在 {promised.year} 年内，且不晚于今天。")
    first = first_day_of_the_platform(transaction.session)
    if promised.is_by_postings and first is not None and day >= first:
        raise NotPossible(f"本平台自 {first.isoformat()} 起按台账计数，只能登记这以前的数。")


def _check_member(session: Session, promised: Commitment, member: str) -> None:
    division = find_division(member)
    fits = {
        Scope.ALL: member == "",
        Scope.CLUSTER: session.get(ClusterRow, member) is not None,
        Scope.TOWN: division is not None and division.kind == "town" and division.parent == DONGGUAN,
    }[promised.scope]
    if not fits:
        wanted = {Scope.ALL: "不用选组团或镇街", Scope.CLUSTER: "请选组团", Scope.TOWN: "请选东莞的镇街"}
        raise NotPossible(f"这项任务的范围是{promised.scope.label}：{wanted[promised.scope]}。")
