"""The rules of counting (怎样计数) in plain words, drawn from the rules themselves: a changed rule changes the words.

In: the sources and thresholds in force, the rules of exchange.credits. Out: `Trial`s, rows put before the rule that
writes credits, and lists of words. A new rule needs a trial here that shows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from config.commitments import Thresholds
from config.divisions import DONGGUAN, SHAOGUAN, division
from config.sources import Source
from config.words import SalaryPeriod, Status, Uncounted, WithdrawalReason, label
from exchange.content import Content, Salary
from exchange.credits import COUNTED, credit_facts, credit_lines
from exchange.ledger import EventKind
from exchange.standings import State

_PAY = Salary("5000-6500元/月", 5000, 6500, SalaryPeriod.MONTH)
_PLAIN = Content("普工", "某某电子有限公司", DONGGUAN, _PAY, openings=10)
_ANY_DAY = date(2026, 1, 1)
_NOT_BY_ITSELF = {  # reasons that the rule for a single posting never gives, and when they arise
    Uncounted.DUPLICATE: "同一个岗位已经由别的单位提供过：只计最先的一家",
    Uncounted.CARRIED: "上年发布、今年仍在招的岗位：另列为“其中结转”",
    Uncounted.WITHDRAWN: "计数以后因无效、虚假、重复、误报撤回：从当年扣除",
    Uncounted.OUTSIDE: "工作地点不在东莞、韶关",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One kind of row and what the rule makes of it."""

    words: str
    reason: str  # "" counts
    openings: int

    @property
    def counts(self) -> bool:
        return self.reason == COUNTED

    @property
    def verdict(self) -> str:
        return f"计 1 条、{self.openings} 人" if self.counts else f"不计（{label(Uncounted(self.reason))}）"


def trials() -> list[Trial]:
    """Rows as people write them, judged now by the rule that writes credits."""
    unknown = Salary()
    return [
        _trial("单位、岗位、地点、人数、薪资都写明，在有效期内", _PLAIN),
        _trial("薪资写“面议”", replace(_PLAIN, salary=Salary("面议", negotiable=True))),
        _trial("薪资写“计件”“提成”，没有数字", replace(_PLAIN, salary=Salary("计件", period=SalaryPeriod.PIECE))),
        _trial("薪资一格空着", replace(_PLAIN, salary=unknown)),
        _trial("招聘人数写“若干”", replace(_PLAIN, openings=None, openings_text="若干")),
        _trial("招聘人数一格空着", replace(_PLAIN, openings=None)),
        _trial("有效期已过", _PLAIN, status=Status.EXPIRED),
        _trial("文字违反招聘规定，等人审核（放行后当天计数）", _PLAIN, status=Status.HELD),
        _trial("来自不计数的来源", _PLAIN, source_counts=False),
    ]


def other_reasons() -> list[tuple[str, str]]:
    """(reason, when) of what no single row shows. Those that a trial shows are left out."""
    shown = {trial.reason for trial in trials()}
    return [(label(reason), _NOT_BY_ITSELF[reason]) for reason in Uncounted if reason not in shown]


def reversing_withdrawals() -> tuple[list[str], list[str]]:
    """(reasons of a withdrawal that take the count back, those that leave it), as the rule judges them."""
    taken: list[str] = []
    kept: list[str] = []
    facts = credit_facts(_PLAIN, Status.OPEN, True, "", "", "")
    for reason in WithdrawalReason:
        earned = credit_lines(EventKind.POSTING_CREATED, {"facts": facts}, "P", _ANY_DAY, {})
        lines = credit_lines(EventKind.POSTING_WITHDRAWN, {"reason": str(reason)}, "P", _ANY_DAY, {"P": earned})
        change = sum(line.sign for line in lines if line.reason == COUNTED)
        (taken if change < 0 else kept).append(label(reason))
    return taken, kept


def counting_sources(sources: Iterable[Source], demonstration: bool) -> tuple[list[str], list[str]]:
    """(names of sources whose postings count, of those whose do not)."""
    here = [source for source in sources if demonstration or not source.demonstration]
    return [source.name for source in here if source.counts], [source.name for source in here if not source.counts]


def state_words(thresholds: Thresholds) -> list[tuple[str, str]]:
    """(state, when it is said)."""
    return [
        (State.DONE.label, "完成数达到目标"),
        (State.AHEAD.label, f"比应达多 {thresholds.ahead:g} 个百分点以上"),
        (State.ON_PACE.label, "在两者之间"),
        (State.BEHIND.label, f"比应达少 {thresholds.behind:g} 个百分点以上"),
        (State.OVERDUE.label, "过了完成时间还没达到目标"),
    ]


def _trial(words: str, content: Content, status: Status = Status.OPEN, source_counts: bool = True) -> Trial:
    facts = credit_facts(content, status, source_counts, "", "", "")
    return Trial(words, facts["reason"], facts["openings"] if facts["reason"] == COUNTED else 0)


def direction_words() -> list[tuple[str, str]]:
    """(place of work, direction) as the divisions have them."""
    return [(division(code).name, label(division(code).direction)) for code in (DONGGUAN, SHAOGUAN)]
