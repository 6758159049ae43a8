"""The adapter of another exchange: its options, a page of changes, and a posting in the words of a row."""

import json
from datetime import date
from typing import Any

import pytest

from config.errors import ConfigurationError
from config.packaged import read_packaged
from config.secrets import MASK
from config.sources import AdapterKind, Source, parse_sources
from config.words import City
from exchange.models import Receipt
from exchange.schemas.peers import posting_digest
from ingest.adapters import adapter_of, check_sources
from ingest.adapters.contract import PullFault
from ingest.adapters.exchange_feed import Change, ExchangeFeed, headers_to
from ingest.adapters.exchange_words import in_words
from ingest.fields import Field, Row
from ingest.http import HttpClient
from ingest.normalise import Context, normalise_row
from ingest.peers_judging import judge
from tests.unit.scripted_site import Answer, ScriptedSite

TODAY = date(2026, 3, 12)


def source(address: str = "http://127.0.0.1:8001", **changes: Any) -> Source:
    options = {"exchange": "shaoguan", "token": "gs_secret", **changes.pop("options", {})}
    facts: dict[str, Any] = {"organisation": "440200", "address": address, "options": options, **changes}
    return Source(id="peer", name="韶关平台", city=City.SHAOGUAN, adapter=AdapterKind.EXCHANGE, **facts)


def posting(**changes: Any) -> dict[str, Any]:
    plain = {
        "id": "X1",
        "title": "普工",
        "employer": {"name": "翁源兴隆厂", "uscc": None},
        "description": "操作机台",
        "division": {"code": "440229", "name": "翁源县", "city": "shaoguan"},
        "direction": "sg-dg",
        "openings": 3,
        "salary": {
            "min": 5000,
            "max": 6500,
            "period": "month",
            "months": None,
            "negotiable": False,
            "text": "5000-6500元/月",
            "original": {"min": 5000, "max": 6500},
        },
        "education": "college",
        "experience": {"min": 1, "max": 3},
        "employment_type": "full_time",
        "occupation": {"code": None, "name": None},
        "industry": {"code": "C", "name": "制造业"},
        "benefits": ["包吃住", "社保"],
        "published_on": "2026-03-01",
        "valid_through": "2026-06-30",
        "valid_through_is_default": False,
        "last_confirmed_on": "2026-03-12",
        "status": "open",
        "source": {"id": "sg-upload", "name": "报送", "organisation": "440229", "url": None, "ref": "7"},
        "sources": [],
        "origin": {"exchange": "shaoguan", "id": "X1"},
    }
    return {**plain, **changes}


def read(plain: dict[str, Any]) -> Any:
    """What normalising makes of the words."""
    cells = {Field(name): text for name, text in in_words(plain, "http://peer").items()}
    reading = normalise_row(Row(None, 1, cells), Context(TODAY, City.SHAOGUAN, "440200"))
    assert [problem.code for problem in reading.problems] == []
    return reading


def test_a_posting_reads_as_it_was_written() -> None:
    reading = read(posting())
    content = reading.content
    assert reading.reference == "X1"
    assert (content.title, content.employer, content.division) == ("普工", "翁源兴隆厂", "440229")
    assert (content.openings, content.education, content.employment_type) == (3, "college", "full_time")
    assert (content.experience_min, content.experience_max) == (1, 3)
    assert (content.salary.min, content.salary.max, content.salary.text) == (5000, 6500, "5000-6500元/月")
    assert content.benefits == ("包吃住", "社保")
    assert content.valid_through == date(2026, 6, 30)
    assert content.url == "http://peer/postings/X1"


@pytest.mark.parametrize(
    ("text", "period", "bounds", "original"),
    [
        ("5-6", "month", (5000, 6000), (5000, 6000)),  # under 月薪（千元）
        ("20", "hour", (3480, 3480), (20, 20)),
        ("", "month", (5000, None), (5000, None)),
        ("", "month", (None, 3000), (None, 3000)),
        ("210", "day", (4568, 4568), (210, 210)),
        ("8", "year", (6667, 6667), (80000, 80000)),
    ],
)
def test_pay_whose_words_need_their_heading_is_said_in_full(
    text: str, period: str, bounds: tuple[int | None, ...], original: tuple[float | None, ...]
) -> None:
    salary = {
        **posting()["salary"],
        "text": text,
        "period": period,
        "min": bounds[0],
        "max": bounds[1],
        "original": {"min": original[0], "max": original[1]},
    }
    found = read(posting(salary=salary)).content.salary
    assert ((found.min, found.max), found.period) == (bounds, period)


@pytest.mark.parametrize(
    ("low", "high"), [(None, None), (3, None), (0, 2), (2, 5)], ids=["any", "from", "up to", "range"]
)
def test_years_come_back(low: int | None, high: int | None) -> None:
    content = read(posting(experience={"min": low, "max": high})).content
    assert (content.experience_min, content.experience_max) == (low, high)


def test_a_default_validity_is_left_to_the_receiver() -> None:
    assert "validity" not in in_words(posting(valid_through_is_default=True), "http://peer")


def test_the_digest_is_of_what_is_said_and_not_of_dates_that_move_by_themselves() -> None:
    same = posting(last_confirmed_on="2026-04-01", sources=[1], published_on=None, siblings=3)
    assert posting_digest(posting()) == posting_digest(same)
    default = posting(valid_through_is_default=True)
    assert posting_digest(default) == posting_digest({**default, "valid_through": "2026-12-31"})
    for change in ({"title": "焊工"}, {"openings": 4}, {"valid_through": "2026-07-01"}, {"benefits": []}):
        assert posting_digest(posting(**change)) != posting_digest(posting())


