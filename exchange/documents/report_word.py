"""A report as Word (.docx), laid out by GB/T 9704, to be edited on by people.

In: `ReportContent`, the family for the chart's words. Out: the file's bytes. Fonts are named, not carried: the office's
computers have 小标宋, 仿宋, 黑体 and 楷体.
"""

from datetime import UTC
from io import BytesIO

from docx import Document
from docx.document import Document as Book
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from exchange.documents.cells import clean_text
from exchange.documents.report_chart import caption
from exchange.documents.report_parts import attachments, day_words, notes, printed_annexes, title_lines
from exchange.documents.report_pdf import chart_png
from exchange.documents.report_word_layout import (
    BODY,
    HEADING,
    SUBHEADING,
    TITLE,
    add_words,
    lay_out_page,
    no_indent,
    turn_page,
)
from exchange.documents.report_word_tables import add_table
from exchange.reports.content import ReportContent, Section

_WIDTH = Mm(156)  # of the text area
_SMALL = 10.5


def report_word(content: ReportContent, chart_font: str = "") -> bytes:
    book = Document()
    lay_out_page(book, content.demonstration)
    _set_properties(book, content)
    title = add_words(book, "\n".join(title_lines(content)), TITLE, 22, align=ALIGN.CENTER)
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(28)
    no_indent(add_words(book, content.addressee, BODY))
    for section in content.sections:
        _add_section(book, section, content, chart_font)
    _add_ending(book, content)
    for name, annex in printed_annexes(content):
        turn_page(book)
        no_indent(add_words(book, name, HEADING))
        add_table(book, annex, Mm(253), 8)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _set_properties(book: Book, content: ReportContent) -> None:
    about, basis = book.core_properties, content.basis
    about.title, about.author, about.subject = content.title, content.subject, content.id
    about.comments = f"台账第{basis.page}页 {basis.page_hash}"
    about.created = about.modified = basis.at.astimezone(UTC).replace(tzinfo=None)
    about.language = "zh-CN"


def _add_section(book: Book, section: Section, content: ReportContent, chart_font: str) -> None:
    if section.heading:
        heading = add_words(book, section.heading, HEADING if section.level == 1 else SUBHEADING)
        heading.paragraph_format.keep_with_next = True
    for words in section.text:
        add_words(book, clean_text(words), BODY)
    for table in section.tables:
        add_table(book, table, _WIDTH, 12)
    picture = chart_png(content, chart_font) if section.has_chart else None
    if picture is not None:
        shown = no_indent(book.add_paragraph())
        shown.alignment = ALIGN.CENTER
        shown.paragraph_format.line_spacing = 1.0
        shown.paragraph_format.keep_with_next = True
        shown.add_run().add_picture(BytesIO(picture), width=_WIDTH)
        no_indent(add_words(book, caption(content.chart), BODY, 12, align=ALIGN.CENTER))


def _add_ending(book: Book, content: ReportContent) -> None:
    first = add_words(book, f"附件：{'；'.join(attachments(content))}", BODY)
    first.paragraph_format.space_before = Pt(28)
    for words in (content.signature, day_words(content.dated)):
        line = add_words(book, words, BODY, align=ALIGN.RIGHT)
        line.paragraph_format.right_indent = Pt(32)
        line.paragraph_format.keep_with_next = True
    for place, words in enumerate((f"数据说明：{content.basis_words}", *notes(content))):
        note = no_indent(add_words(book, words, BODY, _SMALL, align=ALIGN.LEFT))
        note.paragraph_format.line_spacing = Pt(16)
        if not place:
            note.paragraph_format.space_before = Pt(28)
