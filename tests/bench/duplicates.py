"""Part `duplicates`: precision and recall on the labelled pairs of tests/samples/duplicate_pairs.csv.

In: pairs of rows as two organisations typed them. Out: figures. A pair counts as found when the second row would join
the first: read, normalised, looked up by its keys and judged exactly as publishing does.
"""

import csv
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from config.words import City
from exchange.content import Content
from ingest.duplicates import job_key, judge, side_of, wording_key
from ingest.fields import Field, Row
from ingest.normalise import Context, normalise_row
from ingest.normalise.keys import identity_key
from tests.bench.figures import Bar, Figure

PAIRS = Path(__file__).resolve().parents[1] / "samples" / "duplicate_pairs.csv"
LEAST_PRECISION, LEAST_RECALL = 0.99, 0.95
_FIELDS = {
    "employer": Field.EMPLOYER,
    "title": Field.TITLE,
    "place": Field.DIVISION,
    "salary": Field.SALARY,
    "openings": Field.OPENINGS,
    "education": Field.EDUCATION,
    "employment": Field.EMPLOYMENT_TYPE,
    "duties": Field.DUTIES,
}


@dataclass(frozen=True, slots=True)
class Pair:
    part: str  # training: thresholds were chosen on these; holdout: on these they were not
    same: bool
    kind: str
    one: Content
    other: Content


@dataclass(frozen=True, slots=True)
class Score:
    pairs: int
    precision: float
    recall: float


def labelled_pairs(path: Path = PAIRS) -> list[Pair]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Pair(row["part"], row["same"] == "1", row["kind"], _content(row, "a"), _content(row, "b"))
            for row in csv.DictReader(file)
        ]


def _content(row: dict[str, str], side: str) -> Content:
    cells = {field: row[f"{side}_{name}"] for name, field in _FIELDS.items() if row[f"{side}_{name}"]}
    content = normalise_row(Row(None, 1, cells), Context(date(2026, 3, 12), City.DONGGUAN, "")).content
    if content is None:
        raise ValueError(f"a labelled row cannot be read: {cells}")
    return content


def would_join(one: Content, other: Content) -> bool:
    if identity_key(one) == identity_key(other):
        return True
    if job_key(one) != job_key(other) and (not wording_key(one) or wording_key(one) != wording_key(other)):
        return False  # nothing would bring them side by side
    verdict = judge(side_of(one), side_of(other))
    return verdict is not None and verdict.is_duplicate


def score(pairs: Iterable[Pair]) -> Score:
    told = [(pair.same, would_join(pair.one, pair.other)) for pair in pairs]
    right = sum(same and joined for same, joined in told)
    joined, same = sum(joined for _, joined in told), sum(same for same, _ in told)
    return Score(len(told), right / joined if joined else 1.0, right / same if same else 1.0)


def measure(*_: Any) -> Iterator[Figure]:
    pairs = labelled_pairs()
    note = f"duplicates: {len(pairs)} labelled pairs; points were chosen on one half, the figures are of the other."
    score(pair for pair in pairs if pair.part == "training")  # the vocabulary is read by then
    started = time.perf_counter()
    found = score(pair for pair in pairs if pair.part == "holdout")
    took = time.perf_counter() - started
    for what, value, least in (
        ("duplicates: precision", found.precision, LEAST_PRECISION),
        ("duplicates: recall", found.recall, LEAST_RECALL),
    ):
        yield Figure(what, value * 100, "%", bar=Bar(least * 100, at_least=True), note=note)
    yield Figure("duplicates: judging one pair", took / found.pairs * 1000, "ms", note=note)
