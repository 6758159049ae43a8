"""A store of so many credits: postings, offers, events and ledger pages as publishing leaves them, without the sheets.

In: a folder, how many, the last day. Out: a data folder that `guanshao verify` finds in order. A quarter of the
postings is of the year before; nine in ten count, the rest lacks openings or pay, waits for review or is of a source
that does not count. The rows are those of the ledger's own transactions (pages of 500 events, their credits by the
rules, their hash, the sums), but go to SQLite by the shortest way; batches and their records are left out.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import orjson

from config.divisions import Division, workplaces
from config.startup import load_configuration
from config.words import Status, Uncounted
from exchange.clock import local_day
from exchange.context import Exchange, open_exchange
from exchange.credits import COUNTED, credit_lines
from exchange.identifiers import derived_id
from exchange.ledger import EventKind, NumberedCredit, NumberedEvent, canonical, page_hash
from exchange.models import DayTally, OfferState, Tally
from exchange.store.ledger import credit_of, head_page
from exchange.store.promised import pairing_on
from exchange.store.tallies import add_up, day_sums, month_sums

_AT_ONCE = 500  # postings a page, as publishing has it
_EACH = 8  # postings of one employer
_SHARE_BEFORE = 0.25
_REASONS = (
    (COUNTED, 0.90), (Uncounted.INCOMPLETE_OPENINGS, 0.04), (Uncounted.INCOMPLETE_PAY, 0.03),
    (Uncounted.HELD, 0.01), (Uncounted.SOURCE_NOT_COUNTING, 0.02),
)  # fmt: skip
_WORDS, _WEIGHTS = [str(reason) for reason, _ in _REASONS], [share for _, share in _REASONS]
_TITLES = ("普工", "焊工", "叉车司机", "质检员", "文员", "保洁员", "电工", "缝纫工", "育婴员", "跟单员")
_VALID = "2099-12-31"
_DIGEST = "0" * 64
_COLUMNS = {
    "employer": ("id", "key", "name", "uscc"),
    "posting": (
        "id", "employer_id", "identity_key", "status", "primary_offer", "division", "published_at",
        "last_confirmed_on", "valid_through", "valid_through_is_default", "sequence", "shared",
    ),
    "offer": (
        "id", "posting_id", "source", "organisation", "reference", "origin", "employer_id", "identity_key",
        "content_hash", "job_key", "wording_key", "content", "state", "joined", "joined_because", "objection",
        "batch_id", "started_on", "last_confirmed_on", "valid_through", "valid_through_is_default",
    ),
    "event": NumberedEvent._fields,
    "credit": NumberedCredit._fields,
    "ledger_page": ("number", "first_sequence", "last_sequence", "at", "previous_hash", "hash"),
}  # fmt: skip
Rows = dict[str, list[tuple[Any, ...]]]


def open_many(folder: str, until: date) -> Exchange:
    """The store as it is on the evening of that day."""
    moment = datetime.combine(until, time(10), UTC)
    return open_exchange(load_configuration({"GUANSHAO_DATA": folder}), lambda: moment)


def fill(folder: str, credits: int, until: str) -> dict[str, Any]:
    last = date.fromisoformat(until)
    first = date(last.year - 1, 1, 2)
    Path(folder).mkdir(parents=True)
    given = load_configuration({"GUANSHAO_DATA": folder})
    exchange = open_exchange(given, lambda: datetime.combine(first, time(0), UTC))
    writer = _Writer(exchange, Random(f"credits/{credits}"), last)
    moments = _moments(credits, first, last)
    with sqlite3.connect(Path(folder) / "guanshao.db") as connection:
        for pragma in ("synchronous=OFF", "cache_size=-1000000"):  # nobody minds if it is lost in a power cut
            connection.execute(f"PRAGMA {pragma}")
        for start in range(0, credits, _AT_ONCE):
            rows = writer.page(range(start, min(credits, start + _AT_ONCE)), next(moments))
            for table, some in rows.items():
                names = _COLUMNS[table]
                places = ",".join("?" * len(names))
                connection.executemany(f"INSERT INTO {table} ({','.join(names)}) VALUES ({places})", some)
    connection.close()
    with exchange.store.write() as transaction:
        add_up(transaction.session, Tally, writer.months)
        add_up(transaction.session, DayTally, writer.days)
    exchange.store.close()
    return {"credits": credits, "megabytes": (Path(folder) / "guanshao.db").stat().st_size / 2**20}


def _moments(credits: int, first: date, last: date) -> Iterator[datetime]:
    """Of each page, a quarter of them in the year before."""
    pages = -(-credits // _AT_ONCE)
    before = int(pages * _SHARE_BEFORE)
    turn = date(last.year, 1, 1)
    for number in range(pages):
        start, days, place, of = (
            (first, (turn - first).days - 1, number, before)
            if number < before
            else (turn, (last - turn).days, number - before, pages - before)
        )
        yield datetime.combine(start, time(0), UTC) + timedelta(days=days * place / max(1, of), hours=1)


class _Writer:
    """Pages one after the other, chained to the head of the seeded ledger."""

    def __init__(self, exchange: Exchange, dice: Random, day: date) -> None:
        with exchange.store.read() as session:
            head = head_page(session)
            self.pairing = pairing_on(session, day)
        assert head is not None
        self.number, self.sequence, self.hash = head.number, head.last_sequence, head.hash
        self.dice, self.places = dice, workplaces()
        self.months: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
        self.days: dict[Any, list[int]] = defaultdict(lambda: [0, 0])

    def page(self, numbers: range, at: datetime) -> Rows:
        rows: Rows = {name: [] for name in _COLUMNS}
        events: list[NumberedEvent] = []
        credits: list[NumberedCredit] = []
        moment, day = at.replace(tzinfo=None).isoformat(" ", "microseconds"), local_day(at)
        for number in numbers:
            event, body = self._posting(rows, number, at, moment, day.isoformat())
            lines = credit_lines(event.kind, body, event.posting_id, day, {})
            events.append(event)
            credits += [credit_of(line, event.sequence) for line in lines]
        previous, self.hash = self.hash, page_hash(self.hash, events, credits)
        self.number += 1
        rows["event"] = [event._replace(at=moment) for event in events]  # type: ignore[arg-type]
        rows["credit"] = [tuple(credit) for credit in credits]
        rows["ledger_page"] = [
            (self.number, events[0].sequence, events[-1].sequence, moment, previous, self.hash)
        ]  # fmt: skip
        for sums, more in ((self.months, month_sums(credits)), (self.days, day_sums(credits, day))):
            for key, (postings, openings) in more.items():
                sums[key][0] += postings
                sums[key][1] += openings
        return rows

    def _posting(
        self, rows: Rows, number: int, at: datetime, moment: str, day: str
    ) -> tuple[NumberedEvent, dict[str, Any]]:
        self.sequence += 1
        place: Division = self.places[self.dice.randrange(len(self.places))]
        reason = self.dice.choices(_WORDS, _WEIGHTS)[0]
        employer, openings = f"莞韶第{number // _EACH}制造有限公司", 1 + number % 20
        employer_id = derived_id("employer", employer)
        if number % _EACH == 0:
            rows["employer"].append((employer_id, employer, employer, ""))
        posting, offer = f"P{number:011d}", f"F{number:011d}"  # in order, as a quick writer wants them
        held = reason == Uncounted.HELD
        status, state = (Status.HELD, OfferState.HELD) if held else (Status.OPEN, OfferState.LIVE)
        source = "dg-feed" if reason == Uncounted.SOURCE_NOT_COUNTING else "dg-upload"
        rows["posting"].append(
            (
                posting, employer_id, f"{number:064d}", str(status), offer, place.code, None if held else moment, day,
                _VALID, False, self.sequence, True,
            )
        )  # fmt: skip
        title = _TITLES[number % len(_TITLES)]
        content = {"title": title, "employer": employer, "division": place.code, "openings": openings}
        rows["offer"].append(
            (
                offer, posting, source, place.code, "", "", employer_id, f"{number:064d}", _DIGEST, "", "",
                orjson.dumps(content).decode(), str(state), False, None, "", "", day, day, _VALID, False,
            )
        )  # fmt: skip
        facts = {
            "reason": reason, "direction": str(place.direction), "division": place.code,
            "cluster": self.pairing.get(place.code, ""), "openings": openings, "organisation": place.code,
            "source": source,
        }  # fmt: skip
        body = {"status": str(status), "offer": offer, "content": _DIGEST, "facts": facts}
        kind = str(EventKind.POSTING_CREATED)
        event = NumberedEvent(self.sequence, at, kind, posting, None, place.code, "bench", canonical(body))
        return event, body
