"""Damaged and hostile files: a `FileFault` or a table comes out, nothing else."""

import random
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.fields import Field
from ingest.table import FileFault, Limits, read_file
from ingest.table.faults import MIB

SAMPLES = Path(__file__).parent.parent / "samples"
QUICK = Limits(max_seconds=20)


def mangle(data: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.4:
        return data[: chance.randrange(len(data))]
    mangled = bytearray(data)
    for _ in range(chance.choice([1, 3, 30])):
        mangled[chance.randrange(len(mangled))] = chance.randrange(256)
    return bytes(mangled)


def outcome(path: Path) -> tuple[str, str]:
    try:
        return ("read" if read_file(path, QUICK).rows else "nothing"), ""
    except FileFault as fault:
        return fault.code, fault.message


@pytest.mark.parametrize("name", ["several_sheets.xlsx", "old_format.xls", "gb18030.csv", "list.json", "web_page.xls"])
def test_a_mangled_file_is_read_or_refused(name: str, tmp_path: Path) -> None:
    chance, data, path = random.Random(name), (SAMPLES / name).read_bytes(), tmp_path / name
    for _ in range(25):
        path.write_bytes(mangle(data, chance))
        code, said = outcome(path)
        assert code == "read" or (code.startswith("file.") and name in said)


def test_a_workbook_that_wants_too_much_memory_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["岗位名称", "企业名称"])
    book.active.append(["普工", "晨曜电子厂"])
    book.active["CV1000000"] = "x"
    book.save(tmp_path / "宽.xlsx")
    with pytest.raises(FileFault) as fault:
        read_file(tmp_path / "宽.xlsx", Limits(max_memory_bytes=400 * MIB))
    assert fault.value.code == "file.too_large"


def test_a_workbook_that_takes_too_long_is_refused() -> None:
    with pytest.raises(FileFault) as fault:
        read_file(SAMPLES / "old_format.xls", Limits(max_seconds=0.001))
    assert fault.value.code == "file.too_large"


KINDS = ["utf8_with_mark.csv", "list.json", "old_format.xls", "hidden_rows.xlsx", "web_page.xls"]


@pytest.mark.parametrize("name", KINDS)
def test_the_limits_hold_for_every_kind(name: str) -> None:
    with pytest.raises(FileFault) as fault:
        read_file(SAMPLES / name, Limits(max_rows=2))
    assert fault.value.code == "file.too_many_rows"
    with pytest.raises(FileFault) as fault:
        read_file(SAMPLES / name, Limits(max_bytes=20))
    assert fault.value.code == "file.too_large"


def test_as_many_rows_as_allowed_are_taken() -> None:
    assert len(read_file(SAMPLES / "hidden_rows.xlsx", Limits(max_rows=3)).rows) == 3


def test_a_far_row_costs_nothing(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["岗位名称", "企业名称"])
    book.active["A60000"], book.active["B60000"] = "普工", "晨曜电子厂"
    book.save(tmp_path / "远.xlsx")
    [row] = read_file(tmp_path / "远.xlsx").rows
    assert row.row == 60_000


def test_a_sources_own_headings_are_mapped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Stelle,Firma,Ort\n普工,晨曜电子厂,长安镇\n", encoding="utf-8")
    with pytest.raises(FileFault):
        read_file(path)
    [row] = read_file(path, mapping={"Stelle": Field.TITLE, "Firma": Field.EMPLOYER, "Ort": Field.DIVISION}).rows
    assert row.cells == {Field.TITLE: "普工", Field.EMPLOYER: "晨曜电子厂", Field.DIVISION: "长安镇"}


def test_a_name_that_looks_like_an_option_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "--help"
    path.write_bytes((SAMPLES / "old_format.xls").read_bytes())
    assert len(read_file(path).rows) == 3
