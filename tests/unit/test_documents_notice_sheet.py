"""The notice-board sheet: every posting once, under its place, with a code that leads to its page."""

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from exchange.documents import notice_sheet
from exchange.documents.handout_lines import HandoutHead, HandoutLine
from exchange.documents.notice_sheet import write_notice_sheet
from exchange.documents.qr import qr_svg
from exchange.documents.report_fonts import NoFont, find_fonts
from tests.requiring import miss

HEAD = HandoutHead("春季岗位 *不是粗体* #pagebreak()", "翁源县人社局", "莞韶岗位互通。应聘不收任何费用。", False)


def line(number: int, place: str) -> HandoutLine:
    return HandoutLine(
        id=f"{number:012d}",
        place=place,
        title=f"普工#strong[{number}]号",
        pay="5,000–6,500 元/月",
        employer="东莞市试样电子有限公司",
        facts="招 30 人 · 包吃住",
        provider="长安镇人社分局",
        valid_until="3月12日",
        address=f"https://example.org/postings/{number:012d}",
    )


@pytest.fixture
def some_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        find_fonts("")
    except NoFont as missing:
        miss("font", str(missing))
    monkeypatch.setattr(notice_sheet, "AT_ONCE", 5)


@pytest.mark.usefixtures("some_at_once")
def test_every_posting_stands_once_under_its_place_on_numbered_pages(tmp_path: Path) -> None:
    lines = [line(number, "长安镇" if number < 12 else "虎门镇") for number in range(17)]
    pages = write_notice_sheet(tmp_path / "sheet.pdf", HEAD, iter(lines))
    texts = [re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(tmp_path / "sheet.pdf").pages]
    assert len(texts) == pages
    whole = "".join(texts)
    assert [whole.count(one.id) for one in lines] == [1] * 17
    assert "普工#strong[3]号" in whole  # words are never read as markup
    assert whole.count("春季岗位*不是粗体*#pagebreak()") == 1
    assert (whole.count("长安镇（续）"), whole.count("虎门镇（续）")) == (2, 1)
    assert whole.index("000000000011") < whole.index("虎门镇") < whole.index("000000000012")
    assert [f"第{number}页" in text for number, text in enumerate(texts, 1)] == [True] * pages
    assert all("应聘不收任何费用" in text for text in texts)


@pytest.mark.usefixtures("some_at_once")
def test_a_demonstration_says_so_on_every_page(tmp_path: Path) -> None:
    head = HandoutHead("岗位", "", "", demonstration=True)
    write_notice_sheet(tmp_path / "sheet.pdf", head, (line(number, "长安镇") for number in range(8)))
    assert all("演示数据" in page.extract_text() for page in PdfReader(tmp_path / "sheet.pdf").pages)


def test_the_code_is_a_drawing_that_names_no_style() -> None:
    drawing = qr_svg("https://example.org/postings/0123456789AB")
    assert drawing.startswith("<svg")
    assert "style" not in drawing
    assert len(drawing) < 6_000
