"""The fields a record may bring, whatever its source calls them.

In: nothing. Out: `Field`, with the Chinese word shown to clerks, and `Row`, one incoming row.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Field(StrEnum):
    NUMBER = "number"  # 序号: never a reference
    REFERENCE = "reference"  # the source's own id of the posting
    PLATFORM_ID = "platform_id"  # 平台编号: the id we gave it
    TITLE = "title"
    EMPLOYER = "employer"
    USCC = "uscc"
    DIVISION = "division"  # workplace as written
    ADDRESS = "address"  # further address of the workplace
    SALARY = "salary"
    SALARY_MIN = "salary_min"  # 最低薪资 in a column of its own
    SALARY_MAX = "salary_max"
    OPENINGS = "openings"
    EDUCATION = "education"
    EXPERIENCE = "experience"
    AGE = "age"
    AGE_MIN = "age_min"
    AGE_MAX = "age_max"
    SEX = "sex"
    DUTIES = "duties"
    REQUIREMENTS = "requirements"
    BENEFITS = "benefits"
    CONTACT = "contact"
    PHONE = "phone"
    INDUSTRY = "industry"
    EMPLOYER_KIND = "employer_kind"
    EMPLOYMENT_TYPE = "employment_type"
    VALIDITY = "validity"
    PUBLISHED = "published"
    REMARKS = "remarks"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet or one item of a feed, its cells as text under our field names."""

    sheet: str | None
    row: int  # as a spreadsheet shows it; csv: the record's number, the heading being 1; feeds: item number from 1
    cells: dict[Field, str]
    headings: dict[Field, str] = field(default_factory=dict)  # field -> heading as written
    place_hint: str = ""  # from the sheet's title or 填报单位 row
    other: dict[str, str] = field(default_factory=dict)  # heading as written -> cell, columns nobody understood
