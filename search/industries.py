"""Names of industries (行业): sections and divisions of GB/T 4754.

In: config/vocabulary/industries.csv. Out: the name of a code, "" when there is none.
"""

from functools import cache

from config.packaged import read_table


@cache
def industries() -> dict[str, str]:
    """Code to name."""
    return {row["code"]: row["name"] for row in read_table("industries.csv")}


def industry_name(code: str) -> str:
    return industries().get(code, "")
