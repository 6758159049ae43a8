"""The problems a row can have, as sentences for clerks (问题说明).

In: a code, a row, a field and the words found. Out: `Problem` with sheet, row and heading filled in.
To add one: a line in _SENTENCES; `{words}` stands for the words found.
"""

from config.words import Severity
from exchange.content import Problem
from ingest.fields import Field, Row

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_SENTENCES: dict[str, tuple[Severity, str]] = {
    "title.missing": (_ERROR, "没有填岗位名称，这一行不能发布。请填写招聘的岗位，如“普工”“电焊工”。"),
    "employer.missing": (_ERROR, "没有填用人单位，这一行不能发布。请填写营业执照上的单位全称。"),
    "employer.anonymous": (_ERROR, "“{words}”不是单位名称，求职者无法核实。请填写营业执照上的单位全称。"),
    "division.missing": (
        _ERROR,
        "看不出工作地点在哪个镇街或县区，这一行不能发布。请写到镇街或县（市、区），如“东莞市长安镇”“韶关市翁源县”。",
    ),
    "division.outside": (
        _ERROR,
        "工作地点“{words}”不在东莞或韶关，本平台只发布两市岗位。如果填错了，请改成实际工作地点；否则请删去这一行。",
    ),
    "division.inherited": (
        _WARNING,
        "工作地点没有写清，已按“{words}”归属。如果不对，请在工作地点一栏写明镇街或县（市、区）。",
    ),
    "salary.missing": (
        _WARNING,
        "没有填薪资：岗位照常发布，但不计入任务数。请填写金额（如“5000-7000元/月”）或“面议”。",
    ),
    "salary.unreadable": (
        _ERROR,
        "看不懂薪资“{words}”，这一行不能发布。请改成金额，如“5000-7000元/月”“20元/小时”，或写“面议”。",
    ),
    "openings.missing": (
        _WARNING,
        "没有填招聘人数：岗位照常发布，但不计入任务数。请填写人数，说不准的可写“若干”。",
    ),
    "openings.unreadable": (
        _WARNING,
        "看不懂招聘人数“{words}”：岗位照常发布，但不计入任务数。请填写数字，如“5人”，或写“若干”。",
    ),
    "validity.past": (
        _WARNING,
        "有效期“{words}”已经过去：岗位会标为已过期，也不计入任务数。如仍在招聘，请改成今后的日期。",
    ),
    "validity.unreadable": (_WARNING, "看不懂有效期“{words}”，已按默认期限发布。请改成日期，如“2026年6月30日”。"),
    "education.unreadable": (
        _WARNING,
        "看不懂学历要求“{words}”，已按学历不限发布并保留原文。请改成“初中”“高中”“大专”“本科”等。",
    ),
    "experience.unreadable": (
        _WARNING,
        "看不懂经验要求“{words}”，已保留原文。请改成“1-3年”“3年以上”或“不限”。",
    ),
    "age.unreadable": (_WARNING, "看不懂年龄要求“{words}”，已保留原文。请改成“18-45岁”或“不限”。"),
}


def describe(code: str, row: Row, field: Field, words: str = "") -> Problem:
    """The problem `code` of this row's cell. KeyError for a code that has no sentence."""
    severity, sentence = _SENTENCES[code]
    return Problem(
        code=code,
        severity=severity,
        message=sentence.format(words=words),
        evidence=words,
        field=field.value,
        sheet=row.sheet,
        row=row.row,
        column=row.headings.get(field),
    )


def codes() -> frozenset[str]:
    """Every code that normalising can give."""
    return frozenset(_SENTENCES)
