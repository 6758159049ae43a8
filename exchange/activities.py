"""Activities (活动) of the plan: their kinds, states, the figures each kind reports, and when one may count.

In: plain values of one activity. Out: words and complaints in Chinese. To add a kind: a member, its label and its
figures below; what counts toward a commitment is the number of held activities of a kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ActivityKind(StrEnum):
    LABOUR_MEETING = "labour_meeting"
    CAMPUS_RECRUITING = "campus_recruiting"
    NAMED_CLASS = "named_class"
    TEACHER_EXCHANGE = "teacher_exchange"
    SKILLS_TRAINING = "skills_training"
    COMPETITION = "competition"
    JOINT_MEETING = "joint_meeting"

    @property
    def label(self) -> str:
        return _KINDS[self]

    @property
    def figures(self) -> tuple["Figure", ...]:
        return FIGURES[self]

    @property
    def needs_school(self) -> bool:
        return self in {self.CAMPUS_RECRUITING, self.NAMED_CLASS, self.TEACHER_EXCHANGE}

    @property
    def needs_employer(self) -> bool:
        return self is self.NAMED_CLASS


class ActivityState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _STATES[self]


class Figure(StrEnum):
    """成果: what an activity reports in numbers. Figures of organisations, never of named persons."""

    EMPLOYERS = "employers"
    POSTINGS = "postings"
    OPENINGS = "openings"
    INTERVIEWS = "interviews"
    INTENTS = "intents"
    HIRES = "hires"
    CLASSES = "classes"
    STUDENTS = "students"
    TEACHERS = "teachers"
    TRAINED = "trained"
    CERTIFICATES = "certificates"
    CONTESTANTS = "contestants"
    AWARDS = "awards"
    DECISIONS = "decisions"

    @property
    def label(self) -> str:
        return _FIGURES[self][0]

    @property
    def unit(self) -> str:
        return _FIGURES[self][1]


_KINDS = {
    ActivityKind.LABOUR_MEETING: "东西部劳务协作对接",
    ActivityKind.CAMPUS_RECRUITING: "校企招聘",
    ActivityKind.NAMED_CLASS: "企业冠名班",
    ActivityKind.TEACHER_EXCHANGE: "技工院校教师交流",
    ActivityKind.SKILLS_TRAINING: "技能培训",
    ActivityKind.COMPETITION: "技能竞赛",
    ActivityKind.JOINT_MEETING: "联席会议",
}
_STATES = {
    ActivityState.PLANNED: "计划中",
    ActivityState.HELD: "已举办",
    ActivityState.CANCELLED: "已取消",
}
_FIGURES = {
    Figure.EMPLOYERS: ("参加企业", "家"),
    Figure.POSTINGS: ("提供岗位", "个"),
    Figure.OPENINGS: ("招聘人数", "人"),
    Figure.INTERVIEWS: ("面试", "人次"),
    Figure.INTENTS: ("达成意向", "人"),
    Figure.HIRES: ("录用", "人"),
    Figure.CLASSES: ("开设班级", "个"),
    Figure.STUDENTS: ("学生", "人"),
    Figure.TEACHERS: ("教师", "人"),
    Figure.TRAINED: ("培训", "人"),
    Figure.CERTIFICATES: ("取得证书", "人"),
    Figure.CONTESTANTS: ("选手", "人"),
    Figure.AWARDS: ("获奖", "人"),
    Figure.DECISIONS: ("议定事项", "项"),
}
_RECRUITING = (Figure.EMPLOYERS, Figure.POSTINGS, Figure.OPENINGS, Figure.INTERVIEWS, Figure.INTENTS, Figure.HIRES)
FIGURES = {
    ActivityKind.LABOUR_MEETING: _RECRUITING,
    ActivityKind.CAMPUS_RECRUITING: _RECRUITING,
    ActivityKind.NAMED_CLASS: (Figure.CLASSES, Figure.STUDENTS, Figure.INTENTS, Figure.HIRES),
    ActivityKind.TEACHER_EXCHANGE: (Figure.TEACHERS, Figure.STUDENTS),
    ActivityKind.SKILLS_TRAINING: (Figure.CLASSES, Figure.TRAINED, Figure.CERTIFICATES),
    ActivityKind.COMPETITION: (Figure.CONTESTANTS, Figure.AWARDS),
    ActivityKind.JOINT_MEETING: (Figure.DECISIONS,),
}


@dataclass(frozen=True, slots=True)
class Holding:
    """What is known of an activity when somebody says that it was held."""

    kind: ActivityKind
    ends_on: date
    participants: int | None
    figures: dict[str, int]
    evidence: int  # files
    schools: Sequence[str] = ()
    employers: Sequence[str] = ()


def missing_for_holding(told: Holding, today: date) -> list[str]:
    """Why it cannot be recorded as held yet; [] when it can, and then it counts in the year of its last day."""
    complaints = [
        (told.ends_on > today, "活动还没有结束，结束当天起才能登记为已举办。"),
        (not told.participants, "请填写参加人数。"),
        (not any(told.figures.values()), f"请至少填写一项成果数字（{_some_figures(told.kind)}）。"),
        (not told.evidence, "请先上传至少一份佐证材料（通知、照片、纪要或签到汇总，遮去个人信息）。"),
        (told.kind.needs_school and not told.schools, "请写明合作院校。"),
        (told.kind.needs_employer and not told.employers, "请写明冠名企业。"),
    ]
    return [words for holds, words in complaints if holds]


def _some_figures(kind: ActivityKind) -> str:
    return "、".join(figure.label for figure in kind.figures)
