"""From what is true of a posting to the words it is advertised with.

In: `Wording`. Out: `TruePosting`, its document read from the words as a bureau's sheet would be (education,
experience and benefits through the normaliser), its truth taken from the wording itself.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from config.divisions import Division
from config.words import EmploymentType
from ingest.normalise.benefits import known_benefits, read_benefits
from ingest.normalise.education import read_education
from ingest.normalise.experience import read_experience
from search.documents import PostingDocument
from tests.relevance.jobs import Job, facts
from tests.relevance.truth import TruePosting

_TYPES = {
    EmploymentType.PART_TIME: "兼职",
    EmploymentType.TEMPORARY: "临时工",
    EmploymentType.INTERNSHIP: "实习",
    EmploymentType.APPRENTICESHIP: "学徒",
}
_SOURCES = ("dg-upload", "sg-upload", "dg-feed", "sg-feed")


@dataclass(frozen=True)
class Wording:
    title: str
    trade: str
    job: Job
    employer: str
    brand: str
    kind: str
    industry: str
    place: Division
    street: str
    product: str
    about: str
    closing: str
    duties: tuple[str, ...]
    requirement: str
    pay: tuple[int, int] | None
    facts: tuple[str, ...]
    openings: int | None
    published: date
    confirmed: date
    is_over: bool
    dice: Random = field(repr=False)


def write(said: Wording, number: int, today: date) -> TruePosting:
    """Draws from the wording's own dice: once each."""
    named = [said.dice.choice(facts()[name].forms) for name in said.facts]
    benefits_text = "、".join(named)
    brought = {name for known in said.facts for name in facts()[known].brings}
    return TruePosting(
        document=_document(said, number, today, named),
        trade=said.trade,
        brand=said.brand,
        kind=said.kind,
        industry=said.industry,
        place=said.place.code,
        pay=said.pay,
        facts=frozenset(said.facts) | brought | ({"包吃住"} if {"包吃", "包住"} <= {*said.facts, *brought} else set()),
        against=frozenset(other for known in said.facts for other in facts()[known].not_with),
        years=said.job.years,
        is_over=said.is_over,
        benefits_text=benefits_text,
        work="".join((*said.duties, said.requirement)),
    )


def _document(said: Wording, number: int, today: date, named: list[str]) -> PostingDocument:
    description = _description(said, named)
    low, high = said.pay or (None, None)
    return PostingDocument(
        id=f"r{number:05d}",
        sequence=number,
        title=_title(said, named),
        employer=said.employer,
        description=description,
        address=f"{said.place.name}{said.street}",
        division=said.place.code,
        city=said.place.city,
        direction=said.place.direction,
        cluster="",
        occupation="",
        occupation_name="",
        industry=f"I{sum(said.industry.encode()) % 97:02d}",
        industry_name=said.industry,
        education=read_education(said.job.education).education,
        experience_min=read_experience(said.job.experience).low,
        employment_type=said.job.type,
        openings=said.openings,
        salary_min=low,
        salary_max=high,
        salary_counts=said.pay is not None,
        benefits=tuple(dict.fromkeys([*read_benefits("、".join(named)), *known_benefits(description)])),
        source=said.dice.choice(_SOURCES),
        published_on=said.published,
        valid_through=today - timedelta(1) if said.is_over else today + timedelta(said.dice.randrange(10, 90)),
    )


def _title(said: Wording, named: list[str]) -> str:
    """Dressed as advertisements are, now and then, with what is true."""
    dress = said.dice.random()
    if dress < 0.07:
        return f"急聘{said.title}"
    if dress < 0.11:
        return f"高薪诚聘{said.title}"
    if dress < 0.17 and said.pay:
        return f"{said.title} {said.pay[0]}-{said.pay[1]}元"
    fitting = [form for form in named if form not in said.title]
    if dress < 0.27 and fitting:
        return f"{said.title}（{said.dice.choice(fitting)}）"
    return said.title


def _description(said: Wording, named: list[str]) -> str:
    parts = ["岗位职责：", *(f"{n}、{duty}" for n, duty in enumerate(said.duties, 1)), "任职要求：", said.requirement]
    if said.job.education != "不限":
        parts.append(f"学历{said.job.education}。")
    if said.job.type in _TYPES:
        parts.append(f"工作性质：{_TYPES[said.job.type]}。")
    if named and said.dice.random() < 0.6:
        parts.append(f"福利待遇：{'，'.join(named)}。")
    if said.dice.random() < 0.6:
        parts.insert(0, said.about)
    if said.dice.random() < 0.35:
        parts.append(said.closing)
    text = "".join(parts)
    blanks = {
        "{p}": said.product,
        "{e}": said.brand,
        "{t}": said.place.short_name,
        "{y}": str(said.dice.randrange(1996, 2021)),
        "{n}": str(said.dice.choice((60, 120, 300, 500, 1200))),
    }
    for blank, value in blanks.items():
        text = text.replace(blank, value)
    return text
