"""/bureau/batches: what came in and what was wrong with it, by column, without any contact."""

from typing import Any

from exchange.models import ProblemRow
from exchange.views.bureau import ROWS_SHOWN, by_column, evidence
from tests.web.living_exchange import PERSON, PHONE


def _batch_page(pages: Any) -> Any:
    batches = pages.get("/bureau/batches")
    row = next(row for row in batches.all("tbody tr") if "长安镇" in row.text())
    return pages.get(row.css_first("a").attributes["href"])


def test_the_list_says_what_became_of_each_batch(pages: Any) -> None:
    page = pages.get("/bureau/batches")
    assert len(page.all("tbody tr")) == 2
    assert page.texts("thead th")[5:] == ["新增", "更新", "未变", "重复", "待审", "退回"]


def test_the_outcomes_add_up(pages: Any) -> None:
    outcomes = _batch_page(pages).all(".outcomes li")
    numbers = {li.text().split()[1]: int(li.css_first("strong").text()) for li in outcomes}
    received = numbers.pop("共收到")
    assert received == sum(numbers.values()) == 10
    assert (numbers["新增"], numbers["待审"], numbers["退回"]) == (8, 1, 1)


def test_problems_stand_under_their_column_with_row_and_words(pages: Any) -> None:
    page = _batch_page(pages)
    summaries = page.texts(".problems summary")
    assert any(text.startswith("用人单位：") for text in summaries)
    employer = next(d for d in page.all(".problems") if d.css_first("summary").text().startswith("用人单位"))
    assert "第 10 行" in employer.text()
    assert "错误" in employer.text()
    assert any("限男性" in text for text in page.texts(".problem-list li"))


def test_how_the_headings_were_read_is_shown(pages: Any) -> None:
    assert "薪资待遇 → 薪资" in _batch_page(pages).texts(".headings li")


def test_no_contact_is_on_the_page(pages: Any) -> None:
    page = _batch_page(pages)
    assert PHONE not in page.html
    assert PERSON not in page.html


def _problem(**facts: Any) -> ProblemRow:
    told = {"batch_id": "B", "code": "title.missing", "severity": "error", "message": "", **facts}
    return ProblemRow(**told)


def test_a_telephone_number_in_the_evidence_is_masked() -> None:
    assert evidence(_problem(evidence="联系 13800000000 王先生")) == "联系 （号码） 王先生"
    assert evidence(_problem(evidence="0769-85550101")) == "（号码）"
    assert evidence(_problem(field="phone", evidence="任何内容")) == ""
    assert evidence(_problem(evidence="20260305")) == "20260305", "a date is no telephone number"


def test_a_column_with_very_many_problems_is_cut_and_still_counted() -> None:
    (group,) = by_column([_problem(column="薪资", row=row) for row in range(1, 1001)])
    assert len(group.shown) == ROWS_SHOWN
    assert group.errors == 1000
