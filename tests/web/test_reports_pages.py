"""A report from draft to frozen, in pages: who may do what, numbers that stay, two persons at once, files that stay."""

import hashlib
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlmodel import select

from exchange.models import Report
from exchange.reports.steps import draft_due
from exchange.store.verifying import Replay, verify_store
from tests.web.bureau_desk import BureauDesk, Clerk, csv_of, job, open_desk
from tests.web.page_client import Page

C01 = "/office/reports/2026Q1-c01"
OFFICE = "/office/reports/2026Q1-office"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[BureauDesk]:
    """Chang'an has published two postings in March; it is the second of April."""
    opened = open_desk(tmp_path)
    opened.publish(opened.clerk("changan"), csv_of(job("普工"), job("焊工"), job("保安", 薪资待遇="")))
    opened.clock.move(days=21)
    yield opened
    opened.exchange.store.close()


@pytest.fixture
def drafted(desk: BureauDesk) -> BureauDesk:
    assert draft_due(desk.exchange) == 11
    return desk


def stored(desk: BureauDesk, id: str = "2026Q1-c01") -> Report:
    with desk.exchange.store.read() as session:
        return session.exec(select(Report).where(Report.id == id)).one()


def differences(desk: BureauDesk) -> list[str]:
    with desk.exchange.store.read() as session:
        return list(verify_store(session, Replay()))


def save(browser: Clerk, page: Page, key: str, text: str) -> Page:
    """Type into a section and press its button."""
    form = page.one(f"form[action$='/sections/{key}']")
    fields = {i.attributes["name"]: i.attributes.get("value") or "" for i in form.css("input[type=hidden]")}
    response = browser.client.post(form.attributes["action"] or "", data={**fields, "text": text})
    return Page(response) if response.status_code != 303 else browser.get(response.headers["Location"])


def text_of(page: Page) -> str:
    return "".join(page.one(".report-paper").text().split())


def sent(desk: BureauDesk) -> Clerk:
    officer = desk.clerk("pair")
    officer.pressed(officer.get(C01), "报送")
    return officer


def test_the_system_drafts_once_what_is_due(drafted: BureauDesk) -> None:
    assert draft_due(drafted.exchange) == 0
    with drafted.exchange.store.read() as session:
        reports = session.exec(select(Report)).all()
    assert {report.state for report in reports} == {"draft"}
    assert differences(drafted) == []


def test_a_draft_made_too_early_gets_the_final_numbers_and_keeps_a_persons_words(desk: BureauDesk) -> None:
    desk.clock.move(days=-20)
    officer = desk.clerk("pair")
    officer.pressed(officer.get(C01), "起草报告")
    save(officer, officer.get(C01), "fairs", "3月28日在翁源举办专场。")
    early = stored(desk)
    assert early.content["basis"]["kind"] == "partial"
    desk.publish(desk.clerk("changan"), csv_of(job("质检员")))
    assert draft_due(desk.exchange) == 0, "the quarter still runs"
    desk.clock.move(days=20)
    assert draft_due(desk.exchange) == 11
    after = stored(desk)
    assert after.content["basis"]["kind"] == "ledger"
    assert after.content["directions"][0]["new"]["postings"] == early.content["directions"][0]["new"]["postings"] + 1
    assert after.edits == early.edits
    assert draft_due(desk.exchange) == 0
    assert differences(desk) == []


def test_nobody_reports_of_a_time_before_the_platform(tmp_path: Path) -> None:
    empty = open_desk(tmp_path)
    empty.clock.move(days=21)
    assert draft_due(empty.exchange) == 0
    empty.exchange.store.close()


def test_the_list_says_what_came_and_what_is_missing(drafted: BureauDesk) -> None:
    sent(drafted)
    office = drafted.clerk("office")
    rows = [" ".join(text.split()) for text in office.get("/office/reports").texts(".report-list tbody tr")]
    assert rows[0].startswith("翁源组团 已报送")
    assert rows[1].startswith("乐昌组团 草稿")
    assert "本期进行中" in rows[1]
    assert any("2026年上半年 本期进行中" in row for row in rows)
    drafted.clock.move(days=20)
    office = drafted.clerk("office")
    assert "逾期（草稿）" in office.get("/office/reports").text
    before = office.get("/office/reports?year=2025")
    assert {text.split()[0] for text in before.texts(".report-state a")} == {"平台未启用"}


