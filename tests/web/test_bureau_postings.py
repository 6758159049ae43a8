"""Single postings in a clerk's hand: listed, ended, extended, withdrawn and edited, at once and as events."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from exchange.models import Credit
from exchange.store.lifecycle import find_postings
from tests.web.bureau_desk import PERSON, PHONE, BureauDesk, Clerk, csv_of, job, numbers, open_desk
from tests.web.page_client import Page


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[BureauDesk]:
    opened = open_desk(tmp_path)
    yield opened
    opened.exchange.store.close()


@pytest.fixture
def clerk(desk: BureauDesk) -> Clerk:
    found = desk.clerk()
    desk.publish(found, csv_of(job("普工", 岗位职责="看机台"), job("焊工")))
    return found


def _id(desk: BureauDesk, title: str) -> str:
    (found,) = desk.found(title)
    return found


def _status(desk: BureauDesk, posting: str) -> str:
    with desk.exchange.store.read() as session:
        return find_postings(session, [posting])[0].status


def _credit(desk: BureauDesk, posting: str) -> int:
    with desk.exchange.store.read() as session:
        found = session.exec(select(Credit.sign).where(Credit.posting_id == posting, Credit.reason == ""))
        return sum(found)


def _typed(page: Page) -> dict[str, str]:
    fields = page.all("form.edit-form input:not([type=hidden]), form.edit-form textarea")
    return {f.attributes["name"]: f.attributes.get("value") or f.text() for f in fields}


def test_own_postings_are_listed_and_found(desk: BureauDesk, clerk: Clerk) -> None:
    assert sorted(clerk.get("/bureau/postings").texts("tbody th")) == ["普工", "焊工"]
    assert clerk.get("/bureau/postings?q=焊").texts("tbody th") == ["焊工"]
    assert len(clerk.get("/bureau/postings?q=长安试样").texts("tbody th")) == 2
    assert clerk.get(f"/bureau/postings?q={_id(desk, '焊工').lower()}").texts("tbody th") == ["焊工"]
    assert "没有找到" in clerk.get("/bureau/postings?q=%25").text
    assert desk.clerk("humen").get("/bureau/postings").texts("tbody th") == []
    assert len(desk.clerk("office").get("/bureau/postings").texts("tbody th")) == 2


def test_a_withdrawn_posting_is_gone_at_once_without_the_worker(desk: BureauDesk, clerk: Clerk) -> None:
    posting = _id(desk, "普工")
    page = clerk.get(f"/bureau/postings/{posting}")
    assert clerk.press(page, "撤回岗位").status_code == 400, "a reason is needed"
    told = clerk.pressed(page, "撤回岗位", reason="误报", words="重复上报了")
    assert "马上从所有页面消失" in told.text
    assert "撤回：误报，重复上报了" in told.text, "the history keeps the reason"
    assert desk.found("普工") == []
    clerk.get(f"/postings/{posting}", 410)
    assert posting not in clerk.get("/postings").html
    assert _credit(desk, posting) == 0
    assert clerk.press(page, "撤回岗位", reason="误报").status_code == 409, "it is over"


def test_a_filled_posting_ends_and_keeps_its_credit(desk: BureauDesk, clerk: Clerk) -> None:
    posting = _id(desk, "普工")
    told = clerk.pressed(clerk.get(f"/bureau/postings/{posting}"), "结束招聘")
    assert "已结束招聘" in told.text
    assert desk.found("普工") == []
    assert (_status(desk, posting), _credit(desk, posting)) == ("closed", 1)
    assert not told.all("main form"), "nothing more to do with it"


def test_a_posting_is_extended_to_a_later_day(desk: BureauDesk, clerk: Clerk) -> None:
    posting = _id(desk, "普工")
    page = clerk.get(f"/bureau/postings/{posting}")
    assert "5月11日（周一）（默认）" in page.text
    told = clerk.pressed(page, "延期", until="2026-07-01")
    assert "已延期到 7月1日（周三）" in told.text
    assert "7月1日（周三）" in clerk.get(f"/postings/{posting}").text
    assert clerk.press(page, "延期", until="2026-06-01").status_code == 409
    for wrong in ("", "明年", "2026-01-01"):
        assert clerk.press(page, "延期", until=wrong).status_code == 400


def test_a_whole_batch_is_withdrawn_and_its_credits_with_it(desk: BureauDesk, clerk: Clerk) -> None:
    path = f"/bureau/batches/{desk.batches()[0].id}"
    postings = desk.found()
    assert [_credit(desk, posting) for posting in postings] == [1, 1]
    page = clerk.get(path)
    told = clerk.pressed(page, "撤回整批", reason="虚假")
    assert "整批已撤回：2\u2009个岗位" in told.html
    assert desk.found() == []
    assert [_credit(desk, posting) for posting in postings] == [0, 0]
    assert numbers(told)["新增"] == 2, "what it was stays"
    assert clerk.press(page, "撤回整批", reason="虚假").status_code == 409
    assert "已撤回" in clerk.get("/bureau/batches").text


def test_others_can_do_nothing_to_it(desk: BureauDesk, clerk: Clerk) -> None:
    posting = _id(desk, "普工")
    humen = desk.clerk("humen")
    humen.get(f"/bureau/postings/{posting}", 404)
    humen.get(f"/bureau/postings/{posting}/edit", 404)
    for act in ("close", "withdraw", "edit"):
        assert humen.send(f"/bureau/postings/{posting}/{act}", reason="误报").status_code == 404
    cluster = desk.clerk("pair")
    assert cluster.send(f"/bureau/postings/{posting}/close").status_code == 403
    assert _status(desk, posting) == "open"


def test_an_edit_is_a_batch_of_one_and_loses_nothing(desk: BureauDesk, clerk: Clerk) -> None:
    posting = _id(desk, "普工")
    page = clerk.get(f"/bureau/postings/{posting}/edit")
    typed = _typed(page)
    assert (typed["contact"], typed["phone"], typed["duties"]) == (PERSON, PHONE, "看机台")
    told = clerk.pressed(page, "保存修改", **{**typed, "salary": "7000-8000元/月", "title": "普工（夜班）"})
    assert "修改已收下" in told.text
    assert "普工" in clerk.get(f"/postings/{posting}").one("h1").text(), "until the worker has checked it"
    desk.work()
    assert numbers(clerk.get(f"/bureau/batches/{desk.batches()[0].id}"))["更新"] in {0, 1}
    public = clerk.get(f"/postings/{posting}")
    assert public.one("h1").text() == "普工（夜班）"
    assert "7,000–8,000" in public.text
    assert "看机台" in public.text
    assert PERSON in clerk.get(f"/bureau/postings/{posting}").text
    assert "更新" in clerk.get(f"/bureau/postings/{posting}").one(".history").text()
    assert _credit(desk, posting) == 1
    assert len(desk.found()) == 2, "still the same posting"


def test_an_edit_that_breaks_a_rule_is_held_and_says_so(desk: BureauDesk, clerk: Clerk) -> None:
    posting = _id(desk, "普工")
    page = clerk.get(f"/bureau/postings/{posting}/edit")
    path = clerk.press(page, "保存修改", **{**_typed(page), "duties": "看机台，限男性"}).headers["Location"]
    desk.work()
    assert numbers(clerk.get(path))["待审"] == 1
    clerk.get(f"/postings/{posting}", 404)
    assert "正在审核" in clerk.get(f"/bureau/postings/{posting}").text


def test_an_edit_without_a_title_keeps_what_was_typed(desk: BureauDesk, clerk: Clerk) -> None:
    posting = _id(desk, "普工")
    page = clerk.get(f"/bureau/postings/{posting}/edit")
    typed = {**_typed(page), "title": " ", "salary": "面议", "address": "长" * 501}
    response = clerk.press(page, "保存修改", **typed)
    assert response.status_code == 400
    again = Page(response)
    assert again.one("#title-fault").text() == "请填岗位名称。"
    assert "最多 500 个字，现在有 501 个" in again.one("#address-fault").text()
    assert again.one("#salary").attributes["value"] == "面议"
    assert len(desk.batches()) == 1


def test_an_edit_that_changes_nothing_makes_no_batch(desk: BureauDesk, clerk: Clerk) -> None:
    page = clerk.get(f"/bureau/postings/{_id(desk, '普工')}/edit")
    assert "内容没有改动" in clerk.pressed(page, "保存修改", **_typed(page)).text
    assert len(desk.batches()) == 1


def test_two_who_edit_at_once_do_not_overwrite_each_other_unseen(desk: BureauDesk, clerk: Clerk) -> None:
    colleague, address = desk.clerk("changan2"), f"/bureau/postings/{_id(desk, '普工')}/edit"
    first, second = clerk.get(address), colleague.get(address)
    clerk.press(first, "保存修改", **{**_typed(first), "salary": "7000元/月"})
    desk.work()
    response = colleague.press(second, "保存修改", **{**_typed(second), "openings": "3"})
    assert response.status_code == 409
    warned = Page(response)
    assert "别人改过这个岗位" in warned.one("[role=alert]").text()
    assert warned.one("#openings").attributes["value"] == "3", "what was typed is kept"
    assert colleague.press(warned, "保存修改", **_typed(warned)).status_code == 303, "the second time it is meant"


def test_who_is_not_the_owner_neither_sees_nor_loses_the_contact(desk: BureauDesk, clerk: Clerk) -> None:
    posting, office = _id(desk, "普工"), desk.clerk("office")
    assert PHONE not in office.get(f"/bureau/postings/{posting}").html
    page = office.get(f"/bureau/postings/{posting}/edit")
    assert not page.all("#phone, #contact")
    office.press(page, "保存修改", **{**_typed(page), "openings": "7"})
    desk.work()
    kept = clerk.get(f"/bureau/postings/{posting}")
    assert "招\u20097\u2009人" in kept.html
    assert PHONE in kept.text


def test_what_is_over_is_not_edited(desk: BureauDesk, clerk: Clerk) -> None:
    posting = _id(desk, "普工")
    clerk.pressed(clerk.get(f"/bureau/postings/{posting}"), "结束招聘")
    assert "重新上传" in clerk.get(f"/bureau/postings/{posting}/edit", 409).text
