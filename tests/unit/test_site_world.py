"""The world behind the stand-in site: the same for the same seed, honest about its dirt, its truth adds up."""

from collections import Counter
from datetime import date, timedelta

import pytest

from config.words import Direction, Status
from exchange.credits import COUNTED, reason_not_counted
from ingest.checking import CheckedRow, check_row
from ingest.fields import Field, Row
from ingest.normalise import Context
from tests.site import CHANNELS, Flaw, Posting, World
from tests.site.truth import tell_truth

WEEK = 7


@pytest.fixture(scope="module")
def world() -> World:
    return World(seed=3, jobs=30).go_to(WEEK)


def everything(world: World) -> list[tuple[str, date, Posting]]:
    pulls = [(channel, day) for day in world.days for channel in CHANNELS]
    return [(channel, day, posting) for channel, day in pulls for posting in world.listed(channel, day)]


def read(channel: str, posting: Posting, today: date) -> CheckedRow:
    cells = {
        Field.REFERENCE: posting.reference,
        Field.TITLE: posting.title,
        Field.EMPLOYER: posting.employer,
        Field.DIVISION: posting.place,
        Field.ADDRESS: posting.address,
        Field.SALARY: posting.salary,
        Field.OPENINGS: posting.openings_text,
        Field.EDUCATION: posting.education,
        Field.DUTIES: posting.duties,
        Field.REQUIREMENTS: posting.requirements,
        Field.EMPLOYMENT_TYPE: posting.type,
        Field.VALIDITY: posting.until.isoformat(),
    }
    return check_row(Row(None, 2, cells), Context(today, CHANNELS[channel].city, ""), 1)


def test_the_same_seed_gives_the_same_days_however_they_are_reached(world: World) -> None:
    again = World(seed=3, jobs=30)
    for number in (2, 0, WEEK):
        again.go_to(number)
    assert everything(again) == everything(world)
    assert again.truth() == world.truth()
    assert everything(World(seed=4, jobs=30).go_to(WEEK)) != everything(world)


def test_each_day_brings_some_of_everything_and_leaves_most(world: World) -> None:
    total: Counter[str] = Counter()
    again = World(seed=3, jobs=30)
    for before, after in zip(world.days, world.days[1:], strict=False):
        for channel in CHANNELS:
            news = again.go_to(after).news(channel, before)
            assert len(news.same) > 0.7 * len(world.listed(channel, before)), f"{channel} on {after}"
            total.update(new=len(news.new), changed=len(news.changed), gone=len(news.gone))
    assert min(total.values()) > 30


def test_no_day_takes_so_much_that_a_guard_would_have_to_ask(world: World) -> None:
    again = World(seed=3, jobs=30)
    for before, after in zip(world.days, world.days[1:], strict=False):
        for channel in CHANNELS:
            news = again.go_to(after).news(channel, before)
            assert len(news.gone) < 0.3 * len(world.listed(channel, before))


def test_references_are_never_given_twice(world: World) -> None:
    for day in world.days:
        listed = [posting.reference for channel in CHANNELS for posting in world.listed(channel, day)]
        assert len(listed) == len(set(listed))
    owners = {(posting.reference, channel) for channel, _, posting in everything(world)}
    assert len(owners) == len({reference for reference, _ in owners})


def test_every_flaw_is_there_from_the_first_day(world: World) -> None:
    first = {posting.flaw for channel in CHANNELS for posting in world.listed(channel, world.start)}
    assert first == set(Flaw)


@pytest.mark.parametrize("flaw", Flaw)
def test_the_platform_reads_a_posting_as_its_flaw_says(world: World, flaw: Flaw) -> None:
    found = [(channel, day, posting) for channel, day, posting in everything(world) if posting.flaw is flaw]
    assert found
    for channel, day, posting in found:
        checked = read(channel, posting, day)
        assert checked.candidate.rejected == flaw.is_rejected, posting
        assert checked.candidate.breached == (flaw is Flaw.UNLAWFUL), posting
        assert checked.candidate.past == (flaw is Flaw.PAST), posting
        if flaw.is_shown and checked.reading.content:
            reason = reason_not_counted(checked.reading.content, Status.OPEN, True)
            assert (reason == COUNTED) == (flaw is Flaw.NONE), posting
            assert checked.reading.content.division == posting.division
            assert (checked.reading.content.openings or 0) == (posting.openings or 0)