def test_the_page_reads_like_the_document(drafted: BureauDesk) -> None:
    page = drafted.clerk("pair").get(C01)
    assert "关于翁源组团2026年第一季度人力资源对接工作情况的报告" in text_of(page)
    assert "本季新增2条（招聘20人）" in text_of(page)
    assert page.all("svg.report-chart polyline")
    assert page.texts(".report-paper caption")[0] == "目标任务完成情况"
    assert stored(drafted).page_hash in page.text


def test_an_officer_sees_her_own_cluster_and_the_office_sees_all(drafted: BureauDesk) -> None:
    officer = drafted.clerk("pair")
    assert officer.get("/office/reports").texts(".report-list tbody th") == ["翁源组团"]
    for path in ("/office/reports/2026Q1-c02", OFFICE, f"{OFFICE}/docx", "/office/reports/2026Q1-c99"):
        officer.get(path, 404)
    assert officer.send("/office/reports/2026Q1-c02/send", seen="1").status_code == 404
    assert officer.send(f"{C01}/accept", seen="1").status_code == 403
    assert drafted.clerk("changan").client.get("/office/reports").status_code == 403
    office = drafted.clerk("office")
    office.get(OFFICE)
    for path in ("/office/reports/nonsense", "/office/reports/2027Q1-office", "/office/reports/2026Q5-office"):
        office.get(path, 404)


def test_words_are_edited_and_the_systems_stay_beside(drafted: BureauDesk) -> None:
    officer = drafted.clerk("pair")
    done = save(officer, officer.get(C01), "fairs", "3月28日在翁源举办专场，42家企业参加。\n\n达成意向118人。")
    assert "3月28日在翁源举办专场" in text_of(done)
    assert "平台没有登记" in done.one(".system-words").text()
    assert "由报送单位编辑：（二）供需对接会" in text_of(done)
    back = save(officer, done, "fairs", " ")
    assert back.all(".system-words") == []
    assert stored(drafted).edits == {}
    assert differences(drafted) == []


def test_numbers_are_not_edited(drafted: BureauDesk) -> None:
    officer = drafted.clerk("pair")
    page = officer.get(C01)
    words = page.one("#text-targets").text()
    assert "新增2条" in words
    refused = save(officer, page, "targets", words.replace("新增2条", "新增20条"))
    assert refused.response.status_code == 400
    assert "少了：2。" in refused.one("#fault-targets").text()
    assert "新增20条" in refused.one("#text-targets").text(), "what was typed is kept"
    assert stored(drafted).edits == {}
    better = save(officer, page, "targets", words.replace("提供岗位信息", "方向岗位信息稳步增加"))
    assert "稳步增加" in text_of(better)
    assert officer.send(f"{C01}/sections/work", seen="2", text="x").status_code == 404, "a heading has no words"


def test_what_was_seen_is_what_is_changed(drafted: BureauDesk) -> None:
    officer, office = drafted.clerk("pair"), drafted.clerk("office")
    page = officer.get(C01)
    save(office, office.get(C01), "fairs", "办公室补充。")
    late = save(officer, page, "training", "组团补充。")
    assert "您看过之后，这份报告又有变化" in late.text
    assert set(stored(drafted).edits) == {"fairs"}
    assert "又有变化" in officer.pressed(page, "报送").text
    assert stored(drafted).state == "draft"


