"""Activities, supply notices, the shortage list and policies, from the forms of clerks to the ledger that says so."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from exchange.store.activities import activities_counted
from exchange.store.supply import expire_supply
from exchange.store.verifying import Replay, verify_store
from tests.web.bureau_desk import BureauDesk, Clerk, csv_of, job, open_desk
from tests.web.page_client import Page

MEETING = {
    "kind": "labour_meeting",
    "name": "翁源—长安劳务对接会",
    "cluster": "c01",
    "organisers": "翁源县人社局、长安镇人社分局",
    "place": "翁源县体育馆",
    "starts_on": "2026-03-20",
    "public": "1",
}
WORKERS = {
    "division": "440229",
    "workers": "28",
    "occupations": "普工、焊工",
    "pay_min": "5000",
    "from_on": "2026-03-15",
    "until_on": "2026-06-30",
    "benefits": "包住宿、包吃",
    "places": "长安",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[BureauDesk]:
    opened = open_desk(tmp_path)
    yield opened
    with opened.exchange.store.read() as session:
        assert list(verify_store(session, Replay())) == []
    opened.exchange.store.close()


def made(clerk: Clerk, path: str, **fields: str) -> str:
    """Send the form; the path of the page that follows."""
    response = clerk.send(path, **fields)
    assert response.status_code == 303, Page(response).texts(".fault")
    return str(response.headers["Location"])


def faults(page: Page) -> str:
    return " ".join(page.texts(".fault"))


def give_evidence(clerk: Clerk, path: str, name: str = "会议通知.pdf", content: bytes = b"%PDF-1.7 notice") -> Page:
    token = clerk.get(path).all("input[name=csrf_token]")[0].attributes["value"]
    data = {"csrf_token": token, "file": (io.BytesIO(content), name)}
    response = clerk.client.post(f"{path}/evidence", data=data, content_type="multipart/form-data")
    assert response.status_code == 303
    return clerk.get(path)


# -- activities ------------------------------------------------------------------------------------------------------


def test_an_activity_counts_once_it_was_held_and_proved(desk: BureauDesk) -> None:
    clerk = desk.clerk("wengyuan")
    path = made(clerk, "/bureau/activities", **MEETING)
    assert "计划中" in clerk.get(path).text
    figures = {"participants": "120", "openings": "618", "intents": "42"}
    early = clerk.post(f"{path}/held", 400, **figures)
    assert "活动还没有结束" in early.text
    desk.clock.move(days=9)
    clerk = desk.clerk("wengyuan")
    unproved = clerk.post(f"{path}/held", 400, **figures)
    assert "佐证" in unproved.one("p.notice.bad").text()
    assert unproved.one("#intents").attributes["value"] == "42"
    assert "会议通知.pdf" in give_evidence(clerk, path).text
    held = clerk.get(made(clerk, f"{path}/held", **figures))
    assert "已举办" in held.one("h1").text()
    assert "达成意向 42\u2009人" in held.one(".facts-table").text()
    with desk.exchange.store.read() as session:
        counted = activities_counted(session, 2026)
        before = activities_counted(session, 2026, desk.clock.now.replace(day=13))
    assert counted["labour_meeting"].total == 1  # type: ignore[index]
    assert counted["labour_meeting"].by_cluster == {"c01": 1}  # type: ignore[index]
    assert before["labour_meeting"].total == 0  # type: ignore[index]


def test_a_cancelled_activity_counts_no_longer_and_every_calendar_hears_it(desk: BureauDesk) -> None:
    clerk = desk.clerk("wengyuan")
    path = made(clerk, "/bureau/activities", **MEETING)
    planned = Calendar.from_ical(clerk.client.get("/activities.ics").data)
    made(clerk, f"{path}/cancel", words="场地改作他用")
    cancelled = Calendar.from_ical(clerk.client.get("/activities.ics").data)
    (before,), (after,) = planned.walk("VEVENT"), cancelled.walk("VEVENT")
    assert before["uid"] == after["uid"]
    assert after["status"] == "CANCELLED"
    assert after["sequence"] > before["sequence"]
    assert before.decoded("dtend").isoformat() == "2026-03-21"
    assert "已取消" in desk.clerk().get("/activities?year=2026").text


def test_the_public_calendar_shows_what_is_public_only(desk: BureauDesk) -> None:
    clerk = desk.clerk("wengyuan")
    made(clerk, "/bureau/activities", **MEETING)
    inside = {**MEETING, "name": "组团内部联席会议", "kind": "joint_meeting", "public": ""}
    hidden = made(clerk, "/bureau/activities", **inside)
    visitor = Clerk(desk.app)
    page = visitor.get("/activities")
    assert "劳务对接会" in page.text
    assert "内部联席会议" not in page.text
    visitor.get(hidden.replace("/bureau", ""), 404)
    assert "劳务对接会" not in visitor.get("/activities?kind=competition").text


def test_another_bureau_may_look_and_not_change(desk: BureauDesk) -> None:
    path = made(desk.clerk("wengyuan"), "/bureau/activities", **MEETING)
    other = desk.clerk("humen")
    assert "登记成果" not in other.get(path).text
    other.get(f"{path}/edit", 403)
    assert other.send(f"{path}/cancel", words="不归我管").status_code == 403
    assert desk.clerk("pair").get(f"{path}/edit").one("#name").attributes["value"] == MEETING["name"]


def test_what_is_wrong_with_an_activity_is_said_beside_it(desk: BureauDesk) -> None:
    clerk = desk.clerk("wengyuan")
    wrong = {**MEETING, "name": "", "ends_on": "2026-03-01", "postings": "XYZ", "words": "找张先生，13800138000"}
    said = faults(clerk.post("/bureau/activities", 400, **wrong))
    assert "请填写活动名称" in said
    assert "13800138000" in said
    said = faults(clerk.post("/bureau/activities", 400, **{**wrong, "name": "会", "words": ""}))
    assert "结束日期早于开始日期" in said
    assert "请从列表里选组团" in faults(clerk.post("/bureau/activities", 400, **{**MEETING, "cluster": "c09"}))


def test_evidence_must_be_a_document_and_leaves_as_a_download(desk: BureauDesk) -> None:
    clerk = desk.clerk("wengyuan")
    path = made(clerk, "/bureau/activities", **MEETING)
    assert "没有保存" in give_evidence(clerk, path, "page.html", b"<script>").text
    assert "没有保存" in give_evidence(clerk, path, "empty.pdf", b"").text
    link = give_evidence(clerk, path).link("会议通知.pdf")
    with clerk.client.get(link) as answer:
        assert answer.data == b"%PDF-1.7 notice"
        assert answer.headers["Content-Disposition"].startswith("attachment")
    assert Clerk(desk.app).client.get(link).status_code == 302


# -- supply ----------------------------------------------------------------------------------------------------------


def publish(desk: BureauDesk) -> None:
    rows = [
        job("焊工（二保焊）", 薪资待遇="7000-8500", 招聘人数="30", 福利待遇="包吃住 五险"),
        job("普工", 薪资待遇="4000-4500", 招聘人数="5", 福利待遇="包住"),
        job("普工（晚班）", 薪资待遇="面议", 招聘人数="5", 工作地点="虎门镇"),
        job("会计", 薪资待遇="6000-7000", 招聘人数="1"),
    ]
    desk.publish(desk.clerk("changan"), csv_of(*rows))


def test_a_notice_is_matched_with_the_other_citys_postings_and_says_why(desk: BureauDesk) -> None:
    publish(desk)
    page = desk.clerk("wengyuan").get(made(desk.clerk("wengyuan"), "/bureau/supply", **WORKERS))
    found = {" ".join(one.css_first("h3").text().split()): one for one in page.all("article.match")}
    assert next(iter(found)) == "焊工（二保焊）"
    assert "会计" not in found
    best = found["焊工（二保焊）"]
    assert best.css_first(".score").text() == "100"
    words = best.text()
    assert "岗位名称含“焊工”" in words
    assert "薪资 7,000–8,500 元，达到期望的 5,000 元" in words
    assert "在长安镇，是希望去的地方" in words
    assert "包住、包吃有" in words
    assert "可接收其中 28 人" in words
    low = found["普工"].text()
    assert "比期望的 5,000 元低 500 元" in low
    assert "没写包吃" in low
    assert "不在希望去的长安镇" in found["普工（晚班）"].text()


def test_both_cities_see_it_and_record_what_became_of_it(desk: BureauDesk) -> None:
    path = made(desk.clerk("wengyuan"), "/bureau/supply", **WORKERS)
    other = desk.clerk("changan")
    assert "普工、焊工" in other.get("/bureau/supply?city=shaoguan").text
    assert "普工、焊工" not in other.get("/bureau/supply?city=dongguan").text
    made(other, f"{path}/outcome", kind="contacted", number="20")
    made(other, f"{path}/outcome", kind="hired", number="12", words="四月到岗")
    page = other.get(path)
    assert "录用 12 人" in page.text
    assert "长安镇人力资源和社会保障分局" in page.text
    too_many = other.get(made(other, f"{path}/outcome", kind="hired", number="17"))
    assert "多于供给的 28 人" in too_many.one("p.notice.bad").text()
    assert other.send(f"{path}/close", words="全部就业").status_code == 403
    made(desk.clerk("wengyuan"), f"{path}/close", words="其余在本地就业")
    assert "其余在本地就业" in other.get("/bureau/supply?state=closed").text


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("skills", "联系人：张伟 会开叉车"),
        ("words", "电话 138 0013 8000"),
        ("words", "王小明、李建国、陈芳三人一起"),
        ("words", "身份证440229199001011234"),
        ("words", "微信 wengyuan_2026"),
        ("occupations", "普工、找刘主任"),
    ],
)
def test_names_and_numbers_of_persons_are_refused_with_a_clear_sentence(
    desk: BureauDesk, field: str, words: str
) -> None:
    page = desk.clerk("wengyuan").post("/bureau/supply", 400, **{**WORKERS, field: words})
    assert "不写任何人的姓名、电话和证件号" in faults(page)
    assert page.one("#workers").attributes["value"] == "28"


def test_a_notice_of_another_place_or_to_the_own_city_is_refused(desk: BureauDesk) -> None:
    clerk = desk.clerk("wengyuan")
    assert "辖区" in faults(clerk.post("/bureau/supply", 400, **{**WORKERS, "division": "440281"}))
    assert "就在本市" in faults(clerk.post("/bureau/supply", 400, **{**WORKERS, "places": "乐昌市"}))
    assert "没有“广州”" in faults(clerk.post("/bureau/supply", 400, **{**WORKERS, "places": "广州"}))


def test_a_notice_ends_by_its_date_and_can_be_extended(desk: BureauDesk) -> None:
    clerk = desk.clerk("wengyuan")
    path = made(clerk, "/bureau/supply", **WORKERS)
    desk.clock.move(days=120)
    clerk = desk.clerk("wengyuan")
    assert "已过期" in clerk.get(path).one("h1").text()
    assert expire_supply(desk.exchange.store) == 1
    assert expire_supply(desk.exchange.store) == 0
    assert "普工、焊工" in clerk.get("/bureau/supply?state=expired").text
    made(clerk, f"{path}/edit", **{**WORKERS, "until_on": "2026-08-31"})
    assert "待对接" in clerk.get(path).one("h1").text()


# -- shortage --------------------------------------------------------------------------------------------------------

MOVED = {
    "employer": "东莞市长安试样电子有限公司",
    "moved_from": "441900119",
    "moved_to": "440229",
    "moved_on": "2024-05-01",
    "evidence": "翁源县工业园区管委会证明（2024）3 号",
}


def test_the_shortage_list_ranks_with_the_reason_and_the_workers_that_fit(desk: BureauDesk) -> None:
    publish(desk)
    made(desk.clerk("wengyuan"), "/bureau/supply", **WORKERS)
    assert "现在没有达到条件的缺工企业" in desk.clerk().get("/bureau/shortage").text
    desk.clock.move(days=45)
    clerk = desk.clerk()
    page = clerk.get("/bureau/shortage")
    (line,) = page.all("article.match")
    assert line.css_first(".score").text() == "62"  # 41 openings × 45 days = 61.5 person-months
    assert "4 个岗位缺 41 人，平均已招 45 天，相当于空缺 62 人月" in line.text()
    assert "焊工（二保焊）：岗位名称含“焊工”" in line.text()
    office = desk.clerk("office")
    made(office, "/bureau/shortage/relocations", **MOVED)
    page = office.get("/bureau/shortage")
    assert page.one("article.match .score").text() == "123"
    assert "2024年5月从东莞转移来" in page.text
    sheet = load_workbook(io.BytesIO(office.client.get("/bureau/shortage/list.xlsx").data)).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert next(row for row in cells if row[0] == 1)[1] == MOVED["employer"]
    again = office.get(made(office, "/bureau/shortage/relocations", **MOVED))
    assert "已经标记过了" in again.text


def test_only_the_office_marks_employers_and_says_on_what_it_rests(desk: BureauDesk) -> None:
    assert desk.clerk().send("/bureau/shortage/relocations", **MOVED).status_code == 403
    office = desk.clerk("office")
    wrong = {**MOVED, "evidence": "", "moved_to": "441900121"}
    assert "依据" in faults(office.post("/bureau/shortage/relocations", 400, **wrong))
    made(office, "/bureau/shortage/relocations", **MOVED)
    form = next(f for f in office.get("/bureau/shortage").all("form") if "取消标记" in f.text())
    made(office, form.attributes["action"] or "", words="企业已迁回东莞")
    assert "还没有标记过" in office.get("/bureau/shortage").text


# -- policies --------------------------------------------------------------------------------------------------------

REAL = {
    "code": "zhuanyi-2026",
    "kind": "transfer",
    "name": "长安就业补贴",
    "who": "到长安镇就业的劳动者",
    "amount": "一次性 500 元",
    "since": "2026-01-01",
    "words": "到长安镇就业的，补贴 500 元。",
    "origin": "长人社〔2026〕1号",
    "direction": "dg-sg",
    "divisions": "长安镇",
}


def test_examples_are_marked_as_such_everywhere(desk: BureauDesk) -> None:
    visitor = Clerk(desk.app)
    page = visitor.get("/policies")
    assert len(page.all(".entitlement")) == 3
    assert len(page.all(".state-example")) == 3
    assert "不是正式政策" in visitor.get("/policies/example-training").one("p.notice").text()
    visitor.get("/policies/none", 404)


def test_a_posting_shows_the_policies_it_may_have_with_the_words_of_the_rule(desk: BureauDesk) -> None:
    publish(desk)
    made(desk.clerk("office"), "/office/policies", **REAL)
    visitor = Clerk(desk.app)
    (welder,) = desk.found("焊工")
    shown = {one.css_first("a").text(): one for one in visitor.get(f"/postings/{welder}").all(".entitlement")}
    assert list(shown) == ["长安就业补贴", "韶关技工技术人员到莞就业培训补贴", "韶关籍人员技能提升补贴"]
    assert "可享" in shown["长安就业补贴"].text()
    assert "到长安镇就业的，补贴 500 元。" in shown["长安就业补贴"].text()
    training = shown["韶关技工技术人员到莞就业培训补贴"].text()
    assert "可能" in training
    assert "属于“焊工”类岗位" in training
    assert "还要看：韶关籍" in training
    assert "示例，不是正式政策" in training


def test_a_notice_shows_what_its_workers_may_have(desk: BureauDesk) -> None:
    made(desk.clerk("office"), "/office/policies", **REAL)
    clerk = desk.clerk("wengyuan")
    shown = clerk.get(made(clerk, "/bureau/supply", **WORKERS)).texts(".entitlement")
    assert any("可享 长安就业补贴" in words for words in shown)
    assert any("到莞就业培训补贴" in words for words in shown)
    anywhere = clerk.get(made(clerk, "/bureau/supply", **{**WORKERS, "places": ""})).texts(".entitlement")
    assert any("可能 长安就业补贴" in words and "工作地在长安镇" in words for words in anywhere)


def test_the_office_edits_and_withdraws_policies(desk: BureauDesk) -> None:
    office = desk.clerk("office")
    made(office, "/office/policies", **REAL)
    assert "已经有了" in faults(office.post("/office/policies", 400, **REAL))
    page = office.get("/office/policies/zhuanyi-2026")
    assert page.one("#divisions").attributes["value"] == "长安镇"
    made(office, "/office/policies/zhuanyi-2026", **{**REAL, "amount": "一次性 800 元"})
    assert "800" in Clerk(desk.app).get("/policies/zhuanyi-2026").text
    made(office, "/office/policies/zhuanyi-2026/withdraw", words="文件已废止")
    assert "长安就业补贴" not in Clerk(desk.app).get("/policies").text
    desk.clerk().get("/office/policies", 403)


# -- hand-outs -------------------------------------------------------------------------------------------------------


def test_an_article_survives_pasting_and_is_shown_sandboxed(desk: BureauDesk) -> None:
    rows = [job("<b>焊工</b>", 招聘人数="3", 联系人="陈试样", 联系电话="0769-85550101"), job("普工", 工作地点="虎门镇")]
    desk.publish(desk.clerk(), csv_of(*rows))
    clerk = desk.clerk()
    page = clerk.get("/bureau/handouts?q=&title=春季岗位")
    frame = page.one("iframe.preview")
    assert "sandbox" in frame.attributes
    answer = clerk.client.get(frame.attributes["src"] or "")
    html = answer.get_data(as_text=True)
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "&lt;b&gt;焊工" in html
    for kept_out in ("<b>", "class=", "<style", "<script", "<table", "<img", "陈试样", "85550101"):
        assert kept_out not in html
    assert html.index("长安镇（1 个岗位）") < html.index("虎门镇（1 个岗位）")
    text = clerk.client.get("/bureau/handouts/article.txt?title=春季岗位").get_data(as_text=True)
    assert text.startswith("春季岗位\n")
    assert "来源：长安镇人力资源和社会保障分局" in text
    assert "85550101" not in text
    assert "做成张贴单" in clerk.get("/postings").text
    assert "做成张贴单" not in Clerk(desk.app).get("/postings").text


def test_every_step_is_an_event_that_words_the_row(desk: BureauDesk) -> None:
    clerk = desk.clerk("wengyuan")
    path = made(clerk, "/bureau/supply", **WORKERS)
    made(clerk, f"{path}/close", words="全部就业")
    answer = desk.exchange.store.engine.connect()
    with answer as connection:
        bodies = connection.exec_driver_sql("SELECT kind, actor, body FROM event WHERE kind LIKE 'supply.%'").all()
    assert [kind for kind, _, _ in bodies] == ["supply.offered", "supply.closed"]
    assert {actor for _, actor, _ in bodies} == {"wengyuan"}
    assert json.loads(bodies[1][2])["row"]["state"] == "closed"
