"""What phrases are looked for in: the texts of a posting as letters and figures only, a line a field.

In: a posting when it is indexed; a pattern and rows when it is searched. Out: bytes for the index, and which of the
rows have the pattern. Title, employer, address, each benefit and the duties are lines of their own, so that no phrase
reaches from one into the next. Read only when a phrase is asked for.
"""

import re
from functools import lru_cache
from typing import Any

import numpy as np

from search.documents import PostingDocument
from search.folding import fold

Array = np.ndarray[Any, Any]
_LINE = b"\n"
_BETWEEN = re.compile(r"[\W_]+")


def squeezed(folded: str) -> bytes:
    """Letters and figures of a folded text, one after the other."""
    return _BETWEEN.sub("", folded).encode()


@lru_cache(maxsize=65536)
def _squeezed_name(name: str) -> bytes:
    return squeezed(fold(name))


def searched_text(document: PostingDocument, folded_description: str) -> bytes:
    names = (document.title, document.employer, document.address, *document.benefits)
    return _LINE.join((*map(_squeezed_name, names), squeezed(folded_description)))


def rows_with(pattern: re.Pattern[bytes], rows: Array, texts: Array, ends: Array) -> Array:
    """Those of the rows whose text has the pattern. `texts[ends[row]:ends[row + 1]]` is a row's text."""
    if not len(rows):
        return rows
    stored = texts.data
    spans = zip(ends[rows].tolist(), ends[rows + 1].tolist(), strict=True)
    return rows[np.array([pattern.search(stored[start:end]) is not None for start, end in spans], bool)]
