"""A report as Word, Excel and PDF: the same words and numbers, laid out as the standard asks, marked where invented."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.shared import Mm, Pt
from openpyxl import load_workbook

from exchange.documents.report_chart import caption, chart_svg
from exchange.documents.report_files import report_file, report_files
from exchange.documents.report_fonts import NoFont, find_fonts
from exchange.documents.report_parts import KINDS, MOST_PRINTED, file_name
from exchange.documents.report_pdf import chart_png, report_pdf
from exchange.documents.report_sheet import report_sheet
from exchange.documents.report_word import report_word
from exchange.reports.content import ReportContent, with_edits
from tests.requiring import miss
from tests.unit.report_samples import CONTENT, HASH, long_report, report


@pytest.fixture(scope="module")
def chinese() -> None:
    try:
        find_fonts("")
    except NoFont as fault:
        miss("font", str(fault))


def pdf_text(content: ReportContent, tmp_path: Path) -> list[str]:
    """Of each page."""
    if shutil.which("pdftotext") is None:
        miss("pdftotext", "apt-get install poppler-utils")
    file = tmp_path / "report.pdf"
    file.write_bytes(report_pdf(content))
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True)
    return done.stdout.split("\f")[:-1]


def word(content: ReportContent) -> object:
    return Document(BytesIO(report_word(content)))


def test_word_names_the_offices_fonts_and_sizes() -> None:
    book = word(CONTENT)
    title = next(p for p in book.paragraphs if p.text.replace("\n", "") == CONTENT.title)  # type: ignore[attr-defined]
    run = title.runs[0]
    assert run.font.size == Pt(22)
    assert 'w:eastAsia="方正小标宋简体"' in run._element.xml
    body = next(p for p in book.paragraphs if p.text.startswith("累计7312条"))  # type: ignore[attr-defined]
    assert (body.runs[0].font.size, body.paragraph_format.line_spacing) == (Pt(16), Pt(28))
    assert 'w:eastAsia="仿宋_GB2312"' in body.runs[0]._element.xml
    heading = next(p for p in book.paragraphs if p.text.startswith("一、"))  # type: ignore[attr-defined]
    assert 'w:eastAsia="黑体"' in heading.runs[0]._element.xml


def test_word_is_a4_with_the_page_number_outside() -> None:
    section = word(CONTENT).sections[0]  # type: ignore[attr-defined]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size / Mm(1)) for size in sizes] == [210, 297, 37, 28]
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in footer._element.xml
        assert footer.paragraphs[0].text.startswith("— ")


def test_every_page_of_a_demonstration_says_so(tmp_path: Path, chinese: None) -> None:
    for section in word(long_report(60)).sections:  # type: ignore[attr-defined]
        assert all("演示数据" in header.paragraphs[0].text for header in (section.header, section.even_page_header))
    pages = pdf_text(long_report(60), tmp_path)
    assert len(pages) >= 4
    assert all("演示数据" in page for page in pages)
    book = load_workbook(BytesIO(report_sheet(CONTENT)))
    assert all("演示数据" in sheet.oddHeader.center.text for sheet in book.worksheets)
    assert all(any("演示数据" in str(cell.value) for cell in sheet["A"]) for sheet in book.worksheets)


def test_a_real_report_does_not(tmp_path: Path, chinese: None) -> None:
    content = report(demonstration=False)
    assert "演示" not in "".join(pdf_text(content, tmp_path))
    assert "演示" not in word(content).sections[0].header._element.xml  # type: ignore[attr-defined]
    assert "演示" not in file_name(content, "pdf")
    assert "演示数据" in file_name(CONTENT, "pdf")


def test_documents_carry_the_page_and_its_hash(tmp_path: Path, chinese: None) -> None:
    assert HASH in "".join(pdf_text(CONTENT, tmp_path)).replace("\n", "").replace(" ", "")
    book = word(CONTENT)
    assert any(HASH in paragraph.text for paragraph in book.paragraphs)  # type: ignore[attr-defined]
    sheet = load_workbook(BytesIO(report_sheet(CONTENT)))
    assert HASH in (sheet.properties.description or "")
    assert any(HASH in str(cell.value) for cell in sheet["数据"]["A"])


def test_pdf_shows_the_words_as_they_are(tmp_path: Path, chinese: None) -> None:
    text = "".join("".join(pdf_text(CONTENT, tmp_path)).split())
    assert "累计7312条，#完成*73.1%*。" in text, "no word is read as markup"
    assert "7,312" in text
    assert "—1—" in text
    assert "东莞市试样厂" in text


def test_the_same_content_gives_the_same_pdf(chinese: None) -> None:
    assert report_pdf(CONTENT) == report_pdf(CONTENT)


def test_a_long_list_is_in_the_workbook_only(chinese: None) -> None:
    long = long_report(MOST_PRINTED + 1)
    assert len(word(long).sections) == 1  # type: ignore[attr-defined]
    assert any("另附Excel表" in paragraph.text for paragraph in word(long).paragraphs)  # type: ignore[attr-defined]
    listed = load_workbook(BytesIO(report_sheet(long)))["岗位信息明细表"]
    assert [cell.value for cell in listed["A"]][-1] == MOST_PRINTED + 1


def test_numbers_in_the_workbook_stay_numbers() -> None:
    sheet = load_workbook(BytesIO(report_sheet(CONTENT)))["数据"]
    values = [[cell.value for cell in row][:3] for row in sheet.iter_rows()]
    assert ["东莞→韶关", 7312, "73.1%"] in values
    assert ["韶关→东莞", "—", "—"] in values


def test_text_that_looks_like_a_formula_stays_text() -> None:
    content = with_edits(CONTENT, {"fairs": {"text": "=HYPERLINK(1)\n第二段"}})
    cells = [cell for cell in load_workbook(BytesIO(report_sheet(content)))["报告文字"]["A"] if cell.value]
    assert any("=HYPERLINK(1)" in cell.value for cell in cells)
    assert all(cell.data_type == "s" for cell in cells)


def test_a_persons_words_take_the_systems_place_and_are_named(tmp_path: Path, chinese: None) -> None:
    content = with_edits(CONTENT, {"fairs": {"text": "8月12日在翁源举办专场。\n\n 42家企业参加。 "}})
    text = "".join("".join(pdf_text(content, tmp_path)).split())
    assert "平台没有登记" not in text
    assert "8月12日在翁源举办专场。" in text
    assert "由报送单位编辑：（二）供需对接会" in text


def test_the_chart_tells_its_lines_apart_without_colour() -> None:
    drawing = ElementTree.fromstring(chart_svg(CONTENT.chart, "Some Font"))
    lines = drawing.findall(".//{*}polyline")
    assert len(lines) == 4
    assert len({line.get("stroke-dasharray") for line in lines}) == 3
    assert {line.get("stroke") for line in lines} == {"#111"}
    assert not [node for node in drawing.iter() if node.get("style")], "the page's policy stops inline styles"
    assert caption(CONTENT.chart).startswith("实线圆点为本年累计，虚线为年度进度")
    assert "虚线" not in caption(CONTENT.chart[1:])


def test_without_a_font_the_chart_keeps_its_numbers() -> None:
    drawing = chart_svg(CONTENT.chart, "")
    texts = [node.text or "" for node in ElementTree.fromstring(drawing).findall(".//{*}text")]
    assert texts
    assert all(text.isascii() for text in texts)
    assert (chart_png(CONTENT, "") or b"").startswith(b"\x89PNG")
    assert chart_png(report(chart=()), "") is None


def test_a_font_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(NoFont, match="不存在"):
        find_fonts(str(tmp_path / "none.ttf"))
    with pytest.raises(NoFont, match="没有找到中文字体"):
        find_fonts(str(tmp_path))
    assert set(report_files(CONTENT, str(tmp_path))) == {"docx", "xlsx"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_made(kind: str, chinese: None) -> None:
    assert report_file(CONTENT, kind, "")[:4] == (b"%PDF" if kind == "pdf" else b"PK\x03\x04")
