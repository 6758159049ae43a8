"""tantivy, a search library in Rust, in two ways: five fields with weights, which ranks as ours does, or one field of
all words without weights, which is the fastest it can answer these questions.

In: the same documents and questions as ours gets, cut into words by the same tokeniser. Out: totals and first pages.
"""

import os
from collections.abc import Iterable
from datetime import date
from typing import Any

import tantivy

from search.documents import PostingDocument
from search.requests import SearchRequest
from tests.bench.documents import FACETS
from tests.bench.indexed import HITS, MOST_VALUES, TEXTS, WORDS, asked_words, indexed

_ALL = {"words": 1.0}
_NUMBERS = ("pay", "valid_through")
_HEAP_BYTES = 256 * 2**20


def _schema(weighted: bool) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in TEXTS if weighted else _ALL:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in (*WORDS, "benefit"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in _NUMBERS:
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


def build(folder: str, documents: Iterable[PostingDocument], weighted: bool) -> None:
    os.makedirs(folder)
    index = tantivy.Index(_schema(weighted), path=folder)
    writer = index.writer(heap_size=_HEAP_BYTES)
    for found in indexed(documents):
        texts = {name: " ".join(words) for name, words in found.texts.items()}
        writer.add_document(
            tantivy.Document(
                id=found.id,
                **(texts if weighted else {"words": " ".join(texts.values())}),
                **found.words,
                benefit=found.benefits,
                pay=found.pay,
                valid_through=found.valid_through,
            )
        )
    writer.commit()
    writer.wait_merging_threads()


class PlainTantivy:
    def __init__(self, folder: str, weighted: bool) -> None:
        self._schema = _schema(weighted)
        self._fields = TEXTS if weighted else _ALL
        self._searcher = tantivy.Index(self._schema, path=folder).searcher()

    def search(self, request: SearchRequest) -> tuple[int, list[str]]:
        """(total, ids of the first page); facets are counted on the way."""
        asked = self._query(request.q, request.filters, request.today)
        found = self._searcher.search(asked, limit=HITS, count=True)
        self._searcher.aggregate(asked, {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in FACETS})
        ids = [self._searcher.doc(address)["id"][0] for _, address in found.hits]
        return int(found.count), ids

    def _query(self, q: str, filters: dict[str, Any], today: date) -> tantivy.Query:
        clauses = [self._word(word) for word in asked_words(q)]
        clauses.append(self._at_least("valid_through", today.toordinal()))
        for name, values in filters.items():
            if name == "salary_min":
                clauses.append(self._at_least("pay", int(values[0])))
            else:
                term = tantivy.Query.term_query(self._schema, name, values[0], "basic")
                clauses.append(tantivy.Query.const_score_query(term, 0.0))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, clause) for clause in clauses])

    def _word(self, word: str) -> tantivy.Query:
        """In any of the fields."""
        found = {name: tantivy.Query.term_query(self._schema, name, word, "freq") for name in self._fields}
        if len(found) == 1:
            return next(iter(found.values()))
        weighted = [tantivy.Query.boost_query(query, self._fields[name]) for name, query in found.items()]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in weighted])

    def _at_least(self, name: str, least: int) -> tantivy.Query:
        ranged = tantivy.Query.range_query(self._schema, name, tantivy.FieldType.Integer, least)
        return tantivy.Query.const_score_query(ranged, 0.0)