def test_the_digest_survives_the_wire() -> None:
    assert posting_digest(json.loads(json.dumps(posting()))) == posting_digest(posting())


def test_ours_that_comes_back_is_acknowledged_as_ours() -> None:
    judged = judge(Change(4, "X1", posting(origin={"exchange": "dongguan", "id": "D9"})), source(), "dongguan")
    assert (judged.receipt, judged.cells) == (Receipt.OWN, None)


@pytest.mark.parametrize(
    "origin",
    [{"exchange": "shenzhen", "id": "X1"}, {"exchange": "shaoguan", "id": "X2"}, None, "shaoguan"],
    ids=["a third exchange", "another id", "none", "no object"],
)
def test_what_was_passed_on_is_refused_with_a_reason(origin: Any) -> None:
    judged = judge(Change(4, "X1", posting(origin=origin)), source(), "dongguan")
    assert (judged.receipt, judged.cells) == (Receipt.REFUSED, None)
    assert judged.problems[0]["code"] == "origin.foreign"


@pytest.mark.parametrize(
    "change", [{"salary": None}, {"education": "wizard"}, {"division": "440229"}, {"title": 7}], ids=str
)
def test_one_unreadable_posting_is_refused_and_keeps_its_place(change: dict[str, Any]) -> None:
    judged = judge(Change(4, "X1", posting(**change)), source(), "dongguan")
    assert (judged.receipt, judged.problems[0]["code"]) == (Receipt.REFUSED, "posting.unreadable")
    received = judged.as_received("")
    assert (received.sequence, received.removed, len(received.digest)) == (4, False, 64)


def _page(items: list[dict[str, Any]], next_since: int = 9, more: bool = False) -> Answer:
    return Answer(json.dumps({"items": items, "next_since": next_since, "more": more}).encode())


def _changes(answer: Answer, since: int = 3) -> tuple[Any, ScriptedSite]:
    with ScriptedSite(answer) as site, HttpClient("test", timeout=5, retries=0) as client:
        return ExchangeFeed().changes(source(site.address), client, since), site


def test_a_page_of_changes() -> None:
    upsert = {"seq": 5, "at": "…", "kind": "upsert", "id": "X1", "posting": posting(), "new": "key"}
    page, site = _changes(_page([upsert, {"seq": 7, "at": "…", "kind": "remove", "id": "X2", "posting": None}]))
    assert [(c.sequence, c.id, c.is_removal) for c in page.changes] == [(5, "X1", False), (7, "X2", True)]
    assert (page.next_since, page.more) == (9, False)
    assert site.asked == [{"since": "3", "limit": "500"}]
    assert site.headers[0]["Authorization"] == "Bearer gs_secret"


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (Answer(status=401), "http.status", "令牌"),
        (Answer(status=400), "http.status", "guanshao peers --again"),
        (Answer(status=500), "http.status", "没有取到变更"),
        (Answer(b"{}"), "pull.unreadable", "读不懂"),
        (Answer(b"[1]"), "pull.unreadable", "读不懂"),
        (_page([{"seq": 0, "kind": "upsert", "id": "X", "posting": {}}]), "pull.unreadable", "读不懂"),
        (_page([], next_since=3, more=True), "pull.repeated_page", "没有往前走"),
        (_page([], next_since=2), "pull.repeated_page", "没有往前走"),
    ],
    ids=["401", "400", "500", "empty object", "list", "bad sequence", "stands still", "backwards"],
)
def test_a_feed_that_cannot_be_followed_says_why(answer: Answer, code: str, words: str) -> None:
    with pytest.raises(PullFault) as fault:
        _changes(answer)
    assert fault.value.code == code
    assert words in fault.value.message


def test_a_list_is_not_how_an_exchange_is_read() -> None:
    with HttpClient("test") as client, pytest.raises(PullFault, match="guanshao ingest peer"):
        list(adapter_of(source()).pull(source(), client))


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"counts": True}, "counts"),
        ({"full_list": True}, "full_list"),
        ({"mapping": {"id": "reference"}}, "mapping"),
        ({"options": {"size": 5}}, "options.size"),
        ({"options": {"page_size": 5000}}, "options.page_size"),
        ({"options": {"token": 5}}, "options.token"),
        ({"options": {"hosts": ["a.example"]}}, "options.hosts"),
        ({"options": {"exchange": "韶关"}}, "options.exchange"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_entry_is_named(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"sources.toml: peer: {key}: "):
        check_sources([source(**changes)])


def test_a_missing_option_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"options.token: 必须填写"):
        check_sources([Source(**{**_facts(source()), "options": {"exchange": "shaoguan"}})])


def _facts(given: Source) -> dict[str, Any]:
    return {name: getattr(given, name) for name in Source.__slots__}


def test_the_shipped_example_is_right() -> None:
    found = parse_sources(read_packaged("sources.toml"), "sources.toml")["example-peer"]
    check_sources([found])
    assert (found.adapter, found.address) == (AdapterKind.EXCHANGE, "http://127.0.0.1:8001")


def test_the_token_may_be_kept_in_a_file_and_is_never_shown() -> None:
    kept = source(options={"token": "{file:peer.token}"}, secrets={"peer.token": "gs_kept"})
    assert headers_to(kept) == {"Authorization": "Bearer gs_kept"}
    assert kept.options_shown["token"] == MASK
    assert "gs_kept" not in repr(kept)
