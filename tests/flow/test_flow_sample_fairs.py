"""The sample's fairs: one over and reported, one coming, by the real steps, on either database, and in backups."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange.activities import ActivityKind
from exchange.context import Exchange
from exchange.fairs.words import TallyKind
from exchange.store.activities import activities_counted, list_activities
from exchange.store.copying import read_backup, write_backup
from exchange.store.fairs import next_fairs, public_fairs
from exchange.store.fairs_held import held_fairs
from exchange.store.fairs_postings import figures_of
from exchange.store.fairs_tallies import reported_of, tally_sums
from exchange.store.supply import list_notices
from exchange.store.verifying import Replay, verify_store
from exchange.supply import SupplyState
from ingest.sample.cooperation import load_cooperation
from ingest.sample.fairs import load_fairs
from tests.web.living_exchange import open_empty, open_living


@pytest.fixture
def living(tmp_path: Path, database_url: str) -> Iterator[Exchange]:
    opened = open_living(tmp_path, database_url=database_url)
    yield opened
    opened.store.close()


def test_the_sample_has_a_past_and_a_coming_fair(living: Exchange) -> None:
    assert load_fairs(living, living.today) == 2
    assert load_fairs(living, living.today) == 0
    with living.store.read() as session:
        past, coming = public_fairs(session)
        assert (past.state, coming.state) == ("reported", "published")
        assert next_fairs(session, living.store.clock(), 5) == [coming]
        figures = figures_of(session, [past.id, coming.id], living.today)
        assert 0 < figures[past.id].employers < figures[coming.id].employers
        assert 0 < figures[past.id].postings < figures[coming.id].postings < figures[coming.id].openings
        visitors = reported_of(session, past.id)[0]
        assert (visitors.kind, visitors.counted < visitors.reported) == (TallyKind.VISITORS, True)
        assert "演示" in past.name and "演示" in coming.name and visitors.reason
        assert held_fairs(session, past.starts_at.year) == {"c01": 1}
        assert list(verify_store(session, Replay())) == []


def test_a_backup_takes_fairs_along(tmp_path: Path) -> None:
    before = open_living(tmp_path / "one")
    load_fairs(before, before.today)
    write_backup(before.store, {"files": before.files_folder}, tmp_path / "backup.tar.gz")
    after = open_empty(tmp_path / "other", demonstration=False)
    read_backup(after.store, {"files": after.files_folder}, tmp_path / "backup.tar.gz")
    with before.store.read() as session, after.store.read() as restored:
        assert public_fairs(session) == public_fairs(restored)
        past = public_fairs(restored)[0].id
        assert tally_sums(session, past) == tally_sums(restored, past)
        assert list(verify_store(restored, Replay())) == []
    kept = {path.name for path in before.files_folder.glob("??/*")}
    assert kept == {path.name for path in after.files_folder.glob("??/*")}
    for exchange in (before, after):
        exchange.store.close()


def test_the_sample_shows_what_the_cities_do_together(living: Exchange) -> None:
    assert load_cooperation(living, living.today) > 0
    assert load_cooperation(living, living.today) == 0
    with living.store.read() as session:
        shown = list_activities(session, living.today.year, public=True)
        assert shown and all("演示" in one.name for one in shown)
        assert {one.state for one in shown} == {"planned", "held"}
        years = {living.today.year, living.today.year - 1}
        assert sum(activities_counted(session, year)[ActivityKind.JOINT_MEETING].total for year in years) == 1
        assert {one.division for one in list_notices(session, SupplyState.OPEN, None, living.today, 9)} == {
            "440229",
            "441900119",
        }
        assert list(verify_store(session, Replay())) == []
