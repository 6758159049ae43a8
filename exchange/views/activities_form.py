"""The fields of the forms about activities."""

from collections.abc import Sequence

from exchange.activities import ActivityKind
from exchange.views.form_fields import Control, FormField


def activity_fields(clusters: Sequence[tuple[str, str]]) -> list[FormField]:
    kinds = [("", "请选择"), *((str(kind), kind.label) for kind in ActivityKind)]
    return [
        FormField("kind", "种类", Control.CHOICE, required=True, choices=kinds),
        FormField("name", "名称", required=True),
        FormField("cluster", "组团", Control.CHOICE, required=True, choices=clusters),
        FormField("organisers", "主办、协办单位", required=True),
        FormField("starts_on", "开始日期", Control.DAY, required=True),
        FormField("ends_on", "结束日期", Control.DAY, hint="只有一天的不用填。"),
        FormField("hours", "时间", hint="如：9:00–12:00"),
        FormField("place", "地点", required=True, hint="线上举办的写“线上”。"),
        FormField("employers", "参加企业", Control.LONG, hint="企业全称，用顿号或换行隔开；冠名班写冠名企业。"),
        FormField("schools", "合作院校", Control.LONG, hint="院校全称，用顿号或换行隔开。"),
        FormField("postings", "相关岗位", Control.LONG, hint="本平台的岗位编号（12 位），用顿号或换行隔开。"),
        FormField("words", "说明", Control.LONG, hint="不写个人姓名和电话。"),
        FormField("public", "在公开的活动日历里显示", Control.CHECK, wide=True),
    ]


def held_fields(kind: ActivityKind) -> list[FormField]:
    figures = [FormField(str(figure), f"{figure.label}（{figure.unit}）", Control.NUMBER) for figure in kind.figures]
    return [
        FormField("participants", "参加人数", Control.NUMBER, required=True),
        *figures,
        FormField("words", "成果说明", Control.LONG, hint="不写个人姓名和电话。"),
    ]
