"""Putting figures into words (行文): the sections of a report in official style, as the system drafts them.

In: whose report, figures, what they rest on. Out: `ReportContent`. Tables are in `tables`; what the platform keeps no
data about is said so, for a person to fill in.
"""

from datetime import date
from itertools import zip_longest

from config.words import Direction, Outcome, Uncounted, label
from exchange.clock import LOCAL
from exchange.reports import tables
from exchange.reports.content import ChartPanel, ReportContent, Section
from exchange.reports.figures import Basis, BasisKind, DirectionFigures, Figures
from exchange.reports.findings import WAY, find_problems
from exchange.reports.period import PeriodKind, Subject

PLAN = "莞韶指〔2022〕1号"
_OFFICE = "莞韶指挥部办公室"
_NUMERALS = "一二三四五六七八九十"
_OPEN = "平台没有登记本期此项工作的数据。"
_OPEN_SECTIONS = (
    ("fairs", "（二）供需对接会"),
    ("training", "（三）技能人才培养与校企合作"),
    ("cooperation", "（四）劳务协作与招工助企"),
    ("subsidies", "（五）补贴政策落实"),
)


def write_content(subject: Subject, cluster_name: str, figures: Figures, basis: Basis, today: date) -> ReportContent:
    period = subject.period
    about = f"{cluster_name}{period.name}" if cluster_name else f"{period.name}莞韶"
    return ReportContent(
        id=subject.id,
        title=f"关于{about}人力资源对接工作情况的报告",
        addressee=_addressee(subject),
        period=period.name,
        subject=cluster_name or _OFFICE,
        basis=basis,
        basis_words=basis_words(basis),
        sections=(
            _opening(about, figures, basis),
            _targets(subject, figures),
            *_corrections(figures),
            Section("work", "二、主要工作情况", 1),
            _exchange(subject, figures),
            *(Section(key, heading, 2, (_OPEN,), is_open=True) for key, heading in _OPEN_SECTIONS),
            *_conclusions(subject, figures),
        ),
        chart=tuple(_panel(one) for one in figures.directions),
        signature=f"{cluster_name}指挥部" if cluster_name else _OFFICE,
        dated=today,
        demonstration=False,
        annex_size=0,
    )


def _addressee(subject: Subject) -> str:
    if subject.cluster:
        return f"{_OFFICE}："
    yearly = subject.period.kind is PeriodKind.YEAR
    return "东莞市、韶关市人力资源和社会保障局：" if yearly else "莞韶指挥部："


def basis_words(basis: Basis) -> str:
    local = basis.at.astimezone(LOCAL)
    moment = f"{local.year}年{local.month}月{local.day}日{local:%H时%M分}"
    ending = f"对应台账第{basis.page}页（序号{basis.sequence}），页哈希（SHA-256）为{basis.page_hash or '无'}"
    if basis.digest:
        ending += f"，快照摘要（SHA-256）为{basis.digest}"
    return {
        BasisKind.SNAPSHOT: f"本报告数据取自平台{moment}的快照（{basis.snapshot}），{ending}。",
        BasisKind.LEDGER: f"本期结束时平台没有生成快照，数据由台账按当时的状态重算，{ending}。",
        BasisKind.PARTIAL: f"本期尚未结束，数据截至{moment}，是阶段性数字，{ending}。",
    }[basis.kind]


def _opening(about: str, figures: Figures, basis: Basis) -> Section:
    words = f"按照{PLAN}文件关于深化两地劳务信息交流对接的部署，现将{about}人力资源对接工作情况报告如下。"
    if basis.kind is BasisKind.PARTIAL:
        words += f"本期尚未结束，数据截至{figures.day.month}月{figures.day.day}日。"
    return Section("opening", "", 0, (words,))


def _targets(subject: Subject, figures: Figures) -> Section:
    paragraphs = tuple(_direction_words(subject, one) for one in figures.directions)
    return Section(
        "targets", "一、目标任务完成情况", 1, paragraphs, (tables.targets(subject, figures),), has_chart=True
    )


