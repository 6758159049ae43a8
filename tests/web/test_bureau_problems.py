"""Every wrong cell named, with filters, pages and a csv that no spreadsheet runs; contacts for their owner only."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exchange.models import ProblemRow
from exchange.views.bureau_problems import AT_ONCE, evidence
from tests.web.bureau_desk import PERSON, PHONE, BureauDesk, csv_of, job, open_desk
from tests.web.page_client import Page

MESS = csv_of(
    job("普工"),
    job("焊工", 单位名称=""),
    job("保安", 薪资待遇="见附件"),
    job("文员", 招聘人数="", 薪资待遇=""),
    job("搬运工", 岗位职责="搬货，限男性，电话13800000000"),
    job("司机", 薪资待遇="打13800000000问"),
    job("采购", 工作地点="=HYPERLINK(深圳市)"),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[BureauDesk]:
    opened = open_desk(tmp_path)
    yield opened
    opened.exchange.store.close()


@pytest.fixture
def path(desk: BureauDesk) -> str:
    found = desk.clerk().uploaded(MESS)
    desk.work()
    return found


def _listed(page: Page) -> list[str]:
    return page.texts(".problem-list li")


def test_each_problem_has_its_place_its_words_and_what_to_do(desk: BureauDesk, path: str) -> None:
    page = desk.clerk().get(f"{path}/problems")
    groups = dict(zip(page.texts("section.problems h2"), page.all("section.problems"), strict=True))
    assert {"单位名称", "薪资待遇", "招聘人数", "岗位职责", "工作地点"} <= set(groups)
    pay = groups["薪资待遇"].text()
    assert "第 4 行" in pay
    assert "见附件" in pay
    assert "错误" in pay
    assert "请" in pay
    assert pay.count("见附件") == 1, "words that the sentence quotes are not shown twice"


def test_filters_by_kind_severity_and_column_with_their_counts(desk: BureauDesk, path: str) -> None:
    clerk = desk.clerk()
    page = clerk.get(f"{path}/problems")
    parts = [text.rsplit(" ", 1) for text in page.texts(".filters li") if text[-1].isdigit()]
    told = {words: int(number) for words, number in parts}
    assert told["全部"] == len(_listed(page)) == told["只看错误"] + told["只看提醒"]
    errors = clerk.get(page.link("只看错误"))
    assert len(_listed(errors)) == told["只看错误"]
    assert all("错误" in text for text in _listed(errors))
    kind = clerk.get(page.link("薪资看不懂"))
    assert len(_listed(kind)) == told["薪资看不懂"] == 2
    column = next(a for a in page.all(".filters a") if a.text() == "薪资待遇")
    assert len(_listed(clerk.get(column.attributes["href"]))) == told["薪资待遇"]
    assert "请放宽条件" in clerk.get(f"{path}/problems?code=title.missing").text
    clerk.get(f"{path}/problems?severity=nonsense&page=x")


def test_many_problems_come_in_pages(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    path = clerk.uploaded(csv_of(*(job(f"普工{n}", 薪资待遇="") for n in range(AT_ONCE + 30))))
    desk.work()
    first = clerk.get(f"{path}/problems?code=salary.missing")
    assert len(_listed(first)) == AT_ONCE
    second = clerk.get(first.link("下一页"))
    assert len(_listed(second)) == 30
    assert "code=salary.missing" in second.link("上一页")


def test_the_csv_holds_the_same_and_runs_nothing(desk: BureauDesk, path: str) -> None:
    clerk = desk.clerk()
    response = clerk.client.get(f"{path}/problems.csv")
    text = response.get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 1 + len(_listed(clerk.get(f"{path}/problems")))
    assert any(row[5] == "'=HYPERLINK(深圳市)" for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert "%E9%97%AE%E9%A2%98%E6%B8%85%E5%8D%95.csv" in response.headers["Content-Disposition"]
    some = clerk.client.get(f"{path}/problems.csv?code=salary.unreadable").get_data(as_text=True)
    assert len(some.splitlines()) == 3


def test_contacts_are_for_their_own_organisation(desk: BureauDesk, path: str) -> None:
    for part in ("", "/problems", "/problems.csv", "/records/created", "/records/held", "/records/rejected"):
        html = desk.clerk("office").client.get(path + part).get_data(as_text=True)
        for secret in (PERSON, PHONE, "13800000000"):
            assert secret not in html, part
    assert PHONE in desk.clerk("changan2").get(path).text, "as an example of what the heading holds"


def _problem(**facts: Any) -> ProblemRow:
    told = {"batch_id": "B", "code": "title.missing", "severity": "error", "message": "", **facts}
    return ProblemRow(**told)


def test_a_telephone_number_in_the_evidence_is_masked_for_others() -> None:
    assert evidence(_problem(evidence="联系 13800000000 王先生"), False) == "联系 （号码） 王先生"
    assert evidence(_problem(evidence="0769-85550101"), False) == "（号码）"
    assert evidence(_problem(field="phone", evidence="任何内容"), False) == ""
    assert evidence(_problem(field="phone", evidence="任何内容"), True) == "任何内容"
    assert evidence(_problem(evidence="20260305"), False) == "20260305", "a date is no telephone number"
