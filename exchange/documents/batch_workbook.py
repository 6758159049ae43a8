"""The marked workbook of a batch, made when somebody asks for it.

In: an exchange and a batch id. Out: its name and bytes. Raises `UnknownBatch`, or `NoWorkbook` with a Chinese sentence
when there is nothing to mark: the batch came without a file, was not read yet, or the file has been erased.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from sqlmodel import Session, col, select

from config.words import BatchState, Outcome, Severity
from exchange.context import Exchange
from exchange.documents.marked_workbook import write_marked_workbook
from exchange.documents.marks import ProblemMark, RecordMark
from exchange.models import Batch, Record
from exchange.store.batches import find_batch, problems_of


class NoWorkbook(Exception):
    """The message is for the clerk."""


def marked_workbook_of(exchange: Exchange, batch_id: str) -> tuple[str, bytes]:
    """(name to download it under, the .xlsx)."""
    with exchange.store.read() as session:
        batch = find_batch(session, batch_id)
        source = _kept_file(exchange.files_folder, batch)
        records = list(_records(session, batch))
        problems = list(_problems(session, batch_id))
    target = io.BytesIO()
    name = write_marked_workbook(source, batch.file_name, batch.layout, records, problems, target)
    return name, target.getvalue()


def _kept_file(folder: Path, batch: Batch) -> Path:
    """Files are kept under their hash: files/ab/abcd…"""
    path = folder / batch.file_hash[:2] / batch.file_hash
    if not batch.file_hash or not path.is_file():
        raise NoWorkbook("这一批没有保存原文件，不能生成标注表。")
    if not batch.layout:
        raise NoWorkbook("这一批还没有读完，或文件没有收下，请稍后再试。")
    return path


def _records(session: Session, batch: Batch) -> Iterator[RecordMark]:
    published = batch.state in {BatchState.PUBLISHING, BatchState.DONE}
    columns = (col(Record.position), col(Record.row), col(Record.outcome), col(Record.posting_id))
    query = select(*columns).where(Record.batch_id == batch.id).order_by(col(Record.position))
    for position, row, outcome, posting_id in session.exec(query):
        yield RecordMark(position, row, Outcome(outcome) if outcome else None, posting_id, published)


def _problems(session: Session, batch_id: str) -> Iterator[ProblemMark]:
    """In the order of the sheet, so that the list can be worked through from above."""
    rows = sorted(problems_of(session, batch_id), key=lambda row: (row.position or 0, row.id or 0))
    for row in rows:
        yield ProblemMark(
            code=row.code,
            severity=Severity(row.severity),
            message=row.message,
            evidence=row.evidence,
            field=row.field,
            sheet=row.sheet,
            row=row.row,
            column=row.column,
            position=row.position,
        )
