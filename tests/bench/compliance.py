"""Part `compliance`: sentences that clerks write, labelled by hand, against the rules.

In: tests/samples/compliance_sentences.csv (text, field, title, label: a code or `lawful`). Out: figures. A sentence is
missed when its own code is not found; a lawful one is a false alarm when anything is. `judge` is for the tests too.
"""

import csv
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.fields import Field
from ingest.compliance.words import find_words
from tests.bench.figures import Bar, Figure
from tests.bench.sizes import Sizes

SENTENCES = Path(__file__).parents[1] / "samples" / "compliance_sentences.csv"
LAWFUL = "lawful"
MISSES, FALSE_ALARMS = 0.05, 0.01
_REPEATS, _SHOWN = 20, 5


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    field: Field
    title: str
    label: str

    @property
    def is_lawful(self) -> bool:
        return self.label == LAWFUL

    def codes(self) -> frozenset[str]:
        """What the rules find in it."""
        texts = {Field.TITLE: self.title, self.field: self.text}
        return frozenset(problem.code for problem in find_words(texts))


@dataclass(frozen=True, slots=True)
class Judgement:
    unlawful: int
    lawful: int
    missed: tuple[Sentence, ...]
    false_alarms: tuple[Sentence, ...]


@cache
def sentences() -> tuple[Sentence, ...]:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return tuple(
            Sentence(row["text"], Field(row["field"]), row["title"], row["label"]) for row in csv.DictReader(file)
        )


def judge(judged: Sequence[Sentence]) -> Judgement:
    unlawful = [sentence for sentence in judged if not sentence.is_lawful]
    lawful = [sentence for sentence in judged if sentence.is_lawful]
    return Judgement(
        unlawful=len(unlawful),
        lawful=len(lawful),
        missed=tuple(sentence for sentence in unlawful if sentence.label not in sentence.codes()),
        false_alarms=tuple(sentence for sentence in lawful if sentence.codes()),
    )


def measure(_sizes: Sizes, _folder: Path) -> Iterator[Figure]:
    found = judge(sentences())
    yield _wrong(f"unlawful missed, of {found.unlawful}", found.missed, found.unlawful * MISSES)
    yield _wrong(f"false alarms, of {found.lawful}", found.false_alarms, found.lawful * FALSE_ALARMS)
    yield Figure("compliance: sentences judged", _pace(sentences()), "/s")


def _wrong(what: str, wrong: Sequence[Sentence], most: float) -> Figure:
    what = f"compliance: {what}"
    note = f"{what}: {'; '.join(sentence.text for sentence in wrong[:_SHOWN])}" if wrong else ""
    return Figure(what, len(wrong), "", bar=Bar(most), note=note)


def _pace(judged: Sequence[Sentence]) -> float:
    started = time.perf_counter()
    for _ in range(_REPEATS):
        for sentence in judged:
            sentence.codes()
    return len(judged) * _REPEATS / (time.perf_counter() - started)
