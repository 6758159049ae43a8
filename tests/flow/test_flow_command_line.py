"""The command line: exit codes, one clear sentence for what is wrong, and the JSON that other programs read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exchange.schemas.counting import CountSchema
from exchange.store.setup import mark_as_demonstration
from tests.flow.commands import Answer, Commands
from tests.flow.desk import CHANGAN, Desk, job, write_csv
from tests.unit.scripted_site import Answer as Page
from tests.unit.scripted_site import ScriptedSite

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def guanshao(tmp_path: Path) -> Commands:
    return Commands(tmp_path / "var")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "长安.csv", [job("普工"), job("会计", 薪资待遇=""), job("司机", 薪资待遇="见附件")])


def ingest(guanshao: Commands, sheet: Path, *more: str) -> Answer:
    return guanshao("ingest", "--file", str(sheet), "--source", "dg-upload", "--organisation", CHANGAN, *more)


def is_one_sentence(text: str) -> bool:
    return len(text.strip().splitlines()) == 1 and "Traceback" not in text and text.strip()[-1] in "。）)"


def test_ingest_tells_what_became_of_every_row(guanshao: Commands, sheet: Path) -> None:
    answer = ingest(guanshao, sheet, "--json")
    assert answer.code == 0  # refused rows are reported, not an error
    told = answer.json
    assert list(told) == [
        "batch", "source", "organisation", "file", "received", "created", "updated", "unchanged", "duplicate", "held",
        "rejected", "closed", "seconds", "problems",
    ]  # fmt: skip
    assert (told["received"], told["created"], told["rejected"]) == (3, 2, 1)
    assert [
        (p["row"], p["column"], p["code"], p["severity"]) for p in sorted(told["problems"], key=lambda p: p["row"])
    ] == [
        (3, "薪资待遇", "salary.missing", "warning"),
        (4, "薪资待遇", "salary.unreadable", "error"),
    ]
    assert set(told["problems"][0]) == {"sheet", "row", "column", "field", "code", "severity", "message", "evidence"}


def test_without_json_it_speaks_to_the_clerk(guanshao: Commands, sheet: Path) -> None:
    answer = ingest(guanshao, sheet)
    assert "收到 3 条" in answer.out
    assert "第 4 行 薪资待遇" in answer.out
    assert "试读" in ingest(guanshao, sheet, "--dry-run").out
    assert "等待确认" in ingest(guanshao, sheet, "--await-confirmation").out


def test_a_dry_run_has_no_batch(guanshao: Commands, sheet: Path) -> None:
    answer = ingest(guanshao, sheet, "--dry-run", "--json")
    assert (answer.code, answer.json["batch"], answer.json["created"]) == (0, None, 2)
    assert guanshao("index", "status", "--json").json["documents"] == 0


def test_count_has_the_shape_of_the_contract(guanshao: Commands, sheet: Path) -> None:
    ingest(guanshao, sheet)
    told = guanshao("count", "--year", "2026", "--json").json
    assert CountSchema().validate(told) == {}
    assert [c["code"] for c in told["commitments"]] == ["postings-dg-sg", "postings-sg-dg"]
    assert [c["goal"] for c in told["commitments"]] == [10_000, 5_000]
    assert {c["cluster"] for c in told["clusters"]} >= {"c01", "c10", "unassigned"}
    before = guanshao("count", "--year", "2026", "--as-of", "2026-01-01", "--json").json
    assert sum(c["counted"] for c in before["commitments"]) == 0
    assert (before["ledger_sequence"], before["as_of"]) == (0, "2026-01-01T23:59:59+08:00")


def test_count_counts_in_this_year(guanshao: Commands, sheet: Path) -> None:
    ingest(guanshao, sheet)
    told = guanshao("count", "--json").json
    assert sum(cluster["postings"] for cluster in told["clusters"]) == 1
    assert told["uncounted"] == {"incomplete.pay": 1}
    assert "缺薪资：1" in guanshao("count").out


def test_search_explains_its_scores(guanshao: Commands, sheet: Path) -> None:
    ingest(guanshao, sheet)
    said = guanshao("search", "普工", "--explain")
    assert said.code == 0
    assert "得分" in said.out
    assert "岗位名称 1 次" in said.out
    found = guanshao("search", "普工", "--explain", "--json").json
    (first, *_) = found["explanations"]
    assert first["id"] == found["items"][0]["id"]
    assert first["score"] == pytest.approx(first["words_score"] * first["standing"])
    assert "explanations" not in guanshao("search", "普工", "--json").json


def test_verify_index_and_search_answer_in_json(guanshao: Commands, sheet: Path) -> None:
    ingest(guanshao, sheet)
    verified = guanshao("verify", "--json")
    assert (verified.code, set(verified.json)) == (0, {"ok", "pages", "events", "differences"})
    status = guanshao("index", "status", "--json").json
    assert (status["healthy"], status["behind"], status["documents"]) == (True, 0, 2)
    assert guanshao("index", "rebuild").code == 0
    assert guanshao("index", "status", "--json").json["sequence"] == status["sequence"]
    found = guanshao("search", "普工", "--json").json
    assert (found["total"], found["items"][0]["title"], found["items"][0]["direction"]) == (1, "普工", "dg-sg")


def test_settings_tell_value_and_origin(tmp_path: Path) -> None:
    rows = Commands(tmp_path / "var", GUANSHAO_PORT="8123")("settings", "--json").json
    port = next(row for row in rows if row["name"] == "port")
    assert (port["value"], port["variable"]) == ("8123", "GUANSHAO_PORT")
    assert "GUANSHAO_PORT" in port["origin"]
    assert all(set(row) == {"name", "variable", "value", "origin", "help"} for row in rows)


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        ("program.xlsx", "程序"),
        ("under_password.xlsx", "密码"),
        ("cut_short.xlsx", "损坏"),
        ("empty.csv", "空"),
        ("two_hundred_columns.xlsx", "列"),
        ("bomb.xlsx", ""),
        ("no_headings.xlsx", "表头"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_sentence(guanshao: Commands, sample: str, words: str) -> None:
    answer = ingest(guanshao, SAMPLES / sample)
    assert answer.code == 1
    assert is_one_sentence(answer.err), answer.err
    assert answer.err.startswith(("file.", "column."))
    assert words in answer.err
    assert answer.out == ""


def test_a_file_that_cannot_be_read_leaves_nothing_behind(guanshao: Commands, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    before = desk.sizes()
    ingest(guanshao, SAMPLES / "cut_short.xlsx")
    assert desk.sizes() == before
    assert not any(path.is_file() for path in desk.exchange.files_folder.rglob("*"))


def test_wrong_use_is_2_and_failure_is_1(guanshao: Commands, sheet: Path) -> None:
    assert guanshao("ingest").code == 2
    assert guanshao("ingest", "--file", str(sheet)).code == 2
    assert guanshao("ingest", "--file", str(sheet), "--source", "nowhere").code == 2
    assert guanshao("ingest", "--dry-run").code == 2
    assert guanshao("no-such-command").code == 2
    assert guanshao("count", "--as-of", "昨天").code == 2
    assert ingest(guanshao, sheet.with_name("missing.csv")).code == 1
    unknown = guanshao("ingest", "--file", str(sheet), "--source", "dg-upload", "--organisation", "999")
    assert unknown.code == 1
    assert "999" in unknown.err
    assert is_one_sentence(unknown.err)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GUANSHAO_PORT", "eighty"),
        ("GUANSHAO_PROT", "80"),
        ("GUANSHAO_VALIDITY_DAYS", "0"),
        ("GUANSHAO_DATABASE_URL", "mysql://a/b"),
        ("GUANSHAO_SEARCH_URL", "http://localhost:9200"),
        ("GUANSHAO_CONFIG", "/nowhere/at/all"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(tmp_path: Path, name: str, value: str) -> None:
    answer = Commands(tmp_path / "var", **({name: value} if name != "GUANSHAO_DATABASE_URL" else {"url": value}))(
        "verify"
    )
    assert answer.code == 1
    assert len(answer.err.strip().splitlines()) == 1, answer.err
    assert name in answer.err


def test_a_database_that_does_not_answer_is_one_line_without_its_password(tmp_path: Path) -> None:
    answer = Commands(tmp_path / "var", "postgresql://me:secret@127.0.0.1:1/nothing")("verify")
    assert answer.code == 1
    assert len(answer.err.strip().splitlines()) == 1, answer.err
    assert "连不上数据库" in answer.err
    assert "secret" not in answer.err


FEED = """
[[source]]
id = "{0}"
name = "甲接口"
city = "dongguan"
organisation = "441900"
adapter = "json_pages"
address = "http://127.0.0.1:{1}/jobs"
counts = true
[source.options]
items = "list"
[source.mapping]
id = "reference"
"""


def test_pulling_is_3_when_only_some_sources_answer(tmp_path: Path) -> None:
    row = {
        "id": "1",
        "岗位名称": "普工",
        "公司名称": "东莞市华盛电子有限公司",
        "工作地点": "长安镇",
        "薪资": "5000",
        "招聘人数": "2",
    }
    page, end = (Page(json.dumps({"list": rows}).encode()) for rows in ([row], []))
    folder = tmp_path / "config"
    folder.mkdir()
    refusing = Page(status=404)
    with ScriptedSite(page, end) as site, ScriptedSite(refusing) as dead:
        ports = {"good": site.server.server_address[1], "dead": dead.server.server_address[1]}
        text = "".join(FEED.format(name, port) for name, port in ports.items())
        (folder / "sources.toml").write_text(text, encoding="utf-8")
        guanshao = Commands(tmp_path / "var", GUANSHAO_CONFIG=str(folder))
        partly = guanshao("ingest", "--all", "--json")
        assert guanshao("ingest", "dead").code == 1
    assert (partly.code, partly.json["created"], partly.json["source"]) == (3, 1, "good")
    assert "\ndead: http.status" in partly.err
    rows = {row["id"]: row for row in guanshao("sources", "--json").json}
    assert (rows["good"]["last_error"], rows["dead"]["last_good_at"]) == ("", None)
    assert rows["dead"]["last_error"]


def test_a_real_store_is_no_demonstration_and_the_reverse(
    guanshao: Commands, sheet: Path, tmp_path: Path, open_desk: Callable[..., Desk]
) -> None:
    ingest(guanshao, sheet)
    refused = guanshao("run", "--sample", "--port", "18999")
    assert refused.code == 1
    assert "正式数据" in refused.err
    assert "Traceback" not in refused.err

    demonstration = tmp_path / "demonstration"
    mark_as_demonstration(open_desk(folder=demonstration).exchange.store)
    refused = Commands(demonstration)("run", "--port", "18999")
    assert refused.code == 1
    assert "--sample" in refused.err


def test_the_sources_of_the_demonstration_are_refused_in_a_real_store(guanshao: Commands) -> None:
    answer = guanshao("ingest", "dg-feed")
    assert answer.code == 1
    assert "演示" in answer.err


def moved(guanshao: Commands, there: Commands, archive: Path) -> tuple[Any, Any]:
    assert guanshao("backup", str(archive)).code == 0
    restored = there("restore", str(archive))
    assert restored.code == 0, restored.err
    assert there("verify").code == 0
    return guanshao("count", "--json").json, there("count", "--json").json


def test_a_backup_moves_from_one_database_to_the_other_and_back(
    guanshao: Commands, sheet: Path, tmp_path: Path, new_postgresql_url: Callable[[], str]
) -> None:
    ingest(guanshao, sheet)
    ingest(guanshao, sheet)
    other = Commands(tmp_path / "other", new_postgresql_url())
    here, there = moved(guanshao, other, tmp_path / "first.tar.gz")
    assert {**here, "as_of": ""} == {**there, "as_of": ""}
    assert ingest(other, sheet, "--json").json["unchanged"] == 2

    third = Commands(tmp_path / "third")
    here, there = moved(other, third, tmp_path / "second.tar.gz")
    assert {**here, "as_of": ""} == {**there, "as_of": ""}
    assert third("search", "普工", "--json").json["total"] == 1


def test_restoring_over_something_or_from_nothing_is_refused(guanshao: Commands, sheet: Path, tmp_path: Path) -> None:
    ingest(guanshao, sheet)
    archive = tmp_path / "backup.tar.gz"
    assert guanshao("backup", str(archive)).code == 0
    assert guanshao("backup", str(archive)).code == 1
    over = guanshao("restore", str(archive))
    assert (over.code, "已有数据" in over.err) == (1, True)
    assert guanshao("verify").code == 0

    broken = bytearray(archive.read_bytes())
    middle = len(broken) // 2
    broken[middle : middle + 40] = bytes(40)
    (tmp_path / "broken.tar.gz").write_bytes(broken)
    empty = Commands(tmp_path / "empty")
    for name in ("broken.tar.gz", sheet.name):
        answer = empty("restore", str(tmp_path / name))
        assert answer.code == 1
        assert "Traceback" not in answer.err
    assert empty("verify").code == 0
    assert empty("index", "status", "--json").json["documents"] == 0


def test_a_parked_run_is_3_and_says_where_to_decide(tmp_path: Path) -> None:
    def page(*ids: str) -> Page:
        titles = {"1": "普工", "2": "焊工", "3": "电工"}
        plain = {"公司名称": "东莞市华盛电子有限公司", "工作地点": "长安镇", "薪资": "5000", "招聘人数": "2"}
        rows = [{"id": id, "岗位名称": titles[id[-1]], **plain} for id in ids]
        return Page(json.dumps({"list": rows, "total": len(rows)}).encode())

    folder = tmp_path / "config"
    folder.mkdir()
    with ScriptedSite(page("1", "2", "3")) as site:
        text = FEED.format("feed", site.server.server_address[1])
        text = text.replace('items = "list"', 'items = "list"\ntotal = "total"')
        (folder / "sources.toml").write_text(text.replace("counts =", "full_list = true\ncounts ="), encoding="utf-8")
        variables = {"GUANSHAO_CONFIG": str(folder), "GUANSHAO_CLOSE_GUARD_MINIMUM": "1"}
        guanshao = Commands(tmp_path / "var", **variables)
        assert guanshao("ingest", "feed", "--json").code == 0
        site.answers = [page("11", "12", "13")]
        parked = guanshao("ingest", "feed", "--json")
        assert (parked.code, parked.json["closed"]) == (3, 0)
        assert "/admin/sources" in parked.err
        site.answers = [page("1", "2", "3")]
        assert guanshao("ingest", "feed").code == 0
    (source,) = guanshao("sources", "--json").json
    assert (source["parked"], source["last_run"]["unchanged"]) == (None, 3)


def test_sources_are_listed_paused_and_wanted_from_the_command_line(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    text = FEED.format("feed", 9).replace("counts = true\n", 'counts = true\nschedule = "0 3 * * *"\n')
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    guanshao = Commands(tmp_path / "var", GUANSHAO_CONFIG=str(folder))

    def told() -> tuple[bool, str, bool]:
        (source,) = guanshao("sources", "--json").json
        return source["paused"], source["state"], source["next_run_at"] is None

    assert told() == (False, "new", False)
    assert "feed" in guanshao("sources").out
    assert "已暂停" in guanshao("sources", "pause", "feed").out
    assert told() == (True, "paused", True)
    assert "本来就是" in guanshao("sources", "pause", "feed").out
    assert "已恢复" in guanshao("sources", "resume", "feed").out
    assert told() == (False, "new", False)
    nobody_works = guanshao("sources", "run", "feed")
    assert nobody_works.code == 1
    assert "guanshao ingest feed" in nobody_works.err
    assert guanshao("sources", "run", "nobody").code == 2
