"""/admin/sources: how each source is doing, said truly; orders that the worker follows; drops that a person decides."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import select

from config.words import BatchState, Status
from exchange.clock import iso
from exchange.locks import pulling
from exchange.models import Posting
from exchange.store.facts import set_fact
from exchange.store.hosts import BreakerRules, note_answer, note_fault
from exchange.store.overview import HEARTBEAT
from exchange.store.parked import waiting_drops
from exchange.store.pulls import begin_run
from exchange.store.sources import follow_plans, plans
from ingest.due import due_pulls
from ingest.pull_threads import pull_quietly
from ingest.scheduler import handle_batches
from tests.flow.test_flow_pulling import Listing, listed
from tests.unit.scripted_site import Answer, ScriptedSite
from tests.web.page_client import Page
from tests.web.staff import Browser, Office, open_office

SOURCES = "".join(
    f"""
[[source]]
id = "{id}"
name = "{name}"
city = "dongguan"
organisation = "441900"
adapter = "json_pages"
address = "{{address}}"
schedule = "0 3 * * *"
full_list = true
counts = true
[source.options]
items = "list"
total = "total"
[source.mapping]
id = "reference"
job = "title"
"""
    for id, name in (("market", "人才市场接口"), ("school", "职校接口"), ("old", "旧接口"))
).replace('id = "old"', 'id = "old"\nenabled = false')
ROW = "tbody.one"


@dataclass
class Place:
    office: Office
    site: ScriptedSite

    def pull(self, listing: Listing, *answers: Answer, source: str = "market") -> None:
        body = json.dumps({"list": listing, "total": len(listing)}).encode()
        self.site.answers = list(answers) or [Answer(body)]
        exchange = self.office.exchange
        pull_quietly(exchange, exchange.configuration.sources[source])
        self.office.clock.move(hours=24)

    def park(self, listing: Listing) -> str:
        """The address of the page that shows what was parked."""
        self.pull(listed(*range(30)))
        self.pull(listing)
        with self.office.exchange.store.read() as session:
            (drop,) = waiting_drops(session)
        return f"/admin/sources/market/drops/{drop.batch_id}"

    def beat(self) -> None:
        set_fact(self.office.exchange.store, HEARTBEAT, iso(self.office.clock()))

    def statuses(self) -> list[str]:
        with self.office.exchange.store.read() as session:
            return sorted(session.exec(select(Posting.status)))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with ScriptedSite(Answer()) as site:
        folder = tmp_path / "var"
        (folder / "config").mkdir(parents=True)
        (folder / "config" / "sources.toml").write_text(SOURCES.format(address=site.address), encoding="utf-8")
        office = open_office(folder)
        follow_plans(office.exchange.store, ["market", "school"])
        yield Place(office, site)
        office.exchange.store.close()


def row(page: Page, source: str) -> str:
    (found,) = [" ".join(node.text(separator=" ").split()) for node in page.all(ROW) if source in node.text()]
    return found


def figures(page: Page, source: str) -> list[str]:
    (found,) = [node for node in page.all(ROW) if source in node.text()]
    return [cell.text().strip() for cell in found.css("td.figure")]


@pytest.mark.parametrize(
    ("name", "status"), [("", 302), ("changan", 403), ("dongguan", 403), ("pair", 403), ("office", 200), ("admin", 200)]
)
def test_the_office_may_look_and_administrators_may_order(place: Place, name: str, status: int) -> None:
    browser = place.office.browser(name)
    place.beat()
    for path in ("/admin/sources", "/admin/sources/market"):
        assert browser.client.get(path).status_code == status
    ordered = 303 if name == "admin" else 403 if name else 302
    for order in ("run", "pause", "resume"):
        assert browser.send(f"/admin/sources/market/{order}").status_code == ordered
    assert (b"action=" in browser.client.get("/admin/sources").data and name == "admin") == (name == "admin")


def test_a_forged_order_is_refused(place: Place) -> None:
    browser = place.office.browser("admin")
    assert browser.client.post("/admin/sources/market/pause", data={}).status_code == 400
    with place.office.exchange.store.read() as session:
        assert plans(session)["market"].paused_at is None


def test_a_row_tells_the_last_run_and_the_next(place: Place) -> None:
    assert "还没抓过" in row(place.office.browser("office").get("/admin/sources"), "market")
    place.pull(listed(*range(12)))
    place.pull([*listed(*range(11)), {**listed(13)[0], "薪资": "见附件"}])
    browser = place.office.browser("office")
    page = browser.get("/admin/sources")
    assert figures(page, "market") == ["0", "0", "1", "1"]  # new, changed, closed, refused
    assert "过点未抓" in row(page, "market")  # the next time has passed: nobody pulls
    assert "3月13日（周五）10:00" in row(page, "market")
    assert len(page.all(f"{ROW} rect.piece-created")) == 1
    assert len(page.all(f"{ROW} rect.piece-rejected")) == 1


def test_a_fault_is_told_in_words_and_marked_on_its_day(place: Place) -> None:
    place.pull(listed(*range(3)))
    place.pull([], Answer(b"<html>"))
    browser = place.office.browser("office")
    page = browser.get("/admin/sources")
    assert "上次失败" in row(page, "market")
    assert "人才市场接口" in page.one(f"{ROW} .fault").text()
    assert len(page.all("rect.failed-day")) == 2  # the day, and the legend
    one = browser.get("/admin/sources/market")
    assert len(one.all("#faults ~ ul li")) == 1
    assert one.texts("table.runs tbody td:nth-child(2)") == ["失败", "完成"]


def test_a_process_that_died_is_told_as_broken_off(place: Place) -> None:
    exchange = place.office.exchange
    browser = place.office.browser("office")
    with exchange.lock(pulling("market"), 0):
        begin_run(exchange.store, "market", "worker")
        assert "正在抓取" in row(browser.get("/admin/sources"), "market")
    assert "中途停了" in browser.get("/admin/sources").one(f"{ROW} .fault").text()
    assert browser.get("/admin/sources/market").texts("table.runs tbody td:nth-child(2)") == ["中途停了"]


def test_run_now_is_queued_while_the_worker_lives(place: Place) -> None:
    browser = place.office.browser("admin")
    browser.send("/admin/sources/market/run")
    page = browser.get("/admin/sources")
    assert "没有排队" in page.one("p.notice.bad[role=status]").text()
    assert due_pulls(place.office.exchange) == []
    place.beat()
    browser.send("/admin/sources/market/run")
    page = browser.get("/admin/sources")
    assert "已排队" in row(page, "market")
    assert [(due.source.id, due.actor) for due in due_pulls(place.office.exchange)] == [("market", "admin")]


def test_a_source_is_paused_and_resumed(place: Place) -> None:
    browser = place.office.browser("admin")
    browser.send("/admin/sources/market/pause")
    assert "已暂停" in row(browser.get("/admin/sources"), "market")
    assert "admin" in browser.get("/admin/sources/market").one("dl.summary").text()
    place.office.clock.move(days=3)
    assert [due.source.id for due in due_pulls(place.office.exchange)] == ["school"]
    browser = place.office.browser("admin")
    browser.send("/admin/sources/market/resume")
    assert "已暂停" not in row(browser.get("/admin/sources"), "market")


def test_a_field_that_suddenly_lacks_is_flagged(place: Place) -> None:
    for _ in range(3):
        place.pull(listed(*range(20)))
    lacking = [{**item, "薪资": ""} for item in listed(*range(12))]
    place.pull([*lacking, *listed(*range(12, 20))])
    browser = place.office.browser("office")
    assert "薪资待遇 缺失 60 %，上周 0 %" in row(browser.get("/admin/sources"), "market")
    page = browser.get("/admin/sources/market")
    assert page.texts("tr.moved") == ["薪资待遇 变化大 60 % 0 %"]
    assert page.texts("#problems ~ ul li")[0].startswith("没有薪资")


def test_a_source_that_is_switched_off_is_named_and_not_ordered(place: Place) -> None:
    place.beat()
    admin = place.office.browser("admin")
    page = admin.get("/admin/sources")
    assert not [node for node in page.all(ROW) if "旧接口" in node.text()]
    assert not admin.get(page.link("旧接口")).all("form[action$=run]")
    assert "已停用，没有排队" in admin.get(admin.send("/admin/sources/old/run").headers["Location"]).text
    assert due_pulls(place.office.exchange) == []


def test_a_host_that_is_left_alone_is_told_with_its_time(place: Place) -> None:
    for _ in range(2):
        place.pull([], Answer(status=503, headers={"Retry-After": "90000"}))
    rules = BreakerRules(faults=1, seconds=3600)
    exchange = place.office.exchange
    note_fault(exchange.store, exchange.configuration.sources["market"].host, "503", rules)
    told = row(place.office.browser("office").get("/admin/sources"), "market")
    assert "已熔断" in told
    place.office.clock.move(hours=2)
    note_answer(exchange.store, exchange.configuration.sources["market"].host)
    assert "已熔断" not in row(place.office.browser("office").get("/admin/sources"), "market")


def test_a_source_that_is_not_pulled_has_no_page(place: Place) -> None:
    browser = place.office.browser("admin")
    browser.get("/admin/sources/nobody", 404)
    assert browser.send("/admin/sources/nobody/run").status_code == 404


def test_parked_closures_are_a_red_row_and_end_when_approved(place: Place) -> None:
    address = place.park(listed(*range(18)))
    browser = place.office.browser("office")
    page = browser.get("/admin/sources")
    assert "等人决定" in row(page, "market")
    assert page.one("tr.drop a").attributes["href"] == address
    shown = browser.get(address)
    assert len(shown.all("#closing ~ .scroll tbody tr")) == 12
    assert "结束这 12" in shown.one("button.danger").text()
    done = browser.send(f"{address}/approve", words="来源网页上确实没有了")
    assert (done.status_code, done.headers["Location"]) == (303, address)
    assert place.statuses() == [Status.CLOSED] * 12 + [Status.OPEN] * 18
    told = browser.get(address)
    assert "来源网页上确实没有了" in told.one("p.notice:not([role])").text()
    assert not told.all("form.decide-drop")
    assert not browser.get("/admin/sources").all("tr.drop")


def test_the_second_of_two_people_is_told_and_changes_nothing(place: Place) -> None:
    address = place.park(listed(*range(18)))
    place.office.browser("office").send(f"{address}/refuse")
    late = place.office.browser("admin")
    late.send(f"{address}/approve")
    assert "没有保存：office" in late.get(address).one("p.notice.bad").text()
    assert place.statuses() == [Status.OPEN] * 30


@pytest.mark.parametrize("name", ["changan", "dongguan", "pair"])
def test_a_drop_is_decided_by_the_office_only(place: Place, name: str) -> None:
    address = place.park(listed(*range(18)))
    browser = place.office.browser(name)
    browser.get(address, 403)
    for decision in ("approve", "refuse"):
        assert browser.send(f"{address}/{decision}").status_code == 403
    assert place.statuses() == [Status.OPEN] * 30


def test_a_renumbered_run_shows_which_is_which_and_is_published_when_approved(place: Place) -> None:
    renumbered = listed(*range(2, 32), prefix="S")
    renumbered[0]["薪资"] = "6000-7000"
    address = place.park(renumbered)
    browser = place.office.browser("office")
    shown = browser.get(address)
    pairs = shown.texts("#pairs ~ .scroll tbody tr")
    assert len(pairs) == 28
    assert pairs[0] == "丙班普工 东莞市华盛电子有限公司 R2 S2 单位、岗位、地点相同，别处有改动"
    assert shown.texts("#closing ~ .scroll tbody th") != []
    assert sorted(shown.texts("#closing ~ .scroll tbody th")) == sorted(["甲班普工", "乙班普工"])
    assert len(shown.all("#new ~ .scroll tbody tr")) == 2
    browser.send(f"{address}/approve")
    assert "等后台发布" in browser.get(address).text
    handle_batches(place.office.exchange)
    assert "已经发布" in browser.get(address).text
    assert place.statuses() == [Status.CLOSED] * 2 + [Status.OPEN] * 30


def test_a_parked_run_is_neither_confirmed_nor_discarded_as_a_batch(place: Place) -> None:
    address = place.park(listed(*range(30), prefix="S"))
    batch = address.rsplit("/", 1)[1]
    browser: Browser = place.office.browser("admin")
    page = browser.get(f"/bureau/batches/{batch}")
    assert page.link("查看差异") == address
    assert not page.all("form[action$='/confirm']")
    for decision in ("confirm", "discard"):
        assert browser.send(f"/bureau/batches/{batch}/{decision}").status_code == 409
    clerk = place.office.browser("dongguan").get(f"/bureau/batches/{batch}")
    assert "由指挥部办公室或管理员决定" in clerk.text
    progress = browser.client.get(f"/bureau/batches/{batch}/progress.json").get_json()
    assert progress["state"] == BatchState.STAGED


def test_a_drop_of_another_source_or_none_is_not_found(place: Place) -> None:
    address = place.park(listed(*range(18)))
    browser = place.office.browser("office")
    browser.get(address.replace("market", "school"), 404)
    browser.get("/admin/sources/market/drops/NOBODY", 404)
