"""Files to take home: the original byte for byte, the marked workbook, the template; for their owner only."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Response
from openpyxl import load_workbook

from exchange.views.bureau_files import attachment
from tests.web.bureau_desk import BureauDesk, csv_of, job, open_desk

CONTENT = csv_of(job("普工"), job("焊工", 单位名称=""))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[BureauDesk]:
    opened = open_desk(tmp_path)
    yield opened
    opened.exchange.store.close()


@pytest.fixture
def path(desk: BureauDesk) -> str:
    found = desk.clerk().uploaded(CONTENT, "长安 12月.csv")
    desk.work()
    return found


def test_the_original_comes_back_byte_for_byte_and_never_opens_by_itself(desk: BureauDesk, path: str) -> None:
    response = desk.clerk("changan2").client.get(f"{path}/original")
    assert response.data == CONTENT
    assert response.mimetype == "application/octet-stream"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert disposition.endswith("12%E6%9C%88.csv")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    response.close()


def test_the_marked_workbook_shows_what_is_wrong(desk: BureauDesk, path: str) -> None:
    response = desk.clerk().client.get(f"{path}/workbook")
    assert response.headers["Content-Disposition"].startswith("attachment;")
    book = load_workbook(io.BytesIO(response.data))
    assert any(cell.comment for row in book.worksheets[0].iter_rows() for cell in row)
    response.close()


def test_no_file_name_breaks_out_of_its_header() -> None:
    given = attachment(Response(), 'a"b\\c/d\r\nX-Evil: 1;表.csv').headers["Content-Disposition"]
    assert given == "attachment; filename=\"abcdX-Evil: 1;_.csv\"; filename*=UTF-8''abcdX-Evil%3A%201%3B%E8%A1%A8.csv"
    assert attachment(Response(), "\r\n").headers["Content-Disposition"].startswith('attachment; filename="file"')


@pytest.mark.parametrize(("name", "status"), [("office", 403), ("dongguan", 403), ("humen", 404), ("pair", 403)])
def test_files_hold_contacts_and_are_for_their_owner(desk: BureauDesk, path: str, name: str, status: int) -> None:
    clerk = desk.clerk(name)
    for part in ("original", "workbook"):
        page = clerk.get(f"{path}/{part}", status)
        assert page.one("h1").text()
    if status == 403:
        assert f"{path}/original" not in clerk.get("/bureau/batches").html


def test_who_brought_a_file_for_a_town_may_take_it_back(desk: BureauDesk) -> None:
    city = desk.clerk("dongguan")
    path = city.uploaded(csv_of(job("保安")), organisation="441900121")
    response = city.client.get(f"{path}/original")
    assert response.status_code == 200
    response.close()


def test_a_batch_that_is_not_read_yet_has_no_marked_workbook(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    path = clerk.uploaded(csv_of(job("保安")))
    assert "还没有读完" in clerk.get(f"{path}/workbook", 409).text


def test_an_edit_has_a_marked_workbook_too(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    desk.publish(clerk, csv_of(job("保安")))
    (posting,) = desk.found()
    page = clerk.get(f"/bureau/postings/{posting}/edit")
    response = clerk.press(page, "保存修改", **{**_typed(page), "salary": "见附件"})
    desk.work()
    batch = response.headers["Location"]
    assert "薪资看不懂" in clerk.get(batch).text
    marked = clerk.client.get(f"{batch}/workbook")
    assert marked.status_code == 200
    marked.close()


def _typed(page: object) -> dict[str, str]:
    fields = page.all("main form.edit-form input:not([type=hidden]), main form.edit-form textarea")  # type: ignore[attr-defined]
    return {f.attributes["name"]: f.attributes.get("value") or f.text() for f in fields}


def test_the_template_is_for_the_own_city(desk: BureauDesk) -> None:
    response = desk.clerk("wengyuan").client.get("/bureau/template")
    book = load_workbook(io.BytesIO(response.data))
    assert "翁源县" in str(book.worksheets[0].cell(2, 1).value)
    response.close()
