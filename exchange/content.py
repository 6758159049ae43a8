"""What one posting says: the contact-free content that stages hand on, and the problems of a record.

In: what `ingest` has read. Out: frozen values. Money is whole CNY a month unless it says otherwise,
days are local days (Asia/Shanghai).
"""

from dataclasses import dataclass
from datetime import date

from config.words import Education, EmploymentType, SalaryPeriod, Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a record, a sheet or a file (the shape of CONTRACT's `problem`)."""

    code: str
    severity: Severity
    message: str  # a Chinese sentence that says what to do
    evidence: str = ""  # the words found
    field: str | None = None
    sheet: str | None = None
    row: int | None = None  # as a spreadsheet shows it
    column: str | None = None  # the heading as written


@dataclass(frozen=True, slots=True)
class Salary:
    """Pay (薪资). `min`/`max` are CNY a month after conversion; `original_*` the amounts as written."""

    text: str = ""
    min: int | None = None
    max: int | None = None
    period: SalaryPeriod = SalaryPeriod.UNKNOWN
    months: int | None = None  # 13 for ·13薪
    negotiable: bool = False
    original_min: float | None = None
    original_max: float | None = None

    @property
    def is_converted(self) -> bool:
        return self.period not in {SalaryPeriod.MONTH, SalaryPeriod.PIECE, SalaryPeriod.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Content:
    """A posting as its offer words it. Contacts are kept elsewhere."""

    title: str
    employer: str
    division: str  # workplace code
    salary: Salary
    uscc: str = ""  # unified social credit code of the employer
    address: str = ""
    description: str = ""
    openings: int | None = None
    openings_text: str = ""
    education: Education = Education.UNLIMITED
    education_text: str = ""
    experience_min: int | None = None  # years
    experience_max: int | None = None
    experience_text: str = ""
    age_min: int | None = None
    age_max: int | None = None
    age_text: str = ""
    employment_type: EmploymentType = EmploymentType.FULL_TIME
    industry: str = ""  # code of GB/T 4754, "" when unknown
    industry_text: str = ""
    benefits: tuple[str, ...] = ()
    valid_through: date | None = None  # as stated; None takes the default from publication
    valid_through_text: str = ""
    url: str = ""  # of the original at the source


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call. Lives in one erasable table, nowhere else."""

    person: str = ""
    phone: str = ""
