"""The content of a report (报告内容): title, sections with paragraphs and tables, the chart's lines, what it rests on.

In: figures put into words by `writing`. Out: `ReportContent`, which every document and the page show alike, and its
JSON, which the store keeps. A person's words stand in `Section.edited`; the system's stay beside them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from exchange.clock import iso
from exchange.reports.figures import Basis, BasisKind

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """`level` 1 is 一、, 2 is （一）. `is_open`: the platform keeps nothing about it, a person fills it in."""

    key: str
    heading: str
    level: int
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    has_chart: bool = False
    is_open: bool = False
    edited: tuple[str, ...] | None = None

    @property
    def text(self) -> tuple[str, ...]:
        """What the document says."""
        return self.paragraphs if self.edited is None else self.edited


@dataclass(frozen=True, slots=True)
class ChartPanel:
    """One direction's year: postings by month, running totals; the pace by month; the year before."""

    title: str
    done: tuple[int, ...]
    pace: tuple[int, ...]
    last_year: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One posting behind the numbers."""

    id: str
    direction: str
    title: str
    employer: str
    place: str
    openings: str
    pay: str
    counted_on: date
    provider: str


@dataclass(frozen=True, slots=True)
class ReportContent:
    id: str
    title: str
    addressee: str
    period: str
    subject: str  # whose report it is
    basis: Basis
    basis_words: str
    sections: tuple[Section, ...]
    chart: tuple[ChartPanel, ...]
    signature: str
    dated: date
    demonstration: bool
    annex_size: int
    annexes: tuple[Table, ...] = ()  # short lists besides the postings, kept with the words
    annex: tuple[AnnexRow, ...] = ()  # kept in the documents, not in the store
    directions: tuple[Mapping[str, Any], ...] = ()  # the figures themselves, for checking them again

    @property
    def edited_headings(self) -> list[str]:
        return [section.heading for section in self.sections if section.edited is not None]


def with_edits(content: ReportContent, edits: Mapping[str, Any]) -> ReportContent:
    """`edits`: section key → {"text": …}, one paragraph a line."""
    sections = tuple(
        replace(s, edited=tuple(paragraphs_of(edits[s.key]["text"]))) if s.key in edits else s
        for s in content.sections
    )
    return replace(content, sections=sections)


def paragraphs_of(text: str) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]


def content_to_json(content: ReportContent) -> dict[str, Any]:
    """Without the annex and a person's edits, which are kept elsewhere."""
    plain = asdict(replace(content, annex=()))
    del plain["annex"]
    for section in plain["sections"]:
        del section["edited"]
    plain["basis"]["at"] = iso(content.basis.at)
    return plain | {"dated": content.dated.isoformat()}


def content_from_json(plain: Mapping[str, Any]) -> ReportContent:
    basis = plain["basis"]
    return ReportContent(
        **{
            **plain,
            "basis": Basis(**{**basis, "kind": BasisKind(basis["kind"]), "at": datetime.fromisoformat(basis["at"])}),
            "sections": tuple(_section(section) for section in plain["sections"]),
            "chart": tuple(ChartPanel(**{k: _tuple(v) for k, v in panel.items()}) for panel in plain["chart"]),
            "dated": date.fromisoformat(plain["dated"]),
            "directions": tuple(plain["directions"]),
            "annexes": tuple(_table(table) for table in plain.get("annexes", ())),  # not in reports of before
        }
    )


def _section(plain: Mapping[str, Any]) -> Section:
    tables = tuple(_table(table) for table in plain["tables"])
    return Section(**{**plain, "paragraphs": tuple(plain["paragraphs"]), "tables": tables})


def _table(plain: Mapping[str, Any]) -> Table:
    return Table(plain["title"], tuple(plain["columns"]), tuple(map(tuple, plain["rows"])), plain["note"])


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
