"""Evidence is kept one way whatever it stands behind: named by verify when it is lost, and carried by backups."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from exchange.activities import ActivityKind
from exchange.evidence import Evidence, EvidenceFault, keep_evidence, read_evidence
from exchange.models import FairDocument
from exchange.receiving import kept_file
from exchange.store.activities import add_evidence, plan_activity
from exchange.store.copying import read_backup, write_backup
from exchange.store.figures import record_figure
from exchange.store.verifying import Replay, verify_evidence, verify_store
from ingest.sample.fairs import load_fairs
from tests.flow.desk import CHANGAN, Desk, job

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100
WORD = COMPOUND + "WordDocument".encode("utf-16-le")


@pytest.fixture
def kept(desk: Desk) -> tuple[Desk, dict[str, str]]:
    """A figure, an activity and two fairs with their files: what it is → a digest."""
    desk.take([job("普工")])
    desk.clock.set(2026, 3, 30, 9, 0)
    load_fairs(desk.exchange, date(2026, 3, 30))
    folder = desk.exchange.files_folder
    figure, notice = (keep_evidence(folder, name, name.encode().join([b"%PDF-", b""])) for name in ("a.pdf", "b.pdf"))
    with desk.exchange.store.write("office", "office") as transaction:
        record_figure(transaction, "town-funds", 2026, 5, date(2026, 3, 1), "第一笔", member=CHANGAN, actor="office",
                      organisation="office", evidence=(figure,))  # fmt: skip
        day = date(2026, 3, 20)
        values = {"kind": ActivityKind.JOINT_MEETING, "name": "联席会议", "starts_on": day, "ends_on": day}
        add_evidence(transaction, plan_activity(transaction, CHANGAN, values).id, notice)
    with desk.exchange.store.read() as session:
        paper = session.exec(select(FairDocument.digest).order_by(FairDocument.digest)).first()
    assert paper is not None
    return desk, {"登记数": figure.digest, "活动": notice.digest, "对接会": paper}


def lost(desk: Desk) -> list[str]:
    with desk.exchange.store.read() as session:
        return list(verify_evidence(session, desk.exchange.files_folder))


@pytest.mark.parametrize("whose", ["登记数", "活动", "对接会"])
def test_a_file_that_was_lost_or_changed_is_named_with_whose_it_is(
    kept: tuple[Desk, dict[str, str]], whose: str
) -> None:
    desk, digests = kept
    assert lost(desk) == []
    path = kept_file(desk.exchange.files_folder, digests[whose])
    path.write_bytes(b"another")
    (line,) = lost(desk)
    assert line.startswith(whose)
    assert digests[whose] in line
    path.unlink()
    assert lost(desk) == [line]


def test_backups_carry_every_file(
    kept: tuple[Desk, dict[str, str]], open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk, digests = kept
    write_backup(desk.exchange.store, {"files": desk.exchange.files_folder}, tmp_path / "b.tar.gz")
    again = open_desk(f"sqlite:///{tmp_path / 'again.db'}", tmp_path / "again")
    read_backup(again.exchange.store, {"files": again.exchange.files_folder}, tmp_path / "b.tar.gz")
    again.tampered = True  # its index was not rebuilt
    assert lost(again) == []
    assert all(read_evidence(again.exchange.files_folder, digest) for digest in digests.values())


def test_a_paper_of_a_fair_that_vanished_or_appeared_is_named(kept: tuple[Desk, dict[str, str]]) -> None:
    desk, _ = kept
    desk.tampered = True
    with desk.exchange.store.write() as transaction:
        row = transaction.session.exec(select(FairDocument)).first()
        assert row is not None
        fair, digest = row.fair_id, row.digest
        same = transaction.session.exec(
            select(FairDocument).where(FairDocument.fair_id == fair, FairDocument.digest == digest)
        )
        for one in same.all():
            transaction.session.delete(one)
        other = FairDocument(fair_id=fair, digest="f" * 64, kind="plan", name="x.pdf", size=1, at=transaction.now)
        transaction.session.add(other)
    with desk.exchange.store.read() as session:
        found = list(verify_store(session, Replay()))
    assert f"对接会 {fair} 的材料 {digest} 不在库里" in found
    assert f"对接会 {fair} 的材料 {'f' * 64} 在台账里没有事件" in found


@pytest.mark.parametrize(
    ("name", "content", "kind"), [("方案.doc", WORD, "doc"), ("照片.JPEG", b"\xff\xd8\xff1", "jpg")]
)
def test_a_file_is_what_it_holds(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    found = keep_evidence(tmp_path, name, content)
    assert (found.type, found.bytes) == (kind, len(content))
    assert Evidence(**found.plain()) == found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("方案.doc", COMPOUND),
        ("方案.doc", WORD + "_VBA_PROJECT".encode("utf-16-le")),
        ("方案.xls", WORD),
        ("方案.pdf", WORD),
        ("方案.zip", b"PK\x03\x04"),
        ("方案.pdf", b""),
        ("x" * 130 + ".pdf", b"%PDF-"),
    ],
)
def test_what_is_not_what_it_says_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(EvidenceFault):
        keep_evidence(tmp_path, name, content)