def test_only_copies_meet(world: World) -> None:
    """What the platform takes for one job, by its own keys, is what was copied."""
    keys: dict[str, set[str]] = {}
    for channel, day, posting in everything(world):
        if not posting.flaw.is_rejected:
            keys.setdefault(read(channel, posting, day).candidate.identity_key, set()).add(posting.key)
    assert [met for met in keys.values() if len(met) > 1] == []
    copies = {posting.key for _, _, posting in everything(world) if posting.key != posting.reference}
    assert len(copies) >= 14


def test_copies_stand_beside_their_originals_for_days(world: World) -> None:
    first = {p.reference: (day, p) for _, day, p in reversed(everything(world)) if p.key != p.reference}
    for day, copy in first.values():
        last = min(day + timedelta(3), world.today)
        listed = {posting.reference for channel in CHANNELS for posting in world.listed(channel, last)}
        assert {copy.reference, copy.key} <= listed


def test_the_truth_of_all_is_the_truth_of_each_less_what_was_copied(world: World) -> None:
    whole, each = world.truth(), [world.truth(channel) for channel in CHANNELS]
    shared = sum(sum(truth.counted.values()) for truth in each) - sum(whole.counted.values())
    assert shared == len({p.key for _, _, p in everything(world) if p.key != p.reference})
    assert whole.open == frozenset().union(*(truth.open for truth in each))
    assert whole.records == sum(truth.records for truth in each) == sum(len(world.listed(c)) for c in CHANNELS)
    assert whole.rejected == sum(truth.rejected for truth in each) > 0
    assert whole.held
    assert min(whole.counted.values()) > 0


def test_what_is_closed_stays_counted_and_what_was_never_pulled_is_not(world: World) -> None:
    pulled = {"dg-json": [world.start]}
    early, whole = world.truth("dg-json", pulled), world.truth("dg-json")
    on_first_day = [p for p in world.listed("dg-json", world.start) if p.flaw is Flaw.NONE]
    assert sum(early.counted.values()) == len(on_first_day)
    assert sum(whole.counted.values()) > len(on_first_day)
    assert sum(whole.counted.values()) > len([p for p in world.listed("dg-json") if p.flaw is Flaw.NONE])
    assert world.truth("dg-json", {}).records == 0


def test_a_feed_of_news_closes_nothing(world: World) -> None:
    ever = {p.key for day in world.days for p in world.listed("sg-rss", day) if p.flaw.is_shown}
    assert world.truth("sg-rss").open == ever > {p.key for p in world.listed("sg-rss") if p.flaw.is_shown}
    assert world.truth("sg-json").open == {p.key for p in world.listed("sg-json") if p.flaw.is_shown}


def test_a_job_counts_once_in_the_year_it_first_counted(world: World) -> None:
    posting = next(p for p in world.listed("dg-json", world.start) if p.flaw is Flaw.NONE)
    copy = next(p for p in world.listed("dg-json", world.start) if p.flaw is Flaw.NO_PAY or p.flaw is Flaw.NO_OPENINGS)
    december, january = date(2025, 12, 31), date(2026, 1, 2)
    both = {"dg-json": [(december, [posting, copy]), (january, [posting])], "dg-html": [(january, [posting])]}
    assert tell_truth(both, december).counted[posting.direction] == 1
    assert tell_truth(both, january).counted == {Direction.DG_SG: 0, Direction.SG_DG: 0}


def test_a_world_begins_on_its_first_day() -> None:
    with pytest.raises(ValueError, match="begins"):
        World().go_to(-1)
