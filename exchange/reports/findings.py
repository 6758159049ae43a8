"""What the numbers show (存在问题) and what follows from it (下一步工作计划).

In: figures. Out: `Finding`s, the gravest first. A new finding is a function in FINDINGS that yields none or some.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from config.words import Direction, Uncounted, label
from exchange.documents.problem_kinds import kind_of
from exchange.reports.figures import Figures
from exchange.reports.period import PeriodKind, Subject
from exchange.reports.states import ReportState

_MANY_UNCOUNTED = 0.05  # of what was counted
_CAUSES = 4  # named at most
WAY = {Direction.DG_SG: "东莞向韶关", Direction.SG_DG: "韶关向东莞"}


@dataclass(frozen=True, slots=True)
class Finding:
    problem: str
    plan: str = ""


def find_problems(subject: Subject, figures: Figures) -> list[Finding]:
    return [finding for find in FINDINGS for finding in find(subject, figures)]


def _behind_pace(_: Subject, figures: Figures) -> Iterator[Finding]:
    for one in figures.directions:
        if one.lead is None or one.lead >= 0 or one.expected is None:
            continue
        way, short = WAY[Direction(one.direction)], one.expected - one.done
        yield Finding(
            f"{way}提供岗位信息进度滞后，累计{one.done}条，比应达进度少{short}条，落后{-one.lead:g}个百分点",
            f"补齐{way}方向{short}条的进度缺口，把任务分解到组团和镇街、县（市、区），按月调度",
        )


def _less_than_last_year(subject: Subject, figures: Figures) -> Iterator[Finding]:
    words = subject.period.kind
    for one in figures.directions:
        before = one.last_year_new
        if before is None or one.new.postings >= before.postings or figures.day < subject.period.last:
            continue
        way, less = WAY[Direction(one.direction)], before.postings - one.new.postings
        yield Finding(
            f"{way}方向{words.this}新增{one.new.postings}条，比{words.same_last_year}的{before.postings}条少{less}条",
            f"逐家回访上年提供过岗位、本年没有提供的用人单位，挖掘{way}方向的用工需求",
        )


def _nothing_exchanged(subject: Subject, figures: Figures) -> Iterator[Finding]:
    for one in figures.directions:
        if subject.cluster and not one.new.postings:
            way = WAY[Direction(one.direction)]
            yield Finding(f"{subject.period.kind.this}{way}方向没有计数的岗位信息", f"尽快组织{way}方向的岗位报送")
    idle = [c.name for c in figures.clusters if c.code and not sum(amount.postings for amount in c.new.values())]
    if idle:
        yield Finding(
            f"{subject.period.kind.this}没有提供岗位信息的组团有{len(idle)}个：{'、'.join(idle)}",
            "对没有提供岗位信息的组团发函提醒，明确报送人和报送时间",
        )


def _reports_missing(subject: Subject, figures: Figures) -> Iterator[Finding]:
    received = {state.label for state in ReportState if state.is_received}
    missing = [cluster.name for cluster in figures.clusters if cluster.code and cluster.report not in received]
    is_due = subject.period.kind is PeriodKind.QUARTER and figures.day == subject.period.last
    if missing and is_due:
        yield Finding(
            f"有{len(missing)}个组团尚未报送季度报告：{'、'.join(missing)}",
            "督促未报送的组团在5个工作日内补报季度报告",
        )


def _uncounted(_: Subject, figures: Figures) -> Iterator[Finding]:
    number = sum(figures.uncounted.values())
    counted = sum(one.new.postings for one in figures.directions)
    if not number or number < _MANY_UNCOUNTED * counted:
        return
    causes = _causes((label(Uncounted(reason)), n) for reason, n in figures.uncounted.items())
    yield Finding(
        f"有{number}条岗位信息未计入任务，其中{causes}",
        "指导报送单位补齐招聘人数和薪资，减少重复报送，把未计数的岗位信息补正为有效岗位",
    )


def _refused(_: Subject, figures: Figures) -> Iterator[Finding]:
    number = figures.intake.outcomes.get("rejected", 0)
    if number:
        causes = _causes((kind_of(code), n) for code, n in figures.intake.refused.items())
        yield Finding(
            f"报送表中有{number}行被退回" + (f"，主要原因是{causes}" if causes else ""),
            "对退回较多的单位开展填报培训，退回的行改正后重新报送",
        )


def _held(_: Subject, figures: Figures) -> Iterator[Finding]:
    if figures.held:
        yield Finding(
            f"有{figures.held}条岗位信息因内容可能不合招聘规定待审，未对外发布",
            "及时审核待审岗位，不合规定的退回用人单位修改",
        )


def _expiring(_: Subject, figures: Figures) -> Iterator[Finding]:
    if figures.expiring:
        yield Finding(
            f"今后30日内有{figures.expiring}条在招岗位有效期届满",
            "提醒提供单位核实即将到期的岗位，仍在招聘的及时延期",
        )


def _causes(numbers: Iterable[tuple[str, int]]) -> str:
    ordered = sorted(numbers, key=lambda one: -one[1])
    return "、".join(f"{name}{number}条" for name, number in ordered[:_CAUSES])


FINDINGS: tuple[Callable[[Subject, Figures], Iterator[Finding]], ...] = (
    _behind_pace,
    _less_than_last_year,
    _nothing_exchanged,
    _reports_missing,
    _uncounted,
    _refused,
    _held,
    _expiring,
)
