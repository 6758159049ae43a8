"""Posters and booth sheets: pages of the right size with the right words, however many there are."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from exchange.documents.booth_sheet import BoothSheet, SheetHeading, SheetPosting, write_booth_sheets
from exchange.documents.poster import Poster, poster_pdf
from exchange.documents.report_fonts import NoFont, find_fonts
from tests.requiring import miss

A4, A3 = (210, 297), (297, 420)
STRANGE = '#set page(fill: red) \\ "引号" $x$ @标签 <b> [括号] *星* _下划_'


@pytest.fixture(autouse=True)
def font() -> None:
    try:
        find_fonts("")
    except NoFont as missing:
        miss("font", str(missing))


def sizes(reader: PdfReader) -> set[tuple[int, int]]:
    millimetres = 25.4 / 72
    boxes = [page.mediabox for page in reader.pages]
    return {(round(float(box.width) * millimetres), round(float(box.height) * millimetres)) for box in boxes}


def plain(reader: PdfReader) -> str:
    return "".join("".join(page.extract_text() for page in reader.pages).split())


def poster(**changes: object) -> Poster:
    given: dict[str, object] = {
        "title": "翁源—长安春季供需对接会",
        "when": "4月10日（周五）09:00–12:00",
        "place": "翁源县文化广场",
        "figures": (("42", "家企业"), ("618", "个岗位")),
        "lines": (("主办", "长安镇人社分局"),),
        "notice": "",
        "address": "http://localhost/fairs/ABC",
        "employers": [(f"A{n:02}", f"试样{n}厂") for n in range(1, 31)],
    }
    return Poster(**{**given, **changes})  # type: ignore[arg-type]


def test_a_poster_is_one_page_of_a4() -> None:
    lines = (("主办", "长安镇人力资源和社会保障分局、" * 8), ("咨询", "就业股 0751-8555201"))
    full = poster(
        demonstration=True, title="翁源—长安春季" * 8, lines=lines, notice="上午八点起有接驳车，请带身份证。" * 30
    )
    assert len(PdfReader(io.BytesIO(poster_pdf(full))).pages) == 1
    reader = PdfReader(io.BytesIO(poster_pdf(poster())))
    assert (len(reader.pages), sizes(reader)) == (1, {A4})
    text = plain(reader)
    for words in ("翁源—长安春季供需对接会", "4月10日（周五）09:00–12:00", "618个岗位", "A20试样20厂", "等30家"):
        assert words in text, words
    assert "试样21厂" not in text
    assert "演示数据" not in text


def test_no_word_is_read_as_markup() -> None:
    told = poster(title=STRANGE, notice=STRANGE, lines=((STRANGE, STRANGE),), demonstration=True, employers=[])
    text = plain(PdfReader(io.BytesIO(poster_pdf(told))))
    assert text.count("".join(STRANGE.split())) >= 2
    assert "演示数据" in text


def booths(many: int, postings: int) -> Iterator[BoothSheet]:
    for number in range(1, many + 1):
        jobs = tuple(
            SheetPosting(
                f"操作工{number}-{job}", "长安镇 · 包吃住", "5,000–6,500 元/月", "招 30 人", f"http://localhost/{job}"
            )
            for job in range(postings)
        )
        yield BoothSheet(f"A{number:02}", f"试样{number}厂", "http://localhost/e", jobs)


def test_every_booth_has_its_page_and_every_posting_is_on_it(tmp_path: Path) -> None:
    path = write_booth_sheets(SheetHeading("春季对接会", "4月10日", "长安"), booths(9, 8), tmp_path)
    reader = PdfReader(path)
    assert (len(reader.pages), sizes(reader)) == (9, {A3})
    for number, page in enumerate(reader.pages, 1):
        text = "".join(page.extract_text().split())
        assert f"试样{number}厂" in text
        assert all(f"操作工{number}-{job}" in text for job in range(8))


def test_a_booth_with_many_postings_goes_on_and_one_with_none_says_so(tmp_path: Path) -> None:
    path = write_booth_sheets(SheetHeading("对接会", "4月10日", "长安"), booths(1, 40), tmp_path)
    assert len(PdfReader(path).pages) > 2
    empty = write_booth_sheets(SheetHeading("对接会", "4月10日", "长安"), booths(1, 0), tmp_path)
    assert "请向工作人员咨询岗位" in plain(PdfReader(empty))
