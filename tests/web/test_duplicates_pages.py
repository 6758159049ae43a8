"""A clerk objects to a join, the office splits, keeps or joins: in pages, at once, noted, and only as it was seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from exchange.models import Offer, Posting
from exchange.store.objecting import open_objections
from exchange.store.reading import find_views
from tests.web.bureau_desk import BureauDesk, csv_of, job, open_desk
from tests.web.page_client import Page
from tests.web.staff import Browser

WORDS = "这是夜班的另一条线"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[BureauDesk]:
    opened = open_desk(tmp_path)
    yield opened
    opened.exchange.store.close()


@pytest.fixture
def joined(desk: BureauDesk) -> str:
    """Path of Humen's batch, whose row was joined to Chang'an's posting."""
    desk.publish(desk.clerk("changan"), csv_of(job("普工")))
    clerk = desk.clerk("humen")
    path = clerk.uploaded(csv_of(job("急聘普工")))
    desk.work()
    clerk.pressed(clerk.get(path), "确认")
    desk.work()
    return path


def postings(desk: BureauDesk) -> dict[str, str]:
    with desk.exchange.store.read() as session:
        return {posting.id: posting.status for posting in session.exec(select(Posting))}


def found(desk: BureauDesk) -> list[str]:
    """Titles of what a search finds."""
    with desk.exchange.store.read() as session:
        return sorted(view.content.title for view in find_views(session, desk.found()))


def offer_of(desk: BureauDesk, title: str) -> Offer:
    with desk.exchange.store.read() as session:
        return next(offer for offer in session.exec(select(Offer)) if offer.content["title"] == title)


def press(browser: Browser, page: Page, button: str, words: str = "已和两家单位核实", **changed: str) -> Page:
    """Write a reason and press the button, which may lead elsewhere than its form."""
    form = next(f for f in page.all("form") if any(button in b.text() for b in f.css("button")))
    (pressed,) = [b for b in form.css("button") if button in b.text()]
    fields = {i.attributes["name"]: i.attributes.get("value") or "" for i in form.css("input[type=hidden]")}
    address = pressed.attributes.get("formaction") or form.attributes["action"]
    response = browser.client.post(address, data={**fields, "words": words, **changed})
    return Page(response) if response.status_code != 303 else browser.get(response.headers["Location"])


def object_to(desk: BureauDesk, joined: str) -> Page:
    clerk = desk.clerk("humen")
    return press(clerk, clerk.get(f"{joined}/records/duplicate"), "提出异议", WORDS)


def test_the_clerk_sees_why_and_objects(desk: BureauDesk, joined: str) -> None:
    clerk = desk.clerk("humen")
    rows = clerk.get(f"{joined}/records/duplicate")
    assert "单位名称相同" in rows.text
    page = press(clerk, rows, "提出异议", WORDS)
    assert "异议已提交" in page.text
    assert f"等指挥部办公室决定：{WORDS}" in page.text
    assert not page.all("form[action$=objection]"), "once is enough"
    with desk.exchange.store.read() as session:
        assert [one.words for one in open_objections(session)] == [WORDS]


def test_nobody_objects_for_others_or_without_words(desk: BureauDesk, joined: str) -> None:
    form = desk.clerk("humen").get(f"{joined}/records/duplicate").one("form[action$=objection]")
    address = form.attributes["action"] or ""
    assert desk.clerk("changan").send(address, words=WORDS).status_code == 404
    assert desk.clerk("pair").send(address, words=WORDS).status_code == 403
    clerk = desk.clerk("humen")
    assert "没有提出异议：请写明" in press(clerk, clerk.get(f"{joined}/records/duplicate"), "提出异议", " ").text
    assert clerk.send(address.replace("/1/", "/9/"), words=WORDS).status_code == 404


def test_before_it_is_published_there_is_nothing_to_object_to(desk: BureauDesk) -> None:
    desk.publish(desk.clerk("changan"), csv_of(job("普工")))
    path = desk.clerk("humen").uploaded(csv_of(job("急聘普工")))
    desk.work()
    assert "单位名称相同" in desk.clerk("humen").get(f"{path}/records/duplicate").text
    assert not desk.clerk("humen").get(f"{path}/records/duplicate").all("form[action$=objection]")


def test_the_office_sees_both_side_by_side_and_splits(desk: BureauDesk, joined: str) -> None:
    object_to(desk, joined)
    office = desk.clerk("office")
    page = office.get("/office/duplicates")
    assert page.one("article.review h2").text() == "急聘普工"
    assert WORDS in page.one("article.review .finding").text()
    assert [" ".join(text.split()) for text in page.texts("tr.differs")] == ["岗位 （不同） 急聘普工 普工"]
    assert found(desk) == ["普工"]
    done = press(office, page, "拆分成两个岗位")
    assert "已拆分" in done.text
    assert found(desk) == ["急聘普工", "普工"]
    assert done.texts("#decided ~ .scroll tbody th") == ["拆分"]
    assert "现在没有等着处理的异议" in done.text
    own = offer_of(desk, "急聘普工").posting_id
    history = desk.clerk("humen").get(f"/bureau/postings/{own}").texts(".history li")
    assert any("拆分" in line and "已和两家单位核实" in line for line in history)


def test_the_office_keeps_the_join(desk: BureauDesk, joined: str) -> None:
    object_to(desk, joined)
    office = desk.clerk("office")
    page = press(office, office.get("/office/duplicates"), "维持合并")
    assert "已维持合并" in page.text
    assert found(desk) == ["普工"]
    assert "等指挥部办公室决定" not in desk.clerk("humen").get(f"{joined}/records/duplicate").text


def test_two_postings_are_compared_and_joined_and_split_again(desk: BureauDesk) -> None:
    desk.publish(desk.clerk("changan"), csv_of(job("普工")))
    desk.publish(desk.clerk("humen"), csv_of(job("普工", 工作地点="虎门镇")))
    first, second = sorted(postings(desk), key=lambda id: offer_of(desk, "普工").posting_id != id)
    office = desk.clerk("office")
    found = office.client.get("/office/duplicates", query_string={"posting": first.lower(), "other": second})
    page = office.get(found.headers["Location"])
    assert any("长安镇" in row and "虎门镇" in row for row in page.texts("tr.differs"))
    assert "已合并" in press(office, page, "合并成一个岗位").text
    assert sorted(postings(desk).values()) == ["open", "withdrawn"]
    stays = next(id for id, status in postings(desk).items() if status == "open")
    shared = office.get(f"/office/duplicates/{stays}")
    assert len(shared.all("article.review")) == 2
    assert "已拆分" in press(office, shared, "拆分成两个岗位").text
    assert sorted(postings(desk).values()) == ["open", "open"]


def test_what_is_decided_is_what_was_seen(desk: BureauDesk, joined: str) -> None:
    object_to(desk, joined)
    office = desk.clerk("office")
    page = office.get("/office/duplicates")
    desk.publish(desk.clerk("changan"), csv_of(job("普工", 薪资待遇="7000-8000元/月")))
    assert "您看过之后，岗位又有变化" in press(office, page, "拆分成两个岗位").text
    assert found(desk) == ["普工"]


def test_a_decision_needs_a_reason_and_the_office(desk: BureauDesk, joined: str) -> None:
    object_to(desk, joined)
    office = desk.clerk("office")
    refused = press(office, office.get("/office/duplicates"), "拆分成两个岗位", " ")
    assert "还没有写理由" in refused.text
    assert found(desk) == ["普工"]
    assert desk.clerk("changan").client.get("/office/duplicates").status_code == 403
    office.get("/office/duplicates/NOSUCHPOST12", 404)
