"""Blocking keys (分块键): two rows are looked at side by side only when they share one of these.

In: a content. Out: 32 hexadecimal digits, or "". Stored with records and offers, indexed with the offers.
"""

import hashlib

from exchange.content import Content
from ingest.duplicates.employers import employer_name
from ingest.duplicates.titles import title_name


def job_key(content: Content) -> str:
    """The same employer, whatever form and region are written, and the same trade; any place, any pay."""
    return _hash(employer_name(content.employer).core, title_name(content.title).family)


def wording_key(content: Content) -> str:
    """The same trade, place and pay, whoever offers it: how a misspelt employer or an agency is found."""
    salary = content.salary
    if salary.min is None and salary.max is None:
        return ""
    return _hash(title_name(content.title).family, content.division, str(salary.min), str(salary.max))


def _hash(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]
