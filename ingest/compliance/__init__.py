"""Compliance (合规): what a posting's words and pay may not say.

In: a row's cells and its content. Out: problems with the exact words found; error holds the record, warning publishes
it. Rules are data (config/vocabulary/compliance.toml); minimum wages are wages.py and minimum_wage.csv.
"""

from collections.abc import Mapping
from datetime import date

from exchange.content import Content, Problem
from ingest.compliance.wages import below_minimum
from ingest.compliance.words import find_words
from ingest.fields import Field

__all__ = ["find_breaches"]


def find_breaches(texts: Mapping[Field, str], content: Content, today: date) -> tuple[Problem, ...]:
    """Breaches in the row's cells as written, at most one for each code and field, errors first.

    Sheet, row and heading are left to the caller, which knows where the cells stood.
    """
    found = find_words(texts)
    below = below_minimum(content, today)
    return (*found, below) if below else found
