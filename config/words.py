"""The closed lists of the trade, with their Chinese labels.

In: nothing. Out: one StrEnum per list, whose values are the ones of the public contract, and LABELS.
To add a word: add the member here and its label below; a shape test checks that none lacks one.
"""

from enum import StrEnum


class City(StrEnum):
    DONGGUAN = "dongguan"
    SHAOGUAN = "shaoguan"


class Direction(StrEnum):
    """流向: named after who provides and who receives; it follows from the workplace."""

    DG_SG = "dg-sg"  # workplace in Dongguan, offered to Shaoguan
    SG_DG = "sg-dg"


class Outcome(StrEnum):
    """What became of one record of a batch: exactly one of these."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    HELD = "held"
    REJECTED = "rejected"


class Status(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    HELD = "held"


class BatchState(StrEnum):
    RECEIVED = "received"
    STAGED = "staged"
    CONFIRMED = "confirmed"
    PUBLISHING = "publishing"
    DONE = "done"
    DISCARDED = "discarded"
    FAILED = "failed"


class BreakerState(StrEnum):
    """Whether a host is visited: after many faults in a row it is left alone, then tried with one request."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Education(StrEnum):
    """Lowest accepted education, in rising order (the order is used by the search filter)."""

    UNLIMITED = "unlimited"
    JUNIOR_HIGH = "junior_high"
    SENIOR_HIGH = "senior_high"
    VOCATIONAL = "vocational"
    COLLEGE = "college"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


class EmploymentType(StrEnum):
    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    TEMPORARY = "temporary"
    INTERNSHIP = "internship"
    DISPATCH = "dispatch"
    APPRENTICESHIP = "apprenticeship"
    OTHER = "other"


class SalaryPeriod(StrEnum):
    """The period the pay was written in."""

    MONTH = "month"
    YEAR = "year"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    PIECE = "piece"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Uncounted(StrEnum):
    """Why a posting is not counted (不计数原因)."""

    DUPLICATE = "duplicate"
    HELD = "held"
    INCOMPLETE_OPENINGS = "incomplete.openings"
    INCOMPLETE_PAY = "incomplete.pay"
    VALIDITY_PAST = "validity.past"
    SOURCE_NOT_COUNTING = "source.not_counting"
    CARRIED = "carried"
    WITHDRAWN = "withdrawn"
    OUTSIDE = "outside"


class WithdrawalReason(StrEnum):
    """Why a posting was withdrawn. Only the first four take its credit back."""

    INVALID = "无效"
    FALSE = "虚假"
    DUPLICATE = "重复"
    MISREPORTED = "误报"
    EMPLOYER_REQUEST = "单位要求"
    OTHER = "其他"

    @property
    def reverses_credit(self) -> bool:
        return self in {self.INVALID, self.FALSE, self.DUPLICATE, self.MISREPORTED}


class Role(StrEnum):
    """角色 of an account: what it may see and do."""

    BUREAU = "bureau"  # a town's, county's or city's bureau, which reports postings
    CLUSTER = "cluster"
    OFFICE = "office"  # 指挥部办公室
    ADMIN = "admin"

    @property
    def is_verified_regularly(self) -> bool:
        """Those who report: their organisation is verified again every six months."""
        return self in {self.BUREAU, self.CLUSTER}


class TokenScope(StrEnum):
    """What the bearer of an API token (接口令牌) may do."""

    BATCHES = "batches"
    PEERS = "peers"  # another exchange: what it takes of our feed is noted, and its receipts are


class Verification(StrEnum):
    """核验: whether someone has lately made sure that an organisation still is who it says."""

    VERIFIED = "verified"
    DUE = "due"  # the pages warn
    OVERDUE = "overdue"  # its uploads are parked


