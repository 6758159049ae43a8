"""A store from before sums per day: they are worked out from the credits that are there, and all is found in order."""

from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from sqlmodel import select

from config.targets import CountedBy, Scope
from config.words import WithdrawalReason
from exchange.models import CommitmentRow, DayTally
from exchange.promises import Promises, commitment_of, plain_of
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
    migrate_to(desk, "head", up=True)
    desk.tampered = True  # on the way back commitments lost what the new columns held, and later tables their rows
    assert {difference.split()[0] for difference in desk.differences()} == {"任务", "台账里的补贴政策"}


def test_an_event_from_before_says_what_it_said_then() -> None:
    """commitment.set had nine fields; the rest is as the migration fills it in."""
    told = Promises()
    body = {
        "code": "postings-dg-sg", "year": 2026, "name": "岗位", "direction": "dg-sg", "unit": "postings",
        "goal": 10_000, "pace": "even", "monthly_shares": None, "count_carried": False,
    }  # fmt: skip
    told.apply("commitment.set", body)
    told.apply("cluster.paired", {"cluster": "c01", "name": "甲", "since": "2022-01-01", "divisions": ["441900119"]})
    (commitment,) = told.of_year(2026)
    assert (commitment.goal, commitment.counted_by, commitment.scope) == (10_000, CountedBy.POSTINGS, Scope.ALL)
    row = CommitmentRow(**{name: value for name, value in body.items() if name != "monthly_shares"})
    assert plain_of(commitment_of(row.model_dump())) == plain_of(commitment)
    assert told.pairings == {("441900119", "2022-01-01"): "c01"}
