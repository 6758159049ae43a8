"""Files dropped into the watched folder are published once, put away, and explained; a kill changes nothing."""

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from exchange.models import Batch
from ingest import watching
from ingest.scheduler import handle_batches
from ingest.watching import Watcher, inbox_of
from tests.flow.desk import CHANGAN, HUMEN, WENGYUAN, Desk, job, write_csv


def drop(desk: Desk, name: str, *titles: str, folder: str = f"dg-upload/{CHANGAN}", **changes: str) -> Path:
    where = inbox_of(desk.exchange) / folder
    where.mkdir(parents=True, exist_ok=True)
    return write_csv(where / name, [job(title, **changes) for title in titles])


def turn(desk: Desk, watcher: Watcher, times: int = 1) -> None:
    """What the worker does again and again."""
    for _ in range(times):
        watcher.poll()
        handle_batches(desk.exchange)


def batches(desk: Desk) -> list[Batch]:
    with desk.exchange.store.read() as session:
        return list(session.exec(select(Batch)))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_file_in_an_organisations_folder_is_published_as_its_batch_and_put_away(desk: Desk) -> None:
    file = drop(desk, "三月.csv", "普工", "焊工")
    turn(desk, Watcher(desk.exchange), 3)
    (batch,) = batches(desk)
    assert (batch.source, batch.organisation, batch.created, batch.actor) == ("dg-upload", CHANGAN, 2, "inbox")
    assert desk.found("") == ["普工", "焊工"]
    assert not file.exists()
    assert names(file.parent / "done") == [f"三月_{batch.id}.csv"]


def test_a_file_in_the_sources_folder_belongs_to_the_sources_organisation(open_desk) -> None:
    desk = open_desk()
    drop(desk, "全市.csv", "普工", folder="dg-upload")
    turn(desk, Watcher(desk.exchange), 3)
    assert [batch.organisation for batch in batches(desk)] == ["441900"]


def test_a_file_that_still_grows_is_left_alone(open_desk) -> None:
    desk = open_desk()
    file = drop(desk, "大表.csv", "普工")
    watcher = Watcher(desk.exchange)
    for number in range(3):
        turn(desk, watcher)
        with file.open("a", encoding="utf-8") as more:
            more.write(f",东莞市华盛电子有限公司,铣工{number},1,5000,长安镇,,,\n")
    assert batches(desk) == []
    turn(desk, watcher, 3)
    assert [batch.received for batch in batches(desk)] == [4]


def test_a_file_copied_over_while_it_waits_is_read_as_the_new_one(open_desk) -> None:
    """Same name and size, but written later: nothing of the half-written one is taken."""
    desk, name = open_desk(), "表.csv"
    drop(desk, name, "铣工")
    watcher = Watcher(desk.exchange)
    watcher.poll()
    file = drop(desk, name, "钳工")
    os.utime(file, ns=(1, file.stat().st_mtime_ns + 1))
    turn(desk, watcher, 4)
    assert desk.found() == ["钳工"]


def test_what_was_wrong_lies_marked_beside_it(open_desk) -> None:
    desk = open_desk()
    file = drop(desk, "四月.csv", "普工", "焊工", 薪资待遇="见附件")
    turn(desk, Watcher(desk.exchange), 3)
    (batch,) = batches(desk)
    assert names(file.parent / "done") == [f"四月_{batch.id}.csv", f"四月_{batch.id}_已标注.xlsx"]
    marked = load_workbook(file.parent / "done" / f"四月_{batch.id}_已标注.xlsx")
    said = [str(cell.value) for sheet in marked for row in sheet.iter_rows() for cell in row]
    assert any("见附件" in text for text in said)


