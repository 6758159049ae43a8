"""Every closed list has a Chinese word for each of its members, and no word is left over."""

import inspect
from enum import StrEnum

from config import words


def _lists() -> list[type[StrEnum]]:
    classes = (member for _, member in inspect.getmembers(words, inspect.isclass))
    return [member for member in classes if issubclass(member, StrEnum) and member is not StrEnum]


def test_there_are_closed_lists() -> None:
    assert words.Outcome in _lists()


def test_every_member_has_its_label() -> None:
    missing = [f"{k.__name__}.{m.name}" for k in _lists() for m in k if not words.LABELS.get(k, {}).get(m, "").strip()]
    assert missing == []


def test_no_label_is_left_over() -> None:
    assert {kind: set(labels) for kind, labels in words.LABELS.items()} == {kind: set(kind) for kind in _lists()}


def test_members_that_are_equal_as_text_keep_their_own_words() -> None:
    assert words.label(words.Outcome.DUPLICATE) == "重复"
    assert words.label(words.Uncounted.DUPLICATE) == "重复提供"
