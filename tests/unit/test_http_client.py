"""HTTP with manners: what the client bears, how long it waits, and what it refuses."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from ingest.http import HttpClient, HttpFault
from tests.unit.scripted_site import Answer, ScriptedSite

WORD = "guanshao/0.1 (+mailto:office@example.org)"
GOOD = Answer(b'{"ok": true}')


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def client(waits: list[float]) -> Iterator[HttpClient]:
    with HttpClient(WORD, timeout=5, retries=2, max_bytes=10_000, sleep=waits.append, chance=lambda: 1.0) as client:
        yield client


def fault_of(client: HttpClient, *answers: Answer) -> HttpFault:
    with ScriptedSite(*answers) as site, pytest.raises(HttpFault) as caught:
        client.get_json(site.address)
    return caught.value


def test_it_names_itself_and_sends_the_parameters(client: HttpClient) -> None:
    with ScriptedSite(GOOD) as site:
        assert client.get_json(site.address, {"page": 3}, {"X-Token": "t"}) == {"ok": True}
    assert site.asked == [{"page": "3"}]
    assert site.headers[0]["User-Agent"] == WORD
    assert site.headers[0]["X-Token"] == "t"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_fault_is_tried_again_with_growing_waits(client: HttpClient, waits: list[float], status: int) -> None:
    with ScriptedSite(Answer(status=status), Answer(status=status), GOOD) as site:
        assert client.get_json(site.address) == {"ok": True}
    assert waits == [1.0, 2.0]


def test_jitter_shortens_the_wait_by_at_most_half() -> None:
    waits: list[float] = []
    with HttpClient(WORD, retries=1, sleep=waits.append, chance=lambda: 0.0) as client:
        assert fault_of(client, Answer(status=503)).status == 503
    assert waits == [0.5]


def test_it_gives_up_after_its_retries(client: HttpClient, waits: list[float]) -> None:
    fault = fault_of(client, Answer(status=500))
    assert (fault.code, fault.status, len(waits)) == ("http.status", 500, 2)


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_lasting_fault_is_not_tried_again(client: HttpClient, waits: list[float], status: int) -> None:
    assert fault_of(client, Answer(status=status)).status == status
    assert waits == []


def test_retry_after_in_seconds_is_honoured(client: HttpClient, waits: list[float]) -> None:
    with ScriptedSite(Answer(status=429, headers={"Retry-After": "7"}), GOOD) as site:
        client.get_json(site.address)
    assert waits == [7.0]


def test_retry_after_as_a_date_is_honoured(client: HttpClient, waits: list[float]) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    with ScriptedSite(Answer(status=503, headers={"Retry-After": moment}), GOOD) as site:
        client.get_json(site.address)
    assert 17 < waits[0] <= 20


@pytest.mark.parametrize("word", ["soon", "-5", ""])
def test_a_retry_after_that_says_nothing_is_ignored(client: HttpClient, waits: list[float], word: str) -> None:
    with ScriptedSite(Answer(status=503, headers={"Retry-After": word}), GOOD) as site:
        client.get_json(site.address)
    assert waits == [1.0]


def test_a_retry_after_of_an_hour_ends_the_try(client: HttpClient, waits: list[float]) -> None:
    fault = fault_of(client, Answer(status=429, headers={"Retry-After": "3600"}))
    assert (fault.retry_after, waits) == (3600.0, [])


def test_an_answer_cut_in_the_middle_is_fetched_again(client: HttpClient, waits: list[float]) -> None:
    with ScriptedSite(Answer(b'{"ok": t', said_length=12), GOOD) as site:
        assert client.get_json(site.address) == {"ok": True}
    assert len(waits) == 1


def test_an_answer_always_cut_is_a_fault(client: HttpClient) -> None:
    assert fault_of(client, Answer(b'{"ok": true}', said_length=99)).code == "http.unreachable"


def test_nobody_there_is_a_fault_after_retries(client: HttpClient, waits: list[float]) -> None:
    with ScriptedSite(GOOD) as site:
        address = site.address
    with pytest.raises(HttpFault) as caught:
        client.get_json(address)
    assert (caught.value.code, len(waits)) == ("http.unreachable", 2)


@pytest.mark.parametrize("body", [b"<html>502</html>", b"", b"\xff\xfe\x00", b"[" * 5_000, b'{"a": '])
def test_what_is_not_json_is_a_fault(client: HttpClient, body: bytes) -> None:
    assert fault_of(client, Answer(body)).code == "http.not_json"


def test_an_answer_too_large_is_cut_off(client: HttpClient) -> None:
    assert fault_of(client, Answer(b'"' + b"a" * 10_001 + b'"')).code == "http.too_large"


def test_the_limit_holds_for_the_unpacked_answer(client: HttpClient) -> None:
    packed = Answer(gzip.compress(b'"' + b"a" * 5_000_000 + b'"'), headers={"Content-Encoding": "gzip"})
    assert len(packed.body) < 10_000
    assert fault_of(client, packed).code == "http.too_large"


def test_a_packed_answer_is_unpacked(client: HttpClient) -> None:
    with ScriptedSite(Answer(gzip.compress(GOOD.body), headers={"Content-Encoding": "gzip"})) as site:
        assert client.get_json(site.address) == {"ok": True}


def test_a_body_that_is_not_packed_as_it_says_is_a_fault(client: HttpClient) -> None:
    assert fault_of(client, Answer(b"no gzip", headers={"Content-Encoding": "gzip"})).code == "http.unreachable"


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:9/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "http://[::ffff:192.168.1.1]/",
        "http://localhost/",
    ],
)
def test_a_redirect_into_the_inner_network_is_refused(client: HttpClient, place: str) -> None:
    assert fault_of(client, Answer(status=302, headers={"Location": place})).code == "http.redirect_refused"


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://example.org/", "javascript:1", "http://[broken/"])
def test_a_redirect_to_something_else_than_the_web_is_refused(place: str) -> None:
    with HttpClient(WORD, allow_private=True) as client:
        assert fault_of(client, Answer(status=302, headers={"Location": place})).code == "http.redirect_refused"


def test_a_redirect_is_followed_where_private_is_allowed_and_leaves_the_token_behind() -> None:
    with HttpClient(WORD, allow_private=True) as client, ScriptedSite(GOOD) as goal:
        with ScriptedSite(Answer(status=302, headers={"Location": goal.address})) as site:
            assert client.get_json(site.address, {"page": 1}, {"X-Token": "t"}) == {"ok": True}
        assert "X-Token" not in goal.headers[0]


def test_a_circle_of_redirects_ends() -> None:
    with HttpClient(WORD, allow_private=True) as client:
        fault = fault_of(client, Answer(status=301, headers={"Location": "/again"}))
    assert fault.code == "http.too_many_redirects"


def test_an_answer_that_drips_is_given_up() -> None:
    with HttpClient(WORD, total_timeout=-1.0, retries=0) as client:
        assert fault_of(client, GOOD).code == "http.timeout"


@pytest.mark.parametrize("answer", [Answer(status=404), Answer(b"<html>"), Answer(b"{", said_length=9)])
def test_no_message_repeats_a_key_of_the_parameters(client: HttpClient, answer: Answer) -> None:
    with ScriptedSite(answer) as site, pytest.raises(HttpFault) as caught:
        client.get_json(site.address, {"key": "geheim"})
    assert site.address in caught.value.message
    assert "geheim" not in caught.value.message


def test_an_address_that_is_none_is_a_fault(client: HttpClient) -> None:
    for address in ("http://[broken/", "jobs.example.org", "http://"):
        with pytest.raises(HttpFault) as caught:
            client.get_json(address)
        assert caught.value.code == "http.unusable"


def test_what_is_posted_arrives_as_json_with_its_headers(client: HttpClient) -> None:
    with ScriptedSite(GOOD) as site:
        assert client.post_json(site.address, {"词": [1]}, {"X-Token": "t"}) == {"ok": True}
    assert [json.loads(body) for body in site.posted] == [{"词": [1]}]
    sent = site.headers[0]
    assert (sent["Content-Type"], sent["X-Token"], sent["User-Agent"]) == ("application/json", "t", WORD)


def _refused_post(client: HttpClient, answer: Answer) -> tuple[HttpFault, ScriptedSite]:
    with ScriptedSite(answer, GOOD) as site, pytest.raises(HttpFault) as caught:
        client.post_json(site.address, {})
    return caught.value, site


def test_a_post_goes_out_once_whatever_comes_back(client: HttpClient, waits: list[float]) -> None:
    fault, site = _refused_post(client, Answer(status=503))
    assert (fault.code, fault.status, len(site.posted), waits) == ("http.status", 503, 1, [])
    assert _refused_post(client, Answer(b"<html>"))[0].code == "http.not_json"


def test_a_post_follows_no_redirect_with_what_it_carries() -> None:
    with HttpClient(WORD, allow_private=True) as client, ScriptedSite(GOOD) as goal:
        fault, _ = _refused_post(client, Answer(status=307, headers={"Location": goal.address}))
    assert (fault.code, goal.posted, goal.asked) == ("http.redirect_refused", [], [])


def test_a_post_into_the_inner_network_needs_the_same_leave() -> None:
    with HttpClient(WORD, trusted=["example.org:443"]) as client:
        fault, site = _refused_post(client, GOOD)
    assert (fault.code, site.posted) == ("http.redirect_refused", [])


def test_the_limits_hold_for_the_answer_to_a_post() -> None:
    with HttpClient(WORD, max_bytes=4) as client:
        assert _refused_post(client, GOOD)[0].code == "http.too_large"


def test_what_a_program_says_with_an_error_is_kept(client: HttpClient) -> None:
    said = Answer(b'{"error": 1}', status=400, headers={"Content-Type": "application/json"})
    assert _refused_post(client, said)[0].body == said.body
