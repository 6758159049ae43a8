"""Plain Whoosh as its documentation and jieba's have it: ChineseAnalyzer, five TEXT fields, BM25F.

In: a folder and postings. Out: `Engine`. All words first; when that finds nothing, any of them.
"""

import logging
import warnings
from collections.abc import Sequence
from pathlib import Path

from whoosh import fields, index
from whoosh.qparser import AndGroup, MultifieldParser, OrGroup, PlusMinusPlugin

from tests.relevance.engines import FIELDS, HITS, Answer, open_postings, texts
from tests.relevance.truth import TruePosting

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba leaves a file open while it is imported
    import jieba.analyse


class StockWhoosh:
    name = "Whoosh, ChineseAnalyzer"

    def __init__(self, folder: Path, postings: Sequence[TruePosting]) -> None:
        jieba.setLogLevel(logging.WARNING)
        cutter = jieba.analyse.ChineseAnalyzer()
        text = {name: fields.TEXT(analyzer=cutter, field_boost=boost) for name, boost in FIELDS.items()}
        folder.mkdir(parents=True)
        opened = index.create_in(folder, fields.Schema(id=fields.ID(stored=True), **text))
        writer = opened.writer()
        for posting in open_postings(postings):
            writer.add_document(id=posting.id, **dict(zip(FIELDS, texts(posting), strict=True)))
        writer.commit()
        self._searcher = opened.searcher()
        self._parsers = [MultifieldParser(list(FIELDS), opened.schema, group=group) for group in (AndGroup, OrGroup)]
        for parser in self._parsers:
            parser.add_plugin(PlusMinusPlugin())

    def ask(self, q: str) -> Answer:
        for mark in "“”":
            q = q.replace(mark, '"')
        for parser in self._parsers:
            found = self._searcher.search(parser.parse(q), limit=HITS)
            if len(found):
                return Answer(tuple(hit["id"] for hit in found))
        return Answer(())
