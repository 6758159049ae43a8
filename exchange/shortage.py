"""Shortage (缺工): which employers lack workers most, and why, as a pure rule.

In: `Vacancies` of one employer. Out: a `Shortage` with a score and its reasons in words, or None when there is none.
The score is open person-months, doubled for an employer that moved to Shaoguan (the plan names these), and a quarter
more for each held fair, activity or reopening that did not fill it.
"""

from dataclasses import dataclass
from datetime import date

LONG = 30  # days open from which a posting is open for long
MANY = 20  # openings from which there are many
_DAYS_A_MONTH = 30
_FOR_RELOCATED = 2.0
_FOR_EACH_TRY = 0.25
_MOST_TRIES = 4  # more of them say nothing new


@dataclass(frozen=True, slots=True)
class Vacancies:
    employer: str
    uscc: str
    division: str  # where most of its openings are
    postings: int
    openings: int
    opening_days: int  # Σ openings × days since first published
    oldest_days: int
    reopened: int  # postings that ended and came back
    after_activities: int  # held activities that offered a posting which is still open
    after_fairs: int = 0  # held fairs to which it brought a posting which is still open
    moved_on: date | None = None  # 转移企业
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Shortage:
    vacancies: Vacancies
    score: int
    reasons: tuple[str, ...]

    @property
    def average_days(self) -> int:
        return _average(self.vacancies)


def shortage_of(found: Vacancies) -> Shortage | None:
    relocated = found.moved_on is not None
    if not found.openings or not (relocated or (found.openings >= MANY and _average(found) >= LONG)):
        return None
    tries = min(found.reopened + found.after_activities + found.after_fairs, _MOST_TRIES)
    months = found.opening_days / _DAYS_A_MONTH
    score = months * (_FOR_RELOCATED if relocated else 1.0) * (1 + _FOR_EACH_TRY * tries)
    return Shortage(found, max(1, round(score)), _reasons(found))


def rank(found: list[Vacancies]) -> list[Shortage]:
    """The worst first."""
    short = [shortage for vacancies in found if (shortage := shortage_of(vacancies))]
    return sorted(short, key=lambda one: (-one.score, one.vacancies.employer))


def _average(found: Vacancies) -> int:
    return round(found.opening_days / found.openings) if found.openings else 0


def _reasons(found: Vacancies) -> tuple[str, ...]:
    months = round(found.opening_days / _DAYS_A_MONTH)
    reasons = [
        found.moved_on and f"{found.moved_on.year}年{found.moved_on.month}月从东莞转移来",
        f"{found.postings} 个岗位缺 {found.openings} 人，平均已招 {_average(found)} 天，相当于空缺 {months} 人月",
        found.reopened and f"{found.reopened} 个岗位结束后又重新开招",
        found.after_fairs and f"参加过 {found.after_fairs} 场对接会后仍未招满",
        found.after_activities and f"参加过 {found.after_activities} 场活动后仍未招满",
    ]
    return tuple(words for words in reasons if words)
