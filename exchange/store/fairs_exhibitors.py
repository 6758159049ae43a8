"""Exhibitors (参会单位): added one by one, from a town's open postings or from a sheet; verified; taken off.

In: a transaction and the fair as it was seen. Out: rows of `exhibitor`, and one event for each decision.
"""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import Session, col, select

from exchange.clock import local_day
from exchange.fairs.booths import free_booths, normal_booth
from exchange.fairs.names import plain_name
from exchange.fairs.sheet import RowFault, SheetRow
from exchange.fairs.steps import is_editable
from exchange.fairs.words import FairState
from exchange.identifiers import derived_id
from exchange.models import Exhibitor, Fair, LeftOutPosting, Posting
from exchange.store.decisions import NotPossible
from exchange.store.fairs import note_change
from exchange.store.fairs_postings import employers_named, employers_on_offer
from exchange.store.transaction import Transaction


def exhibitors_of(session: Session, fair_id: str) -> Sequence[Exhibitor]:
    return session.exec(select(Exhibitor).where(Exhibitor.fair_id == fair_id)).all()


def find_exhibitor(session: Session, fair_id: str, exhibitor_id: str) -> Exhibitor | None:
    found = session.get(Exhibitor, exhibitor_id)
    return found if found is not None and found.fair_id == fair_id else None


def sheet_faults(session: Session, fair: Fair, rows: Sequence[SheetRow]) -> list[RowFault]:
    """Rows that do not go with who exhibits already: a booth that another employer has."""
    taken = {one.booth: one for one in exhibitors_of(session, fair.id) if one.booth}
    named = {plain_name(row.employer) for row in rows}  # those may change places among themselves
    return [
        RowFault(row.row, f"展位 {row.booth} 已经给了“{taken[row.booth].name}”，请换一个。")
        for row in rows
        if row.booth in taken and taken[row.booth].key not in named
    ]


def add_exhibitors(transaction: Transaction, fair: Fair, actor: str, rows: Sequence[SheetRow]) -> tuple[int, int]:
    """(added, moved to another booth). Who exhibits already only changes booths. Raises NotPossible."""
    _must_be_editable(fair)
    session = transaction.session
    faults = sheet_faults(session, fair, rows)
    if faults:
        raise NotPossible("".join(f"第 {one.row} 行：{one.words}" for one in faults))
    there = {one.key: one for one in exhibitors_of(session, fair.id)}
    known = employers_named(session, [row.employer for row in rows])
    added = moved = 0
    for row in rows:
        key = plain_name(row.employer)
        exhibitor = there.get(key)
        if exhibitor is None:
            exhibitor = Exhibitor(id=derived_id(fair.id, key), fair_id=fair.id, key=key, name=row.employer)
            there[key] = exhibitor
            added += 1
        elif row.booth and row.booth != exhibitor.booth:
            moved += 1
        exhibitor.booth = row.booth or exhibitor.booth
        exhibitor.employer_id = known.get(key, exhibitor.employer_id)
        session.add(exhibitor)
    if added or moved:
        note_change(transaction, fair, actor, ["exhibitors"], exhibitors=len(there))
    return added, moved


def add_from_organisation(transaction: Transaction, fair: Fair, actor: str, organisation: str) -> int:
    """Every employer that the organisation has open postings of, each at the next free booth."""
    session = transaction.session
    there = exhibitors_of(session, fair.id)
    keys, booths = {one.key for one in there}, free_booths({one.booth for one in there if one.booth})
    found = employers_on_offer(session, organisation, local_day(transaction.now))
    names = {key: name for _, name in found if (key := plain_name(name)) not in keys}
    rows = [SheetRow(n, name, "" if fair.online else next(booths)) for n, name in enumerate(names.values(), 1)]
    return add_exhibitors(transaction, fair, actor, rows)[0] if rows else 0


def place_exhibitor(transaction: Transaction, fair: Fair, actor: str, exhibitor_id: str, booth: str) -> None:
    exhibitor = _find(transaction, fair, exhibitor_id)
    add_exhibitors(transaction, fair, actor, [SheetRow(1, exhibitor.name, normal_booth(booth))])


def verify_exhibitors(transaction: Transaction, fair: Fair, actor: str, ids: Sequence[str]) -> int:
    """核验: their licence and the papers of who came for them were seen. How many were not verified before."""
    _must_be_editable(fair)
    fresh = [one for one in (_find(transaction, fair, id) for id in ids) if one.verified_at is None]
    for exhibitor in fresh:
        exhibitor.verified_at, exhibitor.verified_by = transaction.now, actor
        transaction.session.add(exhibitor)
    if fresh:
        note_change(transaction, fair, fair.planned_by, ["verified"], verified=[one.id for one in fresh], by=actor)
    return len(fresh)


def remove_exhibitors(transaction: Transaction, fair: Fair, actor: str, ids: Sequence[str]) -> int:
    _must_be_editable(fair)
    found = [_find(transaction, fair, id) for id in ids]
    for exhibitor in found:
        transaction.session.delete(exhibitor)
    if found:
        note_change(transaction, fair, actor, ["exhibitors"], removed=[one.id for one in found])
    return len(found)


def leave_out(transaction: Transaction, fair: Fair, actor: str, exhibitor_id: str, brought: Sequence[str]) -> None:
    """Of this exhibitor's open postings, those that it does not bring."""
    _must_be_editable(fair)
    session = transaction.session
    exhibitor = _find(transaction, fair, exhibitor_id)
    own = set(session.exec(select(Posting.id).where(Posting.employer_id == exhibitor.employer_id)))
    absent = delete(LeftOutPosting).where(
        col(LeftOutPosting.fair_id) == fair.id, col(LeftOutPosting.posting_id).in_(own)
    )
    session.connection().execute(absent)
    for id in sorted(own - set(brought)):
        session.add(LeftOutPosting(fair_id=fair.id, posting_id=id))
    note_change(transaction, fair, actor, ["postings"], exhibitor=exhibitor.id)


def _find(transaction: Transaction, fair: Fair, exhibitor_id: str) -> Exhibitor:
    found = find_exhibitor(transaction.session, fair.id, exhibitor_id)
    if found is None:
        raise NotPossible("名单里已经没有这家单位，请刷新页面。")
    return found


def _must_be_editable(fair: Fair) -> None:
    if not is_editable(FairState(fair.state)):
        raise NotPossible(f"这场对接会{FairState(fair.state).word}，参会单位不能再改。")
