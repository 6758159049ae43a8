"""A report as PDF, laid out by GB/T 9704 with Typst, which needs nothing but a Chinese font.

In: `ReportContent`, the setting `pdf_font`. Out: PDF/A-2b bytes, the same for the same content. The layout is in
report_layout.typ, which gets the report as JSON: no word of it is ever read as markup.
"""

import json
from dataclasses import asdict
from functools import lru_cache
from importlib.resources import files
from typing import Any

import typst

from exchange.documents.report_chart import caption, chart_svg
from exchange.documents.report_fonts import Fonts, find_fonts
from exchange.documents.report_parts import (
    attachments,
    column_widths,
    day_words,
    heading_parts,
    notes,
    numeric_columns,
    printed_annexes,
    title_lines,
)
from exchange.reports.content import ReportContent, Table
from exchange.reports.tables import cell_text

_CHART_INCHES = 6.2


def report_pdf(content: ReportContent, font: str = "") -> bytes:
    """Raises NoFont."""
    fonts = find_fonts(font)
    plain = {
        "fonts": asdict(fonts),
        "title": content.title,
        "title_lines": title_lines(content),
        "subject": content.subject,
        "keywords": [f"台账第{content.basis.page}页", content.basis.page_hash],
        "demonstration": content.demonstration,
        "addressee": content.addressee,
        "sections": [
            {
                "heading": section.heading,
                "level": section.level,
                "text": section.text,
                "tables": [_table(table) for table in section.tables],
                "has_chart": section.has_chart,
            }
            for section in content.sections
        ],
        "chart": chart_svg(content.chart, fonts.label),
        "caption": caption(content.chart),
        "attachments": attachments(content),
        "signature": content.signature,
        "dated": day_words(content.dated),
        "basis": content.basis_words,
        "notes": notes(content),
        "annexes": [{"name": name, **_table(table)} for name, table in printed_annexes(content)],
    }
    layout = (files("exchange") / "documents" / "report_layout.typ").read_bytes()
    made_at = int(content.basis.at.timestamp())
    inputs = {"report": json.dumps(plain, ensure_ascii=False)}
    return _compiled(layout, fonts, inputs, format="pdf", pdf_standards="a-2b", timestamp=made_at)


def chart_png(content: ReportContent, font: str) -> bytes | None:
    """The chart as a picture for Word; None when there is nothing to draw. `font`: a family, "" for numbers alone."""
    drawing = chart_svg(content.chart, font)
    if not drawing:
        return None
    page = f"#set page(width: {_CHART_INCHES}in, height: auto, margin: 0pt)\n"
    layout = page + '#image(bytes(sys.inputs.chart), format: "svg", width: 100%)'
    png: bytes = typst.compile(layout.encode(), format="png", ppi=220, sys_inputs={"chart": drawing})
    return png


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [heading_parts(name) for name in table.columns],
        "rows": [[cell_text(value) for value in row] for row in table.rows],
        "note": table.note,
        "widths": column_widths(table) if table.rows else [],
        "numeric": numeric_columns(table),
    }


def _compiled(layout: bytes, fonts: Fonts, inputs: dict[str, str], **how: Any) -> bytes:
    made: bytes = _compiler(fonts.folder).compile(layout, sys_inputs=inputs, **how)
    return made


@lru_cache(maxsize=4)
def _compiler(folder: str) -> Any:
    """Looking through the fonts takes longer than a page."""
    own = [folder] if folder else []
    return typst.Compiler(font_paths=own, ignore_system_fonts=bool(folder))
