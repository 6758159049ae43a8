"""The ledger: no gap however many write, no reader skips an event, and whatever is tampered with is named."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from config.words import Status, WithdrawalReason
from exchange.indexing import follow, rebuild
from exchange.ledger import FIRST_HASH, page_hash
from exchange.locks import PUBLISHING
from exchange.models import Credit, Event, LedgerPage, Offer, Posting
from exchange.store.decisions import withdraw_posting
from exchange.store.ledger import head_sequence
from exchange.store.lifecycle import show_offer
from exchange.store.reading import changed_postings
from exchange.store.verifying import Replay, verify_store
from tests.flow.commands import Commands
from tests.flow.desk import CHANGAN, HUMEN, WENGYUAN, Desk, job, outcomes, write_csv


@pytest.fixture
def filled(desk: Desk) -> Desk:
    desk.take([job("普工"), job("焊工"), job("会计", 薪资待遇="")])
    desk.take([job("普工"), job("电工", 工作地点="虎门镇")], organisation="441900")
    return desk


def test_pages_chain_from_the_first_to_the_head(filled: Desk) -> None:
    with filled.exchange.store.read() as session:
        pages = list(session.exec(select(LedgerPage).order_by(col(LedgerPage.number))))
        previous, last = FIRST_HASH, 0
        for number, page in enumerate(pages, 1):
            within = (page.first_sequence, page.last_sequence)
            events = session.exec(
                select(Event).where(col(Event.sequence).between(*within)).order_by(col(Event.sequence))
            )
            credits = session.exec(select(Credit).where(col(Credit.sequence).between(*within)))
            assert (page.number, page.first_sequence, page.previous_hash) == (number, last + 1, previous)
            assert page.hash == page_hash(previous, events, credits)
            previous, last = page.hash, page.last_sequence
        assert head_sequence(session) == last


def test_writers_at_once_leave_no_gap_and_no_reader_skips(desk: Desk) -> None:
    """A reader that polls from where it stopped sees every event, in order."""
    seen: list[int] = []
    over = threading.Event()

    def write(writer: int) -> None:
        for number in range(12):
            with desk.exchange.store.write(actor=f"w{writer}") as transaction:
                for _ in range(number % 3 + 1):
                    transaction.record_event("test.noted", {"writer": writer, "number": number})

    def poll() -> None:
        last_round = False
        while not last_round:
            last_round = over.is_set()
            with desk.exchange.store.read() as session:
                after = seen[-1] if seen else 0
                query = select(Event.sequence).where(Event.sequence > after).order_by(col(Event.sequence))
                seen.extend(session.exec(query))

    with ThreadPoolExecutor(5) as pool:
        reading = pool.submit(poll)
        list(pool.map(write, range(4)))
        over.set()
        reading.result()
    assert seen == list(range(1, len(seen) + 1))
    assert len(desk.events("test.")) == 4 * 24
    assert desk.differences() == []


def test_two_processes_write_at_once(database_url: str, tmp_path: Any, open_desk: Callable[..., Desk]) -> None:
    """Both commands finish, the second waits for the first; nothing is torn."""
    commands = Commands(tmp_path / "var", database_url, GUANSHAO_PUBLISH_CHUNK="3")
    files = {
        code: write_csv(tmp_path / f"{code}.csv", [job(f"{title}{code}", 工作地点=place) for title in "甲乙丙丁戊己庚"])
        for code, place in ((CHANGAN, "长安镇"), (HUMEN, "虎门镇"), (WENGYUAN, "翁源县"))
    }
    running = []
    for code, path in files.items():
        source = "sg-upload" if code == WENGYUAN else "dg-upload"
        arguments = ("ingest", "--file", str(path), "--source", source, "--organisation", code, "--json")
        running.append(commands.start(*arguments))
    answers = [one.answer() for one in running]
    assert [answer.code for answer in answers] == [0, 0, 0], answers
    assert [answer.json["created"] for answer in answers] == [7, 7, 7]
    desk = open_desk(database_url)
    assert len(desk.postings()) == 21
    order = [event.batch_id for event in desk.events("posting.created")]
    assert sum(left != right for left, right in pairwise(order)) == 2  # one batch after the other
    assert commands("verify").code == 0


def test_a_command_waits_while_another_publishes(
    database_url: str, tmp_path: Any, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk(database_url)
    commands = Commands(tmp_path / "var", database_url)
    path = write_csv(tmp_path / "a.csv", [job("普工")])
    with desk.exchange.lock(PUBLISHING, None) as mine:
        assert mine
        waiting = commands.start("ingest", "--file", str(path), "--source", "dg-upload", "--organisation", CHANGAN)
        waiting.process.join(1.5)
        assert waiting.process.exitcode is None
        assert desk.postings() == []
    assert waiting.answer().code == 0
    assert desk.statuses() == {"普工": "open"}


def test_a_decision_and_a_publication_do_not_overwrite_each_other(desk: Desk) -> None:
    """A posting is withdrawn while a batch that corrects it is being written: one of them comes first."""
    desk.take([job("普工")])
    posting_id = desk.posting("普工").id
    read, written = threading.Event(), threading.Event()

    def correct() -> None:
        with desk.exchange.store.write() as transaction:
            posting = transaction.session.get(Posting, posting_id)
            assert posting is not None
            offer = transaction.session.get(Offer, posting.primary_offer)
            assert offer is not None
            read.set()
            written.wait(0.7)
            if posting.status == Status.OPEN:
                show_offer(transaction, posting, offer, Status.OPEN)
                transaction.record_event("posting.updated", {"status": Status.OPEN}, posting_id)

    def withdraw() -> None:
        read.wait(5)
        with desk.exchange.store.write() as transaction:
            withdraw_posting(transaction, posting_id, WithdrawalReason.FALSE)
        written.set()

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(correct), pool.submit(withdraw)]:
            future.result()
    follow(desk.exchange)
    assert desk.differences() == []
    assert (desk.statuses(), desk.counted()) == ({"普工": "withdrawn"}, 0)


TAMPERING = {
    "an event's body": (
        "UPDATE event SET body = replace(body, 'open', 'held') WHERE sequence = {created}",
        "序号 {created}",
    ),
    "an event's body beyond reading": ("UPDATE event SET body = 'x' WHERE sequence = {created}", "序号 {created}"),
    "an event's moment": ("UPDATE event SET at = '2025-03-01 00:00:00' WHERE sequence = {created}", "序号 {created}"),
    "a deleted credit and event": (
        "DELETE FROM credit WHERE sequence = {created}; DELETE FROM event WHERE sequence = {created}",
        "缺少序号 {created} 的事件",
    ),
    "a credit's openings": ("UPDATE credit SET openings = 99 WHERE sequence = {created}", "序号 {created} 的计数凭证"),
    "a deleted credit": ("DELETE FROM credit WHERE sequence = {created}", "序号 {created} 的计数凭证"),
    "a tally": ("UPDATE tally SET postings = postings + 1 WHERE cluster = 'c08'", "2026 年 3 月 dg-sg c08"),
    "a deleted tally": ("DELETE FROM tally WHERE cluster = 'c08'", "2026 年 3 月 dg-sg c08 缺少合计"),
    "a posting's status": ("UPDATE posting SET status = 'closed' WHERE id = '{posting}'", "岗位 {posting} 的状态"),
    "a page's hash": (
        "UPDATE ledger_page SET hash = substr(hash, 2) || substr(hash, 1, 1) WHERE number = 2",
        "第 2 页",
    ),
    "a deleted page": ("DELETE FROM ledger_page WHERE number = 2", "第 2 页"),
    "a batch's outcome": ("UPDATE batch SET created = created + 1 WHERE created = 3", "结果"),
}


def test_what_was_tampered_with_is_named(filled: Desk) -> None:
    """Each in a transaction that is taken back, so that the next finds everything in order."""
    created = filled.events("posting.created")[0]
    named = {"created": str(created.sequence), "posting": filled.posting("焊工").id}
    missed = {}
    for what, parts in TAMPERING.items():
        statements, words = (part.format(**named) for part in parts)
        with Session(filled.exchange.store.engine) as session:
            changed = [session.connection().execute(text(one)).rowcount for one in statements.split("; ")]
            differences = list(verify_store(session, Replay()))
            session.rollback()
        if set(changed) != {1} or not any(words in difference for difference in differences):
            missed[what] = (changed, differences)
    assert missed == {}
    assert filled.differences() == []


def test_the_index_is_compared_too(filled: Desk) -> None:
    filled.tampered = True
    posting = filled.posting("焊工")
    filled.exchange.writer.apply([], [posting.id], filled.exchange.reader.status().sequence)
    assert filled.differences() == [f"索引里缺少岗位 {posting.id}"]
    rebuild(filled.exchange)
    assert filled.differences() == []


def test_the_command_names_it_and_fails(filled: Desk, database_url: str) -> None:
    commands = Commands(filled.folder, database_url)
    answer = commands("verify", "--json")
    assert (answer.code, answer.json["ok"], answer.json["differences"]) == (0, True, [])
    filled.tampered = True
    with filled.exchange.store.engine.begin() as connection:
        connection.execute(text("UPDATE credit SET openings = 99 WHERE openings = 10 AND division = '441900121'"))
    answer = commands("verify")
    assert answer.code == 1
    assert "计数凭证" in answer.err
    answer = commands("verify", "--json")
    assert (answer.code, answer.json["ok"]) == (1, False)


def test_the_feed_of_changes_names_each_posting_at_its_last_event(filled: Desk) -> None:
    with filled.exchange.store.read() as session:
        changes = changed_postings(session, 0, 100)
        assert [sequence for _, sequence, _ in changes] == sorted(sequence for _, sequence, _ in changes)
        head = changes[-1][1]
    assert outcomes(filled.take([job("普工", 薪资待遇="7000")])) == {"updated": 1}
    with filled.exchange.store.read() as session:
        assert [(id, status) for id, _, status in changed_postings(session, head, 100)] == [
            (filled.posting("普工").id, "open")
        ]
