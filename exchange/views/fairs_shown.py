"""How a fair is told on pages, in calendars and by the API: time, place, figures, state.

In: rows of `fair`. Out: `ShownFair`s and Chinese words. Registered as template filters by the view of /fairs.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from exchange.clock import LOCAL, local_day
from exchange.fairs.words import FairState
from exchange.models import Event, Fair
from exchange.store.fairs import UnknownFair, find_fair
from exchange.store.fairs_postings import FairFigures, figures_of
from exchange.store.overview import cluster_names
from exchange.views.current import session, today
from exchange.views.errors import Refused
from exchange.views.formats import day

_EVENTS = {
    "fair.planned": "开始筹备",
    "fair.changed": "修改",
    "fair.checked": "核对",
    "fair.published": "发布",
    "fair.held": "登记为已举办",
    "fair.reported": "上报结果",
    "fair.cancelled": "取消",
}
_CHANGES = {
    "exhibitors": "参会单位", "verified": "核验", "documents": "材料", "licence": "安全许可", "postings": "带来的岗位",
    "name": "名称", "cluster": "组团", "organisers": "主办单位", "by_government": "举办性质", "online": "形式",
    "place": "场地", "address": "地址", "map_link": "地图", "meeting_link": "线上会场", "starts_at": "开始时间",
    "ends_at": "结束时间", "expected": "预计人数", "contact": "联系人", "phone": "电话", "notice": "说明",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownFair:
    fair: Fair
    state: FairState
    cluster: str  # its name
    figures: FairFigures

    @property
    def is_cancelled(self) -> bool:
        return self.state is FairState.CANCELLED


def fair_time(fair: Fair) -> str:
    """3月12日（周四）09:00–12:00; over several days both ends in full."""
    start, end = fair.starts_at.astimezone(LOCAL), fair.ends_at.astimezone(LOCAL)
    first, last = local_day(start), local_day(end)
    if first == last:
        return f"{day(first)}{start:%H:%M}–{end:%H:%M}"
    return f"{day(first)}{start:%H:%M} – {day(last)}{end:%H:%M}"


def fair_day(fair: Fair) -> str:
    """3月12日（周四）"""
    return day(local_day(fair.starts_at))


def fair_place(fair: Fair) -> str:
    return "线上" if fair.online else " ".join(part for part in (fair.place, fair.address) if part)


def fair_event_words(event: Event) -> str:
    """What happened, and the reason that a person gave."""
    body = json.loads(event.body)
    what = "、".join(_CHANGES.get(name, name) for name in body.get("what", ()))
    given = f"：{body['words']}" if body.get("words") else ""
    return f"{_EVENTS[event.kind]}{f'（{what}）' if what else ''}{given}"


def shown_fairs(fairs: Sequence[Fair]) -> list[ShownFair]:
    """With the figures of today; once held, those it had."""
    figures = figures_of(session(), [fair.id for fair in fairs], today()) if fairs else {}
    names = cluster_names(session())
    return [
        ShownFair(fair, FairState(fair.state), names.get(fair.cluster, fair.cluster), _figures(fair, figures[fair.id]))
        for fair in fairs
    ]


def _figures(fair: Fair, now: FairFigures) -> FairFigures:
    if fair.employers_held is None:
        return now
    return FairFigures(fair.employers_held, fair.postings_held or 0, fair.openings_held or 0)


def public_fair(fair_id: str) -> Fair:
    """One that was published; before that it does not exist for visitors."""
    try:
        fair = find_fair(session(), fair_id.upper())
    except UnknownFair:
        fair = None
    if fair is None or fair.published_at is None:
        raise Refused(404, "fair.not_found", "没有这场对接会", "请从对接会列表里打开。", {"id": fair_id})
    return fair
