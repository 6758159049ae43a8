"""The files of a report by kind: docx, xlsx, pdf.

In: `ReportContent` with its annex, the setting `pdf_font`. Out: bytes. A new kind is a line in KINDS and its maker.
"""

from collections.abc import Callable

from exchange.documents.report_fonts import NoFont, chart_family
from exchange.documents.report_pdf import report_pdf
from exchange.documents.report_sheet import report_sheet
from exchange.documents.report_word import report_word
from exchange.reports.content import ReportContent

KINDS: dict[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
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


def file_name(content: ReportContent, kind: str) -> str:
    mark = "（演示数据）" if content.demonstration else ""
    return f"{content.title}{mark}.{kind}"
