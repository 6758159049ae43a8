"""A fair from plan to report in a browser, on a phone and at a desk, counted without network in between."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from exchange.fairs.words import TallyKind
from exchange.store.fairs_tallies import counted_of
from tests.browser.fair_journey import journey
from tests.web.bureau_desk import BureauDesk, csv_of, job, open_desk
from tests.web.fair_desk import MILL

WIDE = "document.documentElement.scrollWidth"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[BureauDesk]:
    opened = open_desk(tmp_path)
    opened.publish(opened.clerk("changan"), csv_of(job("普工"), job("缝纫工", 单位名称=MILL)))
    yield opened
    opened.exchange.store.close()


@pytest.fixture
def address(desk: BureauDesk) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, desk.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_a_fair_from_plan_to_report(
    browser: Browser,
    open_page: Callable[[Browser, bool], AbstractContextManager[Page]],
    desk: BureauDesk,
    address: str,
    tmp_path: Path,
    phone: bool,
) -> None:
    with open_page(browser, phone) as page, open_page(browser, False) as colleague:
        too_wide = []

        def seen(name: str) -> None:
            size = page.viewport_size
            assert size
            if page.evaluate(WIDE) > size["width"]:
                too_wide.append(name)

        fair = journey(page, colleague, address, desk.clock, tmp_path, seen)
        assert too_wide == []
    with desk.exchange.store.read() as session:
        counted = counted_of(session, fair.rsplit("/", 1)[1])
    assert counted == {
        TallyKind.VISITORS: 4,
        TallyKind.INTERVIEWS: 1,
        TallyKind.INTENTS: 1,
        TallyKind.HIRES: 1,
    }
