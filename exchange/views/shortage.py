"""/bureau/shortage: employers that lack workers most (招工助企), with the reason and the workers who would fit.

In: a city. Out: the ranked list as a page and as a workbook; the office marks employers that moved to Shaoguan.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from config.divisions import division
from config.words import City, Role, label
from exchange.candidates import Suggestion, notices_by_employer
from exchange.documents.shortage_workbook import ShortageLine, write_shortage
from exchange.models import SupplyNotice
from exchange.schemas.accounts import form_faults
from exchange.schemas.supply import RelocationForm
from exchange.shortage import LONG, MANY, Shortage, rank
from exchange.store.shortage import UnknownRelocation, lift_relocation, mark_relocated, relocations, vacancies
from exchange.store.supply import list_notices
from exchange.supply import SupplyState
from exchange.views.bureau_access import READERS
from exchange.views.bureau_files import attachment
from exchange.views.cooperation import chosen, write
from exchange.views.current import current_exchange, demonstration, session, today
from exchange.views.errors import Refused
from exchange.views.form_fields import filled
from exchange.views.formats import day, place
from exchange.views.guard import own_account, private_page, requires
from exchange.views.supply_form import relocation_fields

blueprint = Blueprint("shortage", __name__, url_prefix="/bureau/shortage")
_SHOWN = 50
_IN_WORKBOOK = 500
_NOTICES = 100
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Line:
    shortage: Shortage
    supply: list[tuple[SupplyNotice, Suggestion]]


@blueprint.get("")
@requires(*READERS)
def listing() -> ResponseReturnValue:
    return _page({}, {})


@blueprint.get("/list.xlsx")
@requires(*READERS)
def workbook() -> ResponseReturnValue:
    lines, total = _lines(_city(), _IN_WORKBOOK)
    notes = [
        f"截至 {day(today())}，共 {total} 家。",
        "缺工指数 = 空缺人月 ×（从东莞转移来的 2，其他 1）×（1 + 0.25 × 重新开招和活动后仍未招满的次数，最多 4 次）。",
        *(["演示数据，均为虚构。"] if demonstration() else []),
    ]
    target = io.BytesIO()
    told = [ShortageLine(line.shortage, place(line.shortage.vacancies.division), _supply_words(line)) for line in lines]
    write_shortage(target, "招工助企：缺工企业清单", notes, told)
    target.seek(0)
    return attachment(send_file(target, mimetype=_XLSX), f"招工助企-{today():%Y%m%d}.xlsx")


@blueprint.post("/relocations")
@requires(Role.OFFICE, Role.ADMIN)
def mark() -> ResponseReturnValue:
    try:
        values = RelocationForm().load(request.form)
    except ValidationError as error:
        return _page(request.form, form_faults(error), 400)
    organisation = own_account().organisation
    return write(lambda t: mark_relocated(t, organisation, values), "已标记。", url_for(".listing"))


@blueprint.post("/relocations/<string:relocation_id>/lift")
@requires(Role.OFFICE, Role.ADMIN)
def lift(relocation_id: str) -> ResponseReturnValue:
    words = " ".join(request.form.get("words", "").split())[:300]
    if len(words) < 4:
        flash("没有保存：请写明取消标记的理由（至少 4 个字）。", "bad")
        return redirect(url_for(".listing"), 303)
    try:
        return write(lambda t: lift_relocation(t, relocation_id, words), "已取消标记。", url_for(".listing"))
    except UnknownRelocation:
        raise Refused(404, "relocation.not_found", "没有这个标记", "可能已经取消了，请刷新列表。") from None


def _lines(city: City | None, limit: int) -> tuple[list[Line], int]:
    """The worst first, and how many there are in all."""
    found = rank(vacancies(session(), today()))
    if city is not None:
        found = [one for one in found if division(one.vacancies.division).city is city]
    notices = list_notices(session(), SupplyState.OPEN, None, today(), _NOTICES)
    supply = notices_by_employer(current_exchange(), session(), notices) if found else {}
    return [Line(one, supply.get(one.vacancies.employer, [])) for one in found[:limit]], len(found)


def _supply_words(line: Line) -> list[str]:
    return [
        f"{place(notice.division)} {notice.workers} 人（{'、'.join(notice.occupations)}）匹配 {one.match.score} 分："
        f"{one.view.content.title}，{one.match.in_words}"
        for notice, one in line.supply
    ]


def _city() -> City | None:
    given = chosen("city", list(City))
    return City(given) if given else None


def _page(typed: Mapping[str, str], faults: dict[str, str], status: int = 200) -> ResponseReturnValue:
    city = _city()
    lines, total = _lines(city, _SHOWN)
    page = render_template(
        "supply/shortage.html",
        lines=lines,
        total=total,
        city=city or "",
        cities=[("", "两市"), *((str(one), label(one)) for one in City)],
        long=LONG,
        many=MANY,
        relocations=relocations(session()),
        fields=filled(relocation_fields(), typed, faults),
        faults=faults,
    )
    return private_page(page, status)
