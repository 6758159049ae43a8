"""The client of a pull: made for one source, with the manners its policy and the settings ask for.

In: an exchange and a source. Out: an `HttpClient` to be closed. The host of the source's own address is trusted: the
operator wrote it, loopback or not. Every other address is found in answers, and must be public unless the policy says
`allow_private = true`.
"""

import random
import time
from collections.abc import Callable

from config.sources import AdapterKind, Source
from exchange.context import Exchange
from exchange.store.hosts import BreakerRules
from ingest.http.client import HttpClient
from ingest.http.manners import Etiquette, HostManners

_LONGEST_WAIT = 60.0
_WHOLE = 6  # times the patience for one byte, for a whole answer


def client_for(
    exchange: Exchange,
    source: Source,
    *,
    retries: int = 3,
    patience: float | None = None,  # seconds, for one byte and for a whole answer; None: as the settings say
    sleep: Callable[[float], None] = time.sleep,
    chance: Callable[[], float] = random.random,
) -> HttpClient:
    settings, policy = exchange.settings, source.policy
    source = source.with_port(settings.demonstration_port)
    etiquette = Etiquette(
        user_agent=settings.http_user_agent,
        breaker=BreakerRules(settings.http_breaker_faults, settings.http_breaker_seconds),
        pause=_pause_of(source),
        usual_pause=settings.http_pause,
        heeds_robots=policy.get("robots", True) is not False and not _has_invited_us(source),
        longest_wait=_LONGEST_WAIT,
    )
    return HttpClient(
        settings.http_user_agent,
        timeout=patience or settings.http_timeout,
        total_timeout=patience or settings.http_timeout * _WHOLE,
        retries=retries,
        allow_private=policy.get("allow_private", False) is True,
        trusted=[source.host] if source.host else [],
        longest_wait=_LONGEST_WAIT,
        sleep=sleep,
        chance=chance,
        manners=HostManners(exchange.store, etiquette, sleep),
    )


def _pause_of(source: Source) -> float | None:
    """Seconds, where the policy says so; the demonstration's own site and a peer need no rest."""
    told = source.policy.get("pause_seconds", 0 if source.demonstration or _has_invited_us(source) else None)
    return None if told is None else float(told)


def _has_invited_us(source: Source) -> bool:
    """A peer gave us a token for its API: robots.txt, written for strangers who look around, does not concern us."""
    return source.adapter is AdapterKind.EXCHANGE
