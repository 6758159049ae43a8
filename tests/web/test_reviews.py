"""/office/reviews: a held posting is shown with the exact words, its rule, and a decision that acts at once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from config.words import Status
from exchange.models import Posting
from exchange.rulebook import rule_behind
from exchange.store.decisions import hold_posting
from exchange.store.reviewing import ReviewFilter, decided_of, held_postings
from exchange.views.marking import Part, marked_parts
from ingest.intake import Summary, take_file
from search.requests import SearchRequest
from tests.flow.desk import CHANGAN, HUMEN, job, write_csv
from tests.web.page_client import Page
from tests.web.staff import Browser, Office, open_office

FEE = "入职交押金300元，包住"
SEX = "能搬货，限男性，服从安排"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(tmp_path / "var")
    yield opened
    opened.exchange.store.close()


def take(office: Office, organisation: str = CHANGAN, **titles: str) -> Summary:
    """A batch with one row a title; its value is what 任职要求 says."""
    rows = [{**job(title, 工作地点="虎门镇" if organisation == HUMEN else "长安镇"), "任职要求": words}
            for title, words in titles.items()]  # fmt: skip
    path = write_csv(office.exchange.settings.data / f"{organisation}-{office.clock():%H%M}.csv", rows)
    source = office.exchange.configuration.sources["dg-upload"]
    office.clock.move(minutes=5)
    return take_file(office.exchange, path, source, organisation, actor="changan")


def found(office: Office) -> int:
    return office.exchange.reader.search(SearchRequest(office.exchange.today)).total


def status_of(office: Office, posting_id: str) -> str:
    with office.exchange.store.read() as session:
        posting = session.get(Posting, posting_id)
    assert posting is not None
    return posting.status


def first_held(office: Office) -> str:
    with office.exchange.store.read() as session:
        return held_postings(session, ReviewFilter(), 0, 1)[0].posting.id


def decide(browser: Browser, page: Page, title: str, decision: str, words: str = "已核实，井下", **fields: str) -> Page:
    """Fill in the form below this posting and press the button."""
    (card,) = [card for card in page.all("article.review") if card.css("h2")[0].text() == title]
    buttons = {b.text().split("“")[0]: b.attributes["formaction"] for b in card.css("button[formaction]")}
    seen = card.css("input[name=seen]")[0].attributes["value"] or ""
    response = browser.send(buttons[decision] or "", **{"words": words, "seen": seen, **fields})
    return Page(response) if response.status_code != 303 else browser.get(response.headers["Location"])


@pytest.mark.parametrize(
    ("name", "status"), [("", 302), ("changan", 403), ("pair", 403), ("dongguan", 403), ("office", 200), ("admin", 200)]
)
def test_reviewing_is_for_the_office(office: Office, name: str, status: int) -> None:
    take(office, 搬运工=SEX)
    browser = office.browser(name)
    assert browser.client.get("/office/reviews").status_code == status
    if status != 200:
        path = f"/office/reviews/{first_held(office)}/release"
        assert browser.send(path, words="井下作业，已核实", seen="1").status_code == status
        assert status_of(office, first_held(office)) == Status.HELD


def test_what_was_found_is_shown_with_its_words_article_and_a_better_wording(office: Office) -> None:
    take(office, 搬运工=SEX, 普工="能吃苦")
    page = office.browser("office").get("/office/reviews")
    assert page.texts("article.review h2") == ["搬运工"]
    assert page.one("article.review mark").text() == "限男性"
    assert page.one("article.review blockquote").text() == SEX
    assert "人力资源市场暂行条例" in page.text
    assert "请删去性别要求" in page.text
    assert "据公开解读" not in page.one("dl.rule").text()


def test_a_warning_beside_the_error_does_not_say_that_the_posting_is_published(office: Office) -> None:
    take(office, 文员="限女性，五官端正")
    page = office.browser("office").get("/office/reviews")
    assert page.texts("article.review mark") == ["限女性", "五官端正"]
    assert "照常发布" not in page.text


def test_an_article_known_from_a_summary_only_says_so(office: Office) -> None:
    take(office, 普工=FEE)
    rule = office.browser("office").get("/office/reviews").one("dl.rule").text()
    assert "劳动合同法第九条" in rule
    assert "据公开解读" in rule


def test_a_lawful_exception_is_named_to_the_reviewer(office: Office) -> None:
    take(office, 采矿工="井下作业，限男性")
    page = office.browser("office").get("/office/reviews")
    assert "女职工禁忌劳动范围" in page.one(".exception").text()


def test_the_longest_held_is_first(office: Office) -> None:
    take(office, 搬运工=SEX)
    take(office, HUMEN, 普工=FEE)
    assert office.browser("office").get("/office/reviews").texts("article.review h2") == ["搬运工", "普工"]


def test_released_it_is_found_at_once_counted_and_noted(office: Office) -> None:
    batch = take(office, 搬运工=SEX, 普工=FEE).batch or ""
    browser = office.browser("office")
    assert found(office) == 0
    page = decide(browser, browser.get("/office/reviews"), "搬运工", "放行", "矿山井下，已看过说明")
    assert found(office) == 1
    assert page.texts("article.review h2") == ["普工"]
    noted = page.texts("#decided ~ .scroll tbody td")
    assert noted[-3:] == ["放行", "矿山井下，已看过说明", "office"]
    assert page.texts("#decided ~ .scroll tbody th") == ["搬运工"]
    with office.exchange.store.read() as session:
        assert decided_of(session, batch) == {"released": 1, "refused": 0}


def test_refused_it_stays_out_and_the_same_words_are_not_asked_about_again(office: Office) -> None:
    first = take(office, 搬运工=SEX).batch or ""
    browser = office.browser("office")
    held = first_held(office)
    page = decide(browser, browser.get("/office/reviews"), "搬运工", "不予发布", "没有说明为什么限男性")
    assert "现在没有待审的岗位" in page.text
    assert status_of(office, held) == Status.WITHDRAWN
    again = take(office, 搬运工=SEX)
    assert again.outcomes["held"] == 1
    assert browser.get("/office/reviews").all("article.review") == []
    assert found(office) == 0
    with office.exchange.store.read() as session:
        assert decided_of(session, first) == {"released": 0, "refused": 1}
        assert decided_of(session, again.batch or "") == {"released": 0, "refused": 0}


def test_other_words_are_held_again_and_counted_for_their_own_batch(office: Office) -> None:
    first = take(office, 搬运工=SEX).batch or ""
    browser = office.browser("office")
    decide(browser, browser.get("/office/reviews"), "搬运工", "放行")
    second = take(office, 搬运工="限女性").batch or ""
    assert found(office) == 0
    decide(browser, browser.get("/office/reviews"), "搬运工", "不予发布")
    with office.exchange.store.read() as session:
        assert decided_of(session, first) == {"released": 1, "refused": 0}
        assert decided_of(session, second) == {"released": 0, "refused": 1}


@pytest.mark.parametrize("decision", ["放行", "不予发布"])
def test_without_a_reason_nothing_happens_and_what_was_typed_stays(office: Office, decision: str) -> None:
    take(office, 搬运工=SEX)
    browser = office.browser("office")
    page = decide(browser, browser.get("/office/reviews"), "搬运工", decision, words="  好 ")
    assert page.response.status_code == 400
    assert "请写明理由" in page.one("p.fault").text()
    assert page.one("textarea").text() == "好"
    assert status_of(office, first_held(office)) == Status.HELD


def test_the_second_of_two_reviewers_is_told(office: Office) -> None:
    take(office, 搬运工=SEX)
    browser = office.browser("office")
    page = browser.get("/office/reviews")
    decide(browser, page, "搬运工", "放行")
    late = decide(office.browser("admin"), page, "搬运工", "不予发布")
    assert "没有保存" in late.one("p.notice.bad").text()
    assert found(office) == 1


def test_words_that_changed_since_they_were_seen_are_shown_again_first(office: Office) -> None:
    take(office, 搬运工=SEX)
    browser = office.browser("office")
    page = browser.get("/office/reviews")
    take(office, 搬运工="限女性，不要少数民族")
    assert "又有变化" in decide(browser, page, "搬运工", "放行").text
    assert status_of(office, first_held(office)) == Status.HELD


def test_filters_narrow_by_organisation_and_by_kind(office: Office) -> None:
    take(office, 搬运工=SEX, 普工=FEE)
    take(office, HUMEN, 保安=SEX)
    browser = office.browser("office")
    assert len(browser.get("/office/reviews").all("article.review")) == 3
    assert browser.get(f"/office/reviews?organisation={HUMEN}").texts("article.review h2") == ["保安"]
    fees = browser.get("/office/reviews?code=compliance.fee")
    assert fees.texts("article.review h2") == ["普工"]
    assert "性别限制（2）" in fees.text
    nothing = browser.get(f"/office/reviews?code=compliance.fee&organisation={HUMEN}")
    assert "这个条件下没有待审的岗位" in nothing.text
    page = decide(browser, fees, "普工", "放行")
    assert page.one("select#code option[selected]").attributes["value"] == "compliance.fee"


def test_a_posting_held_by_hand_shows_why(office: Office) -> None:
    take(office, 普工="能吃苦")
    with office.exchange.store.read() as session:
        posting = session.exec(select(Posting.id)).one()
    with office.exchange.store.write("office") as transaction:
        hold_posting(transaction, posting, "有人投诉收费")
    page = office.browser("office").get("/office/reviews")
    assert "人工暂停：有人投诉收费" in page.text


def test_contacts_are_no_business_of_the_review(office: Office) -> None:
    rows = [{**job("搬运工", 联系电话="0769-85550199"), "任职要求": SEX}]
    path = write_csv(office.exchange.settings.data / "contact.csv", rows)
    source = office.exchange.configuration.sources["dg-upload"]
    take_file(office.exchange, path, source, CHANGAN, actor="changan")
    assert "85550199" not in office.browser("office").get("/office/reviews").html


def test_many_are_shown_in_pages(office: Office) -> None:
    take(office, **{f"搬运工{number}": SEX for number in range(23)})
    browser = office.browser("office")
    page = browser.get("/office/reviews")
    assert len(page.all("article.review")) == 20
    assert len(browser.get(page.link("下一页")).all("article.review")) == 3


def test_what_is_typed_into_a_cell_is_shown_as_text(office: Office) -> None:
    take(office, 搬运工="<script>alert(1)</script>限男性")
    assert "<script>alert" not in office.browser("office").get("/office/reviews").html


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("能吃苦，限男性", "限男性", [("能吃苦，", False), ("限男性", True)]),
        ("限男性，不要女工", "限男性、不要女工", [("限男性", True), ("，", False), ("不要女工", True)]),
        ("押金、保证金", "押金、保证金", [("押金、保证金", True)]),
        ("能吃苦", "限男性", [("能吃苦", False)]),
        ("", "", []),
    ],
)
def test_marking_keeps_every_word_and_marks_only_what_was_found(text, words, expected) -> None:
    assert marked_parts(text, words) == [Part(*part) for part in expected]


def test_long_text_is_shortened_around_the_marks_only() -> None:
    parts = marked_parts("甲" * 500 + "限男性" + "乙" * 500, "限男性")
    assert [part.text for part in parts if part.is_marked] == ["限男性"]
    assert sum(len(part.text) for part in parts) < 200
    assert parts[0].text.endswith("甲" * 60)
    assert re.fullmatch("乙{60}…", parts[2].text)


def test_every_held_finding_leads_back_to_its_rule(office: Office) -> None:
    summary = take(office, 搬运工=SEX, 普工=FEE, 文员="已婚已育优先", 厨师="无乙肝", 保安="不要外省人", 司机="只招汉族")
    errors = [p for p in summary.problems if p["severity"] == "error"]
    assert len(errors) == 6
    for problem in errors:
        rule = rule_behind(problem["code"], problem["message"])
        assert rule is not None
        assert rule.suggestion in problem["message"]
