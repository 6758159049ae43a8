"""The files of a report by kind: docx, xlsx, pdf.

In: `ReportContent` with its annex, the setting `pdf_font`. Out: bytes. A new kind is its maker here and a line
in report_parts.KINDS. This brings Typst and python-docx with it: who shows pages reads report_parts only.
"""

from collections.abc import Callable

from exchange.documents.report_fonts import NoFont, chart_family
from exchange.documents.report_parts import KINDS
from exchange.documents.report_pdf import report_pdf
from exchange.documents.report_sheet import report_sheet
from exchange.documents.report_word import report_word
from exchange.reports.content import ReportContent

_MAKERS: dict[str, Callable[[ReportContent, str], bytes]] = {
    "docx": lambda content, font: report_word(content, chart_family(font)),
    "xlsx": lambda content, font: report_sheet(content),
    "pdf": report_pdf,
}


def report_file(content: ReportContent, kind: str, font: str) -> bytes:
    """Raises NoFont for a PDF where there is no Chinese font."""
    return _MAKERS[kind](content, font)


def report_files(content: ReportContent, font: str) -> dict[str, bytes]:
    """All kinds that can be made here."""
    made = {}
    for kind in KINDS:
        try:
            made[kind] = report_file(content, kind, font)
        except NoFont:
            continue
    return made
