"""A clerk's whole journey in a browser: a messy sheet goes up, a heading is mended, the jobs are published and found,
one is taken back and gone."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from config.words import Role
from exchange.accounts import NewAccount, add_account
from exchange.app import create_app
from exchange.context import Exchange
from ingest.scheduler import beat, handle_batches
from tests.web.living_exchange import open_empty
from tests.web.staff import CHANGAN, PASSWORD

HEADINGS = ("序号", "招聘岗位名称", "企业名称", "工作地点", "开多少钱", "招聘人数", "联系电话")
EMPLOYER = "东莞市长安试样电子有限公司"
WIDE = "document.documentElement.scrollWidth"


def _sheet(path: Path, titles: tuple[str, ...]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["长安镇用工需求汇总表"])
    sheet.merge_cells("A1:G1")
    sheet.append(HEADINGS)
    for number, title in enumerate(titles, 1):
        sheet.append([number, title, EMPLOYER, "长安镇", "5000-6500元/月", 10, "0769-85550101"])
    sheet.append([99, "没有单位的岗位", None, "长安镇", "5000元/月", 1, None])
    book.save(path)
    return path


def _work(exchange: Exchange, stop: Event) -> None:
    beat(exchange)
    while not stop.wait(0.1):
        handle_batches(exchange)


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    opened = open_empty(tmp_path, demonstration=False)
    add_account(opened.store, NewAccount("changan", "长安镇 李经办", Role.BUREAU, CHANGAN, PASSWORD))
    yield opened
    opened.store.close()


@pytest.fixture
def address(exchange: Exchange) -> Iterator[str]:
    """Where the exchange answers; its worker acts beside it."""
    stop = Event()
    server = make_server("127.0.0.1", 0, create_app(exchange), threaded=True)
    threads = [Thread(target=server.serve_forever), Thread(target=_work, args=(exchange, stop))]
    for thread in threads:
        thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    stop.set()
    server.shutdown()
    for thread in threads:
        thread.join()
    server.server_close()


def _log_in(page: Page, address: str) -> None:
    page.goto(f"{address}/bureau/upload")
    page.get_by_label("登录名").fill("changan")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("h1")).to_have_text("报送岗位")


def _upload(page: Page, file: Path) -> None:
    page.get_by_label("岗位表文件").set_input_files(file)
    page.get_by_role("button", name="上传并检查").click()
    expect(page.locator("h1")).to_have_text(file.name)
    expect(page.locator(".outcomes")).to_be_visible()


def _is_not_too_wide(page: Page) -> bool:
    size = page.viewport_size
    assert size is not None
    return int(page.evaluate(WIDE)) <= size["width"]


def test_from_a_messy_sheet_to_a_posting_and_back(chromium_page: Page, address: str, tmp_path: Path) -> None:
    page = chromium_page
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    _log_in(page, address)
    _upload(page, _sheet(tmp_path / "长安镇12月.xlsx", ("数控车床操作工", "包装工")))
    expect(page.locator(".kind h3").filter(has_text="没有薪资")).to_be_visible()
    assert _is_not_too_wide(page)
    page.get_by_label("“开多少钱”读作").select_option(label="薪资待遇")
    page.get_by_role("button", name="按改后的表头重新读表").click()
    expect(page.locator(".kind h3").filter(has_text="没有用人单位")).to_be_visible()
    expect(page.locator(".kind h3").filter(has_text="没有薪资")).to_have_count(0)
    page.get_by_role("link", name="逐格查看全部").click()
    expect(page.locator(".problem-list")).to_contain_text("第 5 行")
    assert _is_not_too_wide(page)
    page.get_by_role("link", name="回到这一批").click()
    page.get_by_role("button", name=re.compile("发布")).first.click()
    expect(page.get_by_role("heading", name="撤回整批")).to_be_visible()
    page.goto(f"{address}/postings?q=数控车床")
    page.get_by_role("link", name="数控车床操作工").click()
    public = page.url
    page.goto(f"{address}/bureau/postings")
    page.get_by_role("link", name="数控车床操作工").click()
    page.get_by_text("报错了或有问题，撤回").click()
    page.get_by_label("原因").select_option(label="误报")
    page.get_by_role("button", name="撤回岗位").click()
    expect(page.get_by_role("status")).to_contain_text("马上从所有页面消失")
    assert _is_not_too_wide(page)
    page.goto(f"{address}/postings?q=数控车床")
    expect(page.locator(".card").filter(has_text="数控车床操作工")).to_have_count(0)
    answer = page.goto(public)
    assert answer is not None
    assert answer.status == 410
    assert faults == []


def test_a_file_that_is_dropped_is_chosen_and_one_too_large_is_told(desktop_page: Page, address: str) -> None:
    _log_in(desktop_page, address)
    drop = """([size, count]) => {
      const dropped = new DataTransfer();
      for (let n = 0; n < count; n++) dropped.items.add(new File([new Uint8Array(size)], `表${n}.xlsx`));
      const event = new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true });
      document.querySelector("[data-drop]").dispatchEvent(event);
    }"""
    fault = desktop_page.locator("#file-fault")
    desktop_page.wait_for_load_state("load")  # before that nobody listens for what is dropped
    desktop_page.evaluate(drop, [100, 2])
    expect(fault).to_contain_text("一次只能上传一个文件")
    desktop_page.evaluate(drop, [21 * 1024 * 1024, 1])
    expect(fault).to_contain_text("超过了 20 MB 的上限")
    desktop_page.evaluate(drop, [100, 1])
    expect(fault).to_be_hidden()
    assert desktop_page.evaluate("document.querySelector('#file').files[0].name") == "表0.xlsx"


def test_without_scripts_the_page_moves_by_itself(
    browser: object, exchange: Exchange, address: str, tmp_path: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")  # type: ignore[attr-defined]
    page: Page = context.new_page()
    _log_in(page, address)
    page.get_by_label("岗位表文件").set_input_files(_sheet(tmp_path / "表.xlsx", ("包装工",)))
    page.get_by_role("button", name="上传并检查").click()
    expect(page.locator(".outcomes")).to_be_visible(timeout=15_000)
    context.close()


def test_no_page_of_a_desk_is_wider_than_a_phone(exchange: Exchange, address: str, phone_page: Page) -> None:
    add_account(exchange.store, NewAccount("office", "指挥部办公室 王主任", Role.OFFICE, "441900", PASSWORD))
    phone_page.goto(f"{address}/login")
    phone_page.get_by_label("登录名").fill("office")
    phone_page.get_by_label("密码", exact=True).fill(PASSWORD)
    phone_page.get_by_role("button", name="登录").click()
    phone_page.wait_for_url(lambda url: "/login" not in url)
    desk = ("/office", "/office/reports", "/office/reviews", "/office/policies", "/office/circular", "/admin/sources")
    together = ("/bureau/fairs", "/bureau/activities", "/bureau/supply", "/bureau/shortage", "/bureau/handouts")
    for path in (*desk, *together, "/bureau/fairs/new", "/bureau/activities/new", "/bureau/supply/new"):
        phone_page.goto(address + path)
        assert phone_page.evaluate(WIDE) <= 390, path
