"""Papers and evidence of fairs: which file, by its digest, is which paper. The files lie among the exchange's files.

In: a transaction and a file that exchange.evidence has kept. Out: rows of `fair_document`.
"""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from exchange.evidence import Evidence
from exchange.fairs.steps import is_editable
from exchange.fairs.words import DocumentKind, FairState
from exchange.models import Fair, FairDocument
from exchange.store.decisions import NotPossible
from exchange.store.fairs import note_change
from exchange.store.transaction import Transaction


def documents_of(session: Session, fair_id: str) -> Sequence[FairDocument]:
    query = select(FairDocument).where(FairDocument.fair_id == fair_id)
    return session.exec(query.order_by(col(FairDocument.at), col(FairDocument.digest))).all()


def find_document(session: Session, fair_id: str, digest: str) -> FairDocument | None:
    return session.exec(
        select(FairDocument).where(FairDocument.fair_id == fair_id, FairDocument.digest == digest)
    ).first()


def add_document(
    transaction: Transaction, fair: Fair, actor: str, kind: DocumentKind, file: Evidence
) -> None:
    """The file is kept already; the same again changes nothing.

    Evidence is for fairs that were held, papers for those that were not.
    """
    _must_suit(fair, kind)
    session = transaction.session
    if session.get(FairDocument, (fair.id, file.digest, str(kind))) is not None:
        return
    row = FairDocument(
        fair_id=fair.id, digest=file.digest, kind=kind, name=file.name, size=file.bytes, at=transaction.now, actor=actor
    )
    session.add(row)
    note_change(transaction, fair, actor, ["documents"], document={"kind": str(kind), "digest": file.digest})


def remove_document(transaction: Transaction, fair: Fair, actor: str, digest: str) -> None:
    """Its file stays in the archive: the ledger names it."""
    found = find_document(transaction.session, fair.id, digest)
    if found is None:
        raise NotPossible("这份文件已经不在了，请刷新页面。")
    _must_suit(fair, DocumentKind(found.kind))
    if fair.state == FairState.PUBLISHED and not DocumentKind(found.kind).is_evidence:
        raise NotPossible("已经发布，材料可以补充，不能删去。")
    transaction.session.delete(found)
    note_change(transaction, fair, actor, ["documents"], removed=digest)


def _must_suit(fair: Fair, kind: DocumentKind) -> None:
    state = FairState(fair.state)
    if kind.is_evidence and state not in {FairState.PUBLISHED, FairState.HELD}:
        raise NotPossible(f"这场对接会{state.word}，不能上传或删去现场材料。")
    if not kind.is_evidence and not is_editable(state):
        raise NotPossible(f"这场对接会{state.word}，材料不能再改。")
