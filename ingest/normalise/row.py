"""One row of a sheet or feed as a posting's content (规范化).

In: `Row` and `Context`. Out: `Reading`: content, contact and every problem of the row. A cell's own rules are in the
module named after its value; a new value is read in `_content` and, if it can be wrong, noted with a problem.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from config.words import Severity
from exchange.content import Contact, Content, Problem, Salary
from ingest.fields import Field, Row
from ingest.normalise.age import read_age, read_age_bounds
from ingest.normalise.benefits import MOST, known_benefits, read_benefits
from ingest.normalise.contacts import SHORTEST, Masked, mask_contacts, read_contact
from ingest.normalise.dates import read_validity
from ingest.normalise.description import read_description
from ingest.normalise.education import read_education
from ingest.normalise.employers import read_credit_code, read_employer
from ingest.normalise.employment import read_employment
from ingest.normalise.experience import read_experience
from ingest.normalise.industry import read_industry
from ingest.normalise.openings import read_openings
from ingest.normalise.pay import SalaryReading, read_salary, read_salary_bounds
from ingest.normalise.problems import describe
from ingest.normalise.reading import Context, Reading
from ingest.normalise.text import is_blank, squeeze
from ingest.normalise.titles import read_title
from ingest.normalise.workplace import Workplace, read_workplace

_ADDRESSES = ("http://", "https://")


def normalise_row(row: Row, context: Context) -> Reading:
    """Read every cell of a row. `content` is None exactly when a problem of severity error is among them."""
    return _RowReader(row, context).read()


class _RowReader:
    """Reads one row: gathers its problems, and the phone numbers that stood in texts for everyone."""

    def __init__(self, row: Row, context: Context) -> None:
        self.row = row
        self.cells = row.cells
        self.context = context
        self.problems: list[Problem] = []
        self.phones: list[str] = []

    def read(self) -> Reading:
        title = self._public(read_title(self.cells.get(Field.TITLE, "")))
        employer = read_employer(self.cells.get(Field.EMPLOYER, ""))
        workplace = read_workplace(self.row, self.context)
        salary = self._salary()
        if not title:
            self._note("title.missing", Field.TITLE)
        self._note(employer.code, Field.EMPLOYER, employer.employer)
        self._note(workplace.problem, workplace.field, workplace.words)
        content = self._content(title, employer.employer, workplace, salary or Salary())
        refused = any(problem.severity is Severity.ERROR for problem in self.problems)
        return Reading(
            content=None if refused else content,
            contact=self._contact(),
            reference=self._text(Field.REFERENCE),
            platform_id=self._text(Field.PLATFORM_ID),
            problems=tuple(self.problems),
            title=title,
            employer=employer.employer,
        )

    def _content(self, title: str, employer: str, workplace: Workplace, salary: Salary) -> Content:
        experience = read_experience(self.cells.get(Field.EXPERIENCE, ""))
        education = read_education(self.cells.get(Field.EDUCATION, ""))
        age = self._age()
        openings = read_openings(self.cells.get(Field.OPENINGS, ""))
        self._note(education.code, Field.EDUCATION)
        self._note(experience.code, Field.EXPERIENCE)
        self._note(openings.code, Field.OPENINGS)
        url = self._text(Field.URL)
        return Content(
            title=title,
            employer=employer,
            division=workplace.code,
            salary=salary,
            uscc=read_credit_code(self.cells.get(Field.USCC, "")),
            address=self._public(workplace.address),
            description=self._public(read_description(self.row)),
            openings=openings.openings,
            openings_text=self._shown(Field.OPENINGS),
            education=education.education,
            education_text=self._shown(Field.EDUCATION),
            experience_min=experience.low,
            experience_max=experience.high,
            experience_text=self._shown(Field.EXPERIENCE),
            age_min=age[0],
            age_max=age[1],
            age_text=self._shown(Field.AGE),
            employment_type=read_employment(self.cells.get(Field.EMPLOYMENT_TYPE, ""), title),
            industry=read_industry(self.cells.get(Field.INDUSTRY, "")),
            industry_text=self._shown(Field.INDUSTRY),
            benefits=self._benefits(title),
            valid_through=self._validity(),
            valid_through_text=self._shown(Field.VALIDITY),
            url=url if url.startswith(_ADDRESSES) else "",
        )

    def _salary(self) -> Salary | None:
        field, reading = Field.SALARY, self._salary_cell()
        bounds = (self.cells.get(Field.SALARY_MIN, ""), self.cells.get(Field.SALARY_MAX, ""))
        if reading.code and not all(is_blank(bound) for bound in bounds):
            field = Field.SALARY_MIN if Field.SALARY_MIN in self.cells else Field.SALARY_MAX
            heading = self.row.headings.get(field, "")
            reading = read_salary_bounds(*bounds, heading)
        self._note(reading.code, field)
        if reading.salary is None:
            return None
        text = self._public(reading.salary.text)
        return reading.salary if text == reading.salary.text else replace(reading.salary, text=text)

    def _salary_cell(self) -> SalaryReading:
        return read_salary(self.cells.get(Field.SALARY, ""), self.row.headings.get(Field.SALARY, ""))

    def _age(self) -> tuple[int | None, int | None]:
        low, high = self.cells.get(Field.AGE_MIN, ""), self.cells.get(Field.AGE_MAX, "")
        only_one = is_blank(low) and is_blank(high)
        reading = read_age(self.cells.get(Field.AGE, "")) if only_one else read_age_bounds(low, high)
        self._note(reading.code, Field.AGE)
        return reading.low, reading.high

    def _validity(self) -> date | None:
        reading = read_validity(self.cells.get(Field.VALIDITY, ""), self.context.today)
        self._note(reading.code, Field.VALIDITY)
        return reading.until

    def _benefits(self, title: str) -> tuple[str, ...]:
        """The benefits cell, and the vocabulary's benefits named in title, pay and remarks."""
        own = read_benefits(self._public(self.cells.get(Field.BENEFITS, "")))
        named = (title, self.cells.get(Field.SALARY), self.cells.get(Field.REMARKS))
        others = (known_benefits(text) for text in named if text)
        return tuple(dict.fromkeys((*own, *_flat(others))))[:MOST]

    def _contact(self) -> Contact:
        return read_contact(self.cells.get(Field.CONTACT, ""), self.cells.get(Field.PHONE, ""), tuple(self.phones))

    def _note(self, code: str, field: Field, words: str | None = None) -> None:
        if code:
            words = squeeze(self.cells.get(field, "")) if words is None else words
            self.problems.append(describe(code, self.row, field, words))

    def _public(self, text: str) -> str:
        """A text for everyone: contacts are taken out of it and remembered."""
        if len(text) < SHORTEST:
            return text
        masked = mask_contacts(text)
        self.phones.extend(masked.phones)
        return masked.text

    def _text(self, field: Field) -> str:
        text = self.cells.get(field)
        return "" if not text or is_blank(text) else squeeze(text)

    def _shown(self, field: Field) -> str:
        text = self.cells.get(field)
        if not text:
            return ""
        masked = _shown_text(text)
        self.phones.extend(masked.phones)
        return masked.text


@lru_cache(maxsize=16384)
def _shown_text(text: str) -> Masked:
    """A cell beside its value as read: the same few words in thousands of rows."""
    return Masked("") if is_blank(text) else mask_contacts(squeeze(text))


def _flat(groups: Iterator[tuple[str, ...]]) -> Iterator[str]:
    for group in groups:
        yield from group
