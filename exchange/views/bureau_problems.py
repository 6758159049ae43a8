"""Every wrong cell named: problems of a batch by file, then column, then row, with filters and counts; also as csv.

In: a batch id and a filter. Out: pages of a hundred. Contacts stand in the evidence for their own organisation only.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from config.words import Severity, label
from exchange.documents.cells import STARTS_A_FORMULA
from exchange.documents.problem_kinds import kind_of
from exchange.models import ProblemRow
from exchange.store.database import Store
from exchange.store.previews import (
    WHOLE,
    ProblemFilter,
    count_columns,
    count_kinds,
    count_problems,
    problems_page,
)
from exchange.views.bureau_access import READERS, owns, seen_batch
from exchange.views.bureau_files import attachment
from exchange.views.bureau_paging import Paging, page_number
from exchange.views.current import current_exchange, session
from exchange.views.guard import private_page, requires

blueprint = Blueprint("bureau_problems", __name__, url_prefix="/bureau")
AT_ONCE = 100
DUPLICATE = "duplicate.of"
_CSV_AT_ONCE = 2_000
_CSV_HEADINGS = ("工作表", "行", "列", "类别", "程度", "原来的内容", "问题和改法")
_CONTACT_FIELDS = {"contact", "phone"}
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[\s-]?\d{7,8})(?!\d)")


@dataclass(frozen=True, slots=True)
class ColumnProblems:
    """What was wrong in one column of one sheet; `column` is "" for whole rows, or for the sheet or file as a whole."""

    sheet: str
    column: str
    of_rows: bool
    problems: list[ProblemRow] = field(default_factory=list)


@blueprint.app_template_filter()
def problem_kind(code: str) -> str:
    return kind_of(code)


@blueprint.app_template_filter()
def severity_word(severity: str) -> str:
    return label(Severity(severity))


@blueprint.get("/batches/<string:batch_id>/problems")
@requires(*READERS)
def problems(batch_id: str) -> ResponseReturnValue:
    batch, wanted = seen_batch(batch_id), _wanted()
    paging = Paging(page_number(), AT_ONCE, count_problems(session(), batch.id, wanted))
    found = problems_page(session(), batch.id, wanted, paging.offset, AT_ONCE)
    page = render_template(
        "bureau/problems.html",
        batch=batch,
        wanted=wanted,
        kinds=count_kinds(session(), batch.id),
        columns=count_columns(session(), batch.id, wanted),
        groups=by_column(found),
        paging=paging,
        whole=WHOLE,
        evidence=lambda problem: evidence(problem, owns(batch)),
        message=lambda problem: message(problem, owns(batch)),
        duplicate_id=duplicate_id,
    )
    return private_page(page)


@blueprint.get("/batches/<string:batch_id>/problems.csv")
@requires(*READERS)
def problems_csv(batch_id: str) -> ResponseReturnValue:
    batch = seen_batch(batch_id)
    lines = _csv(current_exchange().store, batch.id, _wanted(), owns(batch))
    name = f"{batch.file_name.rsplit('.', 1)[0] or batch.id}_问题清单.csv"
    return attachment(Response(lines, mimetype="text/csv"), name)


def _csv(store: Store, batch_id: str, wanted: ProblemFilter, with_contacts: bool) -> Iterator[str]:
    yield "\ufeff" + _csv_line(_CSV_HEADINGS)
    with store.read() as reading:  # the request's own session is closed before the last line is sent
        offset = 0
        while some := problems_page(reading, batch_id, wanted, offset, _CSV_AT_ONCE):
            yield "".join(_csv_line(_csv_cells(problem, with_contacts)) for problem in some)
            reading.expunge_all()
            offset += len(some)


def _csv_cells(problem: ProblemRow, with_contacts: bool) -> tuple[object, ...]:
    place = (problem.sheet or "", problem.row or "", problem.column or "")
    words, told = evidence(problem, with_contacts), message(problem, with_contacts)
    return *place, kind_of(problem.code), label(Severity(problem.severity)), words, told


def _csv_line(cells: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([_safe(str(cell)) for cell in cells])
    return text.getvalue()


def _safe(text: str) -> str:
    """What a spreadsheet would take for a formula gets an apostrophe before it, and stays text."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def _wanted() -> ProblemFilter:
    given = request.args
    severity = given.get("severity", "")
    return ProblemFilter(given.get("code", ""), severity if severity in set(Severity) else "", given.get("column", ""))


def by_column(problems: Iterable[ProblemRow]) -> list[ColumnProblems]:
    """In the order given: the file's first, then column after column."""
    groups: dict[tuple[str, str, bool], ColumnProblems] = {}
    for problem in problems:
        key = (problem.sheet or "", problem.column or "", problem.position is not None)
        groups.setdefault(key, ColumnProblems(*key)).problems.append(problem)
    return list(groups.values())


def evidence(problem: ProblemRow, with_contacts: bool) -> str:
    """The words found; without anyone's telephone number, unless they are the reader's own."""
    if problem.code == DUPLICATE:
        return ""
    return problem.evidence if with_contacts else without_contact(problem.field or "", problem.evidence)


def message(problem: ProblemRow, with_contacts: bool) -> str:
    """What is wrong and how to mend it; it may quote the cell."""
    return problem.message if with_contacts else _PHONE.sub("（号码）", problem.message)


def without_contact(field: str, words: str) -> str:
    return "" if field in _CONTACT_FIELDS else _PHONE.sub("（号码）", words)


def duplicate_id(problem: ProblemRow) -> str:
    """The posting that a record repeats, when it is one of an earlier batch or another source."""
    return problem.evidence if problem.code == DUPLICATE and not problem.evidence.startswith("row:") else ""
