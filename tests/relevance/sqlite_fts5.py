"""SQLite FTS5 as one would set it up for Chinese: jieba's words with spaces between, bm25 with weights.

In: postings. Out: `Engine`. All words first; when that finds nothing, any of them.
"""

import sqlite3
from collections.abc import Iterable, Sequence

import rjieba

from tests.relevance.engines import FIELDS, HITS, Answer, asked_parts, open_postings, texts
from tests.relevance.truth import TruePosting


class SqliteFts5:
    name = "SQLite FTS5"

    def __init__(self, postings: Sequence[TruePosting]) -> None:
        self._cutter = rjieba.Jieba()
        self._store = sqlite3.connect(":memory:")
        self._store.execute(f"create virtual table postings using fts5(id unindexed, {', '.join(FIELDS)})")
        rows = (
            (p.id, *(" ".join(self._cutter.cut_for_search(text)) for text in texts(p))) for p in open_postings(postings)
        )
        marks = ", ".join("?" * (len(FIELDS) + 1))
        self._store.executemany(f"insert into postings values ({marks})", rows)

    def ask(self, q: str) -> Answer:
        pieces, phrases, excluded = asked_parts(q)
        words = [_quoted([word]) for piece in pieces for word in self._words(piece)]
        wanted = [*words, *(_quoted(self._words(phrase)) for phrase in phrases)]
        unwanted = "".join(f" NOT {_quoted(self._words(piece))}" for piece in excluded if self._words(piece))
        for joined in (" AND ", " OR "):
            if wanted and (ids := self._search(f"({joined.join(wanted)}){unwanted}")):
                return Answer(ids)
        return Answer(())

    def _words(self, text: str) -> list[str]:
        return [word for word in self._cutter.cut(text) if any(character.isalnum() for character in word)]

    def _search(self, match: str) -> tuple[str, ...]:
        weights = ", ".join(str(weight) for weight in (0.0, *FIELDS.values()))
        ordered = f"select id from postings where postings match ? order by bm25(postings, {weights}), id limit {HITS}"
        return tuple(str(row[0]) for row in self._store.execute(ordered, [match]))


def _quoted(words: Iterable[str]) -> str:
    return '"' + " ".join(words).replace('"', '""') + '"'
