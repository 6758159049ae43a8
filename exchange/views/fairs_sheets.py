"""Poster (A4) and booth sheets (A3) of a fair as PDF.

In: a fair's id. Out: PDF. The poster is for everybody once the fair is published; booth sheets are for those who set up
the hall, one print at a time.
"""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from flask import Blueprint, Response, send_file, url_for
from flask.typing import ResponseReturnValue

from exchange.documents.booth_sheet import BoothSheet, SheetHeading, SheetPosting, write_booth_sheets
from exchange.documents.poster import Poster, poster_pdf
from exchange.documents.report_fonts import NoFont
from exchange.models import Fair
from exchange.store.fairs_postings import Exhibit, exhibits_of, posting_ids
from exchange.store.reading import PostingView, find_views
from exchange.views.bureau_access import READERS
from exchange.views.bureau_fairs_access import seen_fair
from exchange.views.bureau_files import attachment
from exchange.views.current import current_exchange, demonstration, session, today
from exchange.views.errors import Refused
from exchange.views.fairs_print import printable_fair
from exchange.views.fairs_shown import fair_place, fair_time, shown_fairs
from exchange.views.formats import experience, number, openings, pay, place, word
from exchange.views.guard import requires

blueprint = Blueprint("fairs_sheets", __name__)
_PRINTING, _PATIENCE = "fair-print", 20.0  # seconds for another print to end
_BENEFITS = 4


@blueprint.get("/fairs/<string:fair_id>/poster.pdf")
def poster(fair_id: str) -> Response:
    fair = printable_fair(fair_id)
    if shown_fairs([fair])[0].is_cancelled:
        raise Refused(410, "fair.cancelled", "这场对接会已取消", "没有海报可以打印。")
    try:
        made = poster_pdf(_poster(fair), current_exchange().settings.pdf_font)
    except NoFont as fault:
        raise _no_font(fault) from None
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="poster.pdf"'
    return response


@blueprint.get("/bureau/fairs/<string:fair_id>/booths.pdf")
@requires(*READERS)
def booth_sheets(fair_id: str) -> ResponseReturnValue:
    fair = seen_fair(fair_id)
    exchange = current_exchange()
    with exchange.local_lock(_PRINTING, _PATIENCE) as mine, tempfile.TemporaryDirectory(prefix="guanshao-") as folder:
        if not mine:
            raise Refused(503, "print.busy", "正在打印另一份展位单", "请过一分钟再试。", headers={"Retry-After": "60"})
        heading = SheetHeading(fair.name, fair_time(fair), f"{fair.organisers} · 免费入场", demonstration())
        try:
            path = write_booth_sheets(heading, _booths(fair, today()), Path(folder), exchange.settings.pdf_font)
        except NoFont as fault:
            raise _no_font(fault) from None
        return attachment(send_file(path.open("rb"), mimetype="application/pdf"), f"{fair.name}展位单.pdf")


def _poster(fair: Fair) -> Poster:
    figures = shown_fairs([fair])[0].figures
    exhibits = [one.exhibitor for one in exhibits_of(session(), fair.id, today()) if one.exhibitor.verified_at]
    counted = ((figures.employers, "家企业"), (figures.postings, "个岗位"), (figures.openings, "个招聘名额"))
    return Poster(
        title=fair.name,
        when=fair_time(fair),
        place=fair_place(fair),
        figures=tuple((number(count), words) for count, words in counted if count),
        lines=(("主办", fair.organisers), ("咨询", f"{fair.contact} {fair.phone}")),
        notice=fair.notice,
        address=url_for("fairs.show", fair_id=fair.id, _external=True),
        employers=[(one.booth, one.name) for one in exhibits],
        demonstration=demonstration(),
    )


def _booths(fair: Fair, day: date) -> Iterator[BoothSheet]:
    """One after another, so that the postings of a large fair are never all in memory."""
    for exhibit in exhibits_of(session(), fair.id, day):
        yield _booth(fair, exhibit, find_views(session(), posting_ids(session(), fair.id, day, exhibit.exhibitor.id)))
        session().expunge_all()


def _booth(fair: Fair, exhibit: Exhibit, views: list[PostingView]) -> BoothSheet:
    one = exhibit.exhibitor
    address = url_for("fairs.employer", fair_id=fair.id, exhibitor_id=one.id, _external=True)
    return BoothSheet(one.booth, one.name, address, tuple(map(_posting, views)))


def _posting(view: PostingView) -> SheetPosting:
    content = view.content
    education = () if content.education == "unlimited" else (word(content.education),)
    facts = (place(content.division), *content.benefits[:_BENEFITS], *education, experience(content))
    address = url_for("posting.show", posting_id=view.id, _external=True)
    return SheetPosting(content.title, " · ".join(facts), pay(content.salary), openings(content), address)


def _no_font(fault: NoFont) -> Refused:
    return Refused(503, "font.missing", "做不出 PDF", str(fault))
