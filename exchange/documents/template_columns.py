"""The columns of the template workbook (模板): headings, what each takes, an example.

In: a city. Out: `TemplateColumn`s in their order. To add one: a line below; its heading must be one of headings.toml.
"""

from dataclasses import dataclass, field

from config.divisions import CITY_CODES, division, workplaces
from config.words import City, Education, EmploymentType, label


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    heading: str
    width: int
    guide: str  # what may be written, and what becomes of it
    example: str = ""
    required: bool = False
    options: tuple[str, ...] = field(default=())  # of a drop-down; other words may be typed as well


def places_of(city: City) -> tuple[str, ...]:
    """东莞市长安镇, …: every workplace of the city, the city alone last."""
    whole = division(CITY_CODES[city])
    parts = [each for each in workplaces() if each.city is city and each.code != whole.code]
    return (*(f"{whole.name}{each.name}" for each in parts), whole.name)


def template_columns(city: City) -> tuple[TemplateColumn, ...]:
    places = places_of(city)
    return (
        TemplateColumn("序号", 6, "只为方便核对，可以不填。系统不用它辨认岗位。", "1"),
        TemplateColumn(
            "企业名称", 30, "营业执照上的全称。写“某公司”或留空，这一行会被退回。", "示例电子有限公司", True
        ),
        TemplateColumn("岗位名称", 18, "一行填一个岗位。留空的行会被退回。", "普工", True),
        TemplateColumn(
            "招聘人数",
            10,
            "填数字；“5-8人”按 5 人计，“男女各5名”按 10 人计，说不准可写“若干”。留空：照常发布，但不计入任务数。",
            "20",
        ),
        TemplateColumn(
            "薪资待遇",
            24,
            "每月多少元，如“5000-6500”“4500元以上”；也可写“20元/小时”“210元/天”“底薪3000+计件，综合5000-7000”“面议”。"
            "留空：照常发布，但不计入任务数。写“见附件”等看不出金额的，这一行会被退回。",
            "5000-6500元/月",
        ),
        TemplateColumn(
            "工作地点",
            20,
            "从下拉框选镇街或县（市、区），也可以自己写。两市以外的岗位会被退回；留空时按填报单位所在地归属并提醒核对。",
            places[0],
            options=places,
        ),
        TemplateColumn("详细地址", 26, "上班的具体地方，可以不填。", "工业路 1 号"),
        TemplateColumn(
            "学历要求",
            12,
            "能接受的最低学历，从下拉框选。留空按学历不限。",
            label(Education.SENIOR_HIGH),
            options=tuple(label(each) for each in Education),
        ),
        TemplateColumn("工作经验", 12, "如“1-3年”“3年以上”“不限”。", "不限"),
        TemplateColumn("年龄要求", 12, "如“18-45岁”“不限”。不得招用未满 16 周岁的人。", "18-45岁"),
        TemplateColumn(
            "用工形式",
            12,
            "从下拉框选。留空按全职。",
            label(EmploymentType.FULL_TIME),
            options=tuple(label(each) for each in EmploymentType),
        ),
        TemplateColumn(
            "岗位职责",
            40,
            "做什么。请不要写性别、户籍、民族、婚育等限制，也不要写收费、押金，否则要等审核。",
            "产线组装、检验",
        ),
        TemplateColumn("任职要求", 30, "会什么、有什么证书。同样不得写歧视性条件。", "能适应两班倒"),
        TemplateColumn("福利待遇", 24, "如“包吃包住、五险、全勤奖”。", "包吃住、五险"),
        TemplateColumn("联系人", 12, "只给求职者在岗位页上查看，岗位结束后隐去。", "陈先生"),
        TemplateColumn("联系电话", 18, "手机或带区号的座机。", "0769-00000000"),
        TemplateColumn(
            "有效期", 14, "招到哪一天，如“2026年6月30日”。留空按默认期限；已经过去的日期会使岗位直接标为已过期。", ""
        ),
        TemplateColumn("统一社会信用代码", 22, "18 位，可以不填；填了更容易认出同一家单位。", ""),
    )
