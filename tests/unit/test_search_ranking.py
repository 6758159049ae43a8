"""The formula of ranking: what the standing of a posting is made of, and that its weights are small."""

from dataclasses import replace

import numpy as np
import pytest

from search.completeness import completeness
from search.engines.whoosh.schema import UNKNOWN
from search.ranking import FieldWeight, impact, length_norm, ranking_weights, rarity, standing, standing_parts
from tests.unit.search_samples import PLAIN

TODAY = 739_000


def columns(
    published: int = 0, confirmed: int = 0, complete: int = 50, openings: int = UNKNOWN
) -> dict[str, np.ndarray]:
    """Ages in days."""
    values = {
        "published_on": TODAY - published,
        "confirmed_on": TODAY - confirmed,
        "completeness": complete,
        "openings": openings,
    }
    return {name: np.array([value], np.int64) for name, value in values.items()}


def of(**changes: int) -> float:
    return float(standing(columns(**changes), TODAY)[0])


def test_each_part_raises_the_standing_and_none_raises_it_much() -> None:
    plain = of(published=30, confirmed=30, complete=50, openings=3)
    assert of(published=2, confirmed=30, openings=3) > plain
    assert of(published=30, confirmed=2, openings=3) > plain
    assert of(published=30, confirmed=30, complete=90, openings=3) > plain
    assert of(published=30, confirmed=30, openings=30) > plain
    assert 1 < plain < of(complete=100, openings=10_000) < 1.5


def test_freshness_halves_and_days_to_come_are_today() -> None:
    fading = ranking_weights().published
    parts = standing_parts(columns(published=round(fading.half_life_days)), TODAY)
    assert parts["published"][0] == pytest.approx(fading.most / 2, rel=1e-3)
    assert of(published=-5, confirmed=-5) == of()


def test_openings_are_capped_and_unknown_ones_count_nothing() -> None:
    cap = ranking_weights().openings_cap
    assert of(openings=cap) == of(openings=cap * 100)
    assert of(openings=UNKNOWN) == of(openings=0)
    assert standing_parts(columns(openings=cap), TODAY)["openings"][0] == pytest.approx(ranking_weights().openings)


def test_a_long_field_and_a_frequent_word_weigh_less() -> None:
    short, long = length_norm(FieldWeight("title", 6, 6, 0.5), np.array([3, 30]))
    assert short > long > 0
    assert rarity(1000, 1) > rarity(1000, 900) > 0
    once, often = impact(np.array([1.0, 1000.0], np.float32), 1000, 10)
    assert once < often < rarity(1000, 10) * (ranking_weights().saturation + 1)


def test_completeness_counts_what_is_known() -> None:
    bare = replace(PLAIN, description="", openings=None, benefits=(), occupation="", industry="", address="")
    bare = replace(bare, salary_counts=False)
    rich = replace(PLAIN, description="负责" * 100, benefits=("包吃", "包住", "社保", "双休", "年假"))
    assert (completeness(bare), completeness(rich)) == (0, 100)
    assert 0 < completeness(replace(bare, openings=3)) < completeness(PLAIN) < 100
    assert completeness(replace(PLAIN, salary_counts=False)) < completeness(PLAIN)
