"""The pages in a real browser: searching on a phone, the contact on tap, bigger text, nothing too wide."""

import io
import re
from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect
from pypdf import PdfReader
from werkzeug.serving import make_server

from exchange.app import create_app
from tests.web.living_exchange import PERSON, PHONE, open_living

TARGETS = ("/targets", "/clusters/c01", "/targets/how", "/targets/postings")
LISTED = ("/", "/postings", "/postings?q=没有这种工作", "/fairs", "/activities", "/policies", *TARGETS, "/api/v1/docs")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the exchange answers."""
    exchange = open_living(tmp_path_factory.mktemp("browser"), contact_per_minute="1000")
    server = make_server("127.0.0.1", 0, create_app(exchange), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    exchange.store.close()


@pytest.fixture
def complaints(chromium_page: Page) -> Iterator[list[str]]:
    """What the browser complains about; a test that takes this fails if there is anything."""
    found: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            found.append(message.text)

    chromium_page.on("console", listen)
    chromium_page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert found == []


def too_wide_by(page: Page) -> int:
    """Pixels beyond the screen; a phone's own innerWidth grows with what is too wide, so it is no measure."""
    size = page.viewport_size
    assert size is not None
    return int(page.evaluate("document.documentElement.scrollWidth")) - size["width"]


@pytest.mark.usefixtures("complaints")
def test_no_page_is_wider_than_the_screen_or_makes_the_browser_complain(chromium_page: Page, address: str) -> None:
    for path in LISTED:
        chromium_page.goto(address + path)
        assert too_wide_by(chromium_page) <= 0, path
        chromium_page.locator("button[data-act=text-size]").click()
        assert too_wide_by(chromium_page) <= 0, f"{path}, bigger"
        chromium_page.locator("button[data-act=text-size]").click()


@pytest.mark.usefixtures("complaints")
def test_search_and_open_a_posting_then_see_whom_to_call(chromium_page: Page, address: str) -> None:
    chromium_page.goto(address)
    chromium_page.get_by_role("combobox", name="搜岗位").fill("长安 普工 5000以上 包吃住")
    chromium_page.get_by_role("button", name="搜索").click()
    expect(chromium_page.locator("h1")).to_contain_text("1 个岗位".replace(" ", "\u2009"))
    chromium_page.get_by_role("link", name="普工（长白班）").click()
    expect(chromium_page.locator("h1")).to_have_text("普工（长白班）")
    expect(chromium_page.locator("body")).not_to_contain_text(PHONE)
    opened = chromium_page.url
    chromium_page.get_by_role("button", name="查看联系人和电话").click()
    expect(chromium_page.locator("#contact-shown")).to_contain_text(PERSON)
    expect(chromium_page.get_by_role("link", name=PHONE)).to_have_attribute("href", f"tel:{PHONE.replace('-', '')}")
    assert chromium_page.url == opened, "shown in place"
    assert too_wide_by(chromium_page) <= 0


def test_the_first_screen_of_a_phone_answers(phone_page: Page, address: str) -> None:
    """Both counters, and the box to search, are seen without scrolling."""
    phone_page.goto(address + "/targets")
    box = phone_page.locator("main > .commitment").nth(1).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 844
    phone_page.goto(address)
    box = phone_page.get_by_role("combobox", name="搜岗位").bounding_box()
    assert box is not None
    assert box["y"] < 400


def test_the_top_bar_of_a_phone_is_one_line_and_leads_to_fairs(phone_page: Page, address: str) -> None:
    for width in (360, 390):
        phone_page.set_viewport_size({"width": width, "height": 800})
        phone_page.goto(address + "/")
        bar = phone_page.locator("header.top").bounding_box()
        assert bar is not None
        assert bar["height"] < 60, f"{width} px"
    phone_page.get_by_role("navigation", name="主导航").get_by_role("link", name="对接会").click()
    expect(phone_page.locator("h1")).to_have_text("供需对接会")


