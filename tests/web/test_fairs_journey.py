"""A fair from plan to report, through its pages: what is missing is said, what is locked stays, each step is noted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange.models import Fair
from exchange.store.fairs_held import held_fairs
from exchange.store.verifying import Replay, verify_store
from tests.web.bureau_desk import open_desk
from tests.web.fair_desk import ELECTRONICS, FORM, FairDesk, open_fair_desk


@pytest.fixture
def fairs(tmp_path: Path) -> Iterator[FairDesk]:
    desk = open_desk(tmp_path)
    yield open_fair_desk(desk)
    desk.exchange.store.close()


def differences(fairs: FairDesk) -> list[str]:
    with fairs.desk.exchange.store.read() as session:
        return list(verify_store(session, Replay()))


def counted(fairs: FairDesk, year: int = 2026) -> dict[str, int]:
    with fairs.desk.exchange.store.read() as session:
        return held_fairs(session, year)


def test_from_plan_to_report(fairs: FairDesk) -> None:
    path = fairs.held()
    assert counted(fairs) == {"c01": 1}
    one = fairs.exhibitor_ids(path)
    assert one == []  # nothing to tick any more
    fairs.upload(path, "photo", b"\xff\xd8\xff\xe0", "现场.jpg")
    figures = {"visitors": "350", "interviews": "120", "intents": "40", "hires": "12"}
    told = fairs.send(path, "/results", **figures, reason="电脑故障，按签到表补记")
    assert "结果记入台账" in told.text
    assert "350" in told.text and "签到表补记" in told.text
    assert counted(fairs) == {"c01": 1}
    assert differences(fairs) == []
    page = fairs.clerk.get(fairs.public(path))
    assert "350 进场人数" in page.text


def test_the_page_says_exactly_what_is_missing(fairs: FairDesk) -> None:
    path = fairs.plan(expected="1200")
    page = fairs.clerk.get(path)
    missing = page.texts(".missing li")
    assert missing[:3] == [
        "还没有上传“组织实施办法”。",
        "还没有上传“应急预案”。",
        "还没有上传“安全保卫方案”。",
    ]
    assert "还没有参会单位。" in missing
    assert any("许可决定书的文号" in words for words in missing)
    fairs.papers(path)
    page = fairs.send(path, "/exhibitors/sheet", lines=f"{ELECTRONICS},A01\n没有岗位的新厂,")
    page = fairs.clerk.get(path)
    assert page.texts(".missing li")[:2] == [
        f"有 2 家参会单位还没有核验：没有岗位的新厂、{ELECTRONICS}。",
        "有 1 家参会单位还没有展位：没有岗位的新厂。",
    ]
    refused = fairs.send(path, "/check", fairs.desk.clerk("changan2"))
    assert "还缺" in refused.text
    assert fairs.fair(path).state == "planned"


def test_who_planned_it_does_not_check_it(fairs: FairDesk) -> None:
    path = fairs.plan()
    fairs.papers(path)
    fairs.people(path)
    assert "请换一个账号核对" in fairs.clerk.get(path).text
    assert "两个人来做" in fairs.send(path, "/check").text
    assert fairs.fair(path).state == "planned"


def test_what_was_checked_and_then_changed_is_checked_again(fairs: FairDesk) -> None:
    path = fairs.checked()
    fairs.send(path, "/exhibitors/add", employer="又来的一家厂", booth="A09")
    assert fairs.fair(path).state == "planned"


def test_a_fair_of_a_thousand_needs_its_licence_before_it_is_published(fairs: FairDesk) -> None:
    path = fairs.checked(expected="1000")
    assert "最迟在 2026年3月21日 提出申请" in fairs.clerk.get(path).text
    assert "许可决定书的文号" in fairs.send(path, "/publish").text
    fairs.send(path, "/licence", applied_on="2026-03-12", number="")
    assert "2026年3月21日" in fairs.clerk.get(path).text
    locked = fairs.clerk.client.post(
        f"{path}/edit",
        data=fairs.fields(path, fairs.clerk, **{**FORM, "expected": "800", "place": "别处", "name": "新名"}),
    )
    assert locked.status_code == 303
    fair = fairs.fair(path)
    assert (fair.expected, fair.place, fair.name) == (1000, FORM["place"], "新名")
    fairs.send(path, "/licence", applied_on="2026-03-12", number="翁公许字〔2026〕3号")
    fairs.send(path, "/check", fairs.desk.clerk("changan2"))
    fairs.send(path, "/publish")
    assert fairs.fair(path).state == "published"


def test_a_decision_is_about_the_fair_as_it_was_seen(fairs: FairDesk) -> None:
    path = fairs.checked()
    fields = fairs.fields(path, fairs.clerk, seen="2")
    response = fairs.clerk.client.post(f"{path}/publish", data=fields)
    assert "又有变化" in fairs.clerk.get(response.headers["Location"]).text
    assert fairs.fair(path).state == "checked"


def test_a_cancelled_fair_disappears_from_the_counts_and_says_why(fairs: FairDesk) -> None:
    path = fairs.held()
    before = fairs.desk.clock.now
    fairs.desk.clock.move(minutes=5)
    assert "写明取消的原因" in fairs.send(path, "/cancel", reason="误").text
    fairs.send(path, "/cancel", reason="登记错了，没有办成")
    assert counted(fairs) == {}
    with fairs.desk.exchange.store.read() as session:
        assert held_fairs(session, 2026, as_of=before) == {"c01": 1}  # as it stood then
    page = fairs.clerk.get(fairs.public(path))
    assert "这场对接会已取消。" in page.text and "没有办成" in page.text
    assert differences(fairs) == []


def test_verify_finds_a_fair_that_differs_from_its_events(fairs: FairDesk) -> None:
    path = fairs.plan()
    with fairs.desk.exchange.store.write() as transaction:
        fair = transaction.session.get(Fair, fairs.fair(path).id)
        assert fair is not None
        fair.state = "held"
        transaction.session.add(fair)
    assert any("台账里是 planned" in words for words in differences(fairs))


def test_another_bureau_sees_it_through_the_cluster_and_cannot_change_it(fairs: FairDesk) -> None:
    path = fairs.plan()
    partner = fairs.desk.clerk("wengyuan")
    assert FORM["name"] in partner.get("/bureau/fairs").text
    response = partner.client.post(f"{path}/cancel", data=fairs.fields(path, partner, reason="不想办了吧"))
    assert response.status_code == 403
    assert fairs.desk.clerk("humen").client.get(path).status_code == 404


def test_only_known_kinds_of_files_are_kept(fairs: FairDesk) -> None:
    path = fairs.plan()
    assert "不是可以接收的材料" in fairs.upload(path, "plan", b"<html>", "材料.pdf").text
    assert "不是可以接收的材料" in fairs.upload(path, "plan", b"%PDF-", "材料.html").text
    page = fairs.upload(path, "plan")
    link = page.link("材料.pdf")
    with fairs.clerk.client.get(link) as answer:
        assert answer.data.startswith(b"%PDF-")
        assert "attachment" in answer.headers["Content-Disposition"]
    fairs.send(path, f"/documents/{link.rsplit('/', 1)[1]}/remove")
    assert fairs.clerk.client.get(link).status_code == 404


def test_a_wrong_form_keeps_what_was_typed(fairs: FairDesk) -> None:
    page = fairs.clerk.post("/bureau/fairs/new", 400, **{**FORM, "ends_at": "2026-04-10T08:00", "phone": "打我手机"})
    assert "结束时间要在开始时间之后" in page.text or "电话只能有数字" in page.text
    assert page.one("#name").attributes["value"] == FORM["name"]


def test_a_sheet_is_taken_whole_or_not_at_all_with_rows_named(fairs: FairDesk) -> None:
    path = fairs.plan()
    lines = f"单位名称,展位号\n{ELECTRONICS},A01\n,A02\n另一家厂,A01\n{ELECTRONICS},A05"
    response = fairs.clerk.client.post(f"{path}/exhibitors/sheet", data=fairs.fields(path, fairs.clerk, lines=lines))
    assert response.status_code == 400
    text = response.get_data(as_text=True)
    assert "第 3 行：单位名称是空的" in text
    assert "第 4 行：展位 A01 已经给了第 2 行的单位" in text
    assert "第 5 行：" in text
    assert fairs.exhibitor_ids(path) == []


def test_a_town_brings_all_its_employers_to_free_booths(fairs: FairDesk) -> None:
    path = fairs.plan()
    page = fairs.send(path, "/exhibitors/town", organisation="441900119")
    assert "加入了 2 家单位" in page.text
    assert page.texts("tbody td.nowrap") == ["A01", "A02"]
    assert "没有新的单位" in fairs.send(path, "/exhibitors/town", organisation="441900119").text


def test_a_posting_may_be_left_at_home_and_ended_ones_drop_out(fairs: FairDesk) -> None:
    path = fairs.published()
    public = fairs.public(path)
    assert "会上的岗位 4 个" in fairs.clerk.get(public).text
    link = fairs.clerk.get(f"{path}/exhibitors").link(ELECTRONICS)
    ids = [box.attributes["value"] or "" for box in fairs.clerk.get(link).all("input[name=posting]")]
    fairs.send(path, link.removeprefix(path), posting=ids[:1])
    assert "会上的岗位 3 个" in fairs.clerk.get(public).text
    fairs.clerk.pressed(fairs.clerk.get(f"/bureau/postings/{ids[0]}"), "结束招聘")
    assert "会上的岗位 2 个" in fairs.clerk.get(public).text


def test_the_form_computes_the_duty_before_anything_is_saved(fairs: FairDesk) -> None:
    page = fairs.clerk.post("/bureau/fairs/new", **{**FORM, "expected": "6000", "compute": "duty"})
    assert "市级公安机关" in page.one("#duty").text() and "2026年3月21日" in page.one("#duty").text()
    assert page.one("#expected").attributes["value"] == "6000"
    page = fairs.clerk.post(
        "/bureau/fairs/new", **{**FORM, "expected": "6000", "by_government": "yes", "compute": "duty"}
    )
    assert "更严格的安全工作方案" in page.one("#duty").text()
    assert FORM["name"] not in fairs.clerk.get("/bureau/fairs").text
