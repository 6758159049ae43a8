"""Weights tried one after the other: what of vocabulary/ranking.toml could be better, on the half that is not held out.

In: factors to try. Out: each change that helps the tuned half, with what it does to the other half; the person who
runs it (`python -m tests.relevance.tuning`) writes what convinces into the file. Nothing is changed by itself.
"""

import copy
import sys
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

from config.packaged import read_vocabulary_toml
from search import ranking
from tests.relevance.drawing import TODAY, postings
from tests.relevance.measuring import Graded, Measured, grade_all, measure
from tests.relevance.ours import Ours
from tests.relevance.queries import queries

FACTORS = (0.5, 0.75, 1.33, 2.0)
LEAST_GAIN = 0.0005
Place = tuple[str | int, ...]  # where a number stands in ranking.toml


def places(weights: dict[str, Any]) -> list[Place]:
    """Every number that decides about words; the standing only orders what is equally good."""
    fields = range(len(weights["field"]))
    found: list[Place] = [("saturation",), ("whole_word_share",)]
    return [*found, *(("field", at, name) for at in fields for name in ("weight", "length_effect"))]


def changed(weights: dict[str, Any], place: Place, factor: float) -> dict[str, Any]:
    made: dict[str, Any] = copy.deepcopy(weights)
    holder: Any = made
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = round(holder[place[-1]] * factor, 3)
    return made


def measured_with(weights: dict[str, Any], graded: list[Graded]) -> Measured:
    with patch.object(ranking, "read_vocabulary_toml", lambda _: weights):
        _forget()
        try:
            with tempfile.TemporaryDirectory() as folder:
                return measure(Ours(Path(folder), postings(), TODAY), graded)
        finally:
            _forget()


def _forget() -> None:
    ranking.ranking_weights.cache_clear()
    ranking.ranking_version.cache_clear()


def main() -> int:
    graded = grade_all(queries(), postings())
    weights = read_vocabulary_toml("ranking.toml")
    best = measured_with(weights, graded)
    print(f"now: tuned {best.ndcg(held_out=False):.4f}, held out {best.ndcg(held_out=True):.4f}", flush=True)
    for place in places(weights):
        for factor in FACTORS:
            trial = changed(weights, place, factor)
            found = measured_with(trial, graded)
            if found.ndcg(held_out=False) > best.ndcg(held_out=False) + LEAST_GAIN:
                best, weights = found, trial
                tuned, other = found.ndcg(held_out=False), found.ndcg(held_out=True)
                print(f"{place} × {factor}: tuned {tuned:.4f}, held out {other:.4f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
