"""robots.txt as sites mean it: the longest rule wins, wildcards, our own name before everybody's."""

import pytest

from ingest.http.robots import product_of, robots_address, rules_of

AGENT = "guanshao-job-exchange/0.1 (mailto:office@example.org)"
TEXT = """
User-agent: *
Disallow: /

User-agent: Guanshao-Job-Exchange
Crawl-delay: 2.5
Disallow: /private
Allow: /private/jobs
Disallow: /*.xlsx$
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/jobs", True),
        ("/private", False),
        ("/private/jobs?page=2", True),
        ("/files/a.xlsx", False),
        ("/files/a.xlsx?page=2", True),
    ],
)
def test_our_own_rules_count(path: str, allowed: bool) -> None:
    rules = rules_of(200, TEXT, AGENT)
    assert rules.allows(f"http://example.org{path}") is allowed
    assert rules.delay == 2.5


def test_others_fall_under_the_rules_for_all() -> None:
    rules = rules_of(200, TEXT, "other-agent/1.0")
    assert not rules.allows("http://example.org/jobs")
    assert rules.delay is None


@pytest.mark.parametrize("text", ["", "<html>no</html>", "\ufffd\ufffd", "Disallow /", "User-agent: *\nDisallow:"])
def test_a_text_without_rules_forbids_nothing(text: str) -> None:
    assert rules_of(200, text, AGENT).allows("http://example.org/jobs")


def test_no_robots_txt_forbids_nothing() -> None:
    assert rules_of(404, TEXT, AGENT).allows("http://example.org/private")


def test_we_go_by_the_product_of_the_user_agent() -> None:
    assert product_of(AGENT) == "guanshao-job-exchange"
    assert product_of("plain") == "plain"


def test_it_stands_at_the_root_of_the_host() -> None:
    assert robots_address("http://me:word@example.org:8080/a/b?c=d") == "http://example.org:8080/robots.txt"
