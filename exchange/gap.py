"""The gap (差距) as values: what would bring a commitment by postings nearer to its goal, line by line.

In: nothing. Out: `GapKind` with its words, `GapLine` with its count, and the rows behind a line. exchange.store.gap
finds them; a new kind is a member here and a query there.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from config.words import Uncounted


class GapKind(StrEnum):
    OPENINGS = "openings"
    PAY = "pay"
    HELD = "held"
    REFUSED = "refused"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    SOURCE = "source"
    EMPLOYERS = "employers"

    @property
    def label(self) -> str:
        return _WORDS[self][0]

    @property
    def advice(self) -> str:
        """What somebody can do about it."""
        return _WORDS[self][1]


_WORDS = {
    GapKind.OPENINGS: ("只缺招聘人数的在招岗位", "补上招聘人数（写“若干”也可以），当天计数。"),
    GapKind.PAY: ("只缺薪资的在招岗位", "补上薪资（写“面议”也可以），当天计数。"),
    GapKind.HELD: ("待审的岗位", "请审核人员处理；放行的当天计数。"),
    GapKind.REFUSED: ("只因一格没填好而退回的行", "在标注后的原表里补好，再传一次。"),
    GapKind.EXPIRING: ("两周内到期、还没有计数的岗位", "到期前补好或审完，否则就不能计数了。"),
    GapKind.EXPIRED: ("没等到计数就过期的岗位", "问单位是否还在招；还招的，改有效期再报。"),
    GapKind.SOURCE: ("来源不计数的在招岗位", "请当地人社单位核实后，用自己的批次报送。"),
    GapKind.EMPLOYERS: ("上年提供过岗位、今年还没有的单位", "联系这些单位，问今年的用工需求。"),
}
SOON_DAYS = 14
MENDABLE = ("title.missing", "employer.missing", "employer.anonymous", "division.missing", "salary.unreadable")
UNFINISHED = (Uncounted.INCOMPLETE_OPENINGS, Uncounted.INCOMPLETE_PAY, Uncounted.HELD)


@dataclass(frozen=True, slots=True)
class GapLine:
    """`number`: postings, rows or employers; `postings`: of employers what they provided last year, else the number."""

    kind: GapKind
    direction: str
    cluster: str  # "" is 未归组团
    number: int
    postings: int


@dataclass(frozen=True, slots=True)
class ListedPosting:
    """A posting behind a number, without contact."""

    posting_id: str
    title: str
    employer: str
    division: str
    direction: str
    cluster: str
    organisation: str
    source: str
    openings: int | None
    status: str
    valid_through: date
    reason: str  # "" is counted


@dataclass(frozen=True, slots=True)
class RefusedRow:
    batch_id: str
    position: int
    file_name: str
    sheet: str | None
    row: int
    title: str
    employer: str
    organisation: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class LapsedEmployer:
    """With last year's numbers."""

    employer_id: str
    name: str
    postings: int
    openings: int
