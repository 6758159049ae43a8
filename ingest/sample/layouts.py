"""The habits of the three bureaus of the sample: which headings, in which order, in whose words.

In: a day. Out: layouts for the workbooks and the columns of the csv.
"""

from dataclasses import replace
from datetime import date

from ingest.sample.rows import SheetRow
from ingest.sample.sheets import Cell, Column, Layout
from ingest.sample.wording import word_day


def _until_text(row: SheetRow) -> str:
    return word_day(row.until, row.dice) if row.until else ""


def _number_or_text(row: SheetRow) -> Cell:
    """A number where the clerk typed nothing but digits, as Excel would keep it."""
    return int(row.openings) if row.openings.isascii() and row.openings.isdigit() else row.openings


_CHANGAN = (
    Column("企业名称", lambda row: row.employer, 30, is_merged=True),
    Column("招聘岗位", lambda row: row.title, 18),
    Column("招聘人数（人）", _number_or_text, 10),
    Column("学历", lambda row: row.education, 10, over="岗位要求"),
    Column("年龄", lambda row: row.age, 10, over="岗位要求"),
    Column("工作经验", lambda row: row.experience, 10, over="岗位要求"),
    Column("其他要求", lambda row: row.requirements, 24, over="岗位要求"),
    Column("薪资待遇(元/月)", lambda row: row.salary, 22),
    Column("岗位职责", lambda row: row.duties, 44),
    Column("福利待遇", lambda row: row.benefits, 22),
    Column("工作地点", lambda row: row.place, 22),
    Column("联系人", lambda row: row.contact, 10, is_merged=True),
    Column("联系电话", lambda row: row.phone, 16, is_merged=True),
    Column("截止日期", _until_text, 14),
)

_FAIR = (
    Column("单位名称", lambda row: row.employer, 30, is_merged=True),
    Column("岗位名称", lambda row: row.title, 18),
    Column("需求人数", _number_or_text, 10),
    Column("文化程度", lambda row: row.education, 10),
    Column("薪酬", lambda row: row.salary, 22),
    Column("工作内容", lambda row: row.duties, 44),
    Column("任职要求", lambda row: row.requirements, 24),
    Column("福利", lambda row: row.benefits, 22),
    Column("上班地点", lambda row: row.place, 22),
    Column("联系方式", lambda row: row.phone, 16, is_merged=True),
    Column("有效期至", _until_text, 14),
)

_WENGYUAN = (
    Column("用人单位", lambda row: row.employer, 30),
    Column("招聘工种", lambda row: row.title, 18),
    Column("需求人数", _number_or_text, 10),
    Column("工资待遇", lambda row: row.salary, 22),
    Column("文化程度", lambda row: row.education, 10),
    Column("性别要求", lambda row: row.sex, 10),
    Column("工作内容", lambda row: row.duties, 44),
    Column("其他要求", lambda row: row.requirements, 24),
    Column("食宿情况", lambda row: row.benefits, 22),
    Column("用工形式", lambda row: row.type, 10),
    # Now and then a Wengyuan clerk leaves out what goes without saying.
    Column("工作地址", lambda row: "" if row.division == "440229" and row.dice.random() < 0.1 else row.place, 22),
    Column("联系人", lambda row: row.contact, 10),
    Column("联系电话", lambda row: row.phone, 16),
    Column("有效期", lambda row: row.until, 14),
)

LECHANG: tuple[Column, ...] = (
    Column("岗位名称", lambda row: row.title),
    Column("企业名称", lambda row: row.employer),
    Column("招聘人数", lambda row: row.openings),
    Column("薪酬", lambda row: row.salary),
    Column("学历要求", lambda row: row.education),
    Column("工作经验", lambda row: row.experience),
    Column("岗位描述", lambda row: f"{row.duties}\n{row.requirements}".strip()),
    Column("福利待遇", lambda row: row.benefits),
    Column("工作地点", lambda row: row.place),
    Column("联系人", lambda row: row.contact),
    Column("联系电话", lambda row: row.phone),
    Column("截止日期", _until_text),
)


def _quarter(today: date) -> str:
    return "一二三四"[(today.month - 1) // 3]


def changan_layout(today: date) -> Layout:
    return Layout(
        f"长安镇{today.year}年第{_quarter(today)}季度企业招聘岗位信息汇总表",
        "填报单位：长安镇人力资源和社会保障分局",
        f"日期：{today.year}年{today.month}月{today.day}日",
        _CHANGAN,
        "招聘人数（人）",
        (
            "填表说明：",
            "1．招聘人数填数字；薪资按月填写，计件的写明综合收入。",
            "2．此表为演示数据，单位和电话均为虚构。",
        ),
    )


def fair_layout(today: date) -> Layout:
    """The fair of the coastal towns, on the second sheet of Chang'an's workbook."""
    return replace(
        changan_layout(today),
        title=f"{today.year}年滨海片区专场招聘会岗位汇总表",
        columns=_FAIR,
        openings="需求人数",
        notes=("备注：长安、虎门、厚街、沙田、大岭山五镇联合举办。",),
    )


def wengyuan_layout(today: date, week: str) -> Layout:
    return Layout(
        f"翁源县{today.year}年{today.month}月企业用工需求汇总表（{week}）",
        "填报单位：翁源县人力资源和社会保障局",
        f"{today.year}.{today.month}.{today.day}",
        _WENGYUAN,
        "需求人数",
        ("填表说明：新丰、始兴两县一并汇总。此表为演示数据，单位和电话均为虚构。",),
    )
