"""/ and /postings: what a person looking for work sees, and that every choice is a plain link."""

from typing import Any

from tests.web.living_exchange import DONGGUAN_ROWS, LATHE, PHONE, SHAOGUAN_ROWS

OPEN_DONGGUAN = len(DONGGUAN_ROWS) - 2  # one has no employer, one asks for men only
OPEN = OPEN_DONGGUAN + len(SHAOGUAN_ROWS)


def test_the_first_page_says_how_much_there_is(pages: Any) -> None:
    page = pages.get("/")
    assert f"在招 {OPEN} 个岗位" in page.text
    assert f"今日新增 {OPEN}" in page.text
    assert [tab.text() for tab in page.all(".tabs a")] == ["去东莞", "去韶关", "全部"]
    assert len(page.all(".card")) == 6


def test_a_direction_narrows_the_first_page_and_is_carried_into_the_search(pages: Any) -> None:
    page = pages.get(pages.get("/").link("去韶关"))
    assert f"在招 {len(SHAOGUAN_ROWS)} 个岗位" in page.text
    assert page.one("form.search input[name=direction]").attributes["value"] == "sg-dg"


def test_popular_words_are_counted_and_lead_to_that_many_postings(pages: Any) -> None:
    page = pages.get("/")
    links = page.all(".popular a")
    assert links
    for link in links:
        count = int(link.css_first(".count").text().replace(",", ""))
        assert count > 0
        assert pages.get(link.attributes["href"]).one("h1").text().startswith(f"{count:,}")


def test_what_was_understood_is_shown_and_can_be_taken_off(pages: Any) -> None:
    page = pages.get("/postings?q=长安 普工 5000以上 包住")
    assert page.texts(".card h2") == ["普工（长白班）"]
    chips = page.all(".chip")
    assert len(chips) == 3
    without = pages.get(next(c for c in chips if "长安" in c.text()).attributes["href"])
    assert "长安" not in (without.one("input[name=q]").attributes["value"] or "")
    assert len(without.all(".chip")) == 2


def test_a_filter_is_a_link_with_its_count_and_a_chip_takes_it_off(pages: Any) -> None:
    page = pages.get("/postings")
    section = next(s for s in page.all(".facet") if s.css_first("h3").text() == "福利")
    value = next(li for li in section.css("li") if li.css_first("a").text() == "包住")
    narrowed = pages.get(value.css_first("a").attributes["href"])
    assert narrowed.one("h1").text().startswith(value.css_first(".count").text())
    assert narrowed.all(".facet .chosen")
    chip = narrowed.one(".chip")
    assert "包住" in chip.text()
    assert pages.get(chip.attributes["href"]).one("h1").text().startswith(str(OPEN))


def test_a_step_of_pay_takes_the_place_of_another(pages: Any) -> None:
    narrowed = pages.get("/postings?salary_min=4000")
    other = next(a for a in narrowed.all(".facet a") if a.text() == "5,000 元以上")
    assert "salary_min=5000" in other.attributes["href"]
    assert "4000" not in other.attributes["href"]


def test_a_card_says_what_one_wants_to_know(pages: Any) -> None:
    card = " ".join(pages.get("/postings?q=普工&direction=dg-sg").texts(".card")[0].split())
    for words in ("普工（长白班）", "5,000–6,500 元/月", LATHE, "东莞·长安镇", "包吃住", "招 30 人", "今天核验"):
        assert words in card.replace("\u2009", " ")
    assert "来源：长安镇人力资源和社会保障分局" in card


def test_converted_pay_says_so_beside_the_words_of_the_source(pages: Any) -> None:
    card = pages.get("/postings?q=收银员").texts(".card")[0]
    assert "折算 3,480" in card
    assert "20元/小时" in card


def test_pay_to_be_agreed_and_openings_in_words_are_shown_as_they_are(pages: Any) -> None:
    card = pages.get("/postings?q=仓管员").texts(".card")[0]
    assert "面议" in card
    assert "招若干人" in card


def test_postings_of_one_employer_stand_behind_one_card(pages: Any) -> None:
    page = pages.get("/postings")
    assert page.one("h1").text().startswith(str(OPEN)), "the total still counts postings"
    more = page.link("同企业还有 2 个岗位")
    assert len(pages.get(more).all(".card")) == 3


def test_sorting_by_pay_puts_the_highest_first(pages: Any) -> None:
    page = pages.get(pages.get("/postings").link("薪资"))
    assert "7,000–9,000" in page.texts(".card .pay")[0]


def test_nothing_found_offers_ways_on_that_find_something(pages: Any) -> None:
    page = pages.get("/postings?q=采茶工&division=441900119")
    assert "没有找到" in page.one("h1").text()
    ways = {a.text(): a.attributes["href"] for a in page.all(".empty li a")}
    assert set(ways) == {"去掉“长安镇”", "不搜“采茶工”", "各地的“种植、采茶”岗位", "看全部岗位"}
    for address in ways.values():
        assert pages.get(address).texts(".card h2")
    assert page.all(".card"), "the newest are shown below"


def test_a_page_past_the_end_leads_back(pages: Any) -> None:
    assert pages.get("/postings?page=50").link("回到第一页") == "/postings"


def test_contacts_are_on_no_list(pages: Any) -> None:
    assert PHONE not in pages.get("/postings?q=普工").html
    assert PHONE not in pages.get("/").html


def test_what_was_typed_is_text_and_never_markup(pages: Any) -> None:
    page = pages.get("/postings?q=<script>alert(1)</script>")
    assert "<script>alert" not in page.html
    assert page.one("input[name=q]").attributes["value"] == "<script>alert(1)</script>"


def test_an_empty_exchange_says_what_will_come(tmp_path: Any) -> None:
    from exchange.app import create_app
    from tests.web.living_exchange import open_empty
    from tests.web.page_client import PageClient

    exchange = open_empty(tmp_path, demonstration=False)
    empty = PageClient(create_app(exchange))
    assert "还没有岗位" in empty.get("/").text
    assert "没有找到" in empty.get("/postings").text
    assert "0 / 10,000" in empty.get("/targets").text.replace("\u2009", " ")
    exchange.store.close()
