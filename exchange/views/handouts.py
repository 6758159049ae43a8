"""/bureau/handouts: hand-outs from any search: a sheet for the village notice board, an article for WeChat.

In: the parameters of the search, a title, how many. Out: a PDF; HTML and text of the article. The article's looks are
inline styles, which no page of ours may have: it is served by itself, sandboxed, and shown in a frame.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import segno
from flask import Blueprint, Response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from exchange.documents.article import article_html, article_text
from exchange.documents.handout_lines import HandoutHead
from exchange.documents.notice_sheet import write_notice_sheet
from exchange.documents.report_fonts import NoFont
from exchange.views.bureau_access import READERS
from exchange.views.bureau_files import attachment
from exchange.views.cooperation import organisation_name
from exchange.views.current import current_exchange, demonstration, today
from exchange.views.errors import Refused
from exchange.views.guard import own_account, private_page, requires
from exchange.views.handouts_lines import handout_lines, ids_found
from exchange.views.links import SearchLink
from exchange.views.search import asked_search
from search.requests import SearchRequest

blueprint = Blueprint("handouts", __name__, url_prefix="/bureau/handouts")
MOST_ON_SHEET = 3_000
MOST_IN_ARTICLE = 60
_USUAL_ON_SHEET, _USUAL_IN_ARTICLE = 60, 20
_LONGEST_TITLE = 40
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@dataclass(frozen=True, slots=True)
class Wanted:
    search: SearchRequest
    title: str
    on_sheet: int
    in_article: int

    @property
    def address(self) -> str:
        """Of the search, for people who want more."""
        return request.host_url.rstrip("/") + SearchLink(self.search).here()

    def link(self, endpoint: str, **more: object) -> str:
        path = SearchLink(self.search, endpoint).here()
        own = {"title": self.title, "on_sheet": self.on_sheet, "in_article": self.in_article, **more}
        return f"{path}{'&' if '?' in path else '?'}{urlencode(own)}"


@blueprint.get("")
@requires(*READERS)
def options() -> ResponseReturnValue:
    wanted = _wanted()
    lines = list(handout_lines(ids_found(wanted.search, wanted.in_article)))
    page = render_template(
        "handout/options.html",
        wanted=wanted,
        link=SearchLink(wanted.search),
        total=current_exchange().reader.search(wanted.search).total,
        most_on_sheet=MOST_ON_SHEET,
        most_in_article=MOST_IN_ARTICLE,
        text=article_text(_head(wanted), lines, wanted.address),
    )
    return private_page(page)


@blueprint.get("/notice.pdf")
@requires(*READERS)
def notice() -> ResponseReturnValue:
    wanted = _wanted()
    return notice_sheet(_head(wanted), ids_found(wanted.search, wanted.on_sheet), f"{wanted.title}.pdf")


def notice_sheet(head: HandoutHead, ids: list[str], name: str) -> Response:
    """A sheet of these postings, whoever chose them."""
    if not ids:
        raise Refused(404, "handout.empty", "没有可以打印的岗位", "请换一个搜索，有岗位时再打印。")
    with TemporaryDirectory(prefix="handout-") as folder:
        path = Path(folder) / "notice.pdf"
        try:
            write_notice_sheet(path, head, handout_lines(ids), current_exchange().settings.pdf_font)
        except NoFont as missing:
            raise Refused(503, "font.missing", str(missing), "请联系管理员。") from None
        content = io.BytesIO(path.read_bytes())
    return attachment(send_file(content, mimetype="application/pdf"), name)


@blueprint.get("/article.html")
@requires(*READERS)
def article() -> ResponseReturnValue:
    wanted = _wanted()
    name = f"{wanted.title}.html" if request.args.get("download") else ""
    return article_page(_head(wanted), ids_found(wanted.search, wanted.in_article), wanted.address, name)


def article_page(head: HandoutHead, ids: list[str], more: str, name: str = "") -> Response:
    """An article about these postings: to be shown by itself and in a frame, or with a name to be downloaded."""
    html = article_html(head, list(handout_lines(ids)), more)
    response = Response(html, content_type="text/html; charset=utf-8")
    if name:
        return attachment(response, name)
    response.headers["Content-Security-Policy"] = _SANDBOX
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/article.txt")
@requires(*READERS)
def text() -> ResponseReturnValue:
    wanted = _wanted()
    lines = list(handout_lines(ids_found(wanted.search, wanted.in_article)))
    told = article_text(_head(wanted), lines, wanted.address)
    return attachment(Response(told, content_type="text/plain; charset=utf-8"), f"{wanted.title}.txt")


@blueprint.get("/code.png")
@requires(*READERS)
def code() -> ResponseReturnValue:
    """The QR code of the search, to be put into the article by hand: the editor wants pictures uploaded."""
    wanted = _wanted()
    target = io.BytesIO()
    segno.make_qr(wanted.address, error="m").save(target, kind="png", scale=12, border=4)
    return attachment(Response(target.getvalue(), content_type="image/png"), f"{wanted.title}-二维码.png")


def _wanted() -> Wanted:
    title = " ".join(request.args.get("title", "").split())[:_LONGEST_TITLE]
    return Wanted(
        asked_search(),
        title or f"岗位信息（{today().month}月{today().day}日）",
        _number("on_sheet", _USUAL_ON_SHEET, MOST_ON_SHEET),
        _number("in_article", _USUAL_IN_ARTICLE, MOST_IN_ARTICLE),
    )


def _number(name: str, usual: int, most: int) -> int:
    given = request.args.get(name, "")
    return min(max(int(given), 1), most) if given.isascii() and given.isdigit() and len(given) < 9 else usual


def _head(wanted: Wanted) -> HandoutHead:
    day = today()
    return HandoutHead(
        title=wanted.title,
        subtitle=f"{organisation_name(own_account().organisation)}　{day.year}年{day.month}月{day.day}日",
        footer="莞韶岗位互通。应聘不收任何费用；遇到收费请拨打 12333。",
        demonstration=demonstration(),
    )
