"""The fields of the forms about supply notices, relocated employers and what became of a notice."""

from collections.abc import Sequence

from config.words import City
from exchange.supply import SupplyOutcome
from exchange.views.cooperation import place_choices
from exchange.views.form_fields import Control, FormField
from search.benefits import all_benefits

_NO_NAMES = "只写人数和工种，不写任何人的姓名、电话和证件号。"


def supply_fields(homes: Sequence[tuple[str, str]]) -> list[FormField]:
    return [
        FormField("division", "劳动力在哪里", Control.CHOICE, required=True, choices=homes),
        FormField("workers", "人数", Control.NUMBER, required=True),
        FormField("occupations", "工种", required=True, hint="用顿号隔开，如：普工、焊工、叉车司机。"),
        FormField("skills", "技能", hint=f"如：焊工证、会开数控车床。{_NO_NAMES}"),
        FormField("pay_min", "期望月薪（元）", Control.NUMBER, hint="每月最低多少；面议不填。"),
        FormField("places", "希望去哪里", hint="另一个市的镇街或县（市、区），用顿号隔开；都可以不填。"),
        FormField("from_on", "从哪天起可以到岗", Control.DAY, required=True),
        FormField("until_on", "有效到哪天", Control.DAY, required=True, hint="过了这天自动结束。"),
        FormField("benefits", "希望的待遇", hint="如：包吃、包住、社保。", suggestions=list(all_benefits())[:20]),
        FormField("words", "其他说明", Control.LONG, hint=_NO_NAMES),
    ]


def outcome_fields(postings: Sequence[tuple[str, str]]) -> list[FormField]:
    kinds = [("", "请选择"), *((str(kind), kind.label) for kind in SupplyOutcome)]
    return [
        FormField("kind", "进展", Control.CHOICE, required=True, choices=kinds),
        FormField("number", "人数", Control.NUMBER, required=True),
        FormField("posting", "去了哪个岗位", Control.CHOICE, choices=[("", "不指明"), *postings]),
        FormField("words", "说明", hint="不写个人姓名和电话。"),
    ]


def relocation_fields() -> list[FormField]:
    return [
        FormField("employer", "用人单位全称", required=True),
        FormField("uscc", "统一社会信用代码", hint="有的话填上，企业改名也认得出。"),
        FormField(
            "moved_from", "从哪里转移", Control.CHOICE, required=True, choices=place_choices(City.DONGGUAN)
        ),
        FormField("moved_to", "转移到哪里", Control.CHOICE, required=True, choices=place_choices(City.SHAOGUAN)),
        FormField("moved_on", "转移日期", Control.DAY, required=True),
        FormField("evidence", "依据", required=True, wide=True, hint="文件名称和文号，或园区证明。"),
    ]
