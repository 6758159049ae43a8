"""How complete a posting is, 0 to 100: what a person would miss before calling.

In: a document. Out: a whole number, stored in the index. What counts how much is data, in vocabulary/ranking.toml.
"""

from functools import cache

from config.packaged import read_vocabulary_toml
from search.documents import PostingDocument


@cache
def _shares() -> dict[str, int]:
    return dict(read_vocabulary_toml("ranking.toml")["completeness"])


def completeness(document: PostingDocument) -> int:
    shares = _shares()
    known = {
        "pay": float(document.salary_counts and (document.salary_max or document.salary_min) is not None),
        "openings": float(document.openings is not None),
        "duties": min(1.0, len(document.description) / shares["usual_duties"]),
        "benefits": min(1.0, len(document.benefits) / shares["usual_benefits"]),
        "occupation": float(bool(document.occupation)),
        "industry": float(bool(document.industry)),
        "address": float(bool(document.address)),
    }
    return round(sum(shares[part] * share for part, share in known.items()))
