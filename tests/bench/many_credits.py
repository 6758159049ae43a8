"""A store of so many credits: postings, offers, events and ledger pages as publishing leaves them, without the sheets.

In: a folder, how many, the last day. Out: a data folder that `guanshao verify` finds in order. A quarter of the
postings is of the year before; nine in ten count, the rest lacks openings or pay, waits for review or is of a source
that does not count. Written through the ledger's own transactions; only batches and their records are left out.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import event, insert

from config.divisions import Division, workplaces
from config.startup import load_configuration
from config.words import Status, Uncounted
from exchange.context import Exchange, open_exchange
from exchange.credits import COUNTED
from exchange.identifiers import derived_id
from exchange.ledger import EventKind, digest
from exchange.models import Employer, Offer, OfferState, Posting
from exchange.store.promised import pairing_on
from exchange.store.transaction import Transaction

_AT_ONCE = 500  # postings a transaction, as publishing has it
_EACH = 8  # postings of one employer
_SHARE_BEFORE = 0.25
_REASONS = (
    (COUNTED, 0.90), (Uncounted.INCOMPLETE_OPENINGS, 0.04), (Uncounted.INCOMPLETE_PAY, 0.03),
    (Uncounted.HELD, 0.01), (Uncounted.SOURCE_NOT_COUNTING, 0.02),
)  # fmt: skip
_TITLES = ("普工", "焊工", "叉车司机", "质检员", "文员", "保洁员", "电工", "缝纫工", "育婴员", "跟单员")


def open_many(folder: str, until: date) -> Exchange:
    """The store as it is on the evening of that day."""
    moment = datetime.combine(until, time(10), UTC)
    given = {"GUANSHAO_DATA": folder}
    return open_exchange(load_configuration(given), lambda: moment)


def fill(folder: str, credits: int, until: str) -> dict[str, Any]:
    last = date.fromisoformat(until)
    first = date(last.year - 1, 1, 2)
    clock = [datetime.combine(first, time(0), UTC)]
    Path(folder).mkdir(parents=True)
    exchange = open_exchange(load_configuration({"GUANSHAO_DATA": folder}), lambda: clock[0])
    _write_in_a_hurry(exchange)
    dice = Random(f"credits/{credits}")
    moments = _moments(credits, first, last)
    with exchange.store.read() as session:
        pairing = pairing_on(session, last)
    places = workplaces()
    for start in range(0, credits, _AT_ONCE):
        clock[0] = next(moments)
        with exchange.store.write(actor="bench") as transaction:
            _publish(transaction, range(start, min(credits, start + _AT_ONCE)), dice, places, pairing)
    exchange.store.close()
    return {"credits": credits, "megabytes": (Path(folder) / "guanshao.db").stat().st_size / 2**20}


def _write_in_a_hurry(exchange: Exchange) -> None:
    """Nobody minds if this store is lost in a power cut."""
    exchange.store.engine.dispose()

    @event.listens_for(exchange.store.engine, "connect")
    def _hurry(connection: Any, _: Any) -> None:
        for pragma in ("synchronous=OFF", "cache_size=-1000000"):
            connection.execute(f"PRAGMA {pragma}")


def _moments(credits: int, first: date, last: date) -> Iterator[datetime]:
    """Of each transaction, a quarter of them in the year before."""
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


def _publish(
    transaction: Transaction, numbers: range, dice: Random, places: tuple[Division, ...], pairing: dict[str, str]
) -> None:
    rows: dict[Any, list[dict[str, Any]]] = {Employer: [], Posting: [], Offer: []}
    words, weights = [reason for reason, _ in _REASONS], [share for _, share in _REASONS]
    for number in numbers:
        if number % _EACH == 0:
            name = f"莞韶第{number // _EACH}制造有限公司"
            rows[Employer].append({"id": derived_id("employer", name), "key": name, "name": name, "uscc": ""})
        place = places[dice.randrange(len(places))]
        reason = dice.choices(words, weights)[0]
        _one(transaction, rows, number, place, reason, pairing.get(place.code, ""), 1 + number % 20)
    for model, some in rows.items():
        if some:
            transaction.session.connection().execute(insert(model.__table__), some)


def _one(
    transaction: Transaction, rows: dict[Any, list[dict[str, Any]]], number: int, place: Division, reason: str,
    cluster: str, openings: int,
) -> None:  # fmt: skip
    day = transaction.now.date()
    posting, offer = f"P{number:011d}", f"F{number:011d}"  # in order, as a quick writer wants them
    employer = f"莞韶第{number // _EACH}制造有限公司"
    held = reason == Uncounted.HELD
    shared = {
        "employer_id": derived_id("employer", employer), "identity_key": digest(posting), "last_confirmed_on": day,
        "valid_through": date(2099, 12, 31), "valid_through_is_default": False,
    }  # fmt: skip
    status = Status.HELD if held else Status.OPEN
    rows[Posting].append(
        shared
        | {
            "id": posting, "status": status, "primary_offer": offer, "division": place.code, "sequence": 0,
            "published_at": None if held else transaction.now, "shared": True,
        }
    )  # fmt: skip
    source = "dg-feed" if reason == Uncounted.SOURCE_NOT_COUNTING else "dg-upload"
    content = {
        "title": _TITLES[number % len(_TITLES)], "employer": employer, "division": place.code, "openings": openings
    }  # fmt: skip
    rows[Offer].append(
        shared
        | {
            "id": offer, "posting_id": posting, "source": source, "organisation": place.code, "reference": "",
            "origin": "", "content_hash": "", "job_key": "", "wording_key": "", "content": content,
            "state": OfferState.HELD if held else OfferState.LIVE, "joined": False, "joined_because": None,
            "objection": "", "batch_id": "", "started_on": day,
        }
    )  # fmt: skip
    facts = {
        "reason": reason, "direction": place.direction, "division": place.code, "cluster": cluster,
        "openings": openings, "organisation": place.code, "source": source,
    }  # fmt: skip
    body = {"status": status, "offer": offer, "content": shared["identity_key"], "facts": facts}
    transaction.record_event(EventKind.POSTING_CREATED, body, posting, None, place.code)
