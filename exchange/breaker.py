"""The breaker (熔断) of a source's host, as pages and commands tell it: whether the host is asked at all.

In: a session and a source. Out: `Breaker`. Where nothing is known of the host it is neutral.
"""

from dataclasses import dataclass

from sqlmodel import Session

from config.sources import Source
from config.words import BreakerState
from exchange.clock import LOCAL
from exchange.models import Host


@dataclass(frozen=True, slots=True)
class Breaker:
    words: str = "—"
    is_open: bool = False  # the host is left alone


def breaker_of(session: Session, source: Source) -> Breaker:
    """`source` with its port filled in."""
    host = session.get(Host, source.host) if source.host else None
    if host is None:
        return Breaker()
    if host.state == BreakerState.HALF_OPEN:
        return Breaker("试探中，先放一个请求", is_open=True)
    if host.state == BreakerState.OPEN and host.open_until is not None:
        return Breaker(f"已熔断，{host.open_until.astimezone(LOCAL):%m-%d %H:%M} 后再试", is_open=True)
    return Breaker(f"连续出错 {host.faults} 次" if host.faults else "正常")
