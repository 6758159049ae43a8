"""The graded set: large enough, of every kind, the same on every machine, and true to itself."""

from collections import Counter

from config.words import City
from ingest.sample import tables
from tests.relevance.drawing import postings
from tests.relevance.grading import grade
from tests.relevance.jobs import facts, own_jobs
from tests.relevance.queries import queries
from tests.relevance.trades import trade_of_title, trades

KINDS = {
    "trade", "synonym", "place", "pay", "benefit", "other_conditions", "mixed", "long", "order", "inside",
    "excluded", "quoted", "employer", "latin", "pinyin", "typing", "nothing",
}  # fmt: skip


def test_set_is_as_large_as_promised_and_of_every_kind() -> None:
    assert len(postings()) >= 3_000
    assert len(queries()) >= 300
    counts = Counter(query.kind for query in queries())
    assert counts.keys() == KINDS
    assert min(counts.values()) >= 10
    assert len({query.q for query in queries()}) >= 0.98 * len(queries())


def test_both_cities_and_most_trades_are_there() -> None:
    cities = Counter(posting.document.city for posting in postings())
    assert min(cities[city] for city in City) > 1_000
    with_titles = {name for name, trade in trades().items() if trade.titles}
    assert len(with_titles - {posting.trade for posting in postings()}) <= 10


def test_drawing_again_gives_the_same() -> None:
    first = [(p.document, p.trade, p.facts) for p in postings()]
    postings.cache_clear()
    assert [(p.document, p.trade, p.facts) for p in postings()] == first
    assert len({p.id for p in postings()}) == len(first)


def test_every_title_is_of_exactly_one_trade() -> None:
    titles = [title for job in tables.jobs().values() for title in job.titles]
    titles += [title for _, job in own_jobs() for title in job.titles]
    assert sorted(titles) == sorted(trade_of_title())
    assert sum(len(trade.titles) for trade in trades().values()) == len(titles)


def test_what_is_true_is_written_and_contradicts_nothing() -> None:
    for posting in postings():
        assert not posting.facts & posting.against, posting.document.title
    said = [posting for posting in postings() if "夫妻房" in posting.facts]
    assert said
    assert all(any(form in p.benefits_text for form in facts()["夫妻房"].forms) for p in said)


def test_boilerplate_asides_and_near_copies_are_there() -> None:
    """What makes real advertisements hard: other trades named in passing, the same job twice, words inside words."""
    texts = [posting.text for posting in postings()]
    for words in ("协助焊工", "经典", "景点", "安装简单", "小化妆包", "写周报", "a2栋"):
        assert sum(words in text for text in texts) >= 5, words
    jobs = Counter((p.document.employer, p.trade) for p in postings())
    assert sum(count > 1 for count in jobs.values()) > 200


def test_nearly_every_query_has_an_answer_but_those_that_should_have_none() -> None:
    open_ones = [posting for posting in postings() if not posting.is_over]
    unanswered = [
        query.q
        for query in queries()
        if not query.intent.nothing and not any(grade(query.intent, posting) for posting in open_ones)
    ]
    assert unanswered == []
