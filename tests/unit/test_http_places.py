"""Where a request may go: what a site names must be public, when it is looked up and when it is connected to."""

import socket
from typing import Any

import pytest

from ingest.http import HttpClient, HttpFault
from ingest.http.answers import host_of, masked, request_of
from ingest.http.places import is_public
from tests.unit.scripted_site import Answer, ScriptedSite


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.20.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::"],
)  # fmt: skip
def test_an_inner_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["114.114.114.114", "2400:3200::1"])
def test_an_address_of_the_world_is_public(address: str) -> None:
    assert is_public(address)


@pytest.fixture
def lying_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """lying.example is public whenever it is looked at, and this machine whenever it is connected to."""
    real = socket.getaddrinfo

    def lookup(host: Any, port: Any, *more: Any, **rest: Any) -> Any:
        if host == "lying.example":
            return real("114.114.114.114" if port is None else "127.0.0.1", port, *more, **rest)
        return real(host, port, *more, **rest)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


def refusal(client: HttpClient, url: str) -> str:
    with pytest.raises(HttpFault) as caught:
        client.fetch(url)
    return caught.value.code


@pytest.mark.usefixtures("lying_names")
def test_a_name_that_changes_its_mind_is_caught_when_connected() -> None:
    with ScriptedSite(Answer()) as site:
        port = site.server.server_address[1]
        with HttpClient("test", trusted=["example.org:80"]) as client:
            assert refusal(client, f"http://lying.example:{port}/jobs") == "http.redirect_refused"
        assert site.asked == []
        with HttpClient("test", trusted=["example.org:80"], allow_private=True) as client:
            assert client.fetch(f"http://lying.example:{port}/jobs").body == b"{}"


@pytest.mark.usefixtures("lying_names")
def test_a_redirect_to_such_a_name_is_caught_too() -> None:
    with ScriptedSite(Answer()) as goal:
        place = f"http://lying.example:{goal.server.server_address[1]}/"
        with ScriptedSite(Answer(status=302, headers={"Location": place})) as site, HttpClient("test") as client:
            assert refusal(client, site.address) == "http.redirect_refused"
        assert goal.asked == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/"])
def test_a_link_found_in_a_page_must_be_public(url: str) -> None:
    with HttpClient("test", trusted=["example.org:443"]) as client:
        assert refusal(client, url) == "http.redirect_refused"


@pytest.mark.parametrize("url", ["mailto:office@example.org", "javascript:void(0)", "file:///etc/passwd", "tel:110"])
def test_a_link_to_something_else_than_the_web_is_refused(url: str) -> None:
    with HttpClient("test", trusted=["example.org:443"], retries=0) as client:
        assert refusal(client, url) in {"http.redirect_refused", "http.unusable"}


def test_a_redirect_to_the_same_host_is_followed() -> None:
    moved = Answer(status=302, headers={"Location": "/jobs?page=2"})
    with ScriptedSite(moved, Answer(b"two")) as site, HttpClient("test") as client:
        answer = client.fetch(site.address, {"page": 1}, {"X-Token": "t"})
    assert (answer.body, answer.url) == (b"two", f"{site.address}?page=2")
    assert site.headers[1]["X-Token"] == "t"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.org/a", "example.org:443"),
        ("http://example.org/", "example.org:80"),
        ("http://user:word@example.org:8080/", "example.org:8080"),
        ("http://[::1]:90/", "::1:90"),
    ],
)
def test_a_host_is_a_name_and_a_port(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://a.cn/j?page=1&size=2", "http://a.cn/j?page=1&size=2"),
        ("http://a.cn/j?page=1&key=abc", "http://a.cn/j?page=1&key=***"),
        ("http://a.cn/j?App_Key=abc&x=", "http://a.cn/j?App_Key=***&x="),
        ("http://a.cn/j?access-token=%E4%B8%AD", "http://a.cn/j?access-token=***"),
        ("http://me:word@a.cn/j#top", "http://a.cn/j"),
        ("http://a.cn/j?keyword=%E6%99%AE%E5%B7%A5", "http://a.cn/j?keyword=%E6%99%AE%E5%B7%A5"),
    ],
)
def test_secrets_are_masked_and_nothing_else(url: str, shown: str) -> None:
    assert masked(url) == shown


def test_the_same_request_has_the_same_key() -> None:
    one, same = request_of("http://a.cn/j", {"page": 1}), request_of("http://a.cn/j?page=1")
    assert one.key == same.key
    assert one.key != request_of("http://a.cn/j", {"page": 2}).key
