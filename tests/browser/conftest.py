"""A real browser for the pages: Chromium as the system has it, driven by Playwright.

In: the tests' requirement list (see tests/conftest.py). Out: `phone_page`, `desktop_page` and `chromium_page`, which
runs a test on both. A page that asks another machine for anything fails its test.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, sync_playwright

from tests.requiring import miss

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1280, height=900)
OWN_MACHINE = {"127.0.0.1", "localhost", "::1", ""}
WITHOUT_NETWORK = {"about", "data", "blob"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        miss("chromium", f"there is no {CHROMIUM} (apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@contextmanager
def _open_page(browser: Browser, phone: bool) -> Iterator[Page]:
    context = browser.new_context(
        viewport=PHONE if phone else DESKTOP,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        is_mobile=phone,
        has_touch=phone,
        service_workers="block",
    )
    elsewhere: list[str] = []

    def guard(route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in WITHOUT_NETWORK or (address.hostname or "") in OWN_MACHINE:
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()
    assert elsewhere == [], "the page asked another machine"


@pytest.fixture
def open_page() -> Callable[[Browser, bool], AbstractContextManager[Page]]:
    """For tests that need a page of their own, with cookies of its own."""
    return _open_page


@pytest.fixture
def phone_page(browser: Browser) -> Iterator[Page]:
    with _open_page(browser, phone=True) as page:
        yield page


@pytest.fixture
def desktop_page(browser: Browser) -> Iterator[Page]:
    with _open_page(browser, phone=False) as page:
        yield page


@pytest.fixture(params=["phone", "desktop"])
def chromium_page(request: pytest.FixtureRequest) -> Page:
    """The page on a phone (390 × 844) and on a desk (1280 × 900): a test that takes this runs twice."""
    page: Page = request.getfixturevalue(f"{request.param}_page")
    return page
