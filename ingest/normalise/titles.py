"""The job's title (岗位名称): kept as written, trimmed, one space for many.

In: the cell's text. Out: the title, "" when there is none.
"""

from functools import lru_cache

from ingest.normalise.text import is_blank, squeeze


@lru_cache(maxsize=8192)
def read_title(text: str) -> str:
    """One title; a cell of dashes, a lone slash or 无 is no title."""
    title = squeeze(text)
    return "" if is_blank(title) or not any(sign.isalnum() for sign in title) else title
