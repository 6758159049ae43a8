"""The stand-in site (替身站点): a real HTTP server on this machine that plays both cities, with faults to order.

In: a `World`, a port (0: any free one). Out: pages at the addresses of routes.py, and the same under /fault/<kind>/….
Tests break a channel for a while (`fault`, `mend`), and look at what was asked (`asked`). Closing it ends every
connection and every wait; an error in one of its own pages is raised then.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event, Lock
from urllib.parse import parse_qsl, urlsplit

from tests.site.answers import Answer, BadQuery, Visit, html, json_answer, unchanged
from tests.site.faults import FAULTS, Measures, Strike
from tests.site.front import front_page
from tests.site.postings import CHANNELS
from tests.site.routes import Route, find_route
from tests.site.serving import SiteServer
from tests.site.world import World

ROBOTS = "User-agent: *\nDisallow: /private/\n"


@dataclass(frozen=True)
class Asked:
    path: str  # with a fault prefix, without the query
    query: dict[str, str]
    headers: dict[str, str]  # names in small letters
    status: int
    moment: float  # time.monotonic when it came in


@dataclass
class _Armed:
    """A fault in force: the first `after` requests are spared, then it strikes `times` times (None: always)."""

    kind: str
    after: int = 0
    times: int | None = None
    struck: Counter[str] = field(default_factory=Counter)  # by address

    def strikes(self, address: str) -> int:
        """0, or how often this address has been struck now."""
        if self.after > 0:
            self.after -= 1
            return 0
        if self.times is not None and self.struck.total() >= self.times:
            return 0
        self.struck[address] += 1
        return self.struck[address]


class Site:
    def __init__(self, world: World | None = None, port: int = 0, measures: Measures | None = None) -> None:
        self.world = world or World()
        self.measures = measures or Measures()
        self.robots = ROBOTS
        self.asked: list[Asked] = []
        self.closing = Event()
        self._faults: dict[str, _Armed] = {}
        self._by_url = {kind: _Armed(kind) for kind in FAULTS}
        self._lock = Lock()
        self._servers = [SiteServer(port, self._answer, self.closing)]
        self._doors: dict[str, SiteServer] = {}
        self.port, self.address = self._servers[0].port, self._servers[0].address

    def __enter__(self) -> "Site":
        self._servers[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.closing.set()
        for server in self._servers:
            server.close()

    def door(self, channel: str) -> str:
        """Another address of the same site, for one channel alone: to a visitor, each channel is a host of its own."""
        if channel not in self._doors:
            self._doors[channel] = SiteServer(0, self._answer, self.closing)
            self._servers.append(self._doors[channel])
            self._doors[channel].start()
        return self._doors[channel].address

    def fault(self, channel: str, kind: str, after: int = 0, times: int | None = None) -> None:
        """From now on; another fault of the same channel ends."""
        if channel not in CHANNELS or kind not in FAULTS:
            raise ValueError(f"no such channel or fault: {channel}, {kind}")
        with self._lock:
            self._faults[channel] = _Armed(kind, after, times)

    def mend(self, channel: str = "") -> None:
        """End the fault of this channel, or of all."""
        with self._lock:
            for name in [channel] if channel else list(self._faults):
                self._faults.pop(name, None)

    def asked_for(self, path: str) -> list[Asked]:
        with self._lock:
            return [asked for asked in self.asked if asked.path == path]

    @property
    def connections(self) -> int:
        """How many visitors are being served."""
        return sum(server.connections for server in self._servers)

    def forget(self) -> None:
        with self._lock:
            self.asked.clear()

    def _answer(
        self, method: str, address: str, headers: dict[str, str], moment: float, wait: Callable[[float], bool]
    ) -> Answer:
        parts = urlsplit(address)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        prefix, kind, path = _split_fault(parts.path)
        base = f"http://{headers.get('host', '')}{prefix}"
        visit = Visit(base, path, query, headers, method, address=address)
        answer = unchanged(visit, self._plain(visit, kind, wait))
        with self._lock:
            self.asked.append(Asked(parts.path, query, headers, answer.status, moment))
        return answer

    def _plain(self, visit: Visit, kind: str, wait: Callable[[float], bool]) -> Answer:
        if visit.path == "/" and not kind:
            return front_page(self.world)
        if visit.path == "/tomorrow" and visit.method == "POST":
            self.world.go_to(self.world.today + timedelta(1))
            return Answer(status=303, headers={"Location": "/"})
        if visit.path == "/robots.txt":
            return Answer(self.robots.encode(), "text/plain; charset=utf-8")
        found = find_route(visit.path)
        if found is None or (kind and kind not in FAULTS):
            return html("<h1>404</h1><p>没有这个页面。</p>", status=404)
        route, match = found
        try:
            return self._page(route, replace(visit, match=match), kind, wait)
        except BadQuery as fault:
            return json_answer({"code": 400, "msg": f"参数 {fault} 不对"}, 400)

    def _page(self, route: Route, visit: Visit, kind: str, wait: Callable[[float], bool]) -> Answer:
        postings = self.world.listed(route.channel)
        with self._lock:
            armed = self._by_url[kind] if kind else self._faults.get(route.channel)
            number = armed.strikes(visit.address) if armed else 0
        if armed is None or not number:
            return replace(route.page(visit, postings), modified=self.world.changed_at(route.channel))
        strike = Strike(visit, route.page, postings, number, self.measures, wait)
        return FAULTS[armed.kind][0](strike)


def _split_fault(path: str) -> tuple[str, str, str]:
    """/fault/cut/dg/api/jobs is the prefix /fault/cut, the kind cut and the path /dg/api/jobs."""
    if not path.startswith("/fault/"):
        return "", "", path
    kind, _, rest = path.removeprefix("/fault/").partition("/")
    return f"/fault/{kind}", kind, f"/{rest}"
