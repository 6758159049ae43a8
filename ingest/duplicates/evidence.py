"""Evidence (依据) that two rows are one job: levels of agreement, their points, and the reasons a clerk reads.

In: two `Side`s. Out: `Verdict`, or None when something speaks against it outright. A new kind of evidence is a function
that returns a level, a line in `_levels`, and its points in vocabulary/duplicates.toml.
"""

from collections.abc import Set
from dataclasses import dataclass

from config.divisions import CITY_CODES, find_division
from config.words import Education, EmploymentType
from exchange.content import Content, Salary
from ingest.duplicates.duties import compare_duties
from ingest.duplicates.employers import EmployerName, client_core, employer_name, is_close
from ingest.duplicates.rules import Level, rules
from ingest.duplicates.titles import TitleName, compare_titles, title_name
from ingest.normalise.text import fold

_APART = {EmploymentType.PART_TIME, EmploymentType.INTERNSHIP, EmploymentType.TEMPORARY}
_NO_END = 10**9


@dataclass(frozen=True, slots=True)
class Side:
    content: Content
    employer: EmployerName
    title: TitleName


@dataclass(frozen=True, slots=True)
class Verdict:
    score: int
    levels: dict[str, str]

    @property
    def is_duplicate(self) -> bool:
        return self.score >= rules().threshold

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(worth.because for worth in map(_worth, self.levels.items()) if worth.because)


def _worth(evidence: tuple[str, str]) -> Level:
    kind, level = evidence
    return rules().points[kind][level]


def side_of(content: Content) -> Side:
    return Side(content, employer_name(content.employer), title_name(content.title))


def judge(one: Side, other: Side, shared: Set[str] = frozenset()) -> Verdict | None:
    """`shared`: sentences that the employer hangs under other jobs too."""
    mine, theirs = one.content, other.content
    if (mine.employment_type != theirs.employment_type) and ({mine.employment_type, theirs.employment_type} & _APART):
        return None
    if mine.uscc and theirs.uscc and mine.uscc != theirs.uscc:
        return None
    levels = _levels(one, other, shared)
    if not all(levels.values()):
        return None
    return Verdict(sum(_worth(evidence).points for evidence in levels.items()), levels)


def _levels(one: Side, other: Side, shared: Set[str]) -> dict[str, str]:
    """Kind of evidence → level; "" says that they are two jobs."""
    mine, theirs = one.content, other.content
    duties = compare_duties(mine.description, theirs.description, shared)
    return {
        "employer": _compare_employers(one, other, duties),
        "title": compare_titles(one.title, other.title),
        "place": _compare_places(mine.division, theirs.division),
        "pay": _compare_pay(mine.salary, theirs.salary),
        "openings": _compare_values(mine.openings, theirs.openings, None),
        "education": _compare_values(mine.education, theirs.education, Education.UNLIMITED),
        "duties": duties,
    }


def _compare_employers(one: Side, other: Side, duties: str) -> str:
    mine, theirs = one.employer, other.employer
    if mine.key == theirs.key:
        return "same"
    if one.content.uscc and one.content.uscc == other.content.uscc:
        return "code"
    if mine.core == theirs.core:
        return "kin" if mine.region and theirs.region and mine.region != theirs.region else "core"
    if mine.is_agency or theirs.is_agency:
        if _clients(one) & _clients(other):
            return "client"
        # nobody names the client: only the very same, telling text speaks for one job
        return "agencies" if mine.is_agency and theirs.is_agency and duties == "same" else ""
    # a name that is nearly another is most often another company: the text must be the same
    return "close" if is_close(mine, theirs) and duties == "same" else ""


def _clients(side: Side) -> set[str]:
    """The employers that a row may really be about."""
    if not side.employer.is_agency:
        return {side.employer.core}
    named = (client_core(side.content.description), client_core(fold(side.content.title)))
    return {core for core in named if core}


def _compare_places(mine: str, theirs: str) -> str:
    if mine == theirs:
        return "same"
    one, other = find_division(mine), find_division(theirs)
    if one is None or other is None or one.city != other.city:
        return ""
    return "city" if CITY_CODES[one.city] in {mine, theirs} else ""


def _compare_pay(mine: Salary, theirs: Salary) -> str:
    if mine.negotiable and theirs.negotiable:
        return "negotiable"
    first, second = _span(mine), _span(theirs)
    if first is None or second is None:
        return "unknown"
    if first == second:
        return "same"
    common = min(first[1], second[1]) - max(first[0], second[0])
    if common < 0:
        return "apart"
    widest = max(first[1], second[1]) - min(first[0], second[0])
    return "near" if common * 2 >= widest or mine.min == theirs.min else "partly"


def _span(salary: Salary) -> tuple[int, int] | None:
    if salary.min is None and salary.max is None:
        return None
    return salary.min or 0, salary.max if salary.max is not None else _NO_END


def _compare_values(mine: object, theirs: object, unknown: object) -> str:
    if mine == theirs and mine != unknown:
        return "same"
    return "unknown" if unknown in {mine, theirs} else "differ"
