"""Results of a fair: what the day's counts add up to, what is reported, and why the two differ.

In: counted sums and a clerk's figures. Out: `Result`s or faults in Chinese. A figure may be corrected with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from exchange.fairs.words import TallyKind

SHORTEST_REASON = 4


@dataclass(frozen=True, slots=True)
class Result:
    kind: TallyKind
    counted: int
    reported: int
    reason: str = ""


def results_of(counted: Mapping[TallyKind, int], reported: Mapping[TallyKind, int], reason: str) -> list[Result]:
    """The reason goes with the figures that differ from the counts only."""
    return [
        Result(kind, counted[kind], reported[kind], reason if reported[kind] != counted[kind] else "")
        for kind in TallyKind
    ]


def result_faults(results: list[Result], has_evidence: bool) -> dict[str, str]:
    """Keyed by field of the form."""
    figures = {result.kind: result.reported for result in results}
    faults = {}
    if any(r.reported != r.counted and len(r.reason) < SHORTEST_REASON for r in results):
        faults["reason"] = f"有数字和当天的计数不一样，请写明原因（至少 {SHORTEST_REASON} 个字）。"
    if figures[TallyKind.HIRES] > figures[TallyKind.INTENTS]:
        faults[TallyKind.HIRES] = "录用人数不应多于达成意向的人数。"
    if not has_evidence:
        faults["evidence"] = "请先上传现场照片，或签到表、签章的总结。"
    return faults
