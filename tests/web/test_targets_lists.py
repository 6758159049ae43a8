"""The lists behind the numbers: they add up, page by page and in Excel; what is not public is counted and not shown."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from exchange.views import targets_gap, targets_postings
from tests.web.bureau_desk import BureauDesk, csv_of, job, open_desk
from tests.web.page_client import Page, PageClient


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[BureauDesk]:
    """Chang'an has published: two count, one has no openings, one is held, one was refused for its title."""
    opened = open_desk(tmp_path)
    whole = (job("普工"), job("焊工", 薪资待遇="面议"))
    rest = (job("仓管员", 招聘人数=""), job("保安", 岗位职责="限男性"), job(""))
    opened.publish(opened.clerk("changan"), csv_of(*whole, *rest))
    yield opened
    opened.exchange.store.close()


def titles(page: Page) -> list[str]:
    return [row.css_first("th").text(separator="\n").split("\n")[0] for row in page.all(".posting-rows tbody tr")]


def test_every_number_opens_as_many_postings_as_it_says(pages: PageClient) -> None:
    targets = pages.get("/targets")
    numbers = targets.all(".commitment .big a, .cluster-table tbody td.figure a, [aria-labelledby=uncounted] td a")
    assert len(numbers) == 2 + 22 + 2
    for number in numbers:
        listed = pages.get(number.attributes["href"] or "")
        assert len(listed.all(".posting-rows tbody tr")) == int(number.text().replace(",", "")), number.html


def test_a_row_says_when_and_by_which_event_it_was_counted(desk: BureauDesk) -> None:
    page = PageClient(desk.app).get("/targets/postings?direction=dg-sg")
    assert sorted(titles(page)) == ["普工", "焊工"]
    row = page.all(".posting-rows tbody tr")[0].text(separator=" ")
    for words in ("东莞市长安试样电子有限公司", "长安镇", "2026-03-12", "人力资源和社会保障"):
        assert words in row
    sequence = int(page.all(".posting-rows tbody td.figure")[-1].text().replace(",", ""))
    with desk.exchange.store.read() as session:
        from exchange.models import Event

        assert session.get_one(Event, sequence).kind == "posting.created"


