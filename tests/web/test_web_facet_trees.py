"""The filters as trees of plain links, what else is wanted, and similar postings: all from the index."""

from typing import Any

import pytest

from tests.web.living_exchange import DONGGUAN_ROWS, LATHE, SHAOGUAN_ROWS

OPEN = len(DONGGUAN_ROWS) - 2 + len(SHAOGUAN_ROWS)


def _facet(page: Any, name: str) -> Any:
    return next(section for section in page.all(".facet") if section.css_first("h3").text() == name)


def _choice(section: Any, label: str) -> Any:
    return next(li for li in section.css("li:not(.branch)") if li.css_first("a").text().strip().startswith(label))


def test_towns_stand_below_their_city(pages: Any) -> None:
    places = _facet(pages.get("/postings"), "工作地区")
    assert [summary.text().split()[0] for summary in places.css("summary")] == ["东莞市", "韶关市"]
    town = _choice(places, "长安镇")
    narrowed = pages.get(town.css_first("a").attributes["href"])
    assert narrowed.one("h1").text().startswith(town.css_first(".count").text())


def test_a_class_of_occupations_counts_and_finds_everything_below_it(pages: Any) -> None:
    occupations = _facet(pages.get("/postings"), "职业")
    whole = _choice(occupations, "全部生产制造及有关人员")
    narrowed = pages.get(whole.css_first("a").attributes["href"])
    assert narrowed.one("h1").text().startswith(whole.css_first(".count").text())
    assert "生产制造及有关人员" in narrowed.one(".chip").text()
    assert pages.get(narrowed.one(".chip").attributes["href"]).one("h1").text().startswith(str(OPEN))


def test_small_classes_say_what_people_call_them(pages: Any) -> None:
    occupations = _facet(pages.get("/postings?q=车床"), "职业")
    assert "车床" in _choice(occupations, "机械冷加工人员").css_first("small").text()


@pytest.mark.parametrize(
    ("chosen", "label", "then"),
    [
        ("6", "机械冷加工人员", "occupation=6-18-01"),  # a class inside the one that is chosen narrows it
        ("6-18-01", "全部生产制造及有关人员", "occupation=6"),  # a class around it widens it
        ("4-07-05", "机械冷加工人员", "occupation=4-07-05,6-18-01"),  # one beside it is added
        ("6-18-01", "机械冷加工人员", ""),  # the same again takes it off
    ],
)
def test_choosing_takes_the_place_of_what_lies_above_or_below(pages: Any, chosen: str, label: str, then: str) -> None:
    section = _facet(pages.get(f"/postings?occupation={chosen}"), "职业")
    address = _choice(section, label).css_first("a").attributes["href"].replace("%2C", ",")
    assert address.partition("?")[2] == then


def test_the_branch_of_what_is_chosen_is_open(pages: Any) -> None:
    section = _facet(pages.get("/postings?occupation=6-18-01"), "职业")
    opened = [d.css_first("summary").text().split()[0] for d in section.css("details") if "open" in d.attributes]
    assert opened == ["生产制造及有关人员", "机械制造基础加工人员"]


def test_what_else_is_wanted_leads_to_as_many_postings(pages: Any) -> None:
    page = pages.get("/postings?q=车床")
    others = page.all(".related a")
    assert others
    assert "车床" not in " ".join(a.text() for a in others)
    for link in others:
        found = pages.get(link.attributes["href"])
        assert found.one("h1").text().startswith(link.css_first(".count").text())


def test_what_else_is_wanted_keeps_the_place(pages: Any) -> None:
    page = pages.get("/postings?q=采茶工&direction=sg-dg")
    assert page.all(".related a")
    assert all("direction=sg-dg" in (a.attributes["href"] or "") for a in page.all(".related a"))


def test_a_search_without_a_kind_of_work_suggests_none(pages: Any) -> None:
    assert pages.get("/postings").all(".related") == []
    assert pages.get("/postings?direction=sg-dg").all(".related") == []


def test_a_posting_names_its_occupation_and_leads_to_it(living: Any, pages: Any) -> None:
    page = pages.get(f"/postings/{living.id_of('数控车床操作工')}")
    assert LATHE in page.text
    assert pages.get(page.link("车工")).texts(".card h2") == ["数控车床操作工"]


def test_similar_postings_are_of_the_same_kind_first(living: Any, pages: Any) -> None:
    page = pages.get(f"/postings/{living.id_of('普工')}")
    similar = page.texts(".similar .card h3")
    assert similar[0] == "普工（长白班）"
    assert len(similar) <= 4


def test_a_posting_is_not_similar_to_itself(living: Any, pages: Any) -> None:
    page = pages.get(f"/postings/{living.id_of('采茶工')}")
    assert "采茶工" not in page.texts(".similar .card h3")
    assert page.all(".similar .card"), "the same place, when there is no such work"
