"""What the Whoosh index on disk consists of: one indexed field, the columns, the file names.

In: nothing. Out: the schema (which carries the ledger sequence, so that Whoosh's own table of contents
commits both at once), the columns and their types. A new column is a line here and one in whoosh_rows.py.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from whoosh import columns, fields, formats

from search.analyzer import analysis_version
from search.occupations.vocabulary import occupations_version
from search.ranking import ranking_version

FORMAT = 3  # of the files; another number cannot be read and must be rebuilt
INDEX_NAME = "MAIN"  # Whoosh's default, so that its own tools open the index
WORDS = "words"
ID_BYTES = 40
CODED = (  # columns of a few distinct texts: numbers into the segment's list of values
    "title", "employer", "division", "direction", "cluster", "occupation", "industry",
    "education", "employment_type", "benefits", "source",
)  # fmt: skip
NUMBERS = {  # columns of whole numbers and how many bytes each takes
    "sequence": 8, "published_on": 4, "valid_through": 4, "openings": 4, "pay": 4, "experience": 4,
    "confirmed_on": 4, "completeness": 4,
}  # fmt: skip
UNKNOWN = -1  # in a column of numbers


class WordsField(fields.FieldType):
    """A field whose text is words with spaces between; weights come from the writer, positions are not kept."""

    indexed = True
    scorable = False
    stored = False
    unique = False
    vector = None
    column_type = None
    sortable = False
    spelling = False
    multitoken_query = "and"

    def __init__(self) -> None:
        self.analyzer = None
        self.format = formats.Existence()

    def index(self, value: str, **_: Any) -> list[tuple[bytes, int, float, bytes]]:
        return [(word.encode(), times, float(times), b"") for word, times in Counter(value.split()).items()]

    def process_text(self, qstring: str, mode: str = "", **_: Any) -> list[str]:
        return qstring.split()

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode()

    def from_bytes(self, value: bytes) -> str:
        return value.decode()

    def separate_spelling(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Contents:
    """What the index says of itself; committed together with its segments."""

    sequence: int
    format: int
    version: str  # of the analysis, the weights and the words of occupations


class PostingSchema(fields.Schema):
    contents: Contents


def current_version() -> str:
    return hashlib.sha256(f"{analysis_version()} {ranking_version()} {occupations_version()}".encode()).hexdigest()[:16]


def posting_schema(sequence: int, version: str | None = None) -> PostingSchema:
    described = {name: fields.COLUMN(columns.NumericColumn("i", default=UNKNOWN)) for name in CODED}
    for name, size in NUMBERS.items():
        described[name] = fields.COLUMN(columns.NumericColumn("q" if size == 8 else "i", default=UNKNOWN))
    described["id"] = fields.COLUMN(columns.FixedBytesColumn(ID_BYTES))
    schema = PostingSchema(**{WORDS: WordsField()}, **described)
    schema.contents = Contents(sequence, FORMAT, version or current_version())
    return schema
