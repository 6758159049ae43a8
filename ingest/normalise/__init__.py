"""Normalising (规范化): a row's cells to a posting's content.

In: `Row` and `Context`. Out: `Reading`. One file per value: pay, places, openings, education, experience, age, dates,
benefits, employment, industry, titles, employers, contacts; keys.py compares; row.py puts them together.
"""

from ingest.normalise.reading import Context, Reading
from ingest.normalise.row import normalise_row

__all__ = ["Context", "Reading", "normalise_row"]
