"""Duplicates (重复岗位) across organisations, sources and cities: which posting a row is one more offer of, and why.

In: new rows of a batch, the store. Out: position → `Match`, with reasons in Chinese. Blocking by keys (keys.py), then
points for what agrees (evidence.py); points and words live in vocabulary/duplicates.toml. A new kind of evidence is a
function there and a table of points; measure it with `tests/bench/duplicates.py`.
"""

from ingest.duplicates.evidence import Side, Verdict, judge, side_of
from ingest.duplicates.keys import job_key, wording_key
from ingest.duplicates.matching import Match

__all__ = ["Match", "Side", "Verdict", "job_key", "judge", "side_of", "wording_key"]
