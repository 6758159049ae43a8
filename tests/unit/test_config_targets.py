"""Clusters and commitments: what ships covers both cities and the plan; faults name file, record and key."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from config.divisions import all_divisions
from config.errors import ConfigurationError
from config.packaged import read_packaged
from config.targets import Cluster, Commitment, Pace, parse_clusters, parse_commitments
from config.words import City, Direction

CLUSTER = """
since = 2022-01-01
[[cluster]]
code = "c01"
name = "翁源组团"
county = "440229"
towns = ["441900119"]
"""
COMMITMENT = """
[[commitment]]
code = "postings-dg-sg"
name = "东莞向韶关提供岗位信息"
direction = "dg-sg"
unit = "postings"
goals = { 2026 = 10000 }
"""
MONTHS = "[4, 2, 16, 10, 9, 9, 9, 9, 9, 9, 8, 6]"


def shipped_clusters() -> tuple[Cluster, ...]:
    return parse_clusters(read_packaged("clusters.toml"), "clusters.toml")


def shipped_commitments() -> dict[tuple[str, int], Commitment]:
    found = parse_commitments(read_packaged("commitments.toml"), "commitments.toml")
    return {(commitment.code, commitment.year): commitment for commitment in found}


def test_there_are_ten_clusters_one_for_each_county_of_shaoguan() -> None:
    counties = {d.code for d in all_divisions() if d.city is City.SHAOGUAN and d.kind == "county"}
    assert len(shipped_clusters()) == 10
    assert {cluster.county for cluster in shipped_clusters()} == counties


def test_every_town_of_dongguan_is_in_exactly_one_cluster() -> None:
    towns = [d.code for d in all_divisions() if d.city is City.DONGGUAN and d.kind == "town"]
    assert len(towns) == 33
    assert sorted(town for cluster in shipped_clusters() for town in cluster.towns) == sorted(towns)


def test_changan_is_paired_with_wengyuan_since_the_plan_began() -> None:
    (wengyuan,) = (cluster for cluster in shipped_clusters() if cluster.county == "440229")
    assert "441900119" in wengyuan.towns
    assert wengyuan.since == date(2022, 1, 1)


@pytest.mark.parametrize(
    ("code", "direction", "goal"),
    [("postings-dg-sg", Direction.DG_SG, 10000), ("postings-sg-dg", Direction.SG_DG, 5000)],
)
def test_the_goals_are_those_of_the_plan(code: str, direction: Direction, goal: int) -> None:
    for year in range(2022, 2028):
        commitment = shipped_commitments()[code, year]
        assert (commitment.direction, commitment.goal, commitment.unit) == (direction, goal, "postings")
        assert commitment.assumed is (year > 2024)
        assert not commitment.count_carried


def test_an_even_pace_follows_the_days_of_the_year() -> None:
    commitment = shipped_commitments()["postings-dg-sg", 2026]
    assert commitment.expected_by(date(2025, 12, 31)) == 0
    assert commitment.expected_by(date(2026, 1, 1)) == 27
    assert commitment.expected_by(date(2026, 7, 2)) == 5014
    assert commitment.expected_by(date(2026, 12, 31)) == commitment.expected_by(date(2027, 3, 1)) == 10000


def test_monthly_shares_expect_little_around_the_spring_festival() -> None:
    (commitment,) = parse_commitments(COMMITMENT.replace("goals", f"pace = {MONTHS}\ngoals"), "c.toml")
    assert commitment.pace is Pace.MONTHLY
    assert [commitment.expected_by(date(2026, m, 28)) for m in (2, 3)] == [600, 600 + round(1600 * 28 / 31)]
    assert commitment.expected_by(date(2026, 12, 31)) == 10000


@given(some.dates(date(2028, 1, 1), date(2028, 12, 30)), some.sampled_from(['"even"', MONTHS]))
def test_what_is_expected_never_shrinks(day: date, pace: str) -> None:
    text = COMMITMENT.replace("2026", "2028").replace("goals", f"pace = {pace}\ngoals")
    (commitment,) = parse_commitments(text, "c.toml")
    assert 0 <= commitment.expected_by(day) <= commitment.expected_by(date(2028, day.month, 28)) or day.day > 28
    assert commitment.expected_by(day) <= commitment.expected_by(date.fromordinal(day.toordinal() + 1)) <= 10000


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("441900119", "441900999", "towns 里的 441900999 不是东莞的镇街代码"),
        ("441900119", "440229100", "不是东莞的镇街代码"),
        ('"441900119"', "441900119", "不是东莞的镇街代码"),
        ("440229", "441900119", "county 里的 441900119 不是韶关的县"),
        ('["441900119"]', "[]", "towns 应为一组镇街代码"),
        ('name = "翁源组团"', "", "缺少 name"),
        ('name = "翁源组团"', "nmae = 1", "不认识的 nmae"),
        ("since = 2022-01-01", "", "since 应为日期"),
        ("2022-01-01", '"2022"', "since 应为日期"),
        ("[[cluster]]", "[cluster]", "至少要有一段 [[cluster]]"),
        ('["441900119"]', '["441900119", "441900119"]', "同时在 c01 和 c01"),
    ],
)
def test_a_faulty_cluster_is_refused(old: str, new: str, complaint: str) -> None:
    with pytest.raises(ConfigurationError, match=r"clusters\.toml") as caught:
        parse_clusters(CLUSTER.replace(old, new), "clusters.toml")
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_code_stands_for_one_cluster() -> None:
    again = CLUSTER[CLUSTER.index("[[") :].replace("440229", "440281").replace("441900119", "441900122")
    with pytest.raises(ConfigurationError, match="代码 c01 出现了不止一次"):
        parse_clusters(CLUSTER + again, "clusters.toml")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('direction = "dg-sg"', 'direction = "gz-sz"', "direction = gz-sz，只能是 dg-sg、sg-dg"),
        ('unit = "postings"', 'unit = "people"', "unit = people，只能是 postings"),
        ("10000", "0", "2026 年的目标 0 应为正整数"),
        ("10000", "true", "应为正整数"),
        ("2026", "'26'", "goals 里的 26 不是年份"),
        ("goals = { 2026 = 10000 }", "", "缺少 goals"),
        ("goals", 'pace = "fast"\ngoals', "pace 只能是"),
        ("goals", "pace = [50, 49, 0,0,0,0,0,0,0,0,0,0]\ngoals", "合计 100"),
        ("goals", "pace = [50, 50]\ngoals", "十二个月"),
        ("goals", 'count_carried = "no"\ngoals', "count_carried 应为 true 或 false"),
        ("goals", "assumed_years = 2026\ngoals", "assumed_years 应为一组年份"),
        ("[[commitment]]", "[[commitments]]", "不认识的 commitments"),
    ],
)
def test_a_faulty_commitment_is_refused(old: str, new: str, complaint: str) -> None:
    with pytest.raises(ConfigurationError, match=r"commitments\.toml") as caught:
        parse_commitments(COMMITMENT.replace(old, new), "commitments.toml")
    assert complaint in str(caught.value)
