"""/bureau/batches: what came in, and what was wrong with it, column by column. Never a contact.

In: a batch id. Out: outcomes, how headings were read, problems grouped by column, then row. Until there are accounts
these pages exist in a demonstration store only; a real store answers 404.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import Blueprint, abort, render_template

from config.words import BatchState, Outcome, Severity, label
from exchange.models import Batch, ProblemRow
from exchange.store.batches import UnknownBatch, find_batch, problems_of, recent_batches
from exchange.store.overview import organisation_names, source_names
from exchange.views.current import demonstration, session
from exchange.views.errors import Refused

blueprint = Blueprint("bureau", __name__, url_prefix="/bureau")
DUPLICATE = "duplicate.of"
ROWS_SHOWN = 100  # of one column; the number of the others is said
_FIELDS = {
    "number": "序号", "reference": "岗位编号", "platform_id": "平台编号", "title": "岗位名称", "employer": "用人单位",
    "uscc": "统一社会信用代码", "division": "工作地点", "address": "详细地址", "salary": "薪资",
    "salary_min": "最低薪资", "salary_max": "最高薪资", "openings": "招聘人数", "education": "学历", "experience": "经验", "age": "年龄",
    "age_min": "最小年龄", "age_max": "最大年龄", "sex": "性别", "duties": "岗位职责", "requirements": "任职要求",
    "benefits": "福利", "contact": "联系人", "phone": "联系电话", "industry": "行业", "employer_kind": "企业性质",
    "employment_type": "用工形式", "validity": "有效期", "published": "发布日期", "remarks": "备注", "url": "原文链接",
}  # fmt: skip
_CONTACT_FIELDS = {"contact", "phone"}
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[\s-]?\d{7,8})(?!\d)")


@dataclass(frozen=True, slots=True)
class ColumnProblems:
    """What was wrong in one column of one sheet; `column` is "" for the sheet or file as a whole."""

    sheet: str
    column: str
    problems: list[ProblemRow] = field(default_factory=list)

    @property
    def shown(self) -> list[ProblemRow]:
        return self.problems[:ROWS_SHOWN]

    @property
    def errors(self) -> int:
        return sum(problem.severity == Severity.ERROR for problem in self.problems)


@blueprint.app_template_filter()
def field_word(field: str) -> str:
    """What clerks call one of our fields."""
    return _FIELDS.get(field, field)


@blueprint.before_request
def _only_in_a_demonstration() -> None:
    if not demonstration():
        abort(404)


@blueprint.get("/batches")
def batches() -> str:
    found = recent_batches(session())
    return render_template(
        "bureau/batches.html",
        batches=found,
        sources=source_names(session()),
        organisations=organisation_names(session(), {batch.organisation for batch in found}),
        outcomes=[(str(outcome), label(outcome)) for outcome in Outcome],
        state_word=state_word,
    )


@blueprint.get("/batches/<string:batch_id>")
def batch(batch_id: str) -> str:
    try:
        found = find_batch(session(), batch_id.upper())
    except UnknownBatch:
        raise Refused(404, "batch.not_found", "没有这个批次", "请从批次列表里打开。", {"id": batch_id}) from None
    return render_template(
        "bureau/batch.html",
        batch=found,
        source=source_names(session()).get(found.source, found.source),
        organisation=organisation_names(session(), [found.organisation]).get(found.organisation, found.organisation),
        outcomes=[(outcome, label(outcome), getattr(found, outcome)) for outcome in Outcome],
        columns=by_column(problems_of(session(), found.id)),
        state_word=state_word,
        evidence=evidence,
        duplicate_id=duplicate_id,
    )


def by_column(problems: Iterable[ProblemRow]) -> list[ColumnProblems]:
    """In the order given: the file's first, then column after column."""
    groups: dict[tuple[str, str], ColumnProblems] = {}
    for problem in problems:
        key = (problem.sheet or "", problem.column or "")
        groups.setdefault(key, ColumnProblems(*key)).problems.append(problem)
    return list(groups.values())


def evidence(problem: ProblemRow) -> str:
    """The words found, without anyone's telephone number."""
    if problem.field in _CONTACT_FIELDS or problem.code == DUPLICATE:
        return ""
    return _PHONE.sub("（号码）", problem.evidence)


def duplicate_id(problem: ProblemRow) -> str:
    """The posting that a record repeats, when it is one of an earlier batch or another source."""
    return problem.evidence if problem.code == DUPLICATE and not problem.evidence.startswith("row:") else ""


def state_word(batch: Batch) -> str:
    return label(BatchState(batch.state))