def test_it_is_sent_returned_sent_again_and_accepted(drafted: BureauDesk) -> None:
    officer, office = sent(drafted), drafted.clerk("office")
    page = officer.get(C01)
    assert page.all("form[action*='/sections/']") == [], "what is sent is not edited"
    assert page.all("form[action$='/accept']") == []
    back = office.pressed(office.get(C01), "退回修改", remarks="请补充对接会情况")
    assert "已退回" in back.text
    again = officer.get(C01)
    assert "退回意见：请补充对接会情况" in again.text
    save(officer, again, "fairs", "3月28日举办专场。")
    officer.pressed(officer.get(C01), "报送")
    done = office.pressed(office.get(C01), "采纳")
    assert "不再改动" in done.text
    steps = [line.split()[1] for line in done.texts("#steps ~ ol li")]
    assert [step for step in steps if step] == ["采纳", "报送", "编辑", "退回", "报送", "起草"]
    assert differences(drafted) == []


def test_returning_needs_a_reason(drafted: BureauDesk) -> None:
    sent(drafted)
    office = drafted.clerk("office")
    refused = office.press(office.get(C01), "退回修改", remarks="嗯")
    assert refused.status_code == 400
    assert "请写明退回意见" in refused.get_data(as_text=True)
    assert stored(drafted).state == "sent"


def test_an_accepted_report_never_changes(drafted: BureauDesk) -> None:
    officer, office = sent(drafted), drafted.clerk("office")
    office.pressed(office.get(C01), "采纳")
    before, files = stored(drafted), officer.client.get(f"{C01}/docx").data
    drafted.publish(drafted.clerk("changan"), csv_of(job("质检员")))
    for path in ("draft", "send", "return", "accept", "sections/fairs"):
        office.send(f"{C01}/{path}", seen=str(before.version), text="改", remarks="想改一下")
    assert stored(drafted) == before
    assert officer.client.get(f"{C01}/docx").data == files
    assert hashlib.sha256(files).hexdigest() == before.documents["docx"]
    assert before.page_hash in office.get(C01).text


def test_the_files_say_what_the_page_says(drafted: BureauDesk) -> None:
    officer = drafted.clerk("pair")
    save(officer, officer.get(C01), "fairs", "3月28日举办专场。")
    response = officer.client.get(f"{C01}/docx")
    assert "attachment" in response.headers["Content-Disposition"]
    words = [paragraph.text for paragraph in Document(BytesIO(response.data)).paragraphs]
    assert "3月28日举办专场。" in words
    book = load_workbook(BytesIO(officer.client.get(f"{C01}/xlsx").data))
    titles = [cell.value for cell in book["岗位信息明细表"]["D"]]
    assert titles[-2:] == ["普工", "焊工"]
    officer.get(f"{C01}/exe", 404)


def test_it_can_be_drafted_before_its_time_and_again_after(desk: BureauDesk) -> None:
    office = desk.clerk("office")
    path = "/office/reports/2026Q2-office"
    page = office.get(path)
    assert "本期还没有结束" in page.text
    first = office.pressed(page, "起草报告")
    assert "本期尚未结束" in text_of(first)
    save(office, first, "fairs", "4月办了一场。")
    desk.publish(desk.clerk("changan"), csv_of(job("质检员")))
    again = office.pressed(office.get(path), "重新取数")
    assert "新增1条" in text_of(again)
    assert "4月办了一场" in text_of(again), "what a person wrote stays"
    words = again.one("#text-targets").text()
    save(office, again, "targets", f"{words}同比不作比较。")
    desk.publish(desk.clerk("changan"), csv_of(job("质检员"), job("包装工")))
    office.pressed(office.get(path), "重新取数")
    stale = office.press(office.get(path), "报送")
    assert stale.status_code == 400
    assert "编辑过以后又重新取了数" in stale.get_data(as_text=True)
    assert stored(desk, "2026Q2-office").state == "draft"
    refused = office.send(f"{path}/draft", seen=str(stored(desk, "2026Q2-office").version), snapshot="day/1999-01-01")
    assert "没有起草" in office.get(refused.headers["Location"]).text


def test_what_is_typed_is_text_and_nothing_else(drafted: BureauDesk) -> None:
    officer = drafted.clerk("pair")
    done = save(officer, officer.get(C01), "fairs", "<script>alert(1)</script>")
    assert "<script>alert(1)</script>" in text_of(done)
    assert not re.search(r"<script>alert", done.html)
