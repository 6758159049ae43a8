"""PostgreSQL's full text, as one would set it up: a `tsvector` of the words of the same tokeniser with weights, GIN,
`ts_rank`, filters and facets in one statement.

In: the same documents and questions as ours gets, and the folder of a server's socket. Out: totals and first pages.
"""

from collections.abc import Iterable
from typing import Any

import psycopg

from search.documents import PostingDocument
from search.requests import SearchRequest
from tests.bench.documents import FACETS
from tests.bench.indexed import HITS, WORDS, asked_words, indexed

OPTIONS = ("shared_buffers=512MB", "work_mem=64MB", "maintenance_work_mem=512MB", "max_parallel_workers_per_gather=0")
_WEIGHTS = {"title": "A", "employer": "B", "occupation": "B", "place": "B", "body": "D"}
_LAST_POSITION = 16_383  # of a tsvector; later ones say this one
_SCHEMA = f"""
CREATE TABLE postings (
    id text, {" text, ".join(WORDS)} text, benefits text[], pay int, valid_through int, words tsvector
)"""
_INDEX = "CREATE INDEX words_of ON postings USING gin (words)"


def _connect(folder: str) -> "psycopg.Connection[Any]":
    return psycopg.connect(host=folder, user="guanshao", dbname="postgres", autocommit=True)


def build(folder: str, documents: Iterable[PostingDocument]) -> None:
    with _connect(folder) as connection:
        connection.execute("DROP TABLE IF EXISTS postings")
        connection.execute(_SCHEMA.encode())
        with connection.cursor().copy("COPY postings FROM STDIN") as copy:
            for found in indexed(documents):
                words = _tsvector(found.texts)
                copy.write_row((found.id, *found.words.values(), found.benefits, found.pay, found.valid_through, words))
        connection.execute(_INDEX)
        connection.execute("VACUUM ANALYZE postings")


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _tsvector(texts: dict[str, list[str]]) -> str:
    places: dict[str, list[str]] = {}
    position = 0
    for name, words in texts.items():
        for word in words:
            position = min(position + 1, _LAST_POSITION)
            places.setdefault(word, []).append(f"{position}{_WEIGHTS[name]}")
    return " ".join(f"{_quoted(word)}:{','.join(at)}" for word, at in places.items())


class PlainPostgresql:
    def __init__(self, folder: str) -> None:
        self._connection = _connect(folder)

    def search(self, request: SearchRequest) -> tuple[int, list[str]]:
        """(total, ids of the first page); facets are counted on the way."""
        asked: dict[str, Any] = {"asked": " & ".join(map(_quoted, asked_words(request.q)))}
        conditions = ["words @@ %(asked)s::tsquery", "valid_through >= %(today)s"]
        asked["today"] = request.today.toordinal()
        for name, values in request.filters.items():
            asked[name] = int(values[0]) if name == "salary_min" else values[0]
            conditions.append(_CONDITIONS.get(name, f"{name} = %({name})s"))
        statement = f"""
            WITH hit AS MATERIALIZED (
                SELECT id, {", ".join(WORDS)}, benefits, ts_rank(words, %(asked)s::tsquery) AS rank
                FROM postings WHERE {" AND ".join(conditions)}
            )
            SELECT (SELECT count(*) FROM hit),
                   ARRAY(SELECT id FROM hit ORDER BY rank DESC, id LIMIT {HITS}),
                   {", ".join(map(_facet, FACETS))}
        """
        row = self._connection.execute(statement.encode(), asked).fetchone()
        assert row is not None
        return row[0], row[1]


_CONDITIONS = {"salary_min": "pay >= %(salary_min)s", "benefit": "benefits @> ARRAY[%(benefit)s]"}


def _facet(name: str) -> str:
    values = "SELECT unnest(benefits) AS value FROM hit" if name == "benefit" else f"SELECT {name} AS value FROM hit"
    return f"(SELECT json_object_agg(value, n) FROM (SELECT value, count(*) AS n FROM ({values}) v GROUP BY value) c)"