def test_a_file_that_cannot_be_read_goes_to_failed_with_the_reason(open_desk) -> None:
    desk = open_desk()
    file = drop(desk, "坏.xlsx", "普工")
    file.write_bytes(b"%PDF-1.7 not a table")
    turn(desk, Watcher(desk.exchange), 3)
    (batch,) = batches(desk)
    assert names(file.parent / "failed") == [f"坏_{batch.id}.xlsx", f"坏_{batch.id}_原因.txt"]
    assert "PDF" in (file.parent / "failed" / f"坏_{batch.id}_原因.txt").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("folder", "word"),
    [
        ("", "来源"),
        ("xx-upload", "来源"),
        ("dg-feed", "来源"),
        ("dg-upload/999999", "单位"),
        (f"dg-upload/{WENGYUAN}", "市"),
    ],
)
def test_a_file_in_the_wrong_place_comes_back_with_the_right_one(open_desk, folder: str, word: str) -> None:
    desk = open_desk()
    file = drop(desk, "错.csv", "普工", folder=folder)
    turn(desk, Watcher(desk.exchange), 3)
    assert batches(desk) == []
    assert not file.exists()
    (reason,) = (file.parent / "failed").glob("*.txt")
    assert word in reason.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["~$表.xlsx", ".表.csv", "表.csv.part", "表.tmp"])
def test_what_is_not_complete_by_its_name_is_not_touched(open_desk, name: str) -> None:
    desk = open_desk()
    file = drop(desk, name, "普工")
    turn(desk, Watcher(desk.exchange), 3)
    assert file.exists()
    assert batches(desk) == []


def test_a_link_out_of_the_inbox_is_not_followed(open_desk, tmp_path: Path) -> None:
    desk = open_desk()
    drop(desk, "普.csv", "普工")
    secret = write_csv(tmp_path / "别处.csv", [job("别处的岗位")])
    (inbox_of(desk.exchange) / "dg-upload" / "链.csv").symlink_to(secret)
    turn(desk, Watcher(desk.exchange), 3)
    assert desk.found() == ["普工"]
    assert secret.exists()


def test_the_same_name_next_week_is_another_batch_and_both_are_kept(open_desk) -> None:
    desk = open_desk()
    watcher = Watcher(desk.exchange)
    for title in ("普工", "焊工"):
        file = drop(desk, "本周.csv", title)
        turn(desk, watcher, 3)
    assert len(batches(desk)) == 2
    assert len(names(file.parent / "done")) == 2


def test_two_organisations_files_of_one_name_are_two_batches(open_desk) -> None:
    desk = open_desk()
    drop(desk, "表.csv", "普工")
    drop(desk, "表.csv", "普工", folder=f"dg-upload/{HUMEN}", 工作地点="虎门镇")
    turn(desk, Watcher(desk.exchange), 3)
    assert sorted(batch.organisation for batch in batches(desk)) == [CHANGAN, HUMEN]


def test_with_watch_confirm_no_a_person_confirms_first(open_desk) -> None:
    desk = open_desk(GUANSHAO_WATCH_CONFIRM="no")
    file = drop(desk, "待定.csv", "普工")
    turn(desk, Watcher(desk.exchange), 4)
    assert [batch.state for batch in batches(desk)] == ["staged"]
    assert file.exists()
    assert desk.found() == []


class Killed(BaseException):
    """The process is gone at this point."""


STEPS = ("receive", "marked_workbook_of", "_put_away", "_write")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_nothing_is_lost_or_taken_twice(
    open_desk, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    desk = open_desk()
    file = drop(desk, "五月.csv", "普工", "焊工", 薪资待遇="")
    real = getattr(watching, step)

    def dies(*given: object, **named: object) -> object:
        if after:
            real(*given, **named)
        raise Killed

    watcher = Watcher(desk.exchange)
    with monkeypatch.context() as patched:
        patched.setattr(watching, step, dies)
        with pytest.raises(Killed):
            turn(desk, watcher, 4)
    turn(desk, Watcher(desk.exchange), 4)  # a new process, which knows nothing
    (batch,) = batches(desk)
    assert (batch.state, batch.created) == ("done", 2)
    assert names(file.parent / "done") == [f"五月_{batch.id}.csv", f"五月_{batch.id}_已标注.xlsx"]
    assert not file.exists()


def test_without_rights_to_a_file_the_others_go_on(open_desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk()
    closed = drop(desk, "a.csv", "铣工")
    drop(desk, "b.csv", "钳工")
    real = Path.open

    def opens(path: Path, *given: object, **named: object) -> object:
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return real(path, *given, **named)

    monkeypatch.setattr(Path, "open", opens)
    turn(desk, Watcher(desk.exchange), 3)
    assert desk.found() == ["钳工"]
    assert closed.exists()
