"""Plain Whoosh, as one would write it from its documentation: the measure of the search.

In: the same documents and questions as ours gets, cut into words by the same tokeniser. Out: totals and times.
Fields of text with weights (BM25F), keywords and numbers for filters, `groupedby` for facets.
"""

import os
from collections.abc import Iterable
from datetime import date
from typing import Any

from whoosh import fields, index, query, sorting
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.qparser import AndGroup, MultifieldParser
from whoosh.searching import Searcher

from search.documents import PostingDocument
from search.requests import SearchRequest
from tests.bench.documents import FACETS
from tests.bench.indexed import HITS, TEXTS, WORDS, asked_words, indexed

_MEMORY_MB = 256


def _schema() -> fields.Schema:
    texts = {name: fields.TEXT(SpaceSeparatedTokenizer(), field_boost=boost) for name, boost in TEXTS.items()}
    words = {name: fields.ID(sortable=True) for name in WORDS}
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        benefit=fields.KEYWORD(commas=True, sortable=True),
        pay=fields.NUMERIC(int, sortable=True, signed=True),
        valid_through=fields.NUMERIC(int, sortable=True),
        **texts,
        **words,
    )


def build(folder: str, documents: Iterable[PostingDocument]) -> None:
    os.makedirs(folder)
    writer = index.create_in(folder, _schema()).writer(limitmb=_MEMORY_MB)
    for found in indexed(documents):
        writer.add_document(
            id=found.id,
            benefit=",".join(found.benefits),
            pay=found.pay,
            valid_through=found.valid_through,
            **{name: " ".join(words) for name, words in found.texts.items()},
            **found.words,
        )
    writer.commit()


class PlainWhoosh:
    def __init__(self, folder: str) -> None:
        opened = index.open_dir(folder)
        self._searcher: Searcher = opened.searcher()
        self._parser = MultifieldParser(list(TEXTS), opened.schema, group=AndGroup)

    def search(self, request: SearchRequest) -> tuple[int, list[str]]:
        """(total, ids of the first page); facets are counted on the way."""
        asked = self._parser.parse(" ".join(asked_words(request.q)))
        facets = sorting.Facets()
        for name in FACETS:
            facets.add_field(name, allow_overlap=name == "benefit", maptype=sorting.Count)
        wanted = _filter(request.filters, request.today)
        found = self._searcher.search(asked, limit=HITS, filter=wanted, groupedby=facets)
        for name in FACETS:
            found.groups(name)
        return len(found), [hit["id"] for hit in found]


def _filter(filters: dict[str, Any], today: date) -> query.Query:
    clauses: list[query.Query] = [query.NumericRange("valid_through", today.toordinal(), None)]
    for name, values in filters.items():
        if name == "salary_min":
            clauses.append(query.NumericRange("pay", int(values[0]), None))
        else:
            clauses.append(query.Term(name, values[0]))
    return query.And(clauses)
