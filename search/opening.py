"""Opens the search engine of this installation.

In: the index folder. Out: its reader and its writer. Another engine would be chosen here.
"""

from pathlib import Path

from search.engine import Reader, Writer
from search.filters import Labels
from search.whoosh_reader import WhooshReader
from search.whoosh_writer import WhooshWriter


def open_engine(folder: Path | str, labels: Labels | None = None) -> tuple[Reader, Writer]:
    """`labels(parameter, value)` names clusters, sources, occupations and industries; "" when it knows none."""
    return WhooshReader(folder, labels), WhooshWriter(folder)
