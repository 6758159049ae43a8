"""Manners towards hosts: robots.txt first, then one's turn; a host that fails again and again is left alone.

In: the address about to be asked, and what became of it. Out: leave to go, after the pause that the source's policy,
robots.txt or the setting wants. What is known of hosts is in the store, shared by every process that pulls.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from exchange.clock import iso
from exchange.store.database import Store
from exchange.store.hosts import BreakerRules, Turn, keep_robots, look, note_answer, note_fault, robots_of, take_turn
from ingest.http.answers import host_of
from ingest.http.contract import Ask
from ingest.http.faults import NO_ROBOTS, PAUSED, WALLS, HttpFault, shown
from ingest.http.robots import FREE, ROBOTS_BYTES, RobotsRules, robots_address, rules_of

_ROBOTS_AGE = timedelta(hours=24)  # RFC 9309, 2.4
_LOOK_SECONDS = 1.0
_QUEUE = 10  # so many other pulls of one host may be waited for


@dataclass(frozen=True, slots=True)
class Etiquette:
    """How one source wants its hosts to be treated."""

    user_agent: str
    breaker: BreakerRules
    pause: float | None = None  # seconds; None: what robots.txt says, else the usual
    usual_pause: float = 1.0
    heeds_robots: bool = True
    longest_wait: float = 60.0


class HostManners:
    def __init__(self, store: Store, etiquette: Etiquette, sleep: Callable[[float], None]) -> None:
        self._store = store
        self._etiquette = etiquette
        self._sleep = sleep
        self._rules: dict[str, RobotsRules] = {}
        self._clean: dict[str, bool] = {}  # hosts an answer need not be noted of
        self._free_until: dict[str, float] = {}  # by the monotonic clock: not looked up again before
        self._walls: dict[str, HttpFault] = {}

    def before(self, url: str, ask: Ask | None) -> None:
        host = host_of(url)
        if host in self._walls:
            raise self._walls[host]  # not knocked at twice in one pull
        rules = FREE
        if ask is not None and self._etiquette.heeds_robots:
            rules = self._robots(host, url, ask)
            if not rules.allows(url):
                message = f"{shown(url)} 不让机器访问（robots.txt），没有抓取；请与对方联系取得许可。"
                raise HttpFault("http.robots", message)
        self._wait_for_turn(host, self._pause(host, rules))

    def answered(self, url: str) -> None:
        host = host_of(url)
        if not self._clean.get(host, False):
            note_answer(self._store, host)
            self._clean[host] = True

    def failed(self, url: str, fault: HttpFault) -> None:
        """A captcha counts as well: a host that wants no machines is left alone in the end. A 404 is an answer."""
        host = host_of(url)
        if fault.code in WALLS:
            self._walls[host] = fault
        elif not fault.is_passing:
            self.answered(url)
            return
        self._clean[host] = False
        self._free_until.pop(host, None)
        note_fault(self._store, host, fault.message, self._etiquette.breaker, fault.retry_after)

    def _pause(self, host: str, rules: RobotsRules) -> float:
        """What the source's policy says, but never less than robots.txt asks."""
        etiquette, delay = self._etiquette, rules.delay
        if delay is not None and delay > etiquette.longest_wait:
            raise HttpFault(
                "http.robots_slow",
                f"{host} 的 robots.txt 要求每次间隔 {delay:g} 秒，没有抓取；请与对方商定间隔，"
                "再在 policy 里写 pause_seconds、permission 和 robots = false。",
            )
        if etiquette.pause is not None:
            return max(etiquette.pause, delay or 0.0)
        return etiquette.usual_pause if delay is None else delay

    def _wait_for_turn(self, host: str, pause: float) -> None:
        if not pause and self._is_free(host):
            return
        patience = self._etiquette.longest_wait + _QUEUE * pause
        turn = take_turn(self._store, host, pause, patience)
        self._clean[host] = turn.is_clean
        if turn.refused_until is not None:
            raise _paused(host, turn)
        if turn.wait > 0:
            self._sleep(turn.wait)

    def _is_free(self, host: str) -> bool:
        """Of a host that needs no pause: nobody has anything against it. Looked up once a second."""
        if time.monotonic() < self._free_until.get(host, 0.0):
            return True
        turn = look(self._store, host)
        self._clean[host] = turn.is_clean
        if turn.is_free:
            self._free_until[host] = time.monotonic() + _LOOK_SECONDS
        return turn.is_free

    def _robots(self, host: str, url: str, ask: Ask) -> RobotsRules:
        if host not in self._rules:
            with self._store.read() as session:
                known = robots_of(session, host, self._store.clock() - _ROBOTS_AGE)
            if known is None:
                known = _read_robots(host, robots_address(url), ask)
                keep_robots(self._store, host, *known)
            self._rules[host] = rules_of(*known, self._etiquette.user_agent)
        return self._rules[host]


def _read_robots(host: str, address: str, ask: Ask) -> tuple[int, str]:
    """A site that cannot say what it allows is not visited: RFC 9309, 2.3.1.4."""
    try:
        reply = ask(address)
    except HttpFault as fault:
        if fault.code == PAUSED:
            raise
        if fault.code == "http.status" and fault.status and 400 <= fault.status < 500 and fault.status != 429:
            return fault.status, ""
        message = f"读不到 {host} 的 robots.txt，不知道是否允许访问，没有抓取：{fault.message}"
        raise HttpFault(NO_ROBOTS, message, status=fault.status, retry_after=fault.retry_after) from fault
    return 200, reply.body[:ROBOTS_BYTES].decode("utf-8", "replace").replace("\0", "")


def _paused(host: str, turn: Turn) -> HttpFault:
    until = iso(turn.refused_until) if turn.refused_until is not None else ""
    reason = f"，上次：{turn.because}" if turn.because else ""
    return HttpFault(PAUSED, f"{host} 连续失败或要求等待，{until} 以后再访问{reason}")
