"""A posting that is only seen again writes no event; the index learns the day once a day, and ranks by it."""

from exchange.indexing import follow, refresh_confirmations
from exchange.store.reading import find_views
from search.requests import SearchRequest
from tests.flow.desk import Desk, job


def _known(desk: Desk) -> dict[str, int]:
    return dict(desk.exchange.reader.confirmations())


def test_days_of_confirmation_reach_the_index_with_the_daily_job(desk: Desk) -> None:
    rows = [job("普工"), job("焊工")]
    desk.take(rows)
    first = desk.exchange.today
    desk.clock.move(days=9)
    desk.take(rows[:1])  # the other is not named again
    follow(desk.exchange)
    assert set(_known(desk).values()) == {first.toordinal()}  # no event led the index there
    assert refresh_confirmations(desk.exchange) == 1
    again, once = desk.posting("普工").id, desk.posting("焊工").id
    assert _known(desk) == {again: desk.exchange.today.toordinal(), once: first.toordinal()}
    assert refresh_confirmations(desk.exchange) == 0


def test_refreshing_keeps_the_place_in_the_ledger_and_follows_what_is_new(desk: Desk) -> None:
    desk.take([job("普工")])
    desk.clock.move(days=3)
    desk.take([job("普工")])
    before = desk.exchange.reader.status().sequence
    desk.take([job("车工")])
    assert refresh_confirmations(desk.exchange) == 1
    assert desk.exchange.reader.status().sequence > before
    assert sorted(desk.found()) == ["普工", "车工"]


def test_of_two_equal_postings_the_one_confirmed_last_comes_first(desk: Desk) -> None:
    desk.take([job("普工", 用人单位="东莞市甲电子有限公司"), job("普工", 用人单位="东莞市乙电子有限公司")])
    desk.clock.move(days=20)
    for name in ("甲", "乙"):
        desk.take([job("普工", 用人单位=f"东莞市{name}电子有限公司")])
        refresh_confirmations(desk.exchange)
        hits = desk.exchange.reader.search(SearchRequest(desk.exchange.today, q="普工")).hits
        with desk.exchange.store.read() as session:
            (first,) = find_views(session, [hits[0].id])
        assert name in first.employer.name
        desk.clock.move(days=20)
