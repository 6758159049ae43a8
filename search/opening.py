"""Opens the search engine of this installation.

In: the index folder. Out: its reader and its writer. Another engine would be chosen here.
"""

from pathlib import Path

from search.engines.contract import Reader, Writer
from search.engines.whoosh.reader import WhooshReader
from search.engines.whoosh.writer import WhooshWriter
from search.filters import Labels


def open_engine(folder: Path | str, labels: Labels | None = None) -> tuple[Reader, Writer]:
    """`labels(parameter, value)` names clusters, sources, occupations and industries; "" when it knows none."""
    return WhooshReader(folder, labels), WhooshWriter(folder)
