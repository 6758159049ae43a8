"""The benchmark: postings the same for the same seed, lawful and complete but for 2 %, and sensible questions."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from config.words import City
from ingest.checking import check_row
from ingest.normalise import Context
from ingest.table import Limits, read_file
from search.opening import open_engine
from search.requests import SearchRequest
from search.understanding import read_query
from tests.bench.documents import FACETS, documents, questions
from tests.bench.drawing import draw
from tests.bench.figures import Bar, Figure
from tests.bench.rows import EVERY, sheet_rows, write_workbook

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 3, 12)
ROWS = 700


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "batch.xlsx"
    write_workbook(path, ROWS, 1, TODAY)
    return path


def test_the_same_seed_draws_the_same_postings() -> None:
    assert list(draw(200, 1, TODAY)) == list(draw(200, 1, TODAY))
    assert list(draw(200, 1, TODAY)) != list(draw(200, 2, TODAY))
    assert list(sheet_rows(200, 1, TODAY)) == list(sheet_rows(200, 1, TODAY))


def test_no_employer_has_one_title_twice() -> None:
    seen = Counter((drawn.employer, drawn.title) for drawn in draw(5_000, 1, TODAY))
    assert max(seen.values()) == 1


def test_the_workbook_has_thirteen_columns_title_rows_and_merged_employers(workbook: Path) -> None:
    sheet = load_workbook(workbook).worksheets[0]
    assert sheet.max_column == 13
    assert "汇总表" in str(sheet["A1"].value)
    merged_employers = [area for area in sheet.merged_cells.ranges if area.min_col == area.max_col == 2]
    assert len(merged_employers) > ROWS / 20


def test_two_rows_in_a_hundred_need_mending_and_no_more(workbook: Path) -> None:
    table = read_file(workbook, Limits(), name=workbook.name, mapping=None)
    assert len(table.rows) == ROWS
    context = Context(today=TODAY, city=City.DONGGUAN, organisation_division="441900")
    checked = [check_row(row, context, position) for position, row in enumerate(table.rows, 1)]
    mended = {c.position for c in checked if c.problems or c.candidate.rejected or c.candidate.breached}
    assert mended == set(range(EVERY, ROWS + 1, EVERY))
    assert any(c.candidate.rejected for c in checked)
    assert any(c.candidate.breached for c in checked)


def test_questions_are_distinct_plain_and_find_something(tmp_path: Path) -> None:
    postings = documents(1_000, 1, TODAY)
    asked = questions(postings, 100, 1, TODAY)
    assert len({(question.q, repr(question.filters)) for question in asked}) == 100
    assert all(question.terms and not read_query(question.q).pieces for question in asked)
    reader, writer = open_engine(tmp_path)
    writer.rebuild(postings, 1)
    requests = [SearchRequest(today=TODAY, q=q.q, filters=q.filters, facets=FACETS) for q in asked]
    assert sum(1 for request in requests if reader.search(request).total) > 90


def test_a_bar_is_held_against_the_ratio_where_there_is_one() -> None:
    assert Figure("a", 3.0, "s", "b", 2.0, Bar(2)).is_met
    assert not Figure("a", 5.0, "s", "b", 2.0, Bar(2)).is_met
    assert Figure("a", 1.0, "s", "b", 20.0, Bar(10, at_least=True), turned=True).is_met
    assert not Figure("a", 301, "MB", bar=Bar(300)).is_met
    assert Figure("a", 1.0, "s").is_met is None


def test_the_quick_run_measures_a_batch_and_writes_it_down(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    command = [sys.executable, "tests/bench", "batch", "--quick", "--json", str(figures)]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    written = json.loads(figures.read_text(encoding="utf-8"))
    assert written["sizes"] == "quick"
    named = {figure["what"]: figure for figure in written["figures"]}
    assert named["200 rows: file to preview"]["ratio"] > 0
    assert named["the same file again, 198 unchanged"]["bar"] == {"limit": 10, "at_least": True}
    assert "file to preview" in ended.stdout
