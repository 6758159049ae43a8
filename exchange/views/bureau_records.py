"""Rows of a batch by outcome: the first few for the preview, all of them page by page.

In: a batch and an outcome. Out: `RecordLine`s: where the row stands, what it says, what changes, what is wrong with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from config.fields import Field
from config.words import BatchState, Outcome, label
from exchange.content import Content
from exchange.models import Batch, Offer, OfferState, ProblemRow, Record
from exchange.schemas.content import content_from_json
from exchange.store.previews import offers_by_id, problems_at, records_page
from exchange.views.bureau_access import READERS, may_write, owns, seen_batch
from exchange.views.bureau_paging import Paging, page_number
from exchange.views.bureau_problems import message, without_contact
from exchange.views.current import session
from exchange.views.errors import Refused
from exchange.views.formats import age, day, experience, openings, pay, place, word
from exchange.views.guard import private_page, requires

blueprint = Blueprint("bureau_records", __name__, url_prefix="/bureau")
AT_ONCE = 100
_SETTLED = ("done", "publishing")  # states in which a record's posting is there to be opened


@dataclass(frozen=True, slots=True)
class RecordLine:
    position: int
    place: str  # 第 5 行, with its sheet where there are several
    title: str
    employer: str
    workplace: str  # as understood; what could not be, as written
    pay: str
    openings: str
    posting_id: str
    duplicate_of: str
    changes: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]  # severity, what is wrong
    may_object: bool  # it stands under the posting of others
    objection: str  # the clerk's words that wait for the office, "" when there are none


@blueprint.get("/batches/<string:batch_id>/records/<string:outcome>")
@requires(*READERS)
def records(batch_id: str, outcome: str) -> ResponseReturnValue:
    batch = seen_batch(batch_id)
    if outcome not in set(Outcome):
        raise Refused(404, "outcome.unknown", "没有这个类别", "请从批次页面上的数字进入。")
    wanted = Outcome(outcome)
    paging = Paging(page_number(), AT_ONCE, getattr(batch, wanted))
    lines = record_lines(batch, wanted, paging.offset, AT_ONCE)
    page = render_template(
        "bureau/records.html", batch=batch, outcome=wanted, name=label(wanted), lines=lines, paging=paging
    )
    return private_page(page)


def record_lines(batch: Batch, outcome: Outcome, offset: int, limit: int) -> list[RecordLine]:
    found = records_page(session(), batch.id, outcome, offset, limit)
    offers = offers_by_id(session(), [record.offer_id for record in found if record.offer_id])
    problems = problems_at(session(), batch.id, [record.position for record in found])
    several = len(batch.layout) > 1
    return [_line(batch, record, offers, problems.get(record.position, ()), several) for record in found]


def _line(
    batch: Batch, record: Record, offers: Mapping[str, Offer], problems: Sequence[ProblemRow], several: bool
) -> RecordLine:
    offer = offers.get(record.offer_id or "")
    plain = record.content or (offer.content if offer is not None else None)
    content = content_from_json(plain) if plain else None
    before = content_from_json(offer.content) if offer is not None and record.content else None
    updated = record.outcome == Outcome.UPDATED and content is not None and before is not None
    duplicate = next((p.evidence for p in problems if p.code == "duplicate.of"), "")
    joined = offer is not None and offer.joined and offer.state == OfferState.LIVE
    return RecordLine(
        position=record.position,
        place=f"{record.sheet} 第 {record.row} 行" if several and record.sheet else f"第 {record.row} 行",
        title=record.title,
        employer=record.employer,
        **_understood(content, record.verbatim, owns(batch)),
        posting_id=record.posting_id or "" if batch.state in _SETTLED else "",
        duplicate_of="" if duplicate.startswith("row:") else duplicate,
        changes=changes(before, content) if updated and before and content else (),
        problems=tuple((problem.severity, message(problem, owns(batch))) for problem in problems),
        may_object=joined and record.outcome == Outcome.DUPLICATE and batch.state == BatchState.DONE and may_write(),
        objection=offer.objection if offer is not None and joined else "",
    )


def _understood(content: Content | None, verbatim: Mapping[str, Any] | None, mine: bool) -> dict[str, str]:
    if content is None:
        cells = (verbatim or {}).get("cells", {})
        fields = {"workplace": Field.DIVISION, "pay": Field.SALARY, "openings": Field.OPENINGS}
        written = {name: cells.get(field, "") for name, field in fields.items()}
        return written if mine else {name: without_contact(fields[name], words) for name, words in written.items()}
    return {"workplace": place(content.division), "pay": pay(content.salary), "openings": openings(content)}


def changes(before: Content, after: Content) -> tuple[str, ...]:
    """薪资 5,000 元/月 → 6,000 元/月, for every part that reads differently."""
    told = [
        f"{name} {old or '（空）'} → {new or '（空）'}"
        for (name, old), (_, new) in zip(parts_of(before), parts_of(after), strict=True)
        if old != new
    ]
    if before.description != after.description:
        told.append("岗位描述有改动")
    return tuple(told) or ("联系人、电话或有效期有改动",)


def parts_of(content: Content) -> list[tuple[str, str]]:
    """(what, in words) of everything but the description; "" where nothing is stated."""
    return [
        ("岗位", content.title),
        ("单位", content.employer),
        ("地点", place(content.division)),
        ("地址", content.address),
        ("薪资", pay(content.salary)),
        ("人数", openings(content)),
        ("学历", word(content.education)),
        ("经验", experience(content)),
        ("年龄", age(content)),
        ("用工", word(content.employment_type)),
        ("福利", "、".join(content.benefits)),
        ("有效期", day(content.valid_through) if content.valid_through else ""),
    ]
