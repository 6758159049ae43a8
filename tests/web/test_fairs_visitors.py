"""What visitors see of fairs: lists and months, one fair with a search inside, booths, codes, calendars, the API."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from ics import Calendar as OtherCalendar
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser

from exchange.clock import LOCAL
from exchange.schemas.fairs import FairsSchema
from tests.requiring import miss
from tests.web.bureau_desk import open_desk
from tests.web.fair_desk import ELECTRONICS, FORM, MILL, FairDesk, open_fair_desk
from tests.web.page_client import PageClient


@pytest.fixture
def fairs(tmp_path: Path) -> Iterator[FairDesk]:
    desk = open_desk(tmp_path)
    yield open_fair_desk(desk)
    desk.exchange.store.close()


@pytest.fixture
def visitor(fairs: FairDesk) -> PageClient:
    return PageClient(fairs.desk.app)


def calendar(visitor: PageClient, path: str = "/fairs.ics") -> str:
    answer = visitor.client.get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    return answer.get_data(as_text=True)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").splitlines()


def test_a_fair_is_nowhere_before_it_is_published(fairs: FairDesk, visitor: PageClient) -> None:
    path = fairs.checked()
    public = fairs.public(path)
    assert visitor.client.get(public).status_code == 404
    assert visitor.client.get(f"{public}.ics").status_code == 404
    assert visitor.client.get(f"{public}/qr.svg").status_code == 404
    assert FORM["name"] not in visitor.get("/fairs").text
    assert "BEGIN:VEVENT" not in calendar(visitor)
    assert visitor.client.get("/api/v1/fairs").get_json() == {"items": []}


def test_the_list_the_month_and_the_front_page_tell_it(fairs: FairDesk, visitor: PageClient) -> None:
    public = fairs.public(fairs.published())
    page = visitor.get("/fairs")
    assert page.link(FORM["name"]) == public
    assert "4月10日（周五）09:00–12:00" in page.text
    assert "2\u2009家企业" in page.html and "4\u2009个岗位" in page.html
    month = visitor.get("/fairs?month=2026-04")
    (cell,) = [td for td in month.all("table.month td") if FORM["name"] in td.text()]
    assert cell.css_first(".date").text() == "10"
    assert FORM["name"] not in visitor.get("/fairs?month=2026-05").text
    assert FORM["name"] not in visitor.get("/fairs?cluster=c02").text
    assert "近期对接会 4月10日（周五）" in visitor.get("/").text


def test_one_fair_with_employers_booths_and_a_search_that_stays_inside(fairs: FairDesk, visitor: PageClient) -> None:
    public = fairs.public(fairs.published())
    page = visitor.get(public)
    assert page.texts("svg.booths .booth-number") == ["A01", "A02"]
    assert page.texts(".exhibits th[scope=row]") == [ELECTRONICS, MILL]
    assert page.texts(".cards h3 a") and len(page.all(".cards .card")) == 4
    inside = visitor.get(f"{public}?q=缝纫工")
    assert inside.texts(".cards h3 a") == ["缝纫工"]
    assert "会上没有找到" in visitor.get(f"{public}?q=潜水员").text
    booth = page.all("svg.booths a")[1].attributes["href"]
    assert booth
    assert sorted(visitor.get(booth).texts(".cards h3 a")) == ["文员", "缝纫工"]


def test_an_exhibitor_that_is_not_verified_is_not_shown(fairs: FairDesk, visitor: PageClient) -> None:
    path = fairs.published()
    fairs.send(path, "/exhibitors/add", employer="还没核验的厂", booth="B01")
    assert "还没核验的厂" not in visitor.get(fairs.public(path)).text


def test_the_calendar_is_read_by_another_library(fairs: FairDesk, visitor: PageClient) -> None:
    path = fairs.published()
    (event,) = OtherCalendar(calendar(visitor)).events
    assert event.name == FORM["name"]
    assert event.begin.datetime.astimezone(LOCAL).isoformat() == "2026-04-10T09:00:00+08:00"
    assert event.end.datetime - event.begin.datetime == timedelta(hours=3)
    assert FORM["place"] in (event.location or "")
    assert event.uid == f"fair-{fairs.fair(path).id}@guanshao"
    (alone,) = OtherCalendar(calendar(visitor, f"{fairs.public(path)}.ics")).events
    assert alone.uid == event.uid


def test_changes_and_a_cancellation_reach_those_who_took_it(fairs: FairDesk, visitor: PageClient) -> None:
    path = fairs.published()

    def told() -> tuple[str, int, list[str]]:
        lines = unfolded(calendar(visitor))
        uid = next(line for line in lines if line.startswith("UID:"))
        return uid, int(next(line for line in lines if line.startswith("SEQUENCE:")).split(":")[1]), lines

    uid, sequence, lines = told()
    assert "DTSTART;TZID=Asia/Shanghai:20260410T090000" in lines
    assert "BEGIN:VTIMEZONE" in lines and "TZID:Asia/Shanghai" in lines
    assert {"STATUS:CONFIRMED", "METHOD:PUBLISH"} <= set(lines)
    assert any(line.startswith("DTSTAMP:") for line in lines)
    stamp = next(line for line in lines if line.startswith("LAST-MODIFIED:"))
    fairs.desk.clock.move(minutes=30)
    fields = fairs.fields(path, fairs.clerk, **{**FORM, "notice": "下午也有接驳车。"})
    assert fairs.clerk.client.post(f"{path}/edit", data=fields).status_code == 303
    same, later, lines = told()
    assert (same, later > sequence) == (uid, True)
    assert next(line for line in lines if line.startswith("LAST-MODIFIED:")) > stamp
    fairs.send(path, "/cancel", reason="台风停办")
    same, last, lines = told()
    assert (same, last > later) == (uid, True)
    assert "STATUS:CANCELLED" in lines
    assert f"SUMMARY:【已取消】{FORM['name']}" in lines
    assert any("台风停办" in line for line in lines if line.startswith("DESCRIPTION"))
    (event,) = OtherCalendar(calendar(visitor)).events
    assert event.status == "CANCELLED"
    assert visitor.get(fairs.public(path)).texts(".notice.bad")
    assert "近期对接会" not in visitor.get("/").text


def test_a_calendar_that_has_not_changed_is_not_sent_again(fairs: FairDesk, visitor: PageClient) -> None:
    path = fairs.published()
    tag = visitor.client.get("/fairs.ics").headers["ETag"]
    assert visitor.client.get("/fairs.ics", headers={"If-None-Match": tag}).status_code == 304
    fairs.send(path, "/cancel", reason="台风停办")
    assert visitor.client.get("/fairs.ics", headers={"If-None-Match": tag}).status_code == 200


def test_no_word_of_a_fair_breaks_its_calendar(fairs: FairDesk, visitor: PageClient) -> None:
    fairs.published(name="逗号,分号;反斜\\杠", notice="第一行\nEND:VCALENDAR\n" + "长" * 300)
    text = calendar(visitor)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (event,) = OtherCalendar(text).events
    assert event.name == "逗号,分号;反斜\\杠"
    assert "END:VCALENDAR" in (event.description or "")


def test_codes_for_fair_booth_and_posting(fairs: FairDesk, visitor: PageClient) -> None:
    public = fairs.public(fairs.published())
    booth = visitor.get(public).all("svg.booths a")[0].attributes["href"]
    posting = visitor.get(public).all(".cards h3 a")[0].attributes["href"]
    for path in (public, booth, posting):
        answer = visitor.client.get(f"{path}/qr.svg")
        assert answer.mimetype == "image/svg+xml"
        tree = LexborHTMLParser(answer.get_data(as_text=True))
        assert tree.css("svg path") and not tree.css("[style], script")


def test_the_api_lists_them(fairs: FairDesk, visitor: PageClient) -> None:
    path = fairs.published()
    answer = visitor.client.get("/api/v1/fairs").get_json()
    FairsSchema().load(answer)
    (item,) = answer["items"]
    assert (item["employers"], item["postings"], item["openings"]) == (2, 4, 40)
    assert item["starts_at"] == "2026-04-10T09:00:00+08:00"
    assert item["state"] == "published"
    assert visitor.client.get("/api/v1/fairs?year=2025").get_json() == {"items": []}
    assert visitor.client.get("/api/v1/fairs?state=nonsense").status_code == 400
    fairs.send(path, "/cancel", reason="台风停办")
    (item,) = visitor.client.get("/api/v1/fairs?year=2026&state=cancelled").get_json()["items"]
    assert item["cancelled_because"] == "台风停办"


def test_a_fair_held_keeps_the_figures_it_had(fairs: FairDesk, visitor: PageClient) -> None:
    path = fairs.held()
    fairs.desk.clock.move(days=90)  # its postings have expired by then
    (item,) = visitor.client.get("/api/v1/fairs?year=2026").get_json()["items"]
    assert (item["employers"], item["postings"]) == (2, 4)
    assert "会上的岗位 0 个" in visitor.get(fairs.public(path)).text


def test_poster_and_booth_sheets_are_pdf(fairs: FairDesk, visitor: PageClient) -> None:
    path = fairs.published()
    answer = visitor.client.get(f"{fairs.public(path)}/poster.pdf")
    if answer.status_code == 503:
        assert "没有找到中文字体" in answer.get_data(as_text=True)
        miss("font", "there is no Chinese font on this machine")
    assert answer.mimetype == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.data)).pages) == 1
    assert visitor.client.get(f"{path}/booths.pdf").status_code == 302  # to the login page
    with fairs.clerk.client.get(f"{path}/booths.pdf") as sheets:
        reader = PdfReader(io.BytesIO(sheets.data))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert len(reader.pages) == 2
    assert all(words in text for words in ("A01", "A02", MILL, "缝纫工", "数控车床操作工", "招10人"))
    fairs.send(path, "/cancel", reason="台风停办")
    assert visitor.client.get(f"{fairs.public(path)}/poster.pdf").status_code == 410
