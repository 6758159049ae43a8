"""Whatever happens, in whatever order, with crashes and a clock that jumps: sums are what the ledger says.

GUANSHAO_TEST_HISTORIES=1000 plays as many histories instead of the few that the suite has time for.
"""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings

from tests.flow.desk import Clock, Desk
from tests.flow.histories import History, Step, steps

_HISTORIES = int(os.environ.get("GUANSHAO_TEST_HISTORIES", "20"))


@settings(
    max_examples=_HISTORIES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(wanted=steps)
def test_sums_are_always_what_the_ledger_says(sqlite_model: Path, wanted: list[Step]) -> None:
    with TemporaryDirectory(prefix="guanshao-history-") as name:
        folder = Path(name)
        shutil.copy(sqlite_model, folder / "guanshao.db")
        desk = Desk.open(folder / "var", f"sqlite:///{folder / 'guanshao.db'}", Clock())
        try:
            history = History(desk)
            history.live(wanted)
            assert history.faults() == []
        finally:
            desk.exchange.store.close()
