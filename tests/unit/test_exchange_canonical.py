"""Canonical JSON is what Python's `json` writes, however it was written: the hashes of the ledger rest on it."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.words import Outcome
from exchange.canonical import canonical, canonical_bytes

TEXTS = st.text(st.characters(codec="utf-8"))
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner))


def written_by_python(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@given(VALUES)
def test_it_is_what_python_writes(value: Any) -> None:
    assert canonical(value) == written_by_python(value)


@pytest.mark.parametrize("number", [1e-5, 1e16, -1e300, 5e-324, 0.1 + 0.2, 20.0, -0.0, 1e15, 1e-4])
def test_numbers_too_where_the_quick_way_writes_them_otherwise(number: float) -> None:
    assert canonical_bytes({"pay": number}) == written_by_python({"pay": number}).encode()
    assert canonical_bytes({"pay": number}, (number, None)) == written_by_python({"pay": number}).encode()


def test_words_of_an_enum_and_large_numbers_are_keys_and_values_like_others() -> None:
    value = {Outcome.CREATED: 2**70, "x": (Outcome.HELD, "控\x01制\u2028")}
    assert canonical(value) == written_by_python(value)


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical({"day": date(2026, 3, 12)})
