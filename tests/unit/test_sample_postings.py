"""The sample's postings: enough of them, everywhere, lawful by themselves, and nobody real behind them."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from config.divisions import all_divisions, division, find_division
from config.words import City
from ingest.sample.rows import copies, file_rows, listed
from ingest.sample.tables import employers, jobs, read_data
from ingest.sample.vacancies import Vacancy, vacancies
from ingest.sample.wording import PAY_STYLES

TODAY = date(2026, 11, 24)
CHANNELS = ("changan", "wengyuan", "lechang", "dg-feed", "sg-feed")
FICTITIOUS = re.compile(r"(0769|0751)-8555\d{4}")


@pytest.fixture(scope="module")
def every() -> tuple[Vacancy, ...]:
    return vacancies(TODAY)


def test_there_are_at_least_460_of_both_cities(every: tuple[Vacancy, ...]) -> None:
    cities = Counter(division(vacancy.employer.division).city for vacancy in every)
    assert len(every) >= 460
    assert cities[City.SHAOGUAN] >= 160
    assert cities[City.DONGGUAN] >= 260


@pytest.mark.parametrize(
    ("code", "least"),
    [(d.code, 6) for d in all_divisions() if d.city is City.DONGGUAN and d.kind == "town"]
    + [(d.code, 10) for d in all_divisions() if d.kind == "county"],
)
def test_every_town_and_county_has_its_share(every: tuple[Vacancy, ...], code: str, least: int) -> None:
    assert sum(vacancy.employer.division == code for vacancy in every) >= least


def test_files_bring_about_two_fifths() -> None:
    files = sum(len(file_rows(via, TODAY)) for via in CHANNELS[:3])
    feeds = sum(len(listed(via, TODAY)) for via in CHANNELS[3:])
    assert 0.35 < files / (files + feeds) < 0.45


def test_every_channel_and_division_of_an_employer_is_known() -> None:
    for employer in employers():
        assert employer.via in CHANNELS
        assert find_division(employer.division) is not None, employer.name
        assert employer.is_in_dongguan == (employer.via in {"changan", "dg-feed"}), employer.name
        assert set(dict(employer.jobs)) <= set(jobs()), employer.name
        assert re.fullmatch(r"[\u4e00-\u9fffT]{6,22}", employer.name), employer.name


def test_employers_do_not_share_a_name_and_jobs_are_all_used() -> None:
    assert len({employer.name for employer in employers()}) == len(employers())
    assert {name for employer in employers() for name, _ in employer.jobs} == set(jobs())


def test_references_are_unique(every: tuple[Vacancy, ...]) -> None:
    assert len({vacancy.reference for vacancy in every}) == len(every)


def test_an_employer_does_not_offer_one_title_twice(every: tuple[Vacancy, ...]) -> None:
    assert not [key for key, n in Counter((v.employer.name, v.title) for v in every).items() if n > 1]


def test_every_phone_is_fictitious(every: tuple[Vacancy, ...]) -> None:
    rows = [row for via in CHANNELS[:3] for row in file_rows(via, TODAY)]
    for phone in {vacancy.employer.phone for vacancy in every} | {row.phone for row in rows}:
        assert FICTITIOUS.fullmatch(phone), phone
    for text in (f"{v.title}{v.duties}{v.requirements}{v.address}" for v in every):
        assert not re.search(r"\d{7,}", text), text


def test_texts_are_whole_sentences_without_gaps(every: tuple[Vacancy, ...]) -> None:
    for vacancy in every:
        text = vacancy.duties
        assert text.endswith("。"), text
        assert 10 <= len(text) <= 140, text
        assert not re.search(r"[{}]|负责的|模具模具|，，|。。", text), text
    assert len({vacancy.duties for vacancy in every}) > 0.85 * len(every)


def test_pay_is_worth_more_than_the_minimum_and_more_in_dongguan(every: tuple[Vacancy, ...]) -> None:
    for vacancy in every:
        assert 2100 <= vacancy.pay.low < vacancy.pay.high <= 20_000, vacancy
    low = {city: [v.pay.low for v in every if v.employer.is_in_dongguan is city] for city in (True, False)}
    assert sum(low[True]) / len(low[True]) > 1.15 * sum(low[False]) / len(low[False])


def test_every_wording_of_pay_is_used(every: tuple[Vacancy, ...]) -> None:
    assert {vacancy.pay_style for vacancy in every} == set(PAY_STYLES)


def test_nothing_is_double_in_the_benefits(every: tuple[Vacancy, ...]) -> None:
    for vacancy in every:
        assert 2 <= len(set(vacancy.benefits)) == len(vacancy.benefits)


def test_the_clean_postings_break_no_rule(every: tuple[Vacancy, ...]) -> None:
    unlawful = re.compile(r"限男|限女|男性优先|女性优先|只要|仅限|户籍|押金|服装费|培训费|乙肝|未婚|已婚|未育")
    for vacancy in every:
        assert not unlawful.search(vacancy.title + vacancy.duties + vacancy.requirements), vacancy


def test_the_same_day_gives_the_same_sample(every: tuple[Vacancy, ...]) -> None:
    vacancies.cache_clear()
    assert vacancies(TODAY) == every


def test_validity_lies_20_to_120_days_ahead_on_any_day() -> None:
    for ahead in (0, 1, 50, 99, 400):
        day = TODAY + timedelta(ahead)
        for vacancy in vacancies(day):
            assert 20 <= (vacancy.valid_through - day).days < 120
            assert vacancy.published < day


def test_a_posting_stays_itself_from_day_to_day(every: tuple[Vacancy, ...]) -> None:
    tomorrow = vacancies(TODAY + timedelta(1))
    changed = sum(today != later for today, later in zip(every, tomorrow, strict=True))
    assert changed < 0.05 * len(every)


def test_the_dirt_is_of_every_kind() -> None:
    rows = read_data("dirt.toml")["row"]
    expected = Counter(row["expect"] for row in rows)
    assert expected["rejected"] >= 12
    assert expected["held"] >= 6
    assert {row["file"] for row in rows} == {"changan", "wengyuan", "lechang"}
    codes = {row["code"] for row in rows if row["expect"] == "rejected"}
    assert codes == {"title.missing", "employer.missing", "employer.anonymous", "division.outside", "salary.unreadable"}


def test_some_rows_leave_out_pay_openings_or_validity() -> None:
    rows = [row for via in CHANNELS[:3] for row in file_rows(via, TODAY)]
    assert sum(not row.salary for row in rows) >= 4
    assert sum(not row.openings for row in rows) >= 4
    assert sum(row.until is None for row in rows) >= 4
    assert sum(row.openings == "若干" for row in rows) >= 4


def test_a_copy_is_offered_elsewhere_for_the_same_employer_and_place(every: tuple[Vacancy, ...]) -> None:
    originals = {vacancy.reference: vacancy for vacancy in every}
    twins = [(via, twin) for via, found in copies(TODAY).items() for twin in found]
    assert sum(via.endswith("feed") for via, _ in twins) >= 10
    for via, twin in twins:
        original = originals[twin.reference.removesuffix("9")]
        assert (twin.employer, twin.duties) == (original.employer, original.duties)
        assert original.title in twin.title
        assert (via == original.employer.via) == (twin.title == original.title and via == "changan")
