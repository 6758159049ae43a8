"""Manners towards hosts, kept in the store and so by every process: robots.txt, pace, and a breaker per host."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config.sources import AdapterKind, Source
from config.words import BreakerState, City
from exchange.health import examine
from exchange.models import Host
from exchange.store.hosts import LONGEST_OPEN, all_hosts
from ingest.http import HttpClient, HttpFault, client_for
from tests.flow.desk import Desk
from tests.flow.market import SOURCES
from tests.unit.scripted_site import Answer, ScriptedSite
from tests.unit.site_by_path import SiteByPath

GOOD = Answer(b'{"ok": true}')
BROKEN = Answer(status=503)
MANY = 5  # faults in a row, by default


def robots(*lines: str) -> Answer:
    return Answer("\n".join(lines).encode())


@pytest.fixture
def site() -> Iterator[SiteByPath]:
    with SiteByPath({"/jobs": GOOD, "/other": GOOD}) as site:
        yield site


class Visitor:
    """Goes to a site for a source, as often as wanted; each visit is a process of its own as far as the store knows."""

    def __init__(self, desk: Desk, site: SiteByPath) -> None:
        self.desk, self.site = desk, site
        self.waits: list[float] = []
        self.time_passes = True  # while somebody waits

    def client(self, retries: int = 0, **policy: object) -> HttpClient:
        kind, city = AdapterKind.JSON_PAGES, City.DONGGUAN
        source = Source("feed", "某市接口", city, "441900", kind, f"{self.site.address}/jobs", policy=policy)
        return client_for(self.desk.exchange, source, retries=retries, sleep=self.sleep, chance=lambda: 1.0)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        if self.time_passes:
            self.desk.clock.move(seconds=seconds)

    def go(self, path: str = "/jobs", retries: int = 0, **policy: object) -> str:
        """ "" when it was answered, else the code of the fault."""
        with self.client(retries, **{"pause_seconds": 0, **policy}) as client:
            try:
                client.fetch(f"{self.site.address}{path}")
            except HttpFault as fault:
                self.message = fault.message
                return fault.code
        return ""

    def host(self) -> Host:
        with self.desk.exchange.store.read() as session:
            (host,) = all_hosts(session)
        return host


@pytest.fixture
def visitor(desk: Desk, site: SiteByPath) -> Visitor:
    return Visitor(desk, site)


def test_robots_txt_is_read_first_and_once_a_day(visitor: Visitor, site: SiteByPath) -> None:
    assert (visitor.go(), visitor.go()) == ("", "")
    assert site.paths(robots=True) == ["/robots.txt", "/jobs", "/jobs"]
    visitor.desk.clock.move(hours=25)
    visitor.go()
    assert site.paths(robots=True) == ["/robots.txt", "/jobs"]


def test_what_robots_txt_forbids_is_not_asked_for(visitor: Visitor, site: SiteByPath) -> None:
    site.set("/robots.txt", robots("User-agent: guanshao-job-exchange", "Disallow: /jobs", "User-agent: *", "Allow: /"))
    assert visitor.go() == "http.robots"
    assert "robots.txt" in visitor.message
    assert visitor.go("/other") == ""
    assert site.paths() == ["/other"]


def test_a_redirect_does_not_lead_around_robots_txt(visitor: Visitor, site: SiteByPath) -> None:
    site.set("/robots.txt", robots("User-agent: *", "Disallow: /other"))
    site.set("/jobs", Answer(status=302, headers={"Location": "/other"}))
    assert visitor.go() == "http.robots"
    assert site.paths() == ["/jobs"]


@pytest.mark.parametrize("answer", [Answer(status=500), Answer(status=429), Answer(b"User", said_length=90)])
def test_a_site_that_cannot_say_what_it_allows_is_not_visited(
    visitor: Visitor, site: SiteByPath, answer: Answer
) -> None:
    site.set("/robots.txt", answer)
    assert visitor.go() == "http.robots_unreachable"
    assert site.paths() == []
    site.set("/robots.txt", Answer(status=404))
    visitor.desk.clock.move(hours=1)
    assert visitor.go() == ""


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_robots_txt_may_be_visited(visitor: Visitor, site: SiteByPath, status: int) -> None:
    site.set("/robots.txt", Answer(status=status))
    assert visitor.go() == ""


def test_a_permission_frees_from_robots_txt(visitor: Visitor, site: SiteByPath) -> None:
    site.set("/robots.txt", robots("User-agent: *", "Disallow: /"))
    assert visitor.go(robots=False, permission="合作协议 2026-3") == ""
    assert site.paths(robots=True) == ["/jobs"]


def test_requests_of_one_host_keep_their_distance_across_sources_and_processes(visitor: Visitor) -> None:
    visitor.go(pause_seconds=2)
    assert visitor.waits == [2.0]  # after robots.txt
    visitor.go("/other", pause_seconds=2)
    assert visitor.waits == [2.0, 2.0]
    visitor.desk.clock.move(seconds=1.5)
    visitor.go(pause_seconds=2)
    assert visitor.waits == [2.0, 2.0, 0.5]


def test_two_at_once_get_different_moments(visitor: Visitor) -> None:
    visitor.go()
    visitor.time_passes = False
    for _ in range(3):
        visitor.go(pause_seconds=3)
    assert visitor.waits == [3.0, 6.0]


def test_the_usual_pause_is_a_setting_and_the_policy_goes_over_it(visitor: Visitor) -> None:
    with visitor.client() as client:
        client.fetch(f"{visitor.site.address}/jobs")
    assert visitor.waits == [1.0]


@pytest.mark.parametrize(("policy", "wait"), [({}, 4.0), ({"pause_seconds": 1}, 4.0), ({"pause_seconds": 9}, 9.0)])
def test_crawl_delay_is_kept_and_a_longer_pause_too(
    visitor: Visitor, site: SiteByPath, policy: dict[str, int], wait: float
) -> None:
    site.set("/robots.txt", robots("User-agent: *", "Crawl-delay: 4"))
    visitor.go()
    visitor.desk.clock.move(minutes=5)
    visitor.waits.clear()
    with visitor.client(**policy) as client:
        for _ in range(3):
            client.fetch(f"{site.address}/jobs")
    assert visitor.waits == [wait, wait]


def test_a_crawl_delay_nobody_can_keep_is_told(visitor: Visitor, site: SiteByPath) -> None:
    site.set("/robots.txt", robots("User-agent: *", "Crawl-delay: 3600"))
    assert visitor.go() == "http.robots_slow"
    assert site.paths() == []


def test_a_host_that_fails_again_and_again_is_left_alone(visitor: Visitor, site: SiteByPath) -> None:
    visitor.go()
    site.set("/jobs", BROKEN)
    assert [visitor.go() for _ in range(MANY)] == ["http.status"] * MANY
    site.paths()
    assert visitor.go("/other") == "http.paused"
    assert "503" in visitor.message
    assert site.paths() == []
    assert visitor.host().state == BreakerState.OPEN


def test_after_a_while_one_request_tries_and_an_answer_closes_it(visitor: Visitor, site: SiteByPath) -> None:
    site.set("/jobs", [*[BROKEN] * MANY, GOOD])
    for _ in range(MANY):
        visitor.go()
    visitor.desk.clock.move(seconds=299)
    assert visitor.go() == "http.paused"
    visitor.desk.clock.move(seconds=2)
    assert visitor.go() == ""
    assert (visitor.host().state, visitor.host().faults) == (BreakerState.CLOSED, 0)


def test_while_one_tries_the_others_wait(visitor: Visitor, site: SiteByPath) -> None:
    site.set("/jobs", BROKEN)
    for _ in range(MANY):
        visitor.go()
    visitor.desk.clock.move(seconds=301)
    with visitor.client(pause_seconds=0) as trying:
        trying.manners.before(f"{site.address}/jobs", None)  # and dies
    assert visitor.host().state == BreakerState.HALF_OPEN
    assert visitor.go() == "http.paused"
    visitor.desk.clock.move(minutes=6)
    assert visitor.go() == "http.status"


def test_each_try_that_fails_doubles_the_time(visitor: Visitor, site: SiteByPath) -> None:
    site.set("/jobs", BROKEN)
    for _ in range(MANY):
        visitor.go()
    times = [visitor.host().open_seconds]
    for _ in range(8):
        visitor.desk.clock.move(seconds=times[-1] + 1)
        assert visitor.go() == "http.status"
        times.append(visitor.host().open_seconds)
    assert times[:4] == [300.0, 600.0, 1200.0, 2400.0]
    assert times[-1] == LONGEST_OPEN


def test_an_answer_in_between_starts_the_count_again(visitor: Visitor, site: SiteByPath) -> None:
    site.set("/jobs", BROKEN)
    for _ in range(MANY - 1):
        visitor.go()
    visitor.go("/other")
    assert [visitor.go() for _ in range(MANY)] == ["http.status"] * MANY


def test_a_404_is_an_answer(visitor: Visitor) -> None:
    assert [visitor.go("/none") for _ in range(2 * MANY)] == ["http.status"] * 2 * MANY
    assert visitor.host().state == BreakerState.CLOSED


def test_retries_stop_when_the_host_is_to_be_left_alone(visitor: Visitor, site: SiteByPath) -> None:
    site.set("/jobs", BROKEN)
    assert visitor.go(retries=20) == "http.paused"
    assert len(site.paths()) == MANY


def test_a_retry_after_is_kept_by_everybody(visitor: Visitor, site: SiteByPath) -> None:
    site.set("/jobs", [Answer(status=429, headers={"Retry-After": "1800"}), GOOD])
    assert visitor.go(retries=3) == "http.status"
    assert visitor.go("/other") == "http.paused"
    assert site.paths() == ["/jobs"]
    visitor.desk.clock.move(minutes=29, seconds=30)
    assert (visitor.go(), visitor.waits) == ("", [30.0])


def test_a_captcha_is_told_and_not_knocked_at_again(visitor: Visitor, site: SiteByPath) -> None:
    page = "<html><title>安全验证</title><body>请完成验证</body></html>".encode()
    site.set("/jobs", Answer(page, headers={"Content-Type": "text/html"}))
    with visitor.client(retries=3, pause_seconds=0) as client:
        for path in ("/jobs", "/jobs", "/other"):
            with pytest.raises(HttpFault) as caught:
                client.fetch(f"{site.address}{path}")
            assert caught.value.code == "pull.captcha"
    assert site.paths() == ["/jobs"]


@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_captcha_that_comes_as_an_error_is_one(visitor: Visitor, site: SiteByPath, status: int) -> None:
    page = b"<html><title>Just a moment...</title><body>Checking your browser</body></html>"
    site.set("/jobs", Answer(page, status, headers={"Content-Type": "text/html"}))
    assert visitor.go(retries=3) == "pull.captcha"
    assert site.paths() == ["/jobs"]


def test_the_source_is_trusted_with_its_own_host_only(
    visitor: Visitor, site: SiteByPath, open_desk: Callable[..., Desk]
) -> None:
    with SiteByPath({"/inner": GOOD}) as inner:
        site.set("/jobs", Answer(status=302, headers={"Location": "/other"}))
        assert visitor.go() == ""
        site.set("/jobs", Answer(status=302, headers={"Location": f"{inner.address}/inner"}))
        assert visitor.go() == "http.redirect_refused"
        with visitor.client(pause_seconds=0) as client, pytest.raises(HttpFault) as caught:
            client.fetch(f"{inner.address}/inner")  # a link that stood in a page
        assert caught.value.code == "http.redirect_refused"
        assert inner.paths(robots=True) == []
        assert visitor.go(allow_private=True) == ""
        assert inner.paths() == ["/inner"]


def test_the_client_names_itself_as_the_setting_says(
    database_url: str, open_desk: Callable[..., Desk], site: SiteByPath
) -> None:
    name = "guanshao-job-exchange/0.1 (mailto:office@example.org)"
    visitor = Visitor(open_desk(database_url, GUANSHAO_HTTP_USER_AGENT=name), site)
    visitor.go()
    assert {headers["User-Agent"] for headers in site.headers} == {name}


def test_a_source_of_the_demonstration_needs_no_rest(visitor: Visitor, site: SiteByPath) -> None:
    kind, city = AdapterKind.JSON_PAGES, City.DONGGUAN
    source = Source("feed", "演示", city, "441900", kind, f"{site.address}/jobs")
    with client_for(visitor.desk.exchange, replace(source, demonstration=True), sleep=visitor.sleep) as client:
        for _ in range(3):
            client.fetch(f"{site.address}/jobs")
    assert visitor.waits == []


def test_a_peer_has_invited_us_and_is_left_alone_all_the_same_when_it_fails(desk: Desk) -> None:
    """Our own robots.txt keeps /api/ from strangers; a peer's token is worth more."""
    with ScriptedSite(Answer(), Answer(status=500)) as site:
        options = {"exchange": "shaoguan", "token": "gs_x"}
        kind, city = AdapterKind.EXCHANGE, City.SHAOGUAN
        source = Source("peer", "韶关平台", city, "440200", kind, site.address, options=options)
        with client_for(desk.exchange, source, sleep=pytest.fail) as client:
            client.post_json(site.address, {})
            codes = []
            for _ in range(desk.exchange.settings.http_breaker_faults + 1):
                with pytest.raises(HttpFault) as caught:
                    client.post_json(site.address, {})
                codes.append(caught.value.code)
    assert codes[-2:] == ["http.status", "http.paused"]
    assert len(site.posted) == len(codes)
    with desk.exchange.store.read() as session:
        (host,) = all_hosts(session)
    assert host.robots_status is None


@pytest.mark.parametrize(
    ("agent", "fine"),
    [
        ("guanshao-job-exchange/0.1 (operator not named)", False),
        ("guanshao-job-exchange/0.1 (mailto:office@example.org)", True),
        ("guanshao-job-exchange/0.1 (+https://example.org/about)", True),
    ],
)
def test_doctor_wants_to_know_whom_to_call(
    open_desk: Callable[..., Desk], site: SiteByPath, tmp_path: Path, agent: str, fine: bool
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "sources.toml").write_text(SOURCES.format(address=site.address, title="job"), "utf-8")
    desk = open_desk(GUANSHAO_CONFIG=str(tmp_path / "config"), GUANSHAO_HTTP_USER_AGENT=agent)
    (check,) = [check for check in examine(desk.exchange) if check.name == "抓取的名字"]
    assert check.ok is fine
    assert fine or "GUANSHAO_HTTP_USER_AGENT" in check.message


def test_doctor_asks_for_no_name_where_nobody_is_pulled(open_desk: Callable[..., Desk]) -> None:
    (check,) = [check for check in examine(open_desk().exchange) if check.name == "抓取的名字"]
    assert check.ok
