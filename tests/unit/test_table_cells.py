"""A cell of any kind becomes text that a normaliser can read."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fields import Field
from ingest.table.cells import cell_text, is_blank, number_text, one_line, prose, text_maker


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5000.0, "5000"),
        (5000, "5000"),
        (0.1 + 0.2, "0.3"),
        (1.38e10, "13800000000"),
        (4419001190011234567, "4419001190011234567"),
        (0.05, "0.05"),
        (-3.0, "-3"),
        (float("nan"), ""),
        (True, "TRUE"),
        (None, ""),
        (date(2026, 3, 5), "2026-03-05"),
        (datetime(2026, 3, 5), "2026-03-05"),
        (datetime(2026, 3, 5, 8, 30), "2026-03-05 08:30"),
        (time(8, 30), "08:30"),
        (timedelta(hours=30), "30:00"),
        ("1.5E+3", "1.5E+3"),
        ("1.500E+3", "1500"),
        ("\ufeff 普工\u200b\t(夜) ", "普工 (夜)"),
        ("晨曜_x000D_\n电子", "晨曜 电子"),
        ("a\ud800b", "ab"),
    ],
)
def test_a_cell_as_text(value: object, text: str) -> None:
    assert cell_text(value) == text  # type: ignore[arg-type]


def test_prose_keeps_its_lines() -> None:
    assert prose(" 1.装配\r\n\r\n　2.检验\u2028\n3.打包 ") == "1.装配\n2.检验\n3.打包"
    assert text_maker(Field.REQUIREMENTS)("a\nb") == "a\nb"
    assert text_maker(Field.EMPLOYER)("a\nb") == "a b"


def test_a_day_in_a_column_of_spans_is_the_span_that_was_typed() -> None:
    assert text_maker(Field.OPENINGS)(datetime(2026, 5, 8)) == "5-8"
    assert text_maker(Field.VALIDITY)(datetime(2026, 5, 8)) == "2026-05-08"


@given(st.text())
def test_one_line_is_one_clean_line(text: str) -> None:
    line = one_line(text)
    assert line == line.strip()
    assert not {"\n", "\0", "\u3000"} & set(line)
    assert "  " not in line
    assert one_line(line) == line
    line.encode("utf-8")


@given(st.text())
def test_prose_has_no_blank_lines_and_loses_no_words(text: str) -> None:
    lines = prose(text)
    assert "\n\n" not in lines
    assert one_line(lines).split() == one_line(text).split()


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.none()))
def test_any_cell_becomes_text_and_blank_means_no_text(value: object) -> None:
    text = cell_text(value)  # type: ignore[arg-type]
    assert isinstance(text, str)
    if is_blank(value):  # type: ignore[arg-type]
        assert text == ""


@given(st.floats(min_value=-1e15, max_value=1e15))
def test_numbers_keep_fifteen_digits_and_no_exponent_where_people_write_none(value: float) -> None:
    text = number_text(value)
    assert float(text) == pytest.approx(value, rel=1e-14)
    assert not text.endswith(".0")
