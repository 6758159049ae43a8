"""The office: its ledger of commitments, editing, figures with evidence, pairings, the list for circulars."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from exchange.activities import ActivityKind
from exchange.evidence import Evidence
from exchange.store.activities import add_evidence, hold_activity, plan_activity
from exchange.store.counting import moment_of
from exchange.store.promised import find_commitment, pairing_on
from exchange.store.standings import standings
from exchange.store.verifying import Replay, verify_store
from tests.web.bureau_desk import BureauDesk, Clerk, csv_of, job, open_desk
from tests.web.fair_desk import open_fair_desk
from tests.web.page_client import Page, PageClient

GOAL = "/office/commitments/2026/postings-dg-sg"
BEFORE = "/office/commitments/2024/postings-dg-sg"
PDF = b"%PDF-1.4 invented"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[BureauDesk]:
    opened = open_desk(tmp_path)
    yield opened
    opened.exchange.store.close()


@pytest.fixture
def office(desk: BureauDesk) -> Clerk:
    return desk.clerk("office")


def form_of(page: Page, action: str) -> dict[str, object]:
    """Every field of a form as the page has it."""
    form = page.one(f"form[action='{action}']")
    fields: dict[str, object] = {
        i.attributes["name"] or "": i.attributes.get("value") or ""
        for i in form.css("input")
        if i.attributes.get("type") not in {"checkbox", "file"}
    }
    fields |= {area.attributes["name"] or "": area.text() for area in form.css("textarea")}
    for select in form.css("select"):
        chosen = select.css_first("option[selected]") or select.css_first("option")
        fields[select.attributes["name"] or ""] = chosen.attributes.get("value") or ""
    boxes = [box for box in form.css("input[type=checkbox]") if "checked" in box.attributes]
    for name in {box.attributes["name"] or "" for box in boxes}:
        fields[name] = [box.attributes["value"] for box in boxes if box.attributes["name"] == name]
    return fields


def edit(browser: Clerk, path: str, **changes: object) -> TestResponse:
    return browser.client.post(path, data={**form_of(browser.get(path), path), **changes})


def record(browser: Clerk, path: str, **fields: object) -> TestResponse:
    page = browser.get(path)
    evidence = fields.pop("evidence", (io.BytesIO(PDF), "台账扫描件.pdf"))
    given = {**form_of(page, f"{path}/figures"), **fields, "evidence": evidence}
    return browser.client.post(f"{path}/figures", data=given, content_type="multipart/form-data")


def differences(desk: BureauDesk) -> list[str]:
    with desk.exchange.store.read() as session:
        return list(verify_store(session, Replay()))


@pytest.mark.parametrize("path", ["/office", "/office/circular", "/office/circular.xlsx", GOAL, "/office/clusters/c01"])
def test_only_the_office_opens_them(desk: BureauDesk, path: str) -> None:
    assert PageClient(desk.app).client.get(path).status_code == 302
    for name in ("changan", "pair"):
        desk.clerk(name).get(path, status=403) if not path.endswith("xlsx") else None
        assert desk.clerk(name).client.get(path).status_code == 403
    assert desk.clerk("office").client.get(path).status_code == 200


def test_one_table_of_every_commitment(office: Clerk) -> None:
    page = office.get("/office")
    rows = page.texts("[aria-labelledby=commitments] tbody tr")
    assert len(rows) == 6
    states = page.texts("[aria-labelledby=commitments] .standing")
    assert set(states) <= {"领先", "按进度", "落后", "逾期", "已完成"}
    assert "每个镇街 2,000,000\u2009元" in page.one("[aria-labelledby=commitments]").text()
    assert len(page.all("[aria-labelledby=clusters] tbody tr")) == 11


def test_what_waits_is_counted(desk: BureauDesk) -> None:
    desk.publish(desk.clerk("changan"), csv_of(job("普工"), job("保安", 岗位职责="限男性")))
    page = desk.clerk("office").get("/office")
    waiting = page.texts(".waiting > *")
    assert waiting[0] == "1 待审岗位"
    assert waiting[1:4] == ["0 停下的减少", "0 重复的异议", "0 待采纳的报告"]


def test_a_goal_is_changed_and_the_old_one_stays_in_the_history(desk: BureauDesk, office: Clerk) -> None:
    response = edit(office, GOAL, goal="12000", goal_c01="900", words="指挥部 2026 年 3 月纪要")
    assert response.status_code == 303
    page = office.get(GOAL)
    newest = page.texts(".history li")[0]
    assert "目标：10,000 → 12,000" in newest
    assert "指挥部 2026 年 3 月纪要" in newest
    assert "office" in newest
    assert "12,000" in PageClient(desk.app).get("/targets").texts(".commitment")[0]
    cluster = PageClient(desk.app).get("/clusters/c01")
    assert "/ 900" in cluster.texts(".commitment .figures")[0]
    assert cluster.all(".commitment svg.bar")
    past = PageClient(desk.app).get(f"/targets?as_of={date(2026, 3, 11)}")
    assert "10,000" in past.texts(".commitment")[0], "as it was before"
    assert differences(desk) == []


def test_nothing_changed_is_no_event(office: Clerk) -> None:
    assert edit(office, GOAL, words="再看一遍").status_code == 303
    assert len(office.get(GOAL).all(".history li")) == 1


def test_what_was_changed_meanwhile_is_shown_first(desk: BureauDesk, office: Clerk) -> None:
    old = form_of(office.get(GOAL), GOAL)
    edit(desk.clerk("office"), GOAL, goal="11000", words="先改的人")
    response = office.client.post(GOAL, data={**old, "goal": "9000", "words": "后改的人"})
    assert response.status_code == 400
    page = Page(response)
    assert "又有改动" in page.text
    assert page.one("#goal").attributes["value"] == "9000", "what was typed stays"
    with desk.exchange.store.read() as session:
        known = find_commitment(session, "postings-dg-sg", 2026)
    assert known is not None
    assert known.goal == 11000


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"goal": "很多"}, "应为 1 到"), ({"goal": "0"}, "应为 1 到"), ({"words": ""}, "为什么"),
        ({"due_on": "2027-01-05"}, "完成时间应在 2026 年内"), ({"pace": "monthly", "month_1": "50"}, "合计 100"),
        ({"team": "联系张三 13800138000"}, ""), ({"goal_c01": "-3"}, "应为 1 到"),
    ],
)  # fmt: skip
def test_a_wrong_form_keeps_what_was_typed(office: Clerk, changes: dict[str, str], told: str) -> None:
    response = edit(office, GOAL, **{"words": "试试", "lead": "两市人社局（改）", **changes})
    assert response.status_code == 400
    page = office._inspected(response, GOAL, 400)
    assert told in page.text
    assert page.one("#lead").attributes["value"] == "两市人社局（改）"


def test_a_pace_by_months(desk: BureauDesk, office: Clerk) -> None:
    shares = {f"month_{n}": "0" for n in range(1, 13)} | {"month_1": "40", "month_6": "60"}
    assert edit(office, GOAL, pace="monthly", words="春节后用工高峰", **shares).status_code == 303
    assert "应达 40.0" in PageClient(desk.app).get("/targets").texts(".commitment")[0]
    assert "1月 40% 6月 60%" in PageClient(desk.app).get("/targets/how").text


def test_a_year_before_the_platform_is_entered_with_evidence_and_shown_as_such(
    desk: BureauDesk, office: Clerk
) -> None:
    response = record(office, BEFORE, amount="9120", day="2024-12-31", what="2024 年度台账，盖章扫描件")
    assert response.status_code == 303, response.text
    page = office.get(BEFORE)
    file = office.client.get(page.link("台账扫描件.pdf"))
    assert file.data == PDF
    assert "attachment" in file.headers["Content-Disposition"]
    public = PageClient(desk.app).get("/targets?year=2024")
    assert "9,120" in public.texts(".commitment .big")[0]
    assert "其中人工登记 9,120\u2009条" in public.one("#postings-dg-sg ~ .pace-words").text()
    assert "9,120 / 10,000\u2009条" in PageClient(desk.app).get("/targets").one("[aria-labelledby=earlier]").text()
    listed = PageClient(desk.app).get(public.all(".commitment .big a")[0].attributes["href"] or "")
    assert "另有人工登记 9,120 条" in listed.text
    table = PageClient(desk.app).client.get("/targets.csv?year=2024").data.decode("utf-8-sig")
    rows = {row["代码"]: row for row in csv.DictReader(io.StringIO(table)) if row["类别"] == "任务"}
    assert (rows["postings-dg-sg"]["已计数（条）"], rows["postings-dg-sg"]["另有人工登记"]) == ("0", "9120")
    assert PageClient(desk.app).client.get(page.link("台账扫描件.pdf")).status_code == 302
    assert differences(desk) == []


def test_two_presses_record_one_figure(office: Clerk) -> None:
    given = {**form_of(office.get(BEFORE), f"{BEFORE}/figures"), "amount": "5", "day": "2024-05-01", "what": "台账"}
    statuses = []
    for _ in range(2):
        data = {**given, "evidence": (io.BytesIO(PDF), "a.pdf")}
        answer = office.client.post(f"{BEFORE}/figures", data=data, content_type="multipart/form-data")
        statuses.append(answer.status_code)
    assert statuses == [303, 400]
    assert len(office.get(BEFORE).all("[aria-labelledby=figures] tbody tr")) == 1


def test_a_figure_is_corrected_and_never_edited(office: Clerk) -> None:
    record(office, BEFORE, amount="9120", day="2024-12-31", what="2024 年度台账")
    action = office.get(BEFORE).one("form[action$='/correct']").attributes["action"] or ""
    fields = {**form_of(office.get(BEFORE), action), "amount": "9012", "words": "扫描件第 3 页抄错"}
    assert office.client.post(action, data=fields, content_type="multipart/form-data").status_code == 303
    page = office.get(BEFORE)
    assert {"9,120", "-108"} <= {cell.text().strip() for cell in page.all("[aria-labelledby=figures] td.figure")}
    assert "9,012" in page.one("dl.summary").text()
    again = office.client.post(action, data={**fields, "words": ""}, content_type="multipart/form-data")
    assert "没有更正" in office.get(again.headers["Location"].split("#")[0]).text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"amount": ""}, "请填写数量"), ({"what": ""}, "请写明是什么"), ({"day": "2025-02-01"}, "日期应在 2024 年内"),
        ({"evidence": (io.BytesIO(b"MZ"), "a.exe")}, "不是可以接收的材料"),
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be_taken_keeps_what_was_typed(
    office: Clerk, fields: dict[str, object], told: str
) -> None:
    given = {"amount": "5", "day": "2024-05-01", "what": "台账", **fields}
    response = record(office, BEFORE, **given)
    assert response.status_code == 400
    page = office._inspected(response, BEFORE, 400)
    assert told in page.text
    assert page.one("#day").attributes["value"] == given["day"]


def test_what_the_ledger_counts_is_not_entered_by_hand(office: Clerk) -> None:
    later = "/office/commitments/2027/postings-dg-sg"
    assert "不能人工登记" in office.get(later).text


def test_the_next_year_is_made_like_this_one(office: Clerk) -> None:
    last = "/office/commitments/2027/joint-meetings"
    assert office.press(office.get(last), "照这一年登记 2028 年").status_code == 303
    page = office.get("/office/commitments/2028/joint-meetings")
    assert "照 2027 年登记" in page.text
    assert "照这一年" not in office.get(last).text
    assert "专门联席会议" in office.get("/office?year=2028").text


def test_a_pairing_holds_from_its_first_day_and_rewrites_nothing(desk: BureauDesk, office: Clerk) -> None:
    desk.publish(desk.clerk("changan"), csv_of(job("普工")))
    path = "/office/clusters/c01"
    fields = form_of(office.get(path), path)
    divisions = [code for code in fields["divisions"] if code != "441900119"]  # type: ignore[attr-defined]
    wanted = {**fields, "divisions": divisions, "since": "2026-03-20", "words": "结对调整"}
    assert office.client.post(path, data={**wanted, "since": "2026-03-01"}).status_code == 400
    assert office.client.post(path, data=wanted).status_code == 303
    page = office.get(path)
    assert "长安镇 归 未归组团" in page.text
    assert "结对调整" in page.texts(".history li")[0]
    with desk.exchange.store.read() as session:
        assert pairing_on(session, date(2026, 3, 19))["441900119"] == "c01"
        assert "441900119" not in pairing_on(session, date(2026, 3, 20))
    assert PageClient(desk.app).get("/clusters/c01").texts(".commitment .big")[0] == "1"
    assert office.client.post(path, data=wanted).status_code == 400, "seen before the change"
    assert differences(desk) == []


def test_the_list_for_circulars_gives_the_numbers_behind_each_line(desk: BureauDesk) -> None:
    desk.clock.move(days=40)  # the first quarter is over, nobody has reported
    office = desk.clerk("office")
    edit(office, GOAL, goal_c01="900", goal_c02="1", words="组团目标")
    page = office.get("/office/circular")
    behind = page.texts("[aria-labelledby=behind] tbody tr")
    assert len(behind) == 10
    assert "东莞 → 韶关 0 / 900 条，应达" in behind[0], "two reasons come before one"
    sheet = load_workbook(io.BytesIO(office.client.get(page.link("下载 Excel")).data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert len(rows) == 10 * 4
    assert ["落后的组团", "翁源组团", "东莞 → 韶关", 0, 900] in [row[:5] for row in rows]


def test_a_fair_a_meeting_and_a_report_count_towards_their_commitments(desk: BureauDesk) -> None:
    fairs = open_fair_desk(desk)
    before = desk.clock.now
    fairs.held()
    with desk.exchange.store.write("office", "441900") as transaction:
        day = date(2026, 4, 10)
        meeting = plan_activity(transaction, "441900", {
            "kind": str(ActivityKind.JOINT_MEETING), "name": "第一次联席会议", "cluster": "", "organisers": "人社局",
            "place": "翁源县", "starts_on": day, "ends_on": day, "hours": "", "public": True, "employers": [],
            "schools": [], "postings": [], "words": "",
        })  # fmt: skip
        add_evidence(transaction, meeting.id, Evidence("0" * 64, "签到表.pdf", "pdf", 10))
        hold_activity(transaction, meeting.id, 12, {"decisions": 3}, "")
    page = desk.clerk("office").get("/office")
    rows = page.texts("[aria-labelledby=commitments] tbody tr")
    assert any("供需对接会" in row and "1 / 10" in row for row in rows)
    assert any("联席会议" in row and "1 / 2" in row for row in rows)
    table = PageClient(desk.app).get("/targets").all(".cluster-table tbody tr")
    assert "✓ 1" in table[0].text()
    assert "还没有" in table[1].text()
    with desk.exchange.store.read() as session:
        moment = moment_of(session, desk.clock.now, before)
        past = standings(session, 2026, moment, desk.exchange.configuration.thresholds)
        done = {one.commitment.code: one.done for one in past.commitments}
    assert (done["fairs"], done["joint-meetings"]) == (0, 0), "as it stood before"
