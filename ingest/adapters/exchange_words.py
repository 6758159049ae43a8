"""A peer's posting in the words of a row, so that it travels the road of every other record.

In: a posting of the feed, as JSON. Out: cells under our field names, or ValidationError when it is no posting. Codes
become the Chinese words that normalising reads; pay keeps its own words where they read as the peer has read them.
"""

from typing import Any

from config.words import SalaryPeriod, label
from exchange.schemas.peers_received import ReceivedPostingSchema
from ingest.fields import Field
from ingest.normalise.pay import read_salary

_POSTING = ReceivedPostingSchema()
_UNITS = {
    SalaryPeriod.MONTH: "元/月",
    SalaryPeriod.YEAR: "元/年",
    SalaryPeriod.WEEK: "元/周",
    SalaryPeriod.DAY: "元/天",
    SalaryPeriod.HOUR: "元/小时",
    SalaryPeriod.PIECE: "元/月",
    SalaryPeriod.UNKNOWN: "元/月",
}


def in_words(posting: dict[str, Any], address: str) -> dict[str, str]:
    """`address` of the peer: where a posting without an original of its own is shown."""
    known = _POSTING.load(posting)
    url = known["source"]["url"] or f"{address.rstrip('/')}/postings/{known['id']}"
    openings = known["openings"]
    cells = {
        Field.REFERENCE: known["id"],
        Field.TITLE: known["title"],
        Field.EMPLOYER: known["employer"]["name"],
        Field.USCC: known["employer"]["uscc"] or "",
        Field.DUTIES: known["description"],
        Field.DIVISION: known["division"]["code"],
        Field.OPENINGS: str(openings) if openings is not None else "",
        Field.SALARY: _salary(known["salary"]),
        Field.EDUCATION: label(known["education"]),
        Field.EXPERIENCE: _years(known["experience"]["min"], known["experience"]["max"]),
        Field.EMPLOYMENT_TYPE: label(known["employment_type"]),
        Field.INDUSTRY: known["industry"]["name"] or known["industry"]["code"] or "",
        Field.BENEFITS: "、".join(known["benefits"]),
        Field.VALIDITY: "" if known["valid_through_is_default"] else known["valid_through"].isoformat(),
        Field.URL: url,
    }
    return {str(field): text for field, text in cells.items() if text}


def _salary(salary: dict[str, Any]) -> str:
    """Its words, unless they mean something else without the heading they stood under (5-6 under 月薪（千元）)."""
    read = read_salary(salary["text"], "").salary
    as_told = (salary["min"], salary["max"], salary["period"], salary["negotiable"])
    if read is not None and (read.min, read.max, read.period, read.negotiable) == as_told:
        return str(salary["text"])
    if salary["negotiable"]:
        return "面议"
    original = salary["original"]
    low, high = original["min"], original["max"]
    if low is None and high is None:
        return str(salary["text"])
    unit = _UNITS[salary["period"]]
    if low is None or high is None:
        return f"{_plain(high)}{unit}以下" if low is None else f"{_plain(low)}{unit}以上"
    return f"{_plain(low)}-{_plain(high)}{unit}" if low != high else f"{_plain(low)}{unit}"


def _years(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "不限"
    if high is None:
        return f"{low}年以上" if low else "不限"
    return f"{low}-{high}年" if low else f"{high}年以下"


def _plain(amount: float) -> str:
    return f"{amount:.10g}"


