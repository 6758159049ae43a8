"""Who qualifies (可享补贴): the conditions of a policy, as data, held against a posting or a supply notice.

In: `Conditions` and `Facts`. Out: a `Verdict`: yes, maybe (it depends on the person) or no, with the reasons in words.
All conditions must hold; one that lists several values holds when one of them does; one that is empty is not asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from config.divisions import division
from config.words import Direction, label
from search.folding import fold_name


class Answer(StrEnum):
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Conditions:
    directions: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()  # codes of the workplace; a city stands for all of it
    parks: tuple[str, ...] = ()  # words of 共建产业园 in employer, address or duties
    occupations: tuple[str, ...] = ()  # words in the title
    persons: tuple[str, ...] = ()  # what only the person knows

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Conditions":
        return cls(**{name: tuple(plain.get(name, ())) for name in cls.__slots__})

    def plain(self) -> dict[str, list[str]]:
        return {name: list(values) for name in self.__slots__ if (values := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Facts:
    """Of a posting: its own. Of a supply notice: the direction its workers go, the places wished, their occupations.

    `is_known` False says that a posting is not chosen yet: what its text would tell is then open, not missing.
    """

    direction: str
    divisions: Sequence[str]  # codes; empty when not known
    titles: Sequence[str]
    text: str = ""  # employer, address, duties
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    answer: Answer
    met: tuple[str, ...] = ()
    open: tuple[str, ...] = ()  # what it depends on

    @property
    def in_words(self) -> str:
        parts = ("、".join(self.met), f"还要看：{'；'.join(self.open)}" if self.open else "")
        return "；".join(part for part in parts if part)


def qualifies(
    conditions: Conditions, facts: Facts, since: date, until: date | None, today: date
) -> Verdict:
    if today < since or (until is not None and today > until):
        return Verdict(Answer.NO)
    met: list[str] = []
    still_open: list[str] = []
    for holds, words in (_direction(conditions, facts), _division(conditions, facts),
                         _park(conditions, facts), _occupation(conditions, facts)):  # fmt: skip
        if holds is False:
            return Verdict(Answer.NO)
        if words:
            (met if holds else still_open).append(words)
    still_open += conditions.persons
    return Verdict(Answer.MAYBE if still_open else Answer.YES, tuple(met), tuple(still_open))


Holds = tuple[bool | None, str]  # None: it cannot be told


def _direction(conditions: Conditions, facts: Facts) -> Holds:
    if not conditions.directions:
        return True, ""
    holds = facts.direction in conditions.directions
    return holds, "在东莞就业" if facts.direction == Direction.DG_SG else "在韶关就业"


def _division(conditions: Conditions, facts: Facts) -> Holds:
    if not conditions.divisions:
        return True, ""
    wanted = set(conditions.divisions)
    here = [code for code in facts.divisions if {code, division(code).parent} & wanted]
    if here:
        return True, f"工作地在{'、'.join(division(code).name for code in here)}"
    names = "、".join(division(code).name for code in conditions.divisions)
    inside = [code for code in facts.divisions if any(division(one).parent == code for one in wanted)]
    if inside or not facts.divisions:
        return None, f"工作地在{names}"
    return False, ""


def _park(conditions: Conditions, facts: Facts) -> Holds:
    if not conditions.parks:
        return True, ""
    text = fold_name(facts.text)
    found = next((park for park in conditions.parks if fold_name(park) in text), "")
    if found:
        return True, f"在{found}"
    return (False, "") if facts.is_known else (None, f"在{conditions.parks[0]}内的企业就业")


def _occupation(conditions: Conditions, facts: Facts) -> Holds:
    if not conditions.occupations:
        return True, ""
    titles = [fold_name(title) for title in facts.titles]
    found = next((word for word in conditions.occupations if any(fold_name(word) in title for title in titles)), "")
    return (True, f"属于“{found}”类岗位") if found else (False, "")


def condition_words(conditions: Conditions) -> list[str]:
    """Every condition as a sentence, for the policy's page."""
    listed = [
        conditions.directions and "流向：" + "、".join(label(Direction(one)) for one in conditions.directions),
        conditions.divisions and "工作地：" + "、".join(division(code).name for code in conditions.divisions),
        conditions.parks and "企业在：" + "、".join(conditions.parks),
        conditions.occupations and "岗位名称含：" + "、".join(conditions.occupations),
        *(f"本人：{person}" for person in conditions.persons),
    ]
    return [words for words in listed if words]
