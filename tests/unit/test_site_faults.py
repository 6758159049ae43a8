"""Each fault of the stand-in site does what its name says, for as long as it was ordered, and outlives nobody."""

import gzip
import io
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread

import pytest
import requests
from openpyxl import load_workbook

from tests.site import FAULTS, Measures, Site, World
from tests.site.postings import CHANNELS
from tests.site.routes import ROUTES

QUICK = Measures(slow_seconds=0.1, retry_after=7, huge_bytes=300_000, endless_bytes=2**20, endless_seconds=5)
LIST = "/dg/api/jobs"
PATIENCE = 10.0  # seconds until a test gives up waiting
Ask = Callable[..., requests.Response]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site(World(seed=5, jobs=30), measures=QUICK) as site:
        yield site


@pytest.fixture
def ask(site: Site) -> Ask:
    """A path under a fault, as it answers without following anything."""

    def asker(kind: str, path: str = LIST, **options: object) -> requests.Response:
        prefix = f"/fault/{kind}" if kind else ""
        headers = {"X-Api-Key": "demo", "Authorization": "Bearer demo"}
        given: dict[str, object] = {"timeout": 5, "allow_redirects": False, "headers": headers, **options}
        return requests.get(site.address + prefix + path, **given)  # type: ignore[arg-type]

    return asker


@pytest.fixture
def strike(site: Site, ask: Ask) -> Ask:
    """The same address under a fault that was ordered: all links are as they are without one."""

    def striker(kind: str, path: str = LIST, **options: object) -> requests.Response:
        channel = next(route.channel for route in ROUTES if route.example.partition("?")[0] == path)
        site.fault(channel, kind)
        try:
            return ask("", path, **options)
        finally:
            site.mend()

    return striker


def references(answer: requests.Response) -> list[str]:
    return [item["jobId"] for item in answer.json()["data"]["list"]]


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_slow_keeps_silent_and_then_answers(ask: Ask) -> None:
    with Site(World(jobs=3), measures=Measures(slow_seconds=3600)) as slow, pytest.raises(requests.ReadTimeout):
        requests.get(f"{slow.address}/fault/slow{LIST}", timeout=0.05)
    assert references(ask("slow"))


def test_drip_comes_bit_by_bit(ask: Ask, strike: Ask) -> None:
    answer = ask("drip", stream=True)
    assert 0 < len(answer.raw.read1(10**6)) < int(answer.headers["Content-Length"])
    answer.close()
    assert strike("drip").content == ask("").content


def test_429_names_the_time_to_wait(ask: Ask) -> None:
    answer = ask("429")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")


def test_500_then_fine_counts_each_address_by_itself(ask: Ask) -> None:
    states = [ask("500-then-fine", f"{LIST}?page={page}&size=9").status_code for page in (1, 2, 1, 2, 1, 2, 1)]
    assert states == [500, 500, 500, 500, 200, 200, 500]


def test_cut_hangs_up_in_the_middle(ask: Ask) -> None:
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        ask("cut")


def test_wrong_length_looks_whole_and_is_not(ask: Ask, strike: Ask) -> None:
    short, whole = strike("wrong-length").content, ask("").content
    assert whole.startswith(short)
    assert len(short) == len(whole) * 3 // 4


