"""Conditions of a policy as data: yes only when everything that can be told holds and nothing depends on the person."""

from datetime import date

import pytest

from config.errors import ConfigurationError
from config.packaged import read_packaged
from config.policies import SeedPolicy, parse_policies
from exchange.qualifying import Answer, Conditions, Facts, Verdict, condition_words, qualifies

TODAY = date(2026, 3, 12)
WELDER = Facts("dg-sg", ["441900119"], ["二保焊工"], "东莞市试样厂 长安镇 焊接机架")
NOTICE = Facts("dg-sg", ["441900"], ["普工", "焊工"], "", is_known=False)


def judged(facts: Facts, **conditions: tuple[str, ...]) -> Verdict:
    return qualifies(Conditions(**conditions), facts, date(2026, 1, 1), date(2026, 12, 31), TODAY)


@pytest.mark.parametrize(
    ("conditions", "facts", "answer"),
    [
        ({}, WELDER, Answer.YES),
        ({"directions": ("dg-sg",)}, WELDER, Answer.YES),
        ({"directions": ("sg-dg",)}, WELDER, Answer.NO),
        ({"divisions": ("441900119",)}, WELDER, Answer.YES),
        ({"divisions": ("441900",)}, WELDER, Answer.YES),
        ({"divisions": ("441900121",)}, WELDER, Answer.NO),
        ({"divisions": ("441900121",)}, NOTICE, Answer.MAYBE),
        ({"divisions": ("440229",)}, NOTICE, Answer.NO),
        ({"occupations": ("电工", "焊工")}, WELDER, Answer.YES),
        ({"occupations": ("电工",)}, WELDER, Answer.NO),
        ({"occupations": ("焊工",)}, NOTICE, Answer.YES),
        ({"parks": ("莞韶产业园",)}, WELDER, Answer.NO),
        ({"parks": ("莞韶产业园",)}, NOTICE, Answer.MAYBE),
        ({"persons": ("韶关籍",)}, WELDER, Answer.MAYBE),
        ({"persons": ("韶关籍",), "directions": ("sg-dg",)}, WELDER, Answer.NO),
    ],
)
def test_conditions_are_held_against_facts(
    conditions: dict[str, tuple[str, ...]], facts: Facts, answer: Answer
) -> None:
    assert judged(facts, **conditions).answer is answer


def test_the_park_is_found_in_the_text() -> None:
    inside = Facts("sg-dg", ["440229"], ["普工"], "试样电子 东莞韶关产业园 A 区")
    verdict = judged(inside, parks=("莞韶产业园", "东莞韶关产业园"), persons=("参加社会保险",))
    assert verdict.in_words == "在东莞韶关产业园；还要看：参加社会保险"


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2025, 12, 31), Answer.NO),
        (date(2026, 1, 1), Answer.YES),
        (date(2026, 12, 31), Answer.YES),
        (date(2027, 1, 1), Answer.NO),
    ],
)
def test_a_policy_holds_from_its_first_to_its_last_day(day: date, answer: Answer) -> None:
    assert qualifies(Conditions(), WELDER, date(2026, 1, 1), date(2026, 12, 31), day).answer is answer


def test_conditions_are_said_in_words() -> None:
    told = condition_words(Conditions(("dg-sg",), ("441900119",), (), ("焊工",), ("韶关籍",)))
    assert told == ["流向：东莞 → 韶关", "工作地：长安镇", "岗位名称含：焊工", "本人：韶关籍"]


def shipped() -> tuple[SeedPolicy, ...]:
    return parse_policies(read_packaged("policies.toml"), "policies.toml")


def test_everything_shipped_is_marked_as_an_example() -> None:
    assert shipped()
    for policy in shipped():
        assert policy.is_example
        assert policy.amount.startswith("示例：")
        assert "示例" in policy.origin


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "skill"', 'kind = "gift"', "kind = gift"),
        ('directions = ["sg-dg"]', 'directions = ["north"]', "directions 只能是"),
        ("since = 2026-01-01", 'since = "soon"', "since 应为日期"),
        ("[policy.conditions]\ndirections", '[policy.conditions]\ndivisions = ["999999"]\ndirections', "999999"),
        ("persons = [", "people = [", "不认识 people"),
    ],
)
def test_a_fault_in_the_file_is_one_line_that_names_it(old: str, new: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        parse_policies(read_packaged("policies.toml").replace(old, new, 1), "policies.toml")
