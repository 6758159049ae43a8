"""The report of `make relevance` and whether it holds against what landed before (landed.toml).

In: what was measured, ours first. Out: lines of text; what fell, in words.
"""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.relevance.measuring import Judged, Measured
from tests.relevance.truth import TruePosting

LANDED = Path(__file__).with_name("landed.toml")
WORST = 20
_ROUNDING = 0.0005


def table(measured: Sequence[Measured]) -> Iterator[str]:
    kinds = dict.fromkeys(j.query.kind for j in measured[0].answerable())
    yield f"{'nDCG@10':<24}{'queries':>8}" + "".join(f"{m.engine:>26}" for m in measured)
    counts = [j.query.kind for j in measured[0].answerable()]
    yield f"{'all':<24}{len(counts):>8}" + "".join(f"{m.ndcg():>26.3f}" for m in measured)
    for kind in kinds:
        yield f"{'  ' + kind:<24}{counts.count(kind):>8}" + "".join(f"{m.ndcg(kind):>26.3f}" for m in measured)
    for name, held_out in (("tuned half", False), ("held-out half", True)):
        yield f"{name:<32}" + "".join(f"{m.ndcg(held_out=held_out):>26.3f}" for m in measured)
    yield f"{'zero-result share':<32}" + "".join(f"{m.zero_share():>26.1%}" for m in measured)
    for at, name in ((1, "nothing there: none shown"), (2, "nothing there: shown, said")):
        yield f"{name:<32}" + "".join(f"{f'{m.nothing()[at]} of {m.nothing()[0]}':>26}" for m in measured)


def worst(ours: Measured, postings: Sequence[TruePosting]) -> Iterator[str]:
    known = {posting.id: posting for posting in postings}
    yield f"the worst {WORST} of {ours.engine}: grade, title, trade, place"
    for judged in ours.worst(WORST):
        best = sorted(judged.graded.grades.values(), reverse=True)
        counts = ", ".join(f"{best.count(given)} of grade {given}" for given in (3, 2, 1) if given in best)
        yield f"{judged.ndcg:.3f}  {judged.query.q}  [{judged.query.kind}]  there are {counts}"
        if judged.answer.said:
            yield f"         said: {judged.answer.said}"
        yield from _shown(judged, known)


def _shown(judged: Judged, known: dict[str, TruePosting]) -> Iterator[str]:
    grades = judged.graded.grades
    for name, ids in (
        ("got     ", judged.answer.ids[:3]),
        ("expected", sorted(grades, key=lambda id: (-grades[id], id))[:2]),
    ):
        for id in ids:
            p = known[id]
            yield f"         {name} {grades.get(id, 0)} {p.document.title} · {p.trade} · {p.document.address}"


def fallen(measured: Sequence[Measured]) -> list[str]:
    """What is worse than it was when it landed, or worse than another engine."""
    ours, *others = measured
    landed = tomllib.loads(LANDED.read_text(encoding="utf-8"))
    faults = [
        f"{name}: {now:.3f}, landed at {landed[name]}"
        for name, now in (("ndcg", ours.ndcg()), ("ndcg_held_out", ours.ndcg(held_out=True)))
        if now < landed[name] - _ROUNDING
    ]
    if ours.zero_share() > landed["zero_share"] + _ROUNDING:
        faults.append(f"zero_share: {ours.zero_share():.3f}, landed at {landed['zero_share']}")
    queries, none, said = ours.nothing()
    if none + said < landed["nothing_honest"]:
        faults.append(f"nothing_honest: {none + said} of {queries}, landed at {landed['nothing_honest']}")
    faults += [
        f"not better than {other.engine}: {ours.ndcg():.3f} against {other.ndcg():.3f}"
        for other in others
        if ours.ndcg() <= other.ndcg()
    ]
    return faults