def _direction_words(subject: Subject, one: DirectionFigures) -> str:
    kind = subject.period.kind
    way = WAY[Direction(one.direction)]
    words = [f"{way}提供岗位信息：{kind.this}新增{one.new.postings}条（招聘{one.new.openings}人）"]
    if kind is not PeriodKind.YEAR:
        words.append(f"全年累计{one.done}条（招聘{one.total.openings}人）")
    if one.by_hand:
        words.append(f"其中平台启用前人工登记{one.by_hand}条（附佐证材料，不是计数凭证）")
    if one.goal and one.expected is not None and one.lead is not None:
        lead = "与进度持平" if not one.lead else f"{'领先' if one.lead > 0 else '落后'}{abs(one.lead):g}个百分点"
        words.append(f"完成年度任务{one.goal}条的{one.percent:g}%，按进度应达{one.expected}条，{lead}")
    if one.share is not None:
        words.append(f"占全部组团合计的{one.share:g}%，居第{one.rank}位")
    words.append(_against_last_year(kind, one))
    carried = f"另有上年结转{one.carried}条，不计入完成数。" if one.carried else ""
    return "，".join(words) + "。" + carried


def _against_last_year(kind: PeriodKind, one: DirectionFigures) -> str:
    if one.last_year_new is None:
        by_hand = f"（上年全年人工登记{one.last_year_recorded}条）" if one.last_year_recorded else ""
        return f"{kind.same_last_year}平台没有数据{by_hand}，不作同比"
    before = one.last_year_new.postings
    change = one.new.postings - before
    if not change:
        return f"与{kind.same_last_year}（{before}条）持平"
    rate = f"，{'增长' if change > 0 else '下降'}{abs(100 * change / before):.1f}%" if before else ""
    return f"比{kind.same_last_year}（{before}条）{'增加' if change > 0 else '减少'}{abs(change)}条{rate}"


def _corrections(figures: Figures) -> tuple[Section, ...]:
    if not figures.corrections:
        return ()
    number = sum(one.change.postings for one in figures.corrections)
    words = (
        f"以前各期已报的数字，因岗位后来被撤回（无效、虚假、重复、误报）或合并、拆分，更正{number:+d}条，"
        "明细见下表；累计数已按更正后的数字计算，以前的报告不作改动。"
    )
    return (Section("corrections", "（更正说明）", 2, (words,), (tables.corrections(figures),)),)


def _exchange(subject: Subject, figures: Figures) -> Section:
    taken = figures.intake
    told = [(word, taken.outcomes.get(word, 0)) for word in Outcome]
    parts = "、".join(f"{label(word)}{number}条" for word, number in told if number)
    first = f"{subject.period.kind.this}共收到报送和抓取的岗位信息{taken.batches}批{taken.received}条"
    words = [first + (f"，其中{parts}。" if parts else "。")]
    if figures.uncounted:
        number = sum(figures.uncounted.values())
        causes = "、".join(f"{label(Uncounted(reason))}{n}条" for reason, n in figures.uncounted.items())
        words.append(f"按计数规则，{number}条没有计入任务：{causes}。")
    shown = (tables.clusters(subject, figures),) if figures.clusters else tables.providers(subject, figures)
    return Section("exchange", "（一）岗位信息互通", 2, tuple(words), shown)


def _conclusions(subject: Subject, figures: Figures) -> tuple[Section, Section]:
    findings = find_problems(subject, figures)
    problems = [finding.problem for finding in findings]
    plans = list(dict.fromkeys(finding.plan for finding in findings if finding.plan))
    plans.append("继续做好两地岗位信息互通，保持每周更新，确保岗位真实有效")
    return (
        Section("problems", "三、存在问题", 1, _numbered(problems) or ("从数据看，本期没有突出问题。",)),
        Section("plans", "四、下一步工作计划", 1, _numbered(plans)),
    )


def _numbered(sentences: list[str]) -> tuple[str, ...]:
    if len(sentences) == 1:
        return (f"{sentences[0]}。",)
    return tuple(f"{_numeral(place)}是{words}。" for place, words in enumerate(sentences, 1))


def _numeral(number: int) -> str:
    return _NUMERALS[number - 1] if number <= 10 else f"十{_numeral(number - 10)}"


def _panel(one: DirectionFigures) -> ChartPanel:
    return ChartPanel(
        title=f"{WAY[Direction(one.direction)]}提供岗位信息",
        done=_running(tuple(map(sum, zip_longest(one.months, one.recorded, fillvalue=0)))),
        pace=one.pace,
        last_year=_running(one.last_year_months),
    )


def _running(months: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sum(months[: place + 1]) for place in range(len(months)))
