"""Ours, exactly as the page asks it.

In: a folder and postings. Out: `Engine`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from search.documents import PostingDocument
from search.occupations import occupation_name, occupation_of
from search.opening import open_engine
from search.requests import SearchRequest
from tests.relevance.engines import HITS, Answer
from tests.relevance.truth import TruePosting


def _with_occupation(document: PostingDocument) -> PostingDocument:
    """As the exchange indexes it: assigned from title and duties, by nothing that the set knows."""
    occupation = occupation_of(document.title, document.description)
    return replace(document, occupation=occupation, occupation_name=occupation_name(occupation))


class Ours:
    name = "ours"

    def __init__(self, folder: Path, postings: Sequence[TruePosting], today: date) -> None:
        self.reader, writer = open_engine(folder)
        writer.rebuild((_with_occupation(posting.document) for posting in postings), len(postings))
        self.today = today

    def ask(self, q: str) -> Answer:
        found = self.reader.search(SearchRequest(self.today, q=q, page_size=HITS))
        said = "".join(found.relaxed) or (f"您是不是要找“{found.suggestion}”" if found.suggestion else "")
        return Answer(tuple(hit.id for hit in found.hits), said)
