"""What fairs mean outside their own pages: the shortage list and the way there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.bureau_desk import open_desk
from tests.web.fair_desk import MILL, FairDesk, open_fair_desk
from tests.web.test_cooperation_pages import made

MOVED = {
    "employer": MILL,
    "moved_from": "441900119",
    "moved_to": "440229",
    "moved_on": "2025-01-01",
    "evidence": "演示文件一号",
}


@pytest.fixture
def fairs(tmp_path: Path) -> Iterator[FairDesk]:
    desk = open_desk(tmp_path)
    yield open_fair_desk(desk)
    desk.exchange.store.close()


def reasons(fairs: FairDesk) -> list[str]:
    return fairs.desk.clerk("office").get("/bureau/shortage").texts(".reasons li")


def test_an_employer_still_looking_after_a_fair_says_so_until_the_fair_is_cancelled(fairs: FairDesk) -> None:
    path = fairs.held()
    made(fairs.desk.clerk("office"), "/bureau/shortage/relocations", **MOVED)
    assert "参加过 1 场对接会后仍未招满" in reasons(fairs)
    fairs.send(path, "/cancel", reason="登记有误，没有举办")
    assert reasons(fairs)
    assert "参加过 1 场对接会后仍未招满" not in reasons(fairs)


def test_what_came_after_the_fair_was_not_at_the_fair(fairs: FairDesk) -> None:
    path = fairs.published()
    made(fairs.desk.clerk("office"), "/bureau/shortage/relocations", **MOVED)
    assert "参加过 1 场对接会后仍未招满" not in reasons(fairs)
    assert fairs.fair(path).state == "published"


def test_organising_fairs_stands_among_what_the_cities_do_together(fairs: FairDesk) -> None:
    here = fairs.clerk.get("/bureau/fairs")
    assert here.one(".sections [aria-current]").text() == "办对接会"
    assert here.one(".desk [aria-current]").text() == "协作"
    assert "办对接会" in fairs.clerk.get("/bureau/supply").texts(".sections a")
    policies = fairs.desk.clerk("office").get("/office/policies")
    assert policies.texts(".desk [aria-current]") == ["协作"]
