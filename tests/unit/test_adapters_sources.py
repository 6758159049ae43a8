"""sources.toml: what ships, and how a wrong entry is named in one line."""

import pytest

from config.errors import ConfigurationError
from config.packaged import read_packaged
from config.sources import AdapterKind, Source, parse_sources
from config.words import City
from ingest.adapters import check_sources

GOOD = """
[[source]]
id = "hz"
name = "某接口"
city = "dongguan"
organisation = "441900119"
adapter = "json_pages"
address = "https://jobs.example.org/api"
schedule = "15 2 * * *"
full_list = true
counts = true
[source.options]
items = "rows"
[source.mapping]
"job.name" = "title"
"""


@pytest.fixture
def shipped() -> dict[str, Source]:
    return parse_sources(read_packaged("sources.toml"), "sources.toml")


def test_the_shipped_sources_are_those_of_the_contract(shipped: dict[str, Source]) -> None:
    check_sources(shipped.values())
    used = [source for source in shipped.values() if source.enabled]
    assert [source.id for source in used] == ["dg-upload", "sg-upload", "dg-feed", "sg-feed"]
    assert [source.demonstration for source in used] == [False, False, True, True]
    assert [source.full_list for source in used] == [False, False, True, True]
    assert all(source.counts for source in used)
    assert shipped["dg-upload"].organisation == "441900"
    assert shipped["sg-upload"].city is City.SHAOGUAN


def test_an_example_of_each_adapter_ships_switched_off_and_stays_on_this_machine(shipped: dict[str, Source]) -> None:
    examples = [source for source in shipped.values() if source.id.startswith("example-")]
    assert {source.adapter for source in examples} == {kind for kind in AdapterKind if kind.pulls}
    for source in examples:
        assert not (source.enabled or source.is_active or source.counts)
        place = "http://127.0.0.1:8001" if source.adapter is AdapterKind.EXCHANGE else "http://127.0.0.1:8790/"
        assert source.address.startswith(place)


def test_the_port_of_the_demonstration_site_is_filled_in(shipped: dict[str, Source]) -> None:
    assert shipped["dg-feed"].with_port(8791).address == "http://127.0.0.1:8791/dongguan/jobs"
    assert shipped["dg-upload"].with_port(8791) == shipped["dg-upload"]


def test_a_new_source_needs_configuration_only() -> None:
    source = parse_sources(GOOD, "sources.toml")["hz"]
    check_sources([source])
    assert (source.adapter, source.is_pulled, source.full_list) == (AdapterKind.JSON_PAGES, True, True)
    assert source.mapping == {"job.name": "title"}


def test_no_source_at_all_is_allowed() -> None:
    assert parse_sources("", "sources.toml") == {}


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('city = "dongguan"', 'city = "shenzhen"', "hz: city"),
        ('city = "dongguan"', "", "hz: city"),
        ('city = "dongguan"', 'city = "shaoguan"', "hz: organisation"),
        ('"json_pages"', '"xml"', "hz: adapter.*json_pages"),
        ('"441900119"', '""', "hz: organisation"),
        ('organisation = "441900119"', "", "hz: organisation"),
        ('"441900119"', '"441900999"', "hz: organisation"),
        ('"441900119"', '"长安"', "hz: organisation"),
        ('"441900119"', "441900119", "hz: organisation"),
        ('"15 2 * * *"', '"每天两点"', "hz: schedule"),
        ('"15 2 * * *"', '"61 2 * * *"', "hz: schedule"),
        ('"15 2 * * *"', '"15 2 * *"', "hz: schedule"),
        ("counts = true", 'counts = "yes"', "hz: counts"),
        ("counts = true", "count = true", "hz: count"),
        ("full_list = true", "full_list = 1", "hz: full_list"),
        ('"https://jobs.example.org/api"', '"jobs.example.org"', "hz: address"),
        ('"https://jobs.example.org/api"', '"ftp://jobs.example.org"', "hz: address"),
        ('"https://jobs.example.org/api"', '"http://[broken"', "hz: address"),
        ('"https://jobs.example.org/api"', '""', "hz: address"),
        ('"https://jobs.example.org/api"', '"http://127.0.0.1:{demonstration_port}/"', "hz: address.*demonstration"),
        ('id = "hz"', 'id = "HZ 1"', "HZ 1: id"),
        ('id = "hz"', "", "第 1 个来源: id"),
        ('name = "某接口"', 'name = ""', "hz: name"),
        ('"job.name" = "title"', 'job.name = "title"', r"hz: mapping\.job"),
        ("[source.mapping]", "[source.policy]\npause_seconds = -1\n[source.mapping]", r"hz: policy\.pause_seconds"),
        ("full_list = true", 'enabled = "no"', "hz: enabled"),
        ("full_list = true", "secrets = {a = 'b'}", "hz: secrets"),
        ("[source.mapping]", "[source.policy]\npause_seconds = true\n[source.mapping]", r"hz: policy\.pause_seconds"),
        ("[source.mapping]", "[source.policy]\nrobots = 'no'\n[source.mapping]", r"hz: policy\.robots"),
        ("[source.mapping]", "[source.policy]\nrobots = false\n[source.mapping]", r"hz: policy\.robots.*permission"),
        ("[source.mapping]", "[source.policy]\nallow_private = 1\n[source.mapping]", r"hz: policy\.allow_private"),
        (
            "[source.mapping]",
            "[source.policy]\ndetail_failure_share = 1.5\n[source.mapping]",
            r"hz: policy\.detail_failure_share",
        ),
        ("[source.mapping]", "[source.policy]\npause = 1\n[source.mapping]", r"hz: policy\.pause"),
        ("[source.mapping]", "[source.policy]\npermission = 1\n[source.mapping]", r"hz: policy\.permission"),
        ("[[source]]", "[source]", "source"),
        ("[[source]]", "[[sources]]", "sources"),
        ("[[source]]", "[[source]", "TOML"),
        ('adapter = "json_pages"', 'adapter = "file"', "hz: address"),
    ],
)
def test_a_wrong_entry_is_named_in_one_line(old: str, new: str, named: str) -> None:
    assert old in GOOD
    text = GOOD.replace("source.", "sources.") if new == "[[sources]]" else GOOD
    with pytest.raises(ConfigurationError, match=rf"my/sources\.toml.*{named}") as caught:
        parse_sources(text.replace(old, new, 1), "my/sources.toml")
    assert "\n" not in str(caught.value)


def test_an_id_is_given_once() -> None:
    with pytest.raises(ConfigurationError, match="hz: id"):
        parse_sources(GOOD + GOOD, "sources.toml")


def test_an_upload_source_cannot_be_switched_off() -> None:
    upload = GOOD[: GOOD.index("adapter")] + 'adapter = "file"\nenabled = false\n'
    with pytest.raises(ConfigurationError, match="hz: enabled"):
        parse_sources(upload, "sources.toml")


def test_a_policy_may_say_all_it_knows() -> None:
    policy = "[source.policy]\npause_seconds = 0.5\nrobots = false\nallow_private = true\ndetail_failure_share = 0.1\n"
    source = parse_sources(GOOD + policy + 'permission = "协议"\n', "sources.toml")["hz"]
    assert source.policy["robots"] is False
