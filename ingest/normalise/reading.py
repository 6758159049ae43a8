"""What goes into and comes out of normalising one row.

In: `Context`, what is known of the batch. Out: `Reading`, the row as a posting with all its problems.
"""

from dataclasses import dataclass
from datetime import date

from config.words import City
from exchange.content import Contact, Content, Problem


@dataclass(frozen=True, slots=True)
class Context:
    """What the batch says about all its rows."""

    today: date  # local day
    city: City | None  # of the source
    organisation_division: str  # division code of the uploading organisation, "" if it has none


@dataclass(frozen=True, slots=True)
class Reading:
    """One row read. `content` is None exactly when a problem of severity error rejects the record."""

    content: Content | None
    contact: Contact
    reference: str
    platform_id: str
    problems: tuple[Problem, ...]
    title: str
    employer: str
