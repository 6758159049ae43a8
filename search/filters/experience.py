"""经验: the years a posting asks for, in bands. A posting that says nothing asks for none."""

from search.filters.banded import Band, BandedFilter

BANDS = (
    Band("none", "不要求经验", -1, 1),
    Band("1-3", "1–3 年", 1, 3),
    Band("3-5", "3–5 年", 3, 5),
    Band("5-10", "5–10 年", 5, 10),
    Band("10+", "10 年以上", 10),
)

FILTER = BandedFilter(
    "experience", "经验", "years asked for: none, 1-3, 3-5, 5-10, 10+", "experience", "experience", BANDS
)
