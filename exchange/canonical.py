"""Canonical JSON: the same value always gives the same bytes, today and in ten years.

In: plain values. Out: JSON with sorted keys, no spaces, UTF-8, numbers as Python's `json` writes them. The hashes of
the ledger and of contents rest on it, so it never changes; orjson is only the quick way to the same bytes.
"""

import json
from collections.abc import Iterable
from typing import Any

import orjson

_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_PLAIN = frozenset({str, int, bool, type(None)})
_LEAST, _MOST = 1e-4, 1e15  # of numbers that are written without an exponent, on which the two differ


def canonical(value: Any) -> str:
    return canonical_bytes(value).decode()


def canonical_bytes(value: Any, numbers: Iterable[float | None] | None = None) -> bytes:
    """`numbers`: those with a point in it, from a caller who knows them; else they are looked for, which takes longer
    than the writing. Raises TypeError for what JSON cannot say."""
    if _are_alike((value,) if numbers is None else numbers):
        try:
            return orjson.dumps(value, option=_SORTED)
        except orjson.JSONEncodeError:  # whole numbers beyond 64 bits, keys that are no plain text
            pass
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _are_alike(values: Iterable[Any]) -> bool:
    """Whether both write these alike: every number with a point lies in the middle range."""
    for value in values:  # noqa: SIM110 - a generator costs more than the writing itself
        if value.__class__ not in _PLAIN and not _is_alike(value):
            return False
    return True


def _is_alike(value: Any) -> bool:
    if isinstance(value, float):
        return value == 0 or _LEAST <= abs(value) < _MOST
    if isinstance(value, dict):
        return _are_alike(value.values())
    return isinstance(value, (str, int)) or (isinstance(value, (list, tuple)) and _are_alike(value))
