"""核验: a reporting organisation is made sure of again every six months; first its pages warn, then uploads are parked.

In: the day it was last verified, today, the two settings. Out: `Verified`, with the days on which things change.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from config.settings import Settings
from config.words import Verification


@dataclass(frozen=True, slots=True)
class Verified:
    state: Verification
    verified_on: date | None  # None: never
    due_on: date  # from this day on the pages warn
    parked_from: date  # from this day on uploads are parked

    @property
    def parks_uploads(self) -> bool:
        return self.state is Verification.OVERDUE


def verification_on(verified_on: date | None, today: date, settings: Settings) -> Verified:
    """The state of an organisation last verified on that day."""
    if verified_on is None:
        return Verified(Verification.OVERDUE, None, today, today)
    due_on = verified_on + timedelta(days=settings.verification_days)
    parked_from = due_on + timedelta(days=settings.verification_grace_days)
    state = Verification.VERIFIED if today < due_on else Verification.DUE
    return Verified(Verification.OVERDUE if today >= parked_from else state, verified_on, due_on, parked_from)
