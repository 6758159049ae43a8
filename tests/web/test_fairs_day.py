"""Counting on the day: nothing twice, in any order, from several phones; only while the fair is being held."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.bureau_desk import open_desk
from tests.web.fair_desk import FairDesk, open_fair_desk


@pytest.fixture
def fairs(tmp_path: Path) -> Iterator[FairDesk]:
    desk = open_desk(tmp_path)
    yield open_fair_desk(desk)
    desk.exchange.store.close()


@pytest.fixture
def path(fairs: FairDesk) -> str:
    opened = fairs.published()
    fairs.open_day(opened)
    return opened


def one(number: int, kind: str = "visitors", exhibitor: str = "", amount: int = 1) -> dict[str, object]:
    return {
        "id": f"test-press-{number:08}",
        "exhibitor": exhibitor,
        "kind": kind,
        "amount": amount,
        "at": f"2026-04-10T09:{number % 60:02}:00+08:00",
    }


def sums(fairs: FairDesk, path: str) -> dict[tuple[str, str], int]:
    found = fairs.clerk.client.get(f"{path}/day/sums.json").get_json()["sums"]
    return {(line["exhibitor"], line["kind"]): line["sum"] for line in found}


def employers(fairs: FairDesk, path: str) -> list[str]:
    groups = fairs.clerk.get(f"{path}/day").all("[data-exhibitor]")
    return [id for group in groups if (id := group.attributes["data-exhibitor"])]


def test_what_is_sent_again_is_counted_once(fairs: FairDesk, path: str) -> None:
    batch = [one(number) for number in range(5)]
    for _ in range(3):
        answer = fairs.tally(path, *batch)
        assert answer.status_code == 200
        assert sorted(answer.get_json()["accepted"]) == [t["id"] for t in batch]
    assert sums(fairs, path) == {("", "visitors"): 5}


def test_two_phones_at_once_and_out_of_order(fairs: FairDesk, path: str) -> None:
    first, second = employers(fairs, path)
    other = fairs.desk.clerk("wengyuan")
    fairs.tally(path, one(9, "hires", first), one(3, "interviews", first))
    fairs.tally(path, one(20, "interviews", first, 4), one(21, "intents", second), clerk=other)
    fairs.tally(path, one(1, "interviews", first), one(3, "interviews", first))
    assert sums(fairs, path) == {(first, "interviews"): 6, (first, "hires"): 1, (second, "intents"): 1}


def test_the_same_id_twice_in_one_call(fairs: FairDesk, path: str) -> None:
    fairs.tally(path, one(1), one(1), one(2, amount=-1))
    assert sums(fairs, path) == {("", "visitors"): 0}


def test_what_belongs_to_nobody_is_refused_and_the_rest_is_taken(fairs: FairDesk, path: str) -> None:
    answer = fairs.tally(
        path, one(1), one(2, "hires", "NOBODY"), one(3, "hires"), one(4, "visitors", employers(fairs, path)[0])
    )
    assert answer.get_json()["refused"] == ["test-press-00000002", "test-press-00000003", "test-press-00000004"]
    assert sums(fairs, path) == {("", "visitors"): 1}


@pytest.mark.parametrize("wrong", [{"id": "short"}, {"kind": "smiles"}, {"amount": 0}, {"amount": 5000}, {"at": "now"}])
def test_a_malformed_count_is_a_400_and_counts_nothing(fairs: FairDesk, path: str, wrong: dict[str, object]) -> None:
    assert fairs.tally(path, one(1), {**one(2), **wrong}).status_code == 400
    assert sums(fairs, path) == {}


def test_nothing_is_counted_before_the_day_or_after_the_report(fairs: FairDesk) -> None:
    path = fairs.published()
    assert fairs.tally(path, one(1)).status_code == 409
    fairs.open_day(path)
    assert fairs.tally(path, one(1)).status_code == 200
    fairs.send(path, "/cancel", reason="消防检查没有通过")
    answer = fairs.tally(path, one(2))
    assert answer.status_code == 409
    assert "已取消" in answer.get_json()["error"]["message"]


def test_the_form_without_scripts_counts_once_too(fairs: FairDesk, path: str) -> None:
    page = fairs.clerk.get(f"{path}/day")
    for _ in range(2):
        told = fairs.clerk.pressed(page, "加上", exhibitor="", kind="visitors", amount="12")
        assert "已计数" in told.text
    assert "没有保存" in fairs.clerk.pressed(fairs.clerk.get(f"{path}/day"), "加上", kind="hires", amount="1").text
    assert "没有保存" in fairs.clerk.pressed(fairs.clerk.get(f"{path}/day"), "加上", kind="visitors", amount="0").text
    assert sums(fairs, path) == {("", "visitors"): 12}


def test_strangers_and_other_bureaus_do_not_count(fairs: FairDesk, path: str) -> None:
    assert fairs.tally(path, one(1)).status_code == 200
    assert fairs.desk.clerk("humen").client.get(f"{path}/day").status_code == 404
    assert fairs.desk.app.test_client().get(f"{path}/day").status_code == 302
    assert fairs.clerk.client.post(f"{path}/day/tallies", json={"tallies": [one(2)]}).status_code == 400  # no token


def test_the_report_starts_from_the_counts_and_wants_a_reason_for_others(fairs: FairDesk, path: str) -> None:
    fairs.tally(path, one(1, amount=300), one(2, "intents", employers(fairs, path)[0], 7))
    fairs.send(path, "/hold")
    form = fairs.clerk.get(f"{path}/results")
    assert form.one("#visitors").attributes["value"] == "300"
    assert form.one("#intents").attributes["value"] == "7"
    fairs.upload(path, "signed_sheet")
    figures = {"visitors": "350", "interviews": "0", "intents": "7", "hires": "9"}

    def report(**given: str) -> tuple[int, str]:
        answer = fairs.clerk.client.post(f"{path}/results", data=fairs.fields(path, fairs.clerk, **figures, **given))
        return answer.status_code, answer.get_data(as_text=True)

    status, text = report(reason="")
    assert status == 400
    assert "请写明原因" in text and "录用人数不应多于" in text
    figures["hires"] = "2"
    assert report(reason="西门没有计数，按登记簿补")[0] == 303
    assert fairs.fair(path).state == "reported"


def test_a_report_needs_evidence(fairs: FairDesk, path: str) -> None:
    fairs.send(path, "/hold")
    figures = dict.fromkeys(("visitors", "interviews", "intents", "hires"), "0")
    answer = fairs.clerk.client.post(f"{path}/results", data=fairs.fields(path, fairs.clerk, **figures))
    assert answer.status_code == 400
    assert "请先上传现场照片" in answer.get_data(as_text=True)
