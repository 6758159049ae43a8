"""Telling a clerk which posting a row was joined to, and why (problem `duplicate.of`).

In: a decision and its row. Out: a `Problem`, or None when the row is no duplicate.
"""

from config.words import Severity
from exchange.content import Problem
from ingest.compare import Candidate, Decision
from ingest.duplicates.matching import Match


def duplicate_problem(decision: Decision, candidate: Candidate) -> Problem | None:
    if not decision.duplicate_of:
        return None
    inside = decision.duplicate_of.startswith("row:")
    return Problem(
        code="duplicate.of",
        severity=Severity.WARNING,
        message=_inside(decision.duplicate_of) if inside else _elsewhere(decision.duplicate_of, decision.match),
        evidence=decision.duplicate_of,
        sheet=candidate.sheet,
        row=candidate.row,
    )


def _inside(place: str) -> str:
    words = place.removeprefix("row:").lstrip("!").replace("!", " 表第 ")
    return (
        f"与本批第 {words} 行是同一个岗位（单位、岗位、地点相同），只收前一行；"
        "如果确是两个岗位，请在岗位名称里写出区别。"
    )


def _elsewhere(posting_id: str, match: Match | None) -> str:
    if match is None:
        told = f"这个岗位已由其他单位或来源提供（平台编号 {posting_id}）"
    else:
        who = f"{match.organisation}已提供的" if match.organisation else "已有的"
        told = f"这个岗位就是{who}“{match.title}”（{match.employer}，平台编号 {posting_id}）"
        if match.reasons:
            told += f"：{'；'.join(match.reasons)}"
    return f"{told}。已并入该岗位，不重复计数；如果确是两个岗位，请对这一行提出异议，或在岗位名称里写出区别。"