def test_gzip_is_gzip(ask: Ask) -> None:
    answer = ask("gzip", stream=True)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(answer.raw.read())) > 0
    assert references(ask("gzip")) == references(ask(""))
    assert ask("gzip", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_redirect_loop_has_no_end(ask: Ask) -> None:
    with pytest.raises(requests.TooManyRedirects):
        ask("redirect-loop", allow_redirects=True)


def test_redirect_private_leads_inside(ask: Ask) -> None:
    answer = ask("redirect-private")
    assert (answer.status_code, answer.headers["Location"]) == (302, "http://10.0.0.8/internal/jobs")


@pytest.mark.parametrize(
    ("path", "lost"),
    [
        (LIST, '"list"'),
        ("/sg/api/jobs", '"rows"'),
        ("/dg/api/stream", '"items"'),
        ("/dg/html/list", 'class="job"'),
        ("/sg/jobs", 'class="job"'),
        ("/sg/sitemap.xml", "<url>"),
        ("/sg/rss.xml", "<item>"),
        ("/sg/atom.xml", "<entry>"),
        ("/dg/files/", 'class="files"'),
    ],
)
def test_changed_layout_has_the_same_in_other_words(ask: Ask, strike: Ask, path: str, lost: str) -> None:
    before, after = ask("", path), strike("changed-layout", path)
    assert lost in before.content.decode(before.encoding or "utf-8")
    assert lost not in after.content.decode(after.encoding or "utf-8")
    assert 0.8 < len(after.content) / len(before.content) < 1.3


def test_changed_layout_renames_the_columns_of_workbooks(ask: Ask) -> None:
    assert "岗位名称" not in ask("changed-layout", "/dg/files/part-3.csv").content.decode("gbk")
    for kind, there in (("", True), ("changed-layout", False)):
        book = load_workbook(io.BytesIO(ask(kind, "/dg/files/latest.xlsx").content))
        assert ("薪资待遇" in next(iter(book.active.values))) == there


def test_vanished_third_is_a_third_and_always_the_same(ask: Ask) -> None:
    whole, left = references(ask("")), references(ask("vanished-third"))
    assert set(left) < set(whole)
    assert 0.45 < len(left) / len(whole) < 0.85
    assert references(ask("vanished-third")) == left
    (gone, *_) = set(whole) - set(left)
    assert (ask("vanished-third", f"{LIST}/{gone}").status_code, ask("", f"{LIST}/{gone}").status_code) == (404, 200)


def test_renumbered_changes_every_number_and_nothing_else(ask: Ask) -> None:
    before, after = ask("").json()["data"]["list"], ask("renumbered").json()["data"]["list"]
    assert not {item["jobId"] for item in before} & {item["jobId"] for item in after}
    assert [item["jobName"] for item in before] == [item["jobName"] for item in after]
    assert ask("renumbered", f"{LIST}/{after[0]['jobId']}").status_code == 200


@pytest.mark.parametrize(
    ("kind", "words"), [("captcha", "验证码"), ("login-wall", "请先登录"), ("error-200", "系统繁忙")]
)
def test_a_page_stands_in_the_way_with_status_200(ask: Ask, kind: str, words: str) -> None:
    for path in (LIST, "/dg/html/list", "/sg/rss.xml", "/dg/files/latest.xlsx"):
        answer = ask(kind, path)
        assert (answer.status_code, words in answer.content.decode()) == (200, True)


def test_empty_is_a_well_formed_list_of_nothing(ask: Ask) -> None:
    assert ask("empty").json()["data"] == {"list": [], "total": 0}
    assert b"<item>" not in ask("empty", "/sg/rss.xml").content
    assert len(list(load_workbook(io.BytesIO(ask("empty", "/dg/files/latest.xlsx").content)).active.values)) == 1


def test_endless_never_looks_whole(ask: Ask) -> None:
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        ask("endless")
    answer = ask("endless", stream=True)
    assert len(answer.raw.read(500_000)) == 500_000
    answer.close()


@pytest.mark.parametrize(("path", "told"), [(LIST, "utf-8"), ("/dg/html/list", "gbk"), ("/sg/rss.xml", "utf-8")])
def test_other_encoding_is_not_what_is_said(ask: Ask, strike: Ask, path: str, told: str) -> None:
    answer = strike("other-encoding", path)
    assert f"charset={told}" in answer.headers["Content-Type"]
    other = "gbk" if told == "utf-8" else "utf-8"
    assert answer.content.decode(other) == ask("", path).content.decode(told)


def test_huge_is_whole_and_too_much(ask: Ask, strike: Ask) -> None:
    answer = strike("huge")
    assert len(answer.content) == len(ask("").content) + QUICK.huge_bytes
    assert references(answer) == references(ask(""))


def test_every_fault_works_on_every_address(site: Site, ask: Ask) -> None:
    """None breaks the site itself: closing it would raise what went wrong."""
    for path in [route.example for route in ROUTES if route.example]:
        for kind in FAULTS.keys() - {"slow", "drip"}:
            with ask(kind, path, stream=True) as answer:
                assert answer.status_code in {200, 302, 429, 500}


def test_links_stay_inside_the_fault(ask: Ask, site: Site) -> None:
    for path in ("/sg/sitemap.xml", "/sg/rss.xml", "/sg/atom.xml", "/sg/jobs", LIST):
        text = ask("renumbered", path).text
        assert "/fault/renumbered/" in text
        assert f'"{site.address}/sg/' not in text


def test_an_unknown_fault_is_no_page_and_no_order(ask: Ask, site: Site) -> None:
    assert ask("nonsense").status_code == 404
    with pytest.raises(ValueError, match="nonsense"):
        site.fault("dg-json", "nonsense")
    with pytest.raises(ValueError, match="nowhere"):
        site.fault("nowhere", "cut")


def test_a_channel_breaks_on_its_second_page_and_is_fine_the_next_time(ask: Ask, site: Site) -> None:
    site.fault("dg-json", "429", after=1, times=1)
    states = [ask("", f"{LIST}?page={page}&size=9").status_code for page in (1, 2, 3, 1, 2)]
    assert states == [200, 429, 200, 200, 200]
    assert ask("", "/sg/api/jobs").status_code == 200


def test_an_order_lasts_until_it_is_mended(ask: Ask, site: Site) -> None:
    for channel in CHANNELS:
        site.fault(channel, "429")
    site.mend("sg-json")
    assert [ask("", path).status_code for path in (LIST, "/sg/api/jobs", "/sg/rss.xml")] == [429, 200, 429]
    site.mend()
    assert {ask("", route.example).status_code for route in ROUTES if route.example} == {200}


def test_an_answer_under_a_fault_leaves_no_date_that_hides_it(ask: Ask, site: Site) -> None:
    good = ask("")
    site.fault("dg-json", "vanished-third")
    known = {"If-None-Match": good.headers["ETag"], "If-Modified-Since": good.headers["Last-Modified"]}
    struck = ask("", headers=known)
    assert struck.status_code == 200
    assert "Last-Modified" not in struck.headers
    site.mend()
    assert ask("", headers={"If-None-Match": good.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("kind", ["slow", "endless"])
def test_a_fault_ends_when_its_visitor_leaves(kind: str) -> None:
    with Site(World(jobs=3), measures=Measures(slow_seconds=3600, endless_bytes=2**40, endless_seconds=3600)) as site:
        with requests.Session() as session, suppress(requests.ReadTimeout):
            session.get(f"{site.address}/fault/{kind}{LIST}", timeout=0.05, stream=True).raw.read(1)
        until(lambda: site.connections == 0)


@pytest.mark.parametrize("kind", ["slow", "drip", "endless"])
def test_a_fault_ends_when_the_site_closes(kind: str) -> None:
    site = Site(World(jobs=3), measures=Measures(slow_seconds=3600, endless_bytes=2**40, endless_seconds=3600))
    ended: list[bool] = []

    def read() -> None:
        try:
            requests.get(f"{site.address}/fault/{kind}{LIST}", timeout=PATIENCE)
        except requests.RequestException:
            ended.append(True)

    with site:
        visitor = Thread(target=read)
        visitor.start()
        until(lambda: site.connections == 1)
    visitor.join(PATIENCE)
    assert ended == [True]
