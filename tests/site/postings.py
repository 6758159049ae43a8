"""What the stand-in site lists: invented postings, their flaws, and the channels they come through.

In: nothing. Out: `Posting`, `Flaw`, `Channel` and CHANNELS. A new kind of dirt is a member of `Flaw` and a line in
`drawing.spoil`; a new channel is a line in CHANNELS and the addresses in routes.py that serve it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from config.divisions import division
from config.words import City, Direction
from ingest.sample.wording import PLAIN_STYLES, Pay

SOME = 0  # 若干: counts as one posting and no openings


class Flaw(StrEnum):
    """What is wrong with a posting on purpose, and what the platform owes it."""

    NONE = "none"  # shown and counted
    NO_PAY = "no-pay"  # shown, not counted: incomplete.pay
    NO_OPENINGS = "no-openings"  # shown, not counted: incomplete.openings
    PAST = "past"  # created and expired: neither shown nor counted
    UNLAWFUL = "unlawful"  # held for a reviewer
    NO_EMPLOYER = "no-employer"  # rejected
    ELSEWHERE = "elsewhere"  # rejected: the place is in neither city

    @property
    def is_shown(self) -> bool:
        return self in {Flaw.NONE, Flaw.NO_PAY, Flaw.NO_OPENINGS}

    @property
    def is_rejected(self) -> bool:
        return self in {Flaw.NO_EMPLOYER, Flaw.ELSEWHERE}


@dataclass(frozen=True, slots=True)
class Channel:
    id: str  # also the id of its source in sources.toml
    city: City
    full_list: bool  # it lists everything that is open; a feed of news does not promise that

    @property
    def prefix(self) -> str:
        return "DG" if self.city is City.DONGGUAN else "SG"


CHANNELS: dict[str, Channel] = {
    channel.id: channel
    for channel in (
        Channel("dg-json", City.DONGGUAN, True),
        Channel("dg-cursor", City.DONGGUAN, True),
        Channel("dg-html", City.DONGGUAN, True),
        Channel("dg-files", City.DONGGUAN, True),
        Channel("sg-json", City.SHAOGUAN, True),
        Channel("sg-jsonld", City.SHAOGUAN, True),
        Channel("sg-rss", City.SHAOGUAN, False),
    )
}


@dataclass(frozen=True, slots=True)
class Posting:
    reference: str  # the channel's own number
    key: str  # the job behind it: copies in other channels have the same
    title: str
    employer: str
    industry: str
    division: str  # code of the workplace
    place: str  # as written
    address: str
    pay: Pay
    style: str  # of PAY_STYLES
    salary: str  # as written, "" when it is not told
    openings: int | None  # SOME is 若干, None when it is not told
    education: str
    experience: str
    type: str
    duties: str
    requirements: str
    benefits: tuple[str, ...]
    person: str
    phone: str
    published: date
    until: date
    changed: date  # the day its words last changed in this channel
    flaw: Flaw = Flaw.NONE

    @property
    def direction(self) -> Direction:
        return division(self.division).direction

    @property
    def openings_text(self) -> str:
        return "" if self.openings is None else str(self.openings) if self.openings else "若干"

    @property
    def pay_is_plain(self) -> bool:
        """A range by the month, which a page can also tell in numbers."""
        return bool(self.salary) and self.style in PLAIN_STYLES
