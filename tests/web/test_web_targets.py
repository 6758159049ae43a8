"""/targets, /targets.csv, /clusters/<code>: the counters, and that page, csv and API say the same."""

import csv
import io
from typing import Any

from exchange.store.ledger import head_page

COUNTED_DONGGUAN = 7  # of eight open ones, one has no openings
COUNTED_SHAOGUAN = 3


def test_two_lines_say_where_we_stand(pages: Any) -> None:
    page = pages.get("/targets")
    first, second = [text.replace("\u2009", " ") for text in page.texts("main > .commitment")]
    assert "东莞 → 韶关" in first
    assert f"{COUNTED_DONGGUAN} / 10,000 条" in first
    assert "韶关 → 东莞" in second
    assert f"{COUNTED_SHAOGUAN} / 5,000 条" in second
    for line in (first, second):
        assert "应达" in line
        assert "▼ 落后" in line, "the word and the sign, not only the colour"
    assert len(page.all(".commitment svg[role=img]")) == 2


def test_the_bar_is_as_long_as_the_share_and_the_tick_stands_at_the_pace(living: Any) -> None:
    page = living.pages.get("/targets")
    commitment = living.api("/commitments")["commitments"][0]
    assert page.all(".bar-done")[0].attributes["width"] == f"{commitment['percent']}%"
    pace = round(100 * commitment["expected_by_now"] / commitment["goal"], 1)
    assert page.all("line.bar-tick")[0].attributes["x1"] == f"{max(0.5, min(pace, 99.5))}%"


def test_the_clusters_add_up_to_the_total_with_those_in_none(pages: Any) -> None:
    page = pages.get("/targets")
    table = page.one("#clusters ~ .scroll table")
    rows = [[int(td.text().replace(",", "")) for td in row.css("td.figure")] for row in table.css("tbody tr")]
    foot = [int(td.text().replace(",", "")) for td in table.css("tfoot td.figure")]
    assert len(rows) == 11
    assert table.css("tbody tr")[-1].css_first("th").text() == "未归组团"
    assert [sum(column) for column in zip(*rows, strict=True)] == foot
    assert (foot[0], foot[2]) == (COUNTED_DONGGUAN, COUNTED_SHAOGUAN)


def test_the_clusters_can_be_sorted_by_what_they_have(pages: Any) -> None:
    page = pages.get("/targets?sort=dg-sg")
    counts = [int(row.css("td")[0].text()) for row in page.all("#clusters ~ .scroll tbody tr")]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0


def test_why_something_is_not_counted_is_said(pages: Any) -> None:
    page = pages.get("/targets")
    names, numbers = (page.texts(f"#uncounted ~ table tbody {cell}") for cell in ("th", "td"))
    reasons = dict(zip(names, numbers, strict=True))
    assert reasons == {"待审": "1", "缺招聘人数": "1"}


def test_the_year_is_drawn_beside_its_pace(pages: Any) -> None:
    charts = pages.get("/targets").all(".chart svg")
    assert len(charts) == 2
    for chart in charts:
        assert chart.css_first("title").text()
        assert chart.css_first(".line-done").attributes["points"]
        assert chart.css_first(".line-pace").attributes["points"]


def test_a_year_that_is_over_says_what_is_missing(pages: Any) -> None:
    page = pages.get("/targets?year=2023")
    assert "差 10,000\u2009条" in page.one("[aria-labelledby=postings-dg-sg]").text()


def test_the_csv_carries_the_same_figures_and_the_head_of_the_ledger(living: Any) -> None:
    response = living.response("/targets.csv")
    assert response.mimetype == "text/csv"
    assert "attachment" in response.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    notes = {row["代码"]: row["名称"] for row in rows if row["类别"] == "说明"}
    with living.exchange.store.read() as session:
        page = head_page(session)
    assert notes["ledger_hash"] == page.hash
    assert notes["ledger_sequence"] == str(page.last_sequence)
    assert "演示数据" in notes["demonstration"]
    counted = {row["代码"]: int(row["已计数（条）"]) for row in rows if row["类别"] == "任务" and row["流向"]}
    assert counted == {"postings-dg-sg": COUNTED_DONGGUAN, "postings-sg-dg": COUNTED_SHAOGUAN}
    clusters = [int(row["已计数（条）"]) for row in rows if row["类别"] == "组团" and row["流向"] == "dg-sg"]
    assert sum(clusters) == COUNTED_DONGGUAN


def test_the_csv_of_a_real_store_says_nothing_of_a_demonstration(real: Any) -> None:
    assert "演示" not in real.response("/targets.csv").text


def test_a_cluster_shows_its_places_its_counts_and_its_postings(pages: Any) -> None:
    page = pages.get("/clusters/c01")
    assert page.one("h1").text() == "翁源组团"
    for place in ("长安镇", "寮步镇", "翁源县"):
        assert place in page.text
    assert [int(number.text()) for number in page.all(".commitment .big")] == [4, 3]
    assert len(page.all(".card")) == 4
    assert pages.get(page.link("全部")).one("h1").text().startswith("7")
