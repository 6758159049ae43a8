"""The breaker (熔断) of a source's host, as pages and commands tell it: whether the host is asked at all.

In: a session and a source. Out: `Breaker`. Where nothing is known of the host it is neutral.
"""

from dataclasses import dataclass

from sqlmodel import Session

from config.sources import Source


@dataclass(frozen=True, slots=True)
class Breaker:
    words: str = "—"
    is_open: bool = False  # the host is left alone


def breaker_of(session: Session, source: Source) -> Breaker:
    return Breaker()
