"""Which rows name which kept files of evidence: recorded figures, activities, fairs.

In: a session, the folder of files. Out: differences as Chinese sentences that name the row. Another row that names
files is a function in NAMING.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from sqlmodel import Session, col, select

from exchange.evidence import damaged_evidence
from exchange.models import Activity, FairDocument, Figure

Named = Iterator[tuple[str, str]]  # (digest, whose it is)


def verify_evidence(session: Session, folder: Path) -> Iterator[str]:
    """The files behind what was recorded are still what they were."""
    named: dict[str, str] = {}
    for naming in NAMING:
        for digest, whose in naming(session):
            named.setdefault(digest, whose)
    for digest in damaged_evidence(folder, named):
        yield f"{named[digest]}的佐证材料 {digest} 不见了或已损坏"


def _of_figures(session: Session) -> Named:
    for id, files in session.exec(select(Figure.id, Figure.evidence).order_by(col(Figure.id))):
        yield from ((file["digest"], f"登记数 {id} ") for file in files)


def _of_activities(session: Session) -> Named:
    for id, files in session.exec(select(Activity.id, Activity.evidence).order_by(col(Activity.id))):
        yield from ((file["digest"], f"活动 {id} ") for file in files)


def _of_fairs(session: Session) -> Named:
    query = select(FairDocument.digest, FairDocument.fair_id).order_by(col(FairDocument.fair_id))
    yield from ((digest, f"对接会 {id} ") for digest, id in session.exec(query))


NAMING: tuple[Callable[[Session], Named], ...] = (_of_figures, _of_activities, _of_fairs)
