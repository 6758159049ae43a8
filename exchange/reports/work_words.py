"""Sections （二） to （五） of a report: fairs, training, labour cooperation, subsidies, in official style.

In: `WorkFigures`, the period's days, what the period is called. Out: `Section`s. Where the platform holds nothing about
the period, it says so and leaves the section to a person.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exchange.activities import ActivityKind, Figure
from exchange.fairs.words import TallyKind
from exchange.reports.content import Section, Table
from exchange.reports.work_figures import ActivityFigures, FairFigures, WorkFigures
from exchange.reports.work_tables import day_of, fairs_table

_TRAINING = (
    ActivityKind.NAMED_CLASS, ActivityKind.CAMPUS_RECRUITING, ActivityKind.TEACHER_EXCHANGE,
    ActivityKind.SKILLS_TRAINING, ActivityKind.COMPETITION,
)  # fmt: skip
_COOPERATION = (ActivityKind.LABOUR_MEETING, ActivityKind.JOINT_MEETING)
_UNITS = {
    TallyKind.VISITORS: "人", TallyKind.INTERVIEWS: "人次", TallyKind.INTENTS: "人", TallyKind.HIRES: "人",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """本季 and the days it means."""

    this: str
    first: date
    last: date

    @property
    def new_year(self) -> date:
        return date(self.last.year, 1, 1)


def work_sections(work: WorkFigures, days: Days) -> tuple[Section, ...]:
    held = work.fairs_held(days.first, days.last)
    fairs, training = _fairs(work, days, held), _activities(work, days, _TRAINING)
    cooperation = [*_activities(work, days, _COOPERATION), *_supply(work, days), *_shortage(work)]
    return (
        _section("fairs", "（二）供需对接会", fairs, "举办的供需对接会", fairs_table(held, work.cluster_names)),
        _section("training", "（三）技能人才培养与校企合作", training, "开展的技能人才培养和校企合作"),
        _section("cooperation", "（四）劳务协作与招工助企", cooperation, "开展的劳务协作和招工助企"),
        _section("subsidies", "（五）补贴政策落实", _policies(work, days), "有效的补贴政策"),
    )


def _section(key: str, heading: str, words: Sequence[str], what: str, tables: tuple[Table, ...] = ()) -> Section:
    if words:
        return Section(key, heading, 2, tuple(words), tables)
    return Section(key, heading, 2, (f"平台没有登记本期{what}。",), is_open=True)


def _fairs(work: WorkFigures, days: Days, held: list[FairFigures]) -> list[str]:
    this_year = work.fairs_held(days.new_year, days.last)
    coming = [fair for fair in work.fairs if fair.is_to_come and fair.on > days.last]
    words = []
    if held:
        words.append(f"{days.this}举办供需对接会{len(held)}场，{_fair_sums(held)}。")
    elif this_year or coming:
        words.append(f"{days.this}没有举办供需对接会。")
    if this_year and len(this_year) > len(held):
        words.append(f"全年累计举办{len(this_year)}场。")
    if coming:
        listed = "、".join(f"{fair.name}（{day_of(fair.on)}，{fair.state.word}）" for fair in coming)
        words.append(f"下一步计划举办{len(coming)}场：{listed}。")
    return words


def _fair_sums(held: list[FairFigures]) -> str:
    employers, postings, openings = (
        sum(getattr(fair, name) for fair in held) for name in ("employers", "postings", "openings")
    )
    told = [f"参加企业{employers}家，提供岗位{postings}个（招聘{openings}人）"]
    results: Counter[TallyKind] = Counter()
    for fair in held:
        results.update(fair.results)
    told += [f"{kind.word}{results[kind]}{_UNITS[kind]}" for kind in TallyKind if any(kind in f.results for f in held)]
    waiting = sum(not fair.results for fair in held)
    told += [f"其中{waiting}场的结果尚未报送"] if waiting else []
    return "，".join(told)


def _activities(work: WorkFigures, days: Days, kinds: Sequence[ActivityKind]) -> list[str]:
    told = [_kind_words(kind, work.held(days.first, days.last, kind)) for kind in kinds]
    shown = "；".join(words for words in told if words)
    return [f"{days.this}开展{shown}（明细见活动台账）。"] if shown else []


def _kind_words(kind: ActivityKind, held: list[ActivityFigures]) -> str:
    if not held:
        return ""
    sums: Counter[Figure] = Counter()
    for one in held:
        sums.update(one.figures)
    told = [f"参加{sum(one.participants for one in held)}人"]
    told += [f"{figure.label}{sums[figure]}{figure.unit}" for figure in kind.figures if sums[figure]]
    return f"{kind.label}{len(held)}次，{'、'.join(told)}"


def _supply(work: WorkFigures, days: Days) -> list[str]:
    found = work.supply
    outcomes = [("已联系", found.contacted), ("面试", found.interviewed), ("录用", found.hired)]
    became = "、".join(f"{word}{number}人" for word, number in outcomes if number)
    if not found.notices and not became:
        return []
    first = f"{days.this}登记劳动力供给信息{found.notices}条{found.workers}人"
    return [f"{first}，经两地人社部门对接{became}。" if became else f"{first}，对接结果尚未登记。"]


def _shortage(work: WorkFigures) -> list[str]:
    found = work.shortage
    if found is None or not found.employers:
        return []
    relocated = f"，其中从东莞转移到韶关的企业{found.relocated}家" if found.relocated else ""
    worst = "、".join(found.worst)
    return [f"目前用工缺口较大的企业{found.employers}家、缺{found.openings}人{relocated}，缺口最大的是{worst}。"]


def _policies(work: WorkFigures, days: Days) -> list[str]:
    if not work.policies:
        return []
    return [f"{days.this}有效的补贴政策{len(work.policies)}项：{'；'.join(work.policies)}。"]
