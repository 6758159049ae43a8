"""A fair from plan to report as people do it in a browser; `seen` is told the name of every page on the way.

In: pages of a clerk and of a colleague who checks, the address of the site, the clock of its store. Out: nothing, or an
AssertionError.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from exchange.clock import LOCAL
from tests.web.staff import PASSWORD, Clock

Seen = Callable[[str], None]
ON_THE_DAY = datetime(2026, 4, 10, 9, 30, tzinfo=LOCAL)
FIELDS = {
    "name": "翁源—长安春季供需对接会",
    "organisers": "长安镇人力资源和社会保障分局、翁源县人力资源和社会保障局",
    "starts_at": "2026-04-10T09:00",
    "ends_at": "2026-04-10T12:00",
    "expected": "1200",
    "place": "翁源县试样文化广场",
    "address": "龙仙镇试样路1号",
    "contact": "就业股",
    "phone": "0751-8555201",
}


def log_in(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/login")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("h1")).not_to_have_text("登录")


def plan(page: Page, address: str, papers: Path, seen: Seen) -> str:
    """The address of the fair's page, with everything on it but a second pair of eyes."""
    page.goto(f"{address}/bureau/fairs/new")
    for name, value in FIELDS.items():
        page.fill(f"#{name}", value)
    page.select_option("#cluster", "c01")
    page.get_by_role("button", name="算一算要不要安全许可").click()
    expect(page.locator("#duty")).to_contain_text("县级公安机关")
    seen("form")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".missing")).to_contain_text("还没有上传“应急预案”")
    expect(page.locator("main")).to_contain_text("最迟在 2026年3月21日 提出申请")
    seen("missing")
    fair = page.url
    for kind in ("plan", "emergency", "security"):
        paper = papers / f"{kind}.pdf"
        paper.write_bytes(b"%PDF-1.4 invented " + kind.encode())
        page.select_option("#kind", kind)
        page.set_input_files("#file", paper)
        page.get_by_role("button", name="上传").click()
    page.fill("#applied_on", "2026-03-12")
    page.fill("#number", "翁公许字〔2026〕3号")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("main")).to_contain_text("已锁定")
    _exhibit(page, seen)
    page.goto(fair)
    expect(page.locator("main")).to_contain_text("请换一个账号核对")
    return fair


def _exhibit(page: Page, seen: Seen) -> None:
    page.get_by_role("link", name="管理参会单位").click()
    page.fill("#lines", "单位名称,展位\n另一家厂,A01\n再一家厂,A01")
    page.get_by_role("button", name="收下这张表").click()
    expect(page.get_by_role("alert")).to_contain_text("第 3 行：展位 A01 已经给了第 2 行的单位")
    seen("sheet")
    page.select_option("#organisation", "441900119")
    page.get_by_role("button", name="全部加入").click()
    page.get_by_label("全选").check()
    page.get_by_role("button", name="勾选的已核验").click()
    expect(page.locator("main")).to_contain_text("已核验 2 家单位")
    seen("exhibitors")


def check_and_publish(page: Page, fair: str, seen: Seen) -> None:
    page.goto(fair)
    page.get_by_role("button", name="核对无误").click()
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.locator("main")).to_contain_text("已发布：网站、日历订阅和接口上都看得到了")
    seen("published")


def count_without_network(page: Page, fair: str, seen: Seen) -> None:
    """Presses while the network is away are kept through a reload of the page and counted once."""
    page.goto(f"{fair}/day")
    told = page.locator("[data-day-told]")
    expect(told).to_contain_text("都已传上去")
    whole = page.get_by_role("button", name="全场 进场人数 加一")
    whole.click()
    expect(page.locator("[data-day]")).to_have_attribute("data-waiting", "0")
    page.context.set_offline(True)
    for _ in range(3):
        whole.click()
    page.fill("#day-find", "电子")
    lines = page.locator(".day-list li:visible")
    expect(lines).to_have_count(1)
    for kind in ("面谈人次", "达成意向", "现场录用"):
        lines.get_by_role("button", name=f"{kind} 加一").click()
    expect(told).to_contain_text("6 次")
    expect(page.get_by_label("全场 进场人数", exact=True)).to_have_text("4")
    seen("day")
    page.context.set_offline(False)
    expect(told).to_contain_text("都已传上去")
    page.reload()
    expect(page.get_by_label("全场 进场人数", exact=True)).to_have_text("4")


def report(page: Page, fair: str, papers: Path, seen: Seen) -> None:
    page.goto(fair)
    page.get_by_role("button", name="登记为已举办").click()
    page.select_option("#kind", "photo")
    photo = papers / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 invented")
    page.set_input_files("#file", photo)
    page.get_by_role("button", name="上传").click()
    page.get_by_role("link", name="填写结果").click()
    expect(page.locator("#visitors")).to_have_value("4")
    page.fill("#visitors", "350")
    page.get_by_role("button", name="上报结果").click()
    expect(page.locator("main")).to_contain_text("请写明原因")
    seen("results")
    page.fill("#reason", "东门没有计数，按签到表补")
    page.get_by_role("button", name="上报结果").click()
    expect(page.locator(".fair-steps .now")).to_have_text("已总结")
    seen("reported")


def journey(page: Page, colleague: Page, address: str, clock: Clock, papers: Path, seen: Seen) -> str:
    log_in(page, address, "changan")
    fair = plan(page, address, papers, seen)
    log_in(colleague, address, "changan2")
    check_and_publish(colleague, fair, lambda name: None)
    public = fair.replace("/bureau", "")
    page.goto(public)
    expect(page.locator("svg.booths .booth-number")).to_have_count(2)
    seen("public")
    clock.now = ON_THE_DAY
    log_in(page, address, "changan")
    count_without_network(page, fair, seen)
    report(page, fair, papers, seen)
    page.goto(public)
    expect(page.locator("main")).to_contain_text("350 进场人数")
    seen("over")
    return fair
