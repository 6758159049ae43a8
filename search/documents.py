"""What the index knows of one posting.

In: plain values from the store (no contacts, ever). Out: a document for any engine.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PostingDocument:
    id: str
    sequence: int  # ledger sequence of the posting's last event
    title: str
    employer: str
    description: str
    address: str
    division: str  # workplace code
    city: str
    direction: str
    cluster: str  # code, "" when unassigned
    occupation: str  # code, "" when unknown
    occupation_name: str
    industry: str  # code, "" when unknown
    industry_name: str
    education: str
    experience_min: int | None  # years, None when unknown or not asked
    employment_type: str
    openings: int | None
    salary_min: int | None  # CNY a month
    salary_max: int | None
    salary_counts: bool  # False for negotiable and hourly part-time pay: never matched by salary_min
    benefits: tuple[str, ...]
    source: str  # source id
    published_on: date
    valid_through: date  # last day on which it is shown
    confirmed_on: date | None = None  # last day on which its source named it; None: not since it was published
