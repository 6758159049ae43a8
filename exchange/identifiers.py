"""Ids of postings, offers and batches: 12 characters that a clerk can read over the phone.

In: what makes the thing unique. Out: Crockford base 32 (no I, L, O, U), 60 bits of SHA-256. The same
record of the same batch always gets the same id, so that a step done again makes nothing twice.
"""

import hashlib
import secrets
from itertools import product

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12
_PAIRS = [low + high for high, low in product(_ALPHABET, repeat=2)]  # two characters at a time, the lower bits first


def derived_id(*parts: object) -> str:
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return _encode(int.from_bytes(digest[:8], "big"))


def random_id() -> str:
    return _encode(secrets.randbits(64))


def _encode(number: int) -> str:
    return "".join([_PAIRS[(number >> place) & 1023] for place in range(0, 5 * _LENGTH, 10)])
