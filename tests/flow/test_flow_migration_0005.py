"""A store from before sums per day: they are worked out from the credits that are there, and all is found in order."""

from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from sqlmodel import select

from config.words import WithdrawalReason
from exchange.models import DayTally
from tests.flow.desk import Desk, job


def migrate_to(desk: Desk, revision: str, up: bool) -> None:
    with as_file(files("exchange") / "migrations") as folder, desk.exchange.store.engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(folder))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        (command.upgrade if up else command.downgrade)(config, revision)
        connection.commit()


def days(desk: Desk) -> list[tuple[object, ...]]:
    with desk.exchange.store.read() as session:
        return sorted(tuple(row.model_dump().values()) for row in session.exec(select(DayTally)) if row.postings)


def test_sums_per_day_are_made_from_credits(desk: Desk) -> None:
    desk.take([job("普工"), job("焊工", 薪资待遇="")])
    desk.clock.set(2026, 12, 31, 23, 30)
    desk.take([job("钳工", 有效期="2027-06-01")])
    desk.clock.set(2027, 1, 1, 0, 30)
    desk.withdraw("普工", WithdrawalReason.FALSE)
    before = days(desk)
    assert len(before) == 5
    migrate_to(desk, "0004", up=False)
    migrate_to(desk, "0005", up=True)
    assert days(desk) == before
