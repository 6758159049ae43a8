"""Why a posting stands where it does: what each word of the query brought, field by field, and what its standing.

In: a view, a request, documents as the store has them now. Out: an `Explanation` each, which adds up to the score of
the hit. For people who tune the weights and for whoever asks; no search needs it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from search.analyzer import QueryWord
from search.conditions import read_conditions
from search.documents import PostingDocument
from search.engines.whoosh.rows import field_words
from search.explanations import Explanation, FieldShare, TermShare, WordShare
from search.masks import Mask
from search.matching import AllWords, AnyWords
from search.ranking import FieldWeight, Floats, length_norm, ranking_weights, rarity, standing_parts
from search.relaxation import Finding, find
from search.requests import SearchRequest
from search.understanding import read_query
from search.understanding.employers import employers_of
from search.view import IndexView


def explain(view: IndexView, request: SearchRequest, documents: Sequence[PostingDocument]) -> list[Explanation]:
    """Documents that the request does not find are left out."""
    reading = read_query(request.q, employers_of(view.catalogues["employer"]))
    today = request.today.toordinal()
    finding = find(view, read_conditions(request, reading, view, None), reading, today)
    rows = {view.id_at(row): at for at, row in enumerate(finding.match.documents.tolist())}
    factors = standing_parts(view.numbers, today)
    found = (document for document in documents if document.id in rows)
    return [_explained(view, finding, rows[d.id], d, factors, today) for d in found]


def _explained(
    view: IndexView,
    finding: Finding,
    at: int,
    document: PostingDocument,
    factors: dict[str, Floats],
    today: int,
) -> Explanation:
    row = int(finding.match.documents[at])
    score = 0.0 if finding.match.scores is None else float(finding.match.scores[at])
    parts = {name: round(float(part[row]), 4) for name, part in factors.items()}
    factor = float(view.freshness(today)[row])
    matcher = finding.matcher
    words = matcher.words if isinstance(matcher, AllWords | AnyWords) else ()
    fields = [Counter(found) for found in field_words(document)]
    return Explanation(
        id=document.id,
        score=score,
        words_score=score / factor,
        words=tuple(_word(view, word, row, fields, today) for word in words),
        standing=factor,
        standing_parts=parts,
        matched_by=type(matcher).__name__,
    )


def _word(view: IndexView, word: QueryWord, row: int, fields: list[Counter[str]], today: int) -> WordShare:
    only = np.zeros(view.count, bool)
    only[row] = True
    alone = AllWords((word,)).match(view, Mask((only,), ("",)), today)
    brought = 0.0
    if alone.scores is not None and len(alone.scores):
        brought = float(alone.scores[0]) / float(view.freshness(today)[row])
    return WordShare(word.whole, brought, tuple(_terms(view, word, row, fields)))


def _terms(view: IndexView, word: QueryWord, row: int, fields: list[Counter[str]]) -> Iterator[TermShare]:
    roles = {word.whole: "whole"} | {part: "part" for part in word.required if part != word.whole}
    roles = {**{synonym: "synonym" for synonym, _ in word.synonyms}, **roles}
    for term, role in roles.items():
        found = view.word(term)
        at = int(found.documents.searchsorted(row))
        if at < len(found.documents) and int(found.documents[at]) == row:
            shares = tuple(_field_shares(term, fields))
            weight = sum(share.weight for share in shares)
            yield TermShare(term, role, rarity(view.count, len(found.documents)), weight, shares)


def _field_shares(term: str, fields: list[Counter[str]]) -> Iterator[FieldShare]:
    for field, words in zip(ranking_weights().fields, fields, strict=True):
        if words[term]:
            yield FieldShare(field.name, words[term], words[term] * _norm(field, words.total()))


def _norm(field: FieldWeight, length: int) -> float:
    return float(length_norm(field, np.array([length]))[0])
