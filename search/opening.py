"""Opens the search engine of this installation.

In: the index folder. Out: its reader and its writer. Another engine would be chosen here: it implements `Reader` and
`Writer` of search/engines/contract.py, in a package of its own beside `whoosh`, and the check of GUANSHAO_SEARCH_URL
in config/setting_table.py, which refuses every server until then, lets its addresses pass.
"""

from pathlib import Path

from search.engines.contract import Reader, Writer
from search.engines.whoosh.reader import CACHE_MEGABYTES, WhooshReader
from search.engines.whoosh.writer import WhooshWriter
from search.filters import Labels


def open_engine(
    folder: Path | str, labels: Labels | None = None, cache_megabytes: int = CACHE_MEGABYTES
) -> tuple[Reader, Writer]:
    """`labels(parameter, value)` names clusters, sources, occupations and industries; "" when it knows none."""
    return WhooshReader(folder, labels, cache_megabytes), WhooshWriter(folder)
