"""Checking (检查): one incoming row becomes a record with its problems, ready to be stored and compared.

In: a `Row`, and where it comes from. Out: `CheckedRow`. Normalising makes sense of the cells, compliance looks
for unlawful words, the marshmallow gate has the last word on what may reach the store.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from marshmallow import ValidationError

from config.words import Severity
from exchange.content import Problem
from exchange.ledger import digest
from exchange.schemas.content import pass_gate
from ingest.compare import Candidate
from ingest.compliance import find_breaches
from ingest.duplicates import job_key, wording_key
from ingest.fields import Field, Row
from ingest.normalise import Context, Reading, normalise_row
from ingest.normalise.keys import employer_key, identity_key

_CELL_LIMIT = 2_000  # of one cell as shown in a problem's evidence


@dataclass(frozen=True, slots=True)
class CheckedRow:
    position: int
    row: Row
    reading: Reading
    content: dict[str, Any] | None  # None: rejected
    contact: dict[str, Any] | None
    problems: tuple[Problem, ...]
    candidate: Candidate


def check_row(row: Row, context: Context, position: int) -> CheckedRow:
    reading = normalise_row(row, context)
    problems = list(reading.problems)
    content = contact = None
    breached = past = False
    if reading.content is not None:
        try:
            content, contact = pass_gate(reading.content, reading.contact)
        except ValidationError as fault:
            problems += _gate_problems(row, fault)
    if content is not None and reading.content is not None:
        breaches = find_breaches(row.cells, reading.content, context.today)
        breached = any(breach.severity is Severity.ERROR for breach in breaches)
        problems += [_placed(breach, row) for breach in breaches]
        stated = reading.content.valid_through
        past = stated is not None and stated < context.today
    candidate = Candidate(
        position=position,
        sheet=row.sheet,
        row=row.row,
        reference=reading.reference,
        platform_id=reading.platform_id,
        identity_key=identity_key(reading.content) if content is not None and reading.content else "",
        content_hash=content_hash(content, contact),
        rejected=content is None,
        breached=breached,
        past=past,
        employer=reading.employer,
        job_key=job_key(reading.content) if content is not None and reading.content else "",
        wording_key=wording_key(reading.content) if content is not None and reading.content else "",
    )
    return CheckedRow(position, row, reading, content, contact, tuple(problems), candidate)


def content_hash(content: dict[str, Any] | None, contact: dict[str, Any] | None) -> str:
    """Digest of everything the row says. A validity counts as it was written: "3个月" is the same tomorrow."""
    if content is None:
        return ""
    said = dict(content)
    del said["valid_through"]
    salary = content["salary"]
    return digest([said, contact], (salary["original_min"], salary["original_max"]))


def record_row(checked: CheckedRow, batch_id: str) -> dict[str, Any]:
    """The row of table record."""
    candidate, reading = checked.candidate, checked.reading
    return {
        "batch_id": batch_id,
        "position": checked.position,
        "sheet": checked.row.sheet,
        "row": checked.row.row,
        "reference": candidate.reference,
        "platform_id": candidate.platform_id,
        "title": reading.title[:200],
        "employer": reading.employer[:200],
        "employer_key": employer_key(reading.employer) if not candidate.rejected else "",
        "identity_key": candidate.identity_key,
        "content_hash": candidate.content_hash,
        "job_key": candidate.job_key,
        "wording_key": candidate.wording_key,
        "breached": candidate.breached,
        "past": candidate.past,
        "verbatim": {"cells": dict(checked.row.cells), "other": dict(checked.row.other)},
        "content": checked.content,
        "contact": checked.contact,
        "outcome": "rejected" if candidate.rejected else "",
        "decision": "",
        "posting_id": None,
        "offer_id": None,
        "joined_because": None,
        "settled": False,
    }


def _gate_problems(row: Row, fault: ValidationError) -> Iterator[Problem]:
    """What the gate refused, as a problem of the cell it came from."""
    for name, messages in fault.messages_dict.items():
        field = next((f for f in Field if f == name), None)
        yield _placed(
            Problem(
                code=f"{name}.unreadable",
                severity=Severity.ERROR,
                message=f"这一格的内容系统不能接收（{_first_words(messages)}），请改短或改正后重新上传。",
                evidence=(row.cells.get(field, "") if field else "")[:_CELL_LIMIT],
                field=name,
            ),
            row,
        )


def _first_words(messages: Any) -> str:
    while isinstance(messages, (dict, list)):
        messages = next(iter(messages.values() if isinstance(messages, dict) else messages), "")
    return str(messages)


def _placed(problem: Problem, row: Row) -> Problem:
    """The problem with its place in the sheet, where it does not have one yet."""
    field = next((f for f in Field if f == problem.field), None)
    column = problem.column or (row.headings.get(field) if field else None)
    return replace(problem, sheet=problem.sheet or row.sheet, row=problem.row or row.row, column=column)
