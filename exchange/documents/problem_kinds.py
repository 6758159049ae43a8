"""What each kind of problem is called on the sheet 核对结果.

In: a problem's code. Out: a few Chinese words. To name a new code: add it here; until then its part before the dot says
where it belongs.
"""

_KINDS = {
    "title.missing": "没有岗位名称",
    "employer.missing": "没有用人单位",
    "employer.anonymous": "单位名称不能核实",
    "division.missing": "看不出工作地点",
    "division.outside": "工作地点不在两市",
    "division.inherited": "工作地点没有写清",
    "salary.missing": "没有薪资",
    "salary.unreadable": "薪资看不懂",
    "salary.below_minimum": "低于最低工资",
    "openings.missing": "没有招聘人数",
    "openings.unreadable": "招聘人数看不懂",
    "validity.past": "有效期已过",
    "validity.unreadable": "有效期看不懂",
    "education.unreadable": "学历看不懂",
    "experience.unreadable": "经验要求看不懂",
    "age.unreadable": "年龄要求看不懂",
    "duplicate.of": "重复的岗位",
    "compliance.sex": "性别限制",
    "compliance.residence": "户籍限制",
    "compliance.health": "健康限制",
    "compliance.fee": "收费或扣押证件",
    "compliance.ethnicity": "民族限制",
    "compliance.religion": "宗教限制",
    "compliance.marriage": "婚育限制",
    "compliance.bait": "夸大或引诱",
    "compliance.age": "年龄限制",
    "compliance.looks": "容貌身高限制",
    "file.hidden_sheet": "隐藏的工作表",
    "file.heading_inherited": "工作表没有表头",
    "file.sheet_without_headings": "工作表没有表头",
    "file.broken_characters": "有乱码",
    "column.missing": "缺少一列",
    "column.unknown": "不认识的列",
    "column.repeated": "重复的列",
}
_FAMILIES = {
    "compliance": "内容不合规定",
    "file": "文件问题",
    "column": "表头问题",
    "duplicate": "重复的岗位",
}


def kind_of(code: str) -> str:
    return _KINDS.get(code) or _FAMILIES.get(code.split(".")[0], "内容不能接收")
