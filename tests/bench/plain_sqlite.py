"""SQLite's full text (FTS5), as one would set it up: the words of the same tokeniser in five columns, `bm25()` with our
weights, filters and facets by SQL.

In: the same documents and questions as ours gets. Out: totals and first pages.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from search.documents import PostingDocument
from search.requests import SearchRequest
from tests.bench.documents import FACETS
from tests.bench.indexed import HITS, TEXTS, WORDS, Indexed, asked_words, indexed

_SCHEMA = f"""
CREATE VIRTUAL TABLE texts USING fts5({", ".join(TEXTS)}, tokenize = "unicode61 remove_diacritics 0 tokenchars '#+.-'");
CREATE TABLE postings (number INTEGER PRIMARY KEY, id TEXT, {" TEXT, ".join(WORDS)} TEXT, pay INT, valid_through INT);
CREATE TABLE benefits (number INT, benefit TEXT, PRIMARY KEY (benefit, number)) WITHOUT ROWID;
"""
_INDEX = "CREATE INDEX benefits_of ON benefits (number, benefit); ANALYZE;"
_WEIGHTS = ", ".join(str(weight) for weight in TEXTS.values())
_AT_ONCE = 10_000


def build(folder: str, documents: Iterable[PostingDocument]) -> None:
    with sqlite3.connect(folder) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        part: list[tuple[int, Indexed]] = []
        for numbered in enumerate(indexed(documents), 1):
            part.append(numbered)
            if len(part) == _AT_ONCE:
                _insert(connection, part)
                part = []
        _insert(connection, part)
        connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        connection.executescript(_INDEX)
    connection.close()


def _insert(connection: sqlite3.Connection, part: list[tuple[int, Indexed]]) -> None:
    rows = [(n, found.id, *found.words.values(), found.pay, found.valid_through) for n, found in part]
    connection.executemany(f"INSERT INTO postings VALUES ({', '.join('?' * (len(WORDS) + 4))})", rows)
    texts = [(n, *map(" ".join, found.texts.values())) for n, found in part]
    columns = ", ".join(TEXTS)
    connection.executemany(f"INSERT INTO texts (rowid, {columns}) VALUES (?, {', '.join('?' * len(TEXTS))})", texts)
    benefits = [(n, benefit) for n, found in part for benefit in found.benefits]
    connection.executemany("INSERT INTO benefits VALUES (?, ?)", benefits)


class PlainSqlite:
    def __init__(self, folder: str) -> None:
        self._connection = sqlite3.connect(folder)
        self._connection.execute("PRAGMA mmap_size = 4000000000")

    def search(self, request: SearchRequest) -> tuple[int, list[str]]:
        """(total, ids of the first page); facets are counted on the way."""
        match = " ".join(f'"{word}"' for word in asked_words(request.q))
        conditions, given = ["valid_through >= ?"], [request.today.toordinal()]
        for condition, value in _conditions(request.filters):
            conditions.append(condition)
            given.append(value)
        statement = f"""
            WITH hit AS MATERIALIZED (
                SELECT p.*, bm25(texts, {_WEIGHTS}) AS rank FROM texts JOIN postings p ON p.number = texts.rowid
                WHERE texts MATCH ? AND {" AND ".join(conditions)}
            )
            SELECT 'total', NULL, count(*) FROM hit
            UNION ALL SELECT * FROM (SELECT 'hit', id, rank FROM hit ORDER BY rank, id LIMIT {HITS})
            UNION ALL {" UNION ALL ".join(map(_facet, FACETS))}
        """
        rows = self._connection.execute(statement, [match, *given]).fetchall()
        return rows[0][2], [row[1] for row in rows if row[0] == "hit"]


def _conditions(filters: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, values in filters.items():
        if name == "salary_min":
            yield "pay >= ?", int(values[0])
        elif name == "benefit":
            yield "EXISTS (SELECT 1 FROM benefits b WHERE b.number = p.number AND b.benefit = ?)", values[0]
        else:
            yield f"{name} = ?", values[0]


def _facet(name: str) -> str:
    table = "hit JOIN benefits USING (number)" if name == "benefit" else "hit"
    return f"SELECT '{name}', {name}, count(*) FROM {table} GROUP BY 2"
