"""`guanshao report`: any quarter, half or year as a file, and a plain sentence for what cannot be had."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.flow.commands import Answer, Commands
from tests.flow.desk import CHANGAN, job, write_csv

YEAR = datetime.now(UTC).year


@pytest.fixture
def guanshao(tmp_path: Path) -> Commands:
    """With two postings of Chang'an, published just now."""
    commands = Commands(tmp_path / "var")
    sheet = write_csv(tmp_path / "长安.csv", [job("普工"), job("焊工")])
    taken = commands("ingest", "--file", str(sheet), "--source", "dg-upload", "--organisation", CHANGAN)
    assert taken.code == 0
    return commands


def report(guanshao: Commands, file: Path, *more: str) -> Answer:
    return guanshao("report", "--year", str(YEAR), "--output", str(file), *more)


def test_it_writes_word_and_excel_and_tells_what_they_rest_on(guanshao: Commands, tmp_path: Path) -> None:
    answer = report(guanshao, tmp_path / "年.docx", "--json")
    assert answer.code == 0
    told = answer.json
    assert (told["report"], told["basis"], told["postings"]) == (f"{YEAR}-office", "partial", 2)
    paragraphs = [paragraph.text for paragraph in Document(str(tmp_path / "年.docx")).paragraphs]
    assert told["title"] in [text.replace("\n", "") for text in paragraphs]
    assert any(told["page_hash"] in text for text in paragraphs)
    assert report(guanshao, tmp_path / "年.xlsx", "--cluster", "c01").code == 0
    listed = load_workbook(tmp_path / "年.xlsx")["岗位信息明细表"]
    assert [cell.value for cell in listed["D"]][-2:] == ["普工", "焊工"]


def test_a_half_of_long_ago_is_all_zeros_and_no_error(guanshao: Commands, tmp_path: Path) -> None:
    answer = guanshao("report", "--year", "2023", "--half", "1", "--output", str(tmp_path / "h.xlsx"), "--json")
    assert (answer.code, answer.json["postings"], answer.json["ledger_sequence"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--quarter", "1", "--half", "1"), "只能写一个"),
        (("--quarter", "5"), "--quarter"),
        (("--cluster", "c99"), "没有组团 c99"),
    ],
)
def test_wrong_usage_is_said_and_nothing_is_written(
    guanshao: Commands, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    answer = report(guanshao, tmp_path / "r.xlsx", *arguments)
    assert answer.code == 2
    assert sentence in answer.err
    assert not (tmp_path / "r.xlsx").exists()


def test_only_three_kinds_of_file_and_no_year_to_come(guanshao: Commands, tmp_path: Path) -> None:
    assert "应以 .docx、.xlsx 或 .pdf 结尾" in report(guanshao, tmp_path / "r.txt").err
    future = guanshao("report", "--year", str(YEAR + 1), "--output", str(tmp_path / "r.xlsx"))
    assert (future.code, "还没有开始" in future.err) == (2, True)


def test_without_a_font_pdf_is_refused_in_one_sentence(guanshao: Commands, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    without = Commands(tmp_path / "var", GUANSHAO_PDF_FONT=str(tmp_path / "none"))
    answer = report(without, tmp_path / "r.pdf")
    assert answer.code == 1
    assert "GUANSHAO_PDF_FONT" in answer.err
    assert not (tmp_path / "r.pdf").exists()
