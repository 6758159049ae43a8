"""The browser that the page tests drive: it shows Chinese, is as wide as the device, and stays on this machine."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, Error, Page

OpenPage = Callable[[Browser, bool], AbstractContextManager[Page]]


def test_the_page_is_as_wide_as_the_device(chromium_page: Page) -> None:
    chromium_page.set_content("<meta name=viewport content='width=device-width'><h1>莞韶岗位互通</h1>")
    size = chromium_page.viewport_size
    assert size is not None
    assert chromium_page.evaluate("innerWidth") == size["width"]
    assert chromium_page.text_content("h1") == "莞韶岗位互通"


def test_chinese_is_drawn_with_a_font_and_not_with_boxes(desktop_page: Page) -> None:
    """Boxes all look alike: two different characters must not give the same picture."""
    pictures = []
    for character in "莞韶":
        desktop_page.set_content(f"<p style='font-size:80px'>{character}</p>")
        pictures.append(desktop_page.locator("p").screenshot())
    assert pictures[0] != pictures[1]


def test_a_page_that_asks_another_machine_fails_its_test(browser: Browser, open_page: OpenPage) -> None:
    page_that_strays = open_page(browser, False)
    with pytest.raises(AssertionError, match="another machine"), page_that_strays as page, pytest.raises(Error):
        page.goto("http://192.0.2.1/")
