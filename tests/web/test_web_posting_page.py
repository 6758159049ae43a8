"""/postings/<id>: the posting, its source label, its structured data, its contact; gone once it has ended."""

import json
from typing import Any

from config.words import WithdrawalReason
from exchange.indexing import follow
from exchange.store.decisions import withdraw_posting
from tests.web.living_exchange import LATHE, PERSON, PHONE


def withdraw(living: Any, id: str, reason: WithdrawalReason = WithdrawalReason.FALSE) -> None:
    with living.exchange.store.write(actor="test") as transaction:
        withdraw_posting(transaction, id, reason)


def test_the_page_says_everything_but_the_contact(living: Any) -> None:
    page = living.pages.get(f"/postings/{living.id_of('数控车床操作工')}")
    assert page.one("h1").text() == "数控车床操作工"
    words = page.text.replace("\u2009", " ")
    for expected in ("7,000–9,000 元/月", LATHE, "东莞·长安镇", "中专/中技及以上", "2 年以上经验", "包住"):
        assert expected in words
    assert PHONE not in page.html
    assert PERSON not in page.html


def test_the_way_there_is_measured_from_the_county_of_the_cluster(living: Any) -> None:
    words = living.pages.get(f"/postings/{living.id_of('普工（长白班）')}").text.replace("\u2009", " ")
    assert "东莞·长安镇 距翁源直线约 180 公里" in words


def test_from_several_towns_the_way_is_measured_from_their_city(living: Any) -> None:
    words = living.pages.get(f"/postings/{living.id_of('采茶工')}").text.replace("\u2009", " ")
    assert "韶关·翁源县 距东莞直线约" in words


def test_what_is_left_of_the_pay_is_estimated_and_says_how(living: Any) -> None:
    page = living.pages.get(f"/postings/{living.id_of('普工（长白班）')}")
    estimate = page.one(".left").text().replace("\u2009", " ")
    assert "到手估算 4,490–5,810 元/月" in estimate
    assert "没有算公积金" in estimate


def test_nothing_is_estimated_without_a_months_pay(living: Any) -> None:
    for title in ("仓管员", "兼职收银员"):
        assert living.pages.get(f"/postings/{living.id_of(title)}").all(".left") == []


def test_the_source_label_says_who_provided_it_and_until_when(living: Any) -> None:
    label = living.pages.get(f"/postings/{living.id_of('保安')}").one(".source").text()
    for expected in ("长安镇人力资源和社会保障分局", "东莞市人社部门报送", "原编号 D6", "最近核验", "按默认"):
        assert expected in label


def test_an_open_posting_carries_structured_data(living: Any) -> None:
    id = living.id_of("数控车床操作工")
    data = json.loads(living.pages.get(f"/postings/{id}").one("script[type='application/ld+json']").text())
    assert data["@type"] == "JobPosting"
    assert data["identifier"]["value"] == id
    assert data["hiringOrganization"]["name"] == LATHE
    assert data["jobLocation"]["address"]["addressLocality"] == "东莞市长安镇"
    assert data["baseSalary"]["value"] == {
        "@type": "QuantitativeValue", "unitText": "MONTH", "minValue": 7000, "maxValue": 9000,
    }  # fmt: skip
    assert data["employmentType"] == "FULL_TIME"
    assert data["datePosted"] == living.exchange.today.isoformat()
    assert data["validThrough"] > data["datePosted"]
    assert data["totalJobOpenings"] == 5


def test_pay_to_be_agreed_is_left_out_of_the_structured_data(living: Any) -> None:
    page = living.pages.get(f"/postings/{living.id_of('仓管员')}")
    data = json.loads(page.one("script[type='application/ld+json']").text())
    assert "baseSalary" not in data
    assert "totalJobOpenings" not in data


def test_the_contact_comes_with_a_button_that_needs_no_script(own: Any) -> None:
    page = own.pages.get(f"/postings/{own.id_of('数控车床操作工')}")
    form = page.one(".contact form")
    assert form.attributes["method"] == "post"
    shown = own.pages.post(form.attributes["action"].split("#")[0])
    assert PERSON in shown.text
    assert shown.one(".phone a").attributes["href"] == f"tel:{PHONE}"
    assert shown.response.headers["Cache-Control"] == "no-store"


def test_asking_for_too_many_contacts_is_a_page_that_says_when_to_come_back(own: Any) -> None:
    path = f"/postings/{own.id_of('保安')}/contact"
    for _ in range(3):
        own.pages.post(path)
    page = own.pages.post(path, 429)
    assert int(page.response.headers["Retry-After"]) in range(1, 61)
    assert "秒后再试" in page.text
    assert page.link("回到这个岗位") == path.removesuffix("/contact")


def test_a_withdrawn_posting_is_gone_at_once_though_the_index_still_has_it(own: Any) -> None:
    id = own.id_of("保安")
    withdraw(own, id)
    assert id in {found for found, _ in own.exchange.reader.ids()}, "the index has not followed yet"
    assert id not in own.pages.get("/postings?q=保安").html
    assert id not in json.dumps(own.api("/postings?q=保安&page_size=100"))
    assert id not in own.response("/feed.atom").text
    assert id not in own.response("/sitemap.xml").text
    follow(own.exchange)
    assert own.api("/postings?q=保安")["total"] == 0


def test_an_ended_posting_is_gone_and_leads_on(own: Any) -> None:
    id = own.id_of("数控车床操作工")
    withdraw(own, id)
    page = own.pages.get(f"/postings/{id}", 410)
    assert "已撤回" in page.text
    assert not page.all("script[type='application/ld+json']")
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert LATHE in own.pages.get(page.link("这家单位的其他岗位")).text
    own.pages.post(f"/postings/{id}/contact", 410)


def test_a_held_posting_is_shown_to_nobody(own: Any) -> None:
    from sqlmodel import select

    from exchange.models import Posting

    with own.exchange.store.read() as session:
        id = session.exec(select(Posting.id).where(Posting.status == "held")).one()
    assert "正在复核" in own.pages.get(f"/postings/{id}", 404).text
    assert own.api(f"/postings/{id}", 404)["error"]["code"] == "posting.held"


def test_an_id_may_be_typed_in_small_letters(living: Any) -> None:
    living.pages.get(f"/postings/{living.id_of('保安').lower()}")


def test_similar_postings_are_offered_and_never_the_same_one(living: Any) -> None:
    id = living.id_of("普工")
    page = living.pages.get(f"/postings/{id}")
    links = [a.attributes["href"] for a in page.all(".similar h3 a")]
    assert links
    assert f"/postings/{id}" not in links
