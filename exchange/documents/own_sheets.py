"""The words by which we know again what we wrote into a workbook ourselves.

Out: headings, sheet names and signatures. Reading (`ingest.table`) leaves out a sheet that begins with a signature, so
that a marked workbook can be uploaded as it is; a clerk's own sheet of the same name has none and is read.
"""

AUTHOR = "莞韶岗位互通"
PLATFORM_HEADING = "平台编号"  # Field.PLATFORM_ID in headings.toml
RESULT_HEADING = "结果"  # known and of no use in headings.toml
CHECK_SHEET = "核对结果"
GUIDE_SHEET = "填表说明"
CHECK_SIGNATURE = f"{AUTHOR} · {CHECK_SHEET}"
GUIDE_SIGNATURE = f"{AUTHOR} · {GUIDE_SHEET}"
_SIGNATURES = frozenset({CHECK_SIGNATURE, GUIDE_SIGNATURE})


def is_own_sheet(first_words: object) -> bool:
    """`first_words`: the first filled cell of the sheet."""
    return isinstance(first_words, str) and " ".join(first_words.split()) in _SIGNATURES
