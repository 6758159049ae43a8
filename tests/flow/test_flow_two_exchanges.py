"""Two exchanges feed each other while things happen in both and one is killed: nothing is lost or counted twice.

`python -m tests.flow.long_story 1000` tells a longer story and prints its figures.
"""

from pathlib import Path

import pytest

from tests.flow.agreement import assert_all_is_well, held
from tests.flow.conftest import Maker
from tests.flow.random_events import Story
from tests.flow.two_exchanges import open_pair

EVENTS = 40


@pytest.mark.parametrize(("kind", "seed"), [("sqlite", 1), ("postgresql", 2)])
def test_random_events_with_one_side_killed_now_and_then(
    tmp_path: Path, kind: str, seed: int, request: pytest.FixtureRequest
) -> None:
    urls = ("", "")
    if kind == "postgresql":
        make: Maker = request.getfixturevalue("new_postgresql_url")
        urls = (make(), make())
    pair = open_pair(tmp_path, urls)
    try:
        story = Story(pair, seed)
        story.go_on(EVENTS, pull_every=6, kill_share=0.5)
        assert story.killed
        assert_all_is_well(pair)
        assert held(pair.dongguan)
        assert held(pair.shaoguan)
    finally:
        pair.close()
