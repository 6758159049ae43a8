"""Headings as an organisation wants them understood (表头对应), remembered per layout.

In: the layout of a staged batch and a person's choice. Out: heading → field for the next reading of such a sheet.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, delete, select

from config.fields import Field
from config.words import BatchState
from exchange.models import HeadingChoice
from exchange.store.batches import find_batch
from exchange.store.database import Store
from exchange.store.decisions import NotPossible


def layout_signature(headings: Iterable[str]) -> str:
    """The same headings in the same order are the same layout, whatever the file and the sheet are called."""
    return hashlib.sha256("\x1f".join(headings).encode()).hexdigest()


def signatures_of(layout: Sequence[Mapping[str, Any]]) -> list[str]:
    """One signature a sheet of a batch's `layout`."""
    return [layout_signature(column["heading"] for column in sheet["columns"]) for sheet in layout]


def choices_for(session: Session, organisation: str, signatures: Iterable[str]) -> dict[str, Field]:
    """Heading as written → the field this organisation chose for it in one of these layouts."""
    query = select(HeadingChoice).where(
        HeadingChoice.organisation == organisation, col(HeadingChoice.layout).in_(list(signatures))
    )
    return {choice.heading: Field(choice.field) for choice in session.exec(query)}


def choose_headings(store: Store, batch_id: str, chosen: Mapping[str, Field | None], actor: str) -> None:
    """Remember how these headings are meant (None: as the program understands them) and read the batch anew."""
    with store.write(actor=actor) as transaction:
        session = transaction.session
        batch = find_batch(session, batch_id)
        if batch.state != BatchState.STAGED:
            raise NotPossible("这一批已经确认或正在处理，不能再改表头。")
        for sheet, signature in zip(batch.layout, signatures_of(batch.layout), strict=True):
            for heading in {column["heading"] for column in sheet["columns"]} & set(chosen):
                session.exec(
                    delete(HeadingChoice).where(
                        col(HeadingChoice.organisation) == batch.organisation,
                        col(HeadingChoice.layout) == signature,
                        col(HeadingChoice.heading) == heading,
                    )
                )
                if field := chosen[heading]:
                    session.add(
                        HeadingChoice(
                            organisation=batch.organisation, layout=signature, heading=heading, field=field
                        )
                    )
        batch.state = BatchState.RECEIVED
        session.add(batch)