def test_pages_of_a_list_hold_each_posting_once(pages: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = titles(pages.get("/targets/postings"))
    monkeypatch.setattr(targets_postings, "AT_ONCE", 3)
    address, walked = "/targets/postings", []
    while address:
        page = pages.get(address)
        walked += titles(page)
        following = page.all(".pager a[rel=next]")
        address = following[0].attributes["href"] or "" if following else ""
    assert walked == whole
    assert len(walked) == 10


def test_the_workbook_holds_the_same_rows_and_says_what_it_is(desk: BureauDesk) -> None:
    client = PageClient(desk.app)
    page = client.get("/targets/postings?cluster=c01")
    response = client.client.get(page.link("下载 Excel"))
    sheet = load_workbook(io.BytesIO(response.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "翁源组团" in str(rows[0][0]) and "2 条" in str(rows[0][0])
    assert "台账序号" in str(rows[1][0])
    assert sorted(row[1] for row in rows[3:]) == ["普工", "焊工"]
    assert {row[8] for row in rows[3:]} == {"长安镇人力资源和社会保障分局"}
    assert all(isinstance(row[11], int) for row in rows[3:])


def test_what_is_held_is_counted_and_not_shown(desk: BureauDesk) -> None:
    held = "/targets/postings?reason=held"
    visitor = PageClient(desk.app).get(held)
    assert titles(visitor) == [targets_postings.HIDDEN]
    assert "保安" not in visitor.text
    assert titles(desk.clerk("humen").get(held)) == [targets_postings.HIDDEN]
    assert titles(desk.clerk("changan").get(held)) == ["保安"]
    assert titles(desk.clerk("office").get(held)) == ["保安"]


@pytest.mark.parametrize(
    "address",
    [
        "/targets/postings?direction=up", "/targets/postings?reason=moon", "/targets/postings?after=a,b",
        "/targets?year=moon", "/targets?as_of=yesterday", "/targets?sort=luck",
    ],
)  # fmt: skip
def test_a_wrong_address_is_said(pages: PageClient, address: str) -> None:
    assert "参数" in pages.get(address, status=400).text


def test_strange_places_are_not_found(pages: PageClient) -> None:
    for address in ("/targets/postings?cluster=c99", "/clusters/c99", "/targets/gap/moon"):
        pages.get(address, status=404)


def test_the_gap_opens_the_rows_it_talks_about(desk: BureauDesk) -> None:
    page = PageClient(desk.app).get("/clusters/c01")
    told = dict(zip(page.texts(".gap .hidden"), page.texts(".gap strong"), strict=True))
    assert told == {
        "：只缺招聘人数的在招岗位，东莞 → 韶关": "1",
        "：待审的岗位，东莞 → 韶关": "1",
        "：只因一格没填好而退回的行，东莞 → 韶关": "1",
    }
    office, visitor = desk.clerk("office"), PageClient(desk.app)
    for link in page.all(".gap a"):
        address = link.attributes["href"] or ""
        assert len(office.get(address).all(".posting-rows tbody tr")) == 1
        is_public = visitor.client.get(address).status_code == 200
        assert is_public == ("看清单" in link.text())
    assert titles(visitor.get("/targets/gap/openings?cluster=c01")) == ["仓管员"]


def test_rows_of_batches_are_for_those_who_may_see_the_batch(desk: BureauDesk) -> None:
    address = "/targets/gap/refused?cluster=c01"
    own = desk.clerk("changan").get(address)
    assert "没有岗位名称" in own.text
    assert "岗位表.csv" in own.text
    other = desk.clerk("humen").get(address)
    assert other.all(".posting-rows") == []
    assert "另有 1 行" in other.text


def test_a_list_of_employers_who_have_not_come_back(desk: BureauDesk) -> None:
    desk.clock.move(days=365)
    desk.clerk("office")
    page = desk.clerk("office").get("/clusters/c01")
    assert "上年提供过岗位、今年还没有的单位" in page.text
    listed = desk.clerk("office").get("/targets/gap/employers?cluster=c01&direction=dg-sg")
    assert listed.texts("tbody tr th") == ["东莞市长安试样电子有限公司"]
    assert [cell.text() for cell in listed.all("tbody td.figure")] == ["2", "20"]


def test_long_gaps_have_pages(desk: BureauDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.publish(desk.clerk("changan"), csv_of(job("钳工", 招聘人数=""), job("铣工", 招聘人数="")), "二.csv")
    monkeypatch.setattr(targets_gap, "AT_ONCE", 2)
    client = PageClient(desk.app)
    first = client.get("/targets/gap/openings?cluster=c01")
    second = client.get(first.all(".pager a[rel=next]")[0].attributes["href"] or "")
    assert sorted(titles(first) + titles(second)) == ["仓管员", "钳工", "铣工"]


def test_a_past_moment_keeps_its_numbers_and_its_lists(desk: BureauDesk) -> None:
    then = desk.clock.now
    desk.clock.move(days=3)
    desk.publish(desk.clerk("changan"), csv_of(job("钳工")), "二.csv")
    client = PageClient(desk.app)
    assert client.get("/targets").texts(".commitment .big")[0] == "3"
    past = client.get(f"/targets?as_of={then:%Y-%m-%d}")
    assert past.texts(".commitment .big")[0] == "2"
    assert "当时的数" in past.text
    listed = client.get(past.all(".commitment .big a")[0].attributes["href"] or "")
    assert sorted(titles(listed)) == ["普工", "焊工"]
    assert client.get("/clusters/c01?as_of=2026-03-01").texts(".commitment .big")[0] == "0"
    assert client.get("/targets?as_of=2999-01-01").texts(".commitment .big")[0] == "3", "the future is now"


def test_the_open_table_goes_day_by_day(desk: BureauDesk) -> None:
    desk.clock.move(days=2)
    desk.publish(desk.clerk("changan"), csv_of(job("钳工")), "二.csv")
    text = PageClient(desk.app).client.get("/targets.csv").data.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["代码"] == "postings-dg-sg"]
    days = {row["日期"]: row for row in rows if row["类别"] == "每日"}
    assert len(days) == 31 + 28 + 14
    assert {day: row["已计数（条）"] for day, row in days.items() if row["当日计数（条）"] != "0"} == {
        "2026-03-12": "2", "2026-03-14": "3",
    }  # fmt: skip
    assert days["2026-03-14"]["应达（条）"] == "2000"
    clusters = [row for row in csv.DictReader(io.StringIO(text)) if row["类别"] == "组团每日"]
    assert [(row["代码"], row["日期"], row["当日计数（条）"], row["当日人数"]) for row in clusters] == [
        ("c01", "2026-03-12", "2", "20"), ("c01", "2026-03-14", "1", "10"),
    ]  # fmt: skip
    for word in ("陈试样", "0769", "普工"):
        assert word not in text


def test_the_same_as_a_workbook(living: Any) -> None:
    text = living.response("/targets.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    book = load_workbook(io.BytesIO(living.response("/targets.xlsx").data))
    kinds = list(dict.fromkeys(row[0] for row in rows[1:]))
    assert book.sheetnames == kinds
    for kind in kinds:
        assert book[kind].max_row == 1 + sum(row[0] == kind for row in rows)


def test_the_counting_page_follows_the_rules(desk: BureauDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = PageClient(desk.app)

    def verdict(words: str) -> str:
        rows = client.get("/targets/how").all("[aria-labelledby=what] tbody tr")
        return next(row.css("td")[1].text() for row in rows if words in row.css("td")[0].text())

    assert verdict("若干") == "✓ 计 1 条、0 人"
    assert verdict("一格空着") == "不计（缺薪资）"
    monkeypatch.setattr("exchange.credits.SOME", ())
    assert verdict("若干") == "不计（缺招聘人数）"


def test_the_counting_page_says_sources_states_paces_and_how_to_recount(desk: BureauDesk) -> None:
    text = PageClient(desk.app).get("/targets/how").text
    for words in (
        "原因是无效、虚假、重复、误报的扣除", "单位要求、其他的不扣", "2 个百分点以上", "全年均匀",
        "guanshao count --year 2026",
        "guanshao verify", "工作地点在东莞市的，计入“东莞 → 韶关”", "60 天", "不计入，另列",
    ):  # fmt: skip
        assert words in text, words


def test_the_clusters_sort_by_every_column(pages: PageClient) -> None:
    by_people = pages.get("/targets?sort=sg-dg-openings")
    assert by_people.all(".cluster-table tbody tr th")[0].text() == "翁源组团"
    assert by_people.one("[aria-sort]").text().strip() == "人"
    assert pages.get("/targets?sort=fair").all(".cluster-table tbody tr th")[-1].text() == "未归组团"
