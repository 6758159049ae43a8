"""What hurried hands do to the forms of fairs, activities and supply notices: two presses, unseen characters, slips."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange.store.fairs import fairs_of
from tests.web.bureau_desk import BureauDesk, Clerk, open_desk
from tests.web.fair_desk import FORM, open_fair_desk
from tests.web.page_client import Page
from tests.web.test_cooperation_pages import MEETING, WORKERS, faults, made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[BureauDesk]:
    opened = open_desk(tmp_path)
    yield opened
    opened.exchange.store.close()


@pytest.fixture
def clerk(desk: BureauDesk) -> Clerk:
    return desk.clerk("wengyuan")


@pytest.mark.parametrize(
    ("path", "fields"),
    [("/bureau/activities", MEETING), ("/bureau/supply", WORKERS), ("/bureau/fairs/new", FORM)],
)
def test_two_presses_of_the_button_enter_one(clerk: Clerk, path: str, fields: dict[str, str]) -> None:
    first = made(clerk, path, **fields)
    clerk.get(first)
    assert made(clerk, path, **fields) == first
    assert "没有重复" in clerk.get(first).text


def test_a_cancelled_fair_may_be_planned_again(desk: BureauDesk) -> None:
    fairs = open_fair_desk(desk)
    path = fairs.plan()
    fairs.send(path, "/cancel", reason="场地另有安排")
    assert fairs.plan() != path


def test_another_bureaus_supply_is_not_the_same(desk: BureauDesk, clerk: Clerk) -> None:
    here = made(clerk, "/bureau/supply", **WORKERS)
    other = desk.clerk("changan")
    there = made(other, "/bureau/supply", **{**WORKERS, "division": "441900119", "places": "翁源"})
    assert there != here


def test_unseen_characters_are_left_out(desk: BureauDesk, clerk: Clerk) -> None:
    made(clerk, "/bureau/fairs/new", **{**FORM, "name": "翁源\x00专\x07场"})
    with desk.exchange.store.read() as session:
        assert [fair.name for fair in fairs_of(session, None, frozenset())] == ["翁源专场"]
    path = made(clerk, "/bureau/activities", **{**MEETING, "name": "培训\x00班"})
    assert "培训班" in clerk.get(path).text


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/bureau/activities", {**MEETING, "starts_on": "0001-01-01"}),
        ("/bureau/supply", {**WORKERS, "until_on": "9999-12-31"}),
        ("/bureau/fairs/new", {**FORM, "starts_at": "0001-01-01T00:00", "ends_at": "0001-01-01T02:00"}),
    ],
)
def test_an_impossible_year_is_named(clerk: Clerk, path: str, fields: dict[str, str]) -> None:
    assert "请检查年份" in faults(Page(clerk.send(path, **fields)))


def test_separators_alone_are_no_trade(clerk: Clerk) -> None:
    assert "请填写工种" in faults(clerk.post("/bureau/supply", 400, **{**WORKERS, "occupations": "、、"}))


def test_a_posting_that_is_not_there_is_refused(clerk: Clerk) -> None:
    named = clerk.post("/bureau/activities", 400, **{**MEETING, "postings": "ZZZZZZZZZZZZ"})
    assert "没有编号为 ZZZZZZZZZZZZ 的岗位" in faults(named)
    path = made(clerk, "/bureau/supply", **WORKERS)
    told = {"kind": "contacted", "number": "3", "posting": "ZZZZZZZZZZZZ"}
    assert "没有这个岗位" in faults(clerk.post(f"{path}/outcome", 400, **told))


def test_publishing_twice_says_that_it_is_done(desk: BureauDesk) -> None:
    fairs = open_fair_desk(desk)
    path = fairs.published()
    assert "已经是“已发布”了" in fairs.send(path, "/publish").text


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", "abc"])
def test_a_month_that_no_calendar_has_is_this_month(clerk: Clerk, month: str) -> None:
    assert "供需对接会" in clerk.get(f"/fairs?month={month}").text


def test_an_unknown_cluster_is_named_by_the_api(clerk: Clerk) -> None:
    answer = clerk.client.get("/api/v1/fairs?cluster=zz")
    assert answer.status_code == 400
    assert "zz" in answer.get_json()["error"]["message"]
