"""Workbooks and csv files at an address or behind a page of links."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook

from config.sources import AdapterKind
from ingest.fields import Field
from tests.unit.pages_site import Puller
from tests.unit.scripted_site import Answer

HEADINGS = ["岗位名称", "企业名称", "工作地点", "薪资", "人数"]


def row(title: str) -> list[str]:
    return [title, "华盛电子", "长安镇", "5000", "3"]


def xlsx(*rows: list[str], headings: list[str] = HEADINGS) -> bytes:
    book = Workbook()
    for cells in (headings, *rows):
        book.active.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(*rows: list[str]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("岗位")
    for number, cells in enumerate((HEADINGS, *rows)):
        for column, cell in enumerate(cells):
            sheet.write(number, column, cell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv(*rows: list[str]) -> bytes:
    return "\n".join(",".join(cells) for cells in (HEADINGS, *rows)).encode("gbk")


SHELF = Puller(AdapterKind.FILE_LINKS, "/files/")
LINKS = """<ul><li><a href="readme.txt">说明</a></li>
<li><a href="%E5%B2%97%E4%BD%8D20261103.xlsx">岗位表</a></li>
<li><a href="/down?id=7">2026年11月10日岗位表.xls</a></li>
<li><a href="./20261117.csv">岗位</a></li></ul>"""
FILES: dict[str, Any] = {
    "/files/": LINKS,
    "/files/%E5%B2%97%E4%BD%8D20261103.xlsx": xlsx(row("普工"), row("焊工")),
    "/down?id=7": xls(row("叉车工")),
    "/files/20261117.csv": csv(row("保安员"), row("文员")),
}


@pytest.mark.parametrize("content", [xlsx(row("普工")), xls(row("普工")), csv(row("普工"))], ids=["xlsx", "xls", "csv"])
def test_a_file_at_an_address_is_read_whatever_it_is(content: bytes) -> None:
    pulled = Puller(AdapterKind.FILE_LINKS, "/latest").pull({"/latest": content})
    assert pulled.column(Field.TITLE) == ["普工"]
    assert pulled.column(Field.DIVISION) == ["长安镇"]
    assert pulled.column(Field.OPENINGS) == ["3"]
    assert pulled.column(Field.URL)[0].endswith("/latest")
    assert pulled.whole


def test_the_newest_file_of_a_list_is_that_of_the_latest_day() -> None:
    pulled = SHELF.pull(FILES, links="a")
    assert pulled.column(Field.TITLE) == ["保安员", "文员"]
    assert pulled.asked == ["/files/", "/files/20261117.csv"]


def test_without_days_the_newest_is_the_first_of_the_list() -> None:
    pages = {"/files/": '<a href="b.csv">x</a><a href="a.csv">y</a>', "/files/b.csv": csv(row("普工"))}
    assert SHELF.pull(pages, links="a").column(Field.TITLE) == ["普工"]


def test_all_files_together_and_where_each_row_stood() -> None:
    pulled = SHELF.pull(FILES, links="li", pick="all")
    assert sorted(pulled.column(Field.TITLE)) == sorted(["普工", "焊工", "叉车工", "保安员", "文员"])
    assert pulled.items[1]["来源位置"] == "岗位20261103.xlsx Sheet 第 3 行"


def test_all_new_ones_are_those_since_the_last_good_run() -> None:
    pulled = SHELF.pull(FILES, datetime(2026, 11, 11, tzinfo=UTC), links="a", pick="all")
    assert (pulled.column(Field.TITLE), pulled.whole) == (["叉车工", "保安员", "文员"], False)


def test_a_pattern_chooses_by_name() -> None:
    assert SHELF.pull(FILES, links="a", pick="all", name_pattern=r"\.xls$").column(Field.TITLE) == ["叉车工"]


def test_headings_that_nobody_knows_are_named_by_the_mapping() -> None:
    shelf = Puller(AdapterKind.FILE_LINKS, "/f", mapping={"用啥人": "title", "谁家的": "employer"})
    book = xlsx(["普工", "华盛电子", "5000"], headings=["用啥人", "谁家的", "薪资"])
    pulled = shelf.pull({"/f": book})
    assert (pulled.column(Field.TITLE), pulled.column(Field.EMPLOYER)) == (["普工"], ["华盛电子"])
    assert pulled.column(Field.SALARY) == ["5000"]


def test_the_place_in_the_title_of_a_sheet_stands_for_a_column() -> None:
    book = Workbook()
    for cells in (["东莞市长安镇岗位信息表"], ["岗位名称", "企业名称", "薪资"], ["普工", "华盛电子", "5000"]):
        book.active.append(cells)
    file = io.BytesIO()
    book.save(file)
    [place] = Puller(AdapterKind.FILE_LINKS, "/f").pull({"/f": file.getvalue()}).column(Field.DIVISION)
    assert "长安" in place


def test_one_broken_file_among_several_is_named_and_nothing_is_closed() -> None:
    pages = {**FILES, "/down?id=7": b"PK\x03\x04 no zip"}
    pulled = Puller(AdapterKind.FILE_LINKS, "/files/", full_list=True).pull(pages, links="a", pick="all")
    assert len(pulled.items) == 4
    assert (pulled.codes, pulled.whole) == (["pull.detail_failed"], False)
    assert "/down?id=7" in pulled.problems[0].message


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("pull.changed_layout", xlsx(["普工", "华盛电子"], headings=["甲", "乙"])),
        ("pull.empty", xlsx()),
        ("pull.unreadable", b"%PDF-1.7"),
        ("pull.unreadable", Answer(b"<html><title>\xe7\x99\xbb\xe5\xbd\x95</title></html>")),
        ("http.status", Answer(status=404)),
    ],
)
def test_a_file_that_is_none_ends_the_pull(code: str, content: Any) -> None:
    fault = Puller(AdapterKind.FILE_LINKS, "/f.xlsx").fault({"/f.xlsx": content})
    assert fault.code == code


def test_a_list_without_such_files_has_changed() -> None:
    assert SHELF.fault({"/files/": '<a href="a.pdf">x</a>'}, links="a").code == "pull.changed_layout"