def test_the_filters_of_a_phone_open_as_a_sheet_and_close(phone_page: Page, address: str) -> None:
    phone_page.goto(address + "/postings")
    sheet = phone_page.locator("#filters")
    expect(sheet).to_be_hidden()
    phone_page.get_by_role("link", name="筛选").click()
    expect(sheet).to_be_visible()
    phone_page.get_by_role("link", name="完成").click()
    expect(sheet).to_be_hidden()
    phone_page.get_by_role("link", name="筛选").click()
    sheet.get_by_role("link", name="包吃住", exact=True).click()
    expect(phone_page.locator(".chip")).to_contain_text("包吃住")
    expect(phone_page.locator("h1")).to_contain_text("3")


def test_filters_stand_beside_the_results_on_a_desk(desktop_page: Page, address: str) -> None:
    desktop_page.goto(address + "/postings")
    expect(desktop_page.locator("#filters")).to_be_visible()
    side, results = (desktop_page.locator(name).bounding_box() for name in ("#filters", "#results"))
    assert side is not None
    assert results is not None
    assert side["x"] + side["width"] <= results["x"]


def test_bigger_text_stays_bigger_on_the_next_page(phone_page: Page, address: str) -> None:
    phone_page.goto(address)
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    before = phone_page.evaluate(size)
    phone_page.get_by_role("button", name="放大文字").click()
    assert phone_page.evaluate(size) > before >= 16
    phone_page.goto(address + "/targets")
    assert phone_page.evaluate(size) > before
    expect(phone_page.get_by_role("button", name="放大文字")).to_have_attribute("aria-pressed", "true")


def test_words_are_completed_while_typing(desktop_page: Page, address: str) -> None:
    desktop_page.goto(address)
    with desktop_page.expect_response(re.compile("/api/v1/complete")):
        desktop_page.get_by_role("combobox", name="搜岗位").press_sequentially("普")
    expect(desktop_page.locator("#completions option[value='普工']")).to_have_count(1)


def test_everything_can_be_reached_with_the_keyboard(desktop_page: Page, address: str) -> None:
    desktop_page.goto(address)
    desktop_page.keyboard.press("Tab")
    focused = desktop_page.locator(":focus")
    expect(focused).to_have_text("跳到主要内容")
    expect(focused).to_be_in_viewport()


def test_the_counters_can_be_printed_in_black_and_white(desktop_page: Page, address: str) -> None:
    desktop_page.goto(address + "/targets")
    desktop_page.emulate_media(media="print")
    expect(desktop_page.locator(".top nav")).to_be_hidden()
    done, pace = (desktop_page.locator(f".line-{name}").first for name in ("done", "pace"))
    dashes = "node => getComputedStyle(node).strokeDasharray"
    assert done.evaluate(dashes) == "none"
    assert pace.evaluate(dashes) != "none"


@pytest.mark.usefixtures("complaints")
def test_the_tree_of_occupations_opens_and_narrows(chromium_page: Page, address: str) -> None:
    chromium_page.goto(f"{address}/postings#filters")
    occupations = chromium_page.locator("section[aria-labelledby=facet-occupation]")
    small = occupations.get_by_role("link", name="机械冷加工人员")
    expect(small).to_be_hidden()
    occupations.get_by_text("生产制造及有关人员", exact=False).first.click()
    occupations.locator("summary", has_text="机械制造基础加工人员").click()
    assert too_wide_by(chromium_page) <= 0
    small.click()
    expect(chromium_page.locator(".card h2")).to_have_text("数控车床操作工")
    expect(chromium_page.locator(".chip")).to_contain_text("机械冷加工人员")


def test_the_two_big_lines_stand_above_the_fold(chromium_page: Page, address: str) -> None:
    chromium_page.goto(f"{address}/targets")
    size = chromium_page.viewport_size
    assert size is not None
    for line in chromium_page.locator("main > .commitment").all():
        box = line.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= size["height"]


@pytest.mark.parametrize("path", TARGETS)
def test_every_printed_sheet_says_source_and_moment_and_has_no_navigation(
    desktop_page: Page, address: str, path: str
) -> None:
    desktop_page.goto(address + path)
    sheets = [page.extract_text() for page in PdfReader(io.BytesIO(desktop_page.pdf(format="A4"))).pages]
    assert sheets
    for sheet in sheets:
        assert "来源：莞韶岗位互通台账" in sheet
        assert "台账序号" in sheet
        for word in ("找岗位", "工作人员登录", "数据接口"):
            assert word not in sheet
