"""The page of an official document in Word: A4 by GB/T 9704, page number "— 1 —" outside, 演示数据 on every page.

In: a python-docx document. Out: the same, laid out. Everything that python-docx has no word for is made of XML here.
"""

from typing import Any

from docx.document import Document as Book
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from exchange.documents.report_parts import DEMONSTRATION_WORDS

TITLE, BODY, HEADING, SUBHEADING = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
SIZE, LINE = 16, 28  # points: 三号 and its line
_INDENT = 200  # hundredths of a character: two characters


def lay_out_page(book: Book, demonstration: bool) -> None:
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    normal: Any = book.styles["Normal"]
    normal.font.size = Pt(SIZE)
    _name_font(normal.element.get_or_add_rPr(), BODY)
    book.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        _number_page(footer.paragraphs[0], align)
    if demonstration:
        for header in (section.header, section.even_page_header):
            _say_demonstration(header.paragraphs[0])


def turn_page(book: Book) -> None:
    """The rest of the document across the page: the wide list."""
    section = book.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.left_margin = section.right_margin = Mm(22)
    section.footer_distance = Mm(15)


def add_words(place: Any, words: str, font: str, size: float = SIZE, align: Any = ALIGN.JUSTIFY) -> Paragraph:
    """`place`: a document or a cell. Body text is indented by two characters; centred and right text is not."""
    paragraph: Paragraph = place.add_paragraph()
    write_words(paragraph, words, font, size)
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    if align == ALIGN.JUSTIFY:
        _indent(paragraph, _INDENT, size)
    return paragraph


def write_words(paragraph: Paragraph, words: str, font: str, size: float) -> None:
    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    _name_font(run._element.get_or_add_rPr(), font)


def no_indent(paragraph: Paragraph) -> Paragraph:
    _indent(paragraph, 0, SIZE)
    return paragraph


def _indent(paragraph: Paragraph, hundredths: int, size: float) -> None:
    """In characters, as Word measures Chinese text; in points for programs that do not."""
    paragraph.paragraph_format.first_line_indent = Pt(size * hundredths / 100)
    paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), str(hundredths))


def _name_font(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), font)


def _number_page(paragraph: Paragraph, align: Any) -> None:
    paragraph.alignment = align
    side = "right_indent" if align == ALIGN.RIGHT else "left_indent"
    setattr(paragraph.paragraph_format, side, Pt(14))
    write_words(paragraph, "— ", "宋体", 14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    properties, text = OxmlElement("w:rPr"), OxmlElement("w:t")
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), "28")
    properties.append(size)
    text.text = "1"
    run.extend((properties, text))
    field.append(run)
    paragraph._p.append(field)
    write_words(paragraph, " —", "宋体", 14)


def _say_demonstration(paragraph: Paragraph) -> None:
    paragraph.alignment = ALIGN.CENTER
    write_words(paragraph, DEMONSTRATION_WORDS, HEADING, 12)
