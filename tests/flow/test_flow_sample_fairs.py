"""The sample's fairs: one over and reported, one coming, by the real steps, once however often they are loaded."""

from pathlib import Path

import pytest

from exchange.fairs.words import TallyKind
from exchange.store.fairs import next_fairs, public_fairs
from exchange.store.fairs_held import held_fairs
from exchange.store.fairs_postings import figures_of
from exchange.store.fairs_tallies import reported_of
from exchange.store.verifying import Replay, verify_store
from ingest.sample.fairs import load_fairs
from tests.web.living_exchange import open_living


@pytest.mark.parametrize("again", [1, 2])
def test_the_sample_has_a_past_and_a_coming_fair(tmp_path: Path, again: int) -> None:
    exchange = open_living(tmp_path)
    added = [load_fairs(exchange, exchange.today) for _ in range(again)]
    assert added == [2, 0][:again]
    with exchange.store.read() as session:
        past, coming = public_fairs(session)
        assert (past.state, coming.state) == ("reported", "published")
        assert next_fairs(session, exchange.store.clock(), 5) == [coming]
        figures = figures_of(session, [past.id, coming.id], exchange.today)
        assert figures[past.id].employers < figures[coming.id].employers
        assert figures[coming.id].postings > 0
        visitors = reported_of(session, past.id)[0]
        assert (visitors.kind, visitors.counted < visitors.reported) == (TallyKind.VISITORS, True)
        assert "演示" in past.name and "演示" in coming.name and visitors.reason
        assert held_fairs(session, past.starts_at.year) == {"c01": 1}
        assert list(verify_store(session, Replay())) == []
    exchange.store.close()
