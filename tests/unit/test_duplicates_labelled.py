"""The bar for duplicates, on labelled pairs that the project ships: precision at least 0.99, recall at least 0.95."""

from collections import Counter
from pathlib import Path

import pytest

from tests.bench.duplicates import (
    LEAST_PRECISION,
    LEAST_RECALL,
    PAIRS,
    Pair,
    labelled_pairs,
    measure,
    score,
    would_join,
)
from tests.samples.make_duplicate_pairs import OTHER, SAME, write


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return labelled_pairs()


def test_the_set_is_large_and_hard(pairs: list[Pair]) -> None:
    assert len(pairs) >= 1_000
    kinds = Counter((pair.same, pair.kind) for pair in pairs)
    assert kinds.keys() == {(same, kind.__name__) for same, some in ((True, SAME), (False, OTHER)) for kind in some}
    assert min(kinds.values()) >= 50


@pytest.mark.parametrize("part", ["training", "holdout"])
def test_duplicates_meet_their_bar(pairs: list[Pair], part: str) -> None:
    found = score(pair for pair in pairs if pair.part == part)
    assert found.pairs >= 500
    assert found.precision >= LEAST_PRECISION
    assert found.recall >= LEAST_RECALL


@pytest.mark.parametrize("kind", [kind.__name__ for kind in (*SAME, *OTHER)])
def test_no_kind_is_given_up(pairs: list[Pair], kind: str) -> None:
    some = [pair for pair in pairs if pair.kind == kind]
    right = sum(would_join(pair.one, pair.other) == pair.same for pair in some)
    assert right / len(some) >= 0.9


def test_the_file_is_what_its_words_make(tmp_path: Path) -> None:
    write(tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == PAIRS.read_bytes()


def test_the_bench_tells_the_same(pairs: list[Pair]) -> None:
    figures = {figure.what: figure for figure in measure()}
    assert figures["duplicates: precision"].is_met
    assert figures["duplicates: recall"].is_met
