"""/bureau/postings/<id>/edit: a posting's words in a form; saving them makes a batch of one record.

In: the form, filled with everything the offer says. Out: a batch that the worker checks and publishes like any other,
so that an edit passes the same rules and leaves the same events. Nothing is lost: what the form does not show is kept.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config.divisions import workplaces
from config.fields import Field
from config.words import Education, EmploymentType, label
from exchange.editing import one_record, place_words, words_of
from exchange.models import Offer
from exchange.receiving import receive
from exchange.store.standing import contact_of_offer
from exchange.views.bureau_access import WRITERS, refuse_while_parked
from exchange.views.bureau_postings import is_editable, seen_offer
from exchange.views.current import current_exchange, session
from exchange.views.errors import Refused
from exchange.views.guard import own_account, private_page, requires

blueprint = Blueprint("bureau_edit", __name__, url_prefix="/bureau/postings")
_REQUIRED = {Field.TITLE: "请填岗位名称。", Field.EMPLOYER: "请填单位全称。", Field.DIVISION: "请填工作地点。"}
_LONG = {Field.DUTIES: 20_000, Field.BENEFITS: 500, Field.ADDRESS: 500}  # characters
_WIDE = {Field.DUTIES, Field.BENEFITS}
_MOST = 200
_CONTACT = {Field.CONTACT, Field.PHONE}
_HINTS = {
    Field.DIVISION: "写到镇街或县，例如 东莞市长安镇、韶关市翁源县",
    Field.SALARY: "例如 5000-6500元/月、20元/小时、面议；不写就不计数",
    Field.OPENINGS: "例如 30、若干；不写就不计数",
    Field.VALIDITY: "例如 2027-03-31；不写就按默认期限",
    Field.BENEFITS: "用顿号分开，例如 包吃住、五险、双休",
    Field.AGE: "例如 18-45岁；没有法律依据的年龄限制请删去",
}


@dataclass(frozen=True, slots=True)
class EditField:
    name: str
    label: str
    value: str
    hint: str
    fault: str
    is_wide: bool
    choices: list[str]


@blueprint.get("/<string:posting_id>/edit")
@requires(*WRITERS)
def form(posting_id: str) -> ResponseReturnValue:
    offer = _editable(posting_id)
    return _page(offer, _shown(offer), {}, offer.content_hash)


@blueprint.post("/<string:posting_id>/edit")
@requires(*WRITERS)
def save(posting_id: str) -> ResponseReturnValue:
    offer = _editable(posting_id)
    refuse_while_parked()
    before = words_of(offer, contact_of_offer(session(), offer.id))
    given = {field: _typed(field) for field in _shown(offer)}
    faults = _faults(given)
    seen = request.form.get("seen", "")
    if seen != offer.content_hash:
        faults["form"] = "您打开这一页之后，别人改过这个岗位。您填的内容还在下面；请核对后再保存一次，以您的为准。"
    if faults:
        return _page(offer, given, faults, offer.content_hash, 409 if "form" in faults else 400)
    if all(before[field].split() == words.split() for field, words in given.items()):
        flash("内容没有改动，没有保存。")
        return redirect(_address("bureau_postings.show", offer), 303)
    receipt = receive(
        current_exchange(),
        io.BytesIO(one_record(offer, before | given)),
        f"修改岗位-{offer.posting_id}.json",
        source=offer.source,
        organisation=offer.organisation,
        actor=own_account().name,
        automatic=True,
    )
    flash("修改已收下，后台检查后自动发布。下面是这次修改的结果。")
    return redirect(url_for("bureau.batch", batch_id=receipt.batch.id), 303)


def _editable(posting_id: str) -> Offer:
    offer = seen_offer(posting_id)
    if not is_editable(offer):
        remedy = "已经结束的岗位请重新上传；从来源网站抓取的岗位请在来源网站上修改，下次抓取就会更新。"
        raise Refused(409, "posting.not_editable", "这个岗位不能在这里修改", remedy)
    return offer


def _shown(offer: Offer) -> dict[Field, str]:
    """Contacts are shown, and changed, by their own organisation only."""
    words = words_of(offer, contact_of_offer(session(), offer.id))
    own = own_account().organisation == offer.organisation
    return {field: text for field, text in words.items() if own or field not in _CONTACT}


def _typed(field: Field) -> str:
    return request.form.get(field, "").replace("\r\n", "\n").strip()


def _faults(given: Mapping[Field, str]) -> dict[str, str]:
    faults: dict[str, str] = {field: told for field, told in _REQUIRED.items() if not given[field]}
    for field, words in given.items():
        most = _LONG.get(field, _MOST)
        if len(words) > most:
            faults[field] = f"最多 {most:,} 个字，现在有 {len(words):,} 个。"
    return faults


@cache
def _choices() -> dict[Field, list[str]]:
    """Words that are offered while typing; others are read as well."""
    return {
        Field.EDUCATION: [label(one) for one in Education],
        Field.EMPLOYMENT_TYPE: [label(one) for one in EmploymentType],
        Field.DIVISION: [place_words(one.code) for one in workplaces()],
    }


def _page(
    offer: Offer, words: Mapping[Field, str], faults: Mapping[str, str], seen: str, status: int = 200
) -> ResponseReturnValue:
    shown = [
        EditField(
            name=str(field),
            label=field.label,
            value=text,
            hint=_HINTS.get(field, ""),
            fault=faults.get(field, ""),
            is_wide=field in _WIDE,
            choices=_choices().get(field, []),
        )
        for field, text in words.items()
    ]
    back = _address("bureau_postings.show", offer)
    page = render_template("bureau/edit.html", offer=offer, fields=shown, faults=faults, seen=seen, back=back)
    return private_page(page, status)


def _address(endpoint: str, offer: Offer) -> str:
    return url_for(endpoint, posting_id=offer.posting_id, organisation=offer.organisation)