# By list first: members of two lists may be equal as text (Outcome.DUPLICATE 重复, Uncounted.DUPLICATE 重复提供).
LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    City: {
        City.DONGGUAN: "东莞",
        City.SHAOGUAN: "韶关",
    },
    Direction: {
        Direction.DG_SG: "东莞 → 韶关",
        Direction.SG_DG: "韶关 → 东莞",
    },
    Outcome: {
        Outcome.CREATED: "新增",
        Outcome.UPDATED: "更新",
        Outcome.UNCHANGED: "未变",
        Outcome.DUPLICATE: "重复",
        Outcome.HELD: "待审",
        Outcome.REJECTED: "退回",
    },
    Status: {
        Status.OPEN: "在招",
        Status.CLOSED: "已结束",
        Status.EXPIRED: "已过期",
        Status.WITHDRAWN: "已撤回",
        Status.HELD: "待审",
    },
    BatchState: {
        BatchState.RECEIVED: "已接收",
        BatchState.STAGED: "待确认",
        BatchState.CONFIRMED: "已确认",
        BatchState.PUBLISHING: "发布中",
        BatchState.DONE: "已完成",
        BatchState.DISCARDED: "已放弃",
        BatchState.FAILED: "失败",
    },
    BreakerState: {
        BreakerState.CLOSED: "正常",
        BreakerState.OPEN: "暂停访问",
        BreakerState.HALF_OPEN: "试探中",
    },
    Education: {
        Education.UNLIMITED: "学历不限",
        Education.JUNIOR_HIGH: "初中",
        Education.SENIOR_HIGH: "高中",
        Education.VOCATIONAL: "中专/中技",
        Education.COLLEGE: "大专",
        Education.BACHELOR: "本科",
        Education.MASTER: "硕士",
        Education.DOCTOR: "博士",
    },
    EmploymentType: {
        EmploymentType.FULL_TIME: "全职",
        EmploymentType.PART_TIME: "兼职",
        EmploymentType.TEMPORARY: "临时工",
        EmploymentType.INTERNSHIP: "实习",
        EmploymentType.DISPATCH: "劳务派遣",
        EmploymentType.APPRENTICESHIP: "学徒",
        EmploymentType.OTHER: "其他用工",
    },
    SalaryPeriod: {
        SalaryPeriod.MONTH: "月薪",
        SalaryPeriod.YEAR: "年薪",
        SalaryPeriod.WEEK: "周薪",
        SalaryPeriod.DAY: "日薪",
        SalaryPeriod.HOUR: "时薪",
        SalaryPeriod.PIECE: "计件",
        SalaryPeriod.UNKNOWN: "未说明",
    },
    Severity: {
        Severity.ERROR: "错误",
        Severity.WARNING: "提醒",
    },
    Uncounted: {
        Uncounted.DUPLICATE: "重复提供",
        Uncounted.HELD: "待审",
        Uncounted.INCOMPLETE_OPENINGS: "缺招聘人数",
        Uncounted.INCOMPLETE_PAY: "缺薪资",
        Uncounted.VALIDITY_PAST: "有效期已过",
        Uncounted.SOURCE_NOT_COUNTING: "来源不计数",
        Uncounted.CARRIED: "上年结转",
        Uncounted.WITHDRAWN: "已撤回",
        Uncounted.OUTSIDE: "不在两市",
    },
    WithdrawalReason: {
        WithdrawalReason.INVALID: "无效",
        WithdrawalReason.FALSE: "虚假",
        WithdrawalReason.DUPLICATE: "重复",
        WithdrawalReason.MISREPORTED: "误报",
        WithdrawalReason.EMPLOYER_REQUEST: "单位要求",
        WithdrawalReason.OTHER: "其他",
    },
    Role: {
        Role.BUREAU: "人社单位",
        Role.CLUSTER: "组团",
        Role.OFFICE: "指挥部办公室",
        Role.ADMIN: "管理员",
    },
    TokenScope: {
        TokenScope.BATCHES: "报送批次",
        TokenScope.PEERS: "与其他平台互通",
    },
    Verification: {
        Verification.VERIFIED: "已核验",
        Verification.DUE: "该重新核验了",
        Verification.OVERDUE: "核验已过期",
    },
}


def label(word: StrEnum) -> str:
    return LABELS[type(word)][word]
