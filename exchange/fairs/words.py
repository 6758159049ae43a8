"""The closed lists of fairs, each member with its Chinese word.

In: nothing. Out: StrEnums whose values are stored and shown in the API. A new member goes in with its word.
"""

from enum import StrEnum


class FairState(StrEnum):
    """Where a fair stands. The last one may come after any other."""

    PLANNED = "planned"
    CHECKED = "checked"
    PUBLISHED = "published"
    HELD = "held"
    REPORTED = "reported"
    CANCELLED = "cancelled"

    @property
    def word(self) -> str:
        return _WORDS[type(self)][self]


class DocumentKind(StrEnum):
    """Papers of a fair. The first three are asked for before it is published (人力资源市场暂行条例 art. 28)."""

    PLAN = "plan"
    EMERGENCY = "emergency"
    SECURITY = "security"
    LICENCE = "licence"
    SIGNED_SHEET = "signed_sheet"
    PHOTO = "photo"

    @property
    def word(self) -> str:
        return _WORDS[type(self)][self]

    @property
    def is_evidence(self) -> bool:
        return self in {DocumentKind.SIGNED_SHEET, DocumentKind.PHOTO}


REQUIRED_DOCUMENTS = (DocumentKind.PLAN, DocumentKind.EMERGENCY, DocumentKind.SECURITY)


class TallyKind(StrEnum):
    """What staff count on the day. Visitors are counted for the whole fair, the rest for each employer."""

    VISITORS = "visitors"
    INTERVIEWS = "interviews"
    INTENTS = "intents"
    HIRES = "hires"

    @property
    def word(self) -> str:
        return _WORDS[type(self)][self]

    @property
    def of_whole_fair(self) -> bool:
        return self is TallyKind.VISITORS


class Duty(StrEnum):
    """Who licenses the event (大型群众性活动安全管理条例)."""

    NONE = "none"
    GOVERNMENT = "government"
    COUNTY = "county"
    CITY = "city"

    @property
    def word(self) -> str:
        return _WORDS[type(self)][self]

    @property
    def needs_licence(self) -> bool:
        return self in {Duty.COUNTY, Duty.CITY}


_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    FairState: {
        FairState.PLANNED: "筹备中",
        FairState.CHECKED: "已核对",
        FairState.PUBLISHED: "已发布",
        FairState.HELD: "已举办",
        FairState.REPORTED: "已总结",
        FairState.CANCELLED: "已取消",
    },
    DocumentKind: {
        DocumentKind.PLAN: "组织实施办法",
        DocumentKind.EMERGENCY: "应急预案",
        DocumentKind.SECURITY: "安全保卫方案",
        DocumentKind.LICENCE: "安全许可决定书",
        DocumentKind.SIGNED_SHEET: "签到表或签章的总结",
        DocumentKind.PHOTO: "现场照片",
    },
    TallyKind: {
        TallyKind.VISITORS: "进场人数",
        TallyKind.INTERVIEWS: "面谈人次",
        TallyKind.INTENTS: "达成意向",
        TallyKind.HIRES: "现场录用",
    },
    Duty: {
        Duty.NONE: "不需要安全许可",
        Duty.GOVERNMENT: "政府直接举办，不实行安全许可，但要制定更严格的安全工作方案",
        Duty.COUNTY: "要向活动所在地县级公安机关申请安全许可",
        Duty.CITY: "要向活动所在地市级公安机关申请安全许可",
    },
}
