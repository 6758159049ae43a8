"""API: search, one posting, completions. Shapes exactly as agreed, key by key."""

from typing import Any

import pytest

from exchange.schemas.answers import CompletionsSchema, SearchAnswerSchema
from exchange.schemas.posting import PostingSchema
from tests.web.living_exchange import LATHE, PERSON, PHONE

POSTING_KEYS = {
    "id", "title", "employer", "description", "division", "direction", "openings", "salary", "education", "experience",
    "employment_type", "occupation", "industry", "benefits", "published_on", "valid_through",
    "valid_through_is_default", "last_confirmed_on", "status", "source", "sources", "origin",
}  # fmt: skip
ANSWER_KEYS = {
    "total", "openings", "items", "facets", "understood", "relaxed", "suggestion", "next_cursor", "took_ms",
}  # fmt: skip


def test_a_search_answers_in_the_agreed_shape(living: Any) -> None:
    answer = living.api("/postings?q=长安 普工 5000以上&facets=division,benefit")
    assert set(answer) == ANSWER_KEYS
    assert set(answer["items"][0]) == POSTING_KEYS
    assert set(answer["facets"]) == {"division", "benefit"}
    assert all(set(value) == {"value", "label", "count"} for value in answer["facets"]["division"])
    assert {found["kind"] for found in answer["understood"]} == {"division", "salary_min"}
    SearchAnswerSchema().load(answer)


def test_a_posting_says_what_its_source_said(living: Any) -> None:
    posting = living.api(f"/postings/{living.id_of('兼职收银员')}")
    assert set(posting) == POSTING_KEYS
    assert posting["salary"] == {
        "min": 3480, "max": 3480, "period": "hour", "months": None, "negotiable": False, "text": "20元/小时",
        "original": {"min": 20, "max": 20},
    }  # fmt: skip
    assert posting["division"]["code"] == "441900122"
    assert posting["direction"] == "dg-sg"
    assert posting["education"] == "senior_high"
    assert posting["status"] == "open"
    assert posting["published_on"] == living.exchange.today.isoformat()
    assert posting["source"] == {
        "id": "dg-upload", "name": "东莞市人社部门报送", "organisation": "441900119", "url": None, "ref": "D5",
    }  # fmt: skip
    assert posting["sources"] == [posting["source"]]
    assert posting["origin"] == {"exchange": "guanshao", "id": posting["id"]}
    PostingSchema().load(posting)


def test_several_values_match_any_of_them_given_either_way(living: Any) -> None:
    joined = living.api("/postings?division=441900119,440229&page_size=100")
    repeated = living.api("/postings?division=441900119&division=440229&page_size=100")
    assert joined["total"] == repeated["total"] == 6
    assert {item["division"]["code"] for item in joined["items"]} == {"441900119", "440229"}


def test_a_parameter_without_a_value_is_not_given(living: Any) -> None:
    assert living.api("/postings?q=&division=&sort=")["total"] == living.api("/postings")["total"]


def test_pay_of_at_least_leaves_out_what_is_agreed_later_and_hours(living: Any) -> None:
    found = living.api("/postings?salary_min=3000&page_size=100")["items"]
    assert not {"仓管员", "兼职收银员"} & {item["title"] for item in found}


def test_grouping_by_employer_says_how_many_stand_behind(living: Any) -> None:
    grouped = living.api("/postings?group=employer&page_size=100")
    assert grouped["total"] == living.api("/postings")["total"]
    siblings = {item["employer"]["name"]: item["siblings"] for item in grouped["items"]}
    assert siblings[LATHE] == 2
    SearchAnswerSchema().load(grouped)


def test_names_of_clusters_and_sources_come_with_the_facets(living: Any) -> None:
    facets = living.api("/postings?facets=cluster,source")["facets"]
    assert {value["label"] for value in facets["source"]} == {"东莞市人社部门报送", "韶关市人社部门报送"}
    assert "翁源组团" in {value["label"] for value in facets["cluster"]}


def test_the_cursor_walks_every_item_once(living: Any) -> None:
    walked: list[str] = []
    cursor = ""
    while True:
        answer = living.api(f"/postings?page_size=3&sort=newest&cursor={cursor}")
        walked += [item["id"] for item in answer["items"]]
        cursor = answer["next_cursor"]
        if not cursor:
            break
    assert len(walked) == len(set(walked)) == living.api("/postings")["total"]


def test_completions_go_on_from_what_is_typed(living: Any) -> None:
    answer = living.api("/complete?q=普&direction=sg-dg")
    assert ("title", "普工") in {(item["kind"], item["text"]) for item in answer["items"]}
    CompletionsSchema().load(answer)


@pytest.mark.parametrize("path", ["/postings?page_size=100&q=普工", "/snapshot", "/changes", "/complete?q=陈"])
def test_contacts_are_in_no_list(living: Any, path: str) -> None:
    text = living.response(f"/api/v1{path}").text
    assert PHONE not in text
    assert PERSON not in text
    assert "8555" not in text


@pytest.mark.parametrize(
    ("path", "code", "parameter"),
    [
        ("/postings?colour=red", "parameter.unknown", "colour"),
        ("/postings?division=999999", "parameter.unknown_value", "division"),
        ("/postings?education=primary", "parameter.unknown_value", "education"),
        ("/postings?benefit=游泳池", "parameter.unknown_value", "benefit"),
        ("/postings?salary_min=lots", "parameter.unknown_value", "salary_min"),
        ("/postings?sort=random", "parameter.invalid", "sort"),
        ("/postings?group=division", "parameter.invalid", "group"),
        ("/postings?page=0", "parameter.invalid", "page"),
        ("/postings?page=x", "parameter.invalid", "page"),
        ("/postings?page_size=101", "parameter.invalid", "page_size"),
        ("/postings?facets=colour", "parameter.invalid", "facets"),
        ("/complete?limit=3", "parameter.unknown", "limit"),
        ("/changes?since=-1", "parameter.invalid", "since"),
        ("/commitments?year=1066", "parameter.invalid", "year"),
        ("/snapshot?x=1", "parameter.unknown", "x"),
        (f"/postings?q={'长' * 201}", "parameter.invalid", "q"),
    ],
)
def test_a_bad_parameter_is_refused_and_named(living: Any, path: str, code: str, parameter: str) -> None:
    error = living.api(path, 400)["error"]
    assert set(error) == {"code", "message", "details"}
    assert error["code"] == code
    assert error["details"]["parameter"] == parameter
    assert any("\u4e00" <= character <= "\u9fff" for character in error["message"])


def test_a_refused_word_is_in_the_message(living: Any) -> None:
    assert "random" in living.api("/postings?sort=random", 400)["error"]["message"]
    assert "999999" in living.api("/postings?division=999999", 400)["error"]["message"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/postings/NOSUCHPOSTING", 404, "posting.not_found"),
        ("GET", "/postings/NOSUCHPOSTING/contact", 404, "posting.not_found"),
        ("POST", "/postings", 405, "method.not_allowed"),
        ("GET", "/postings?cursor=nonsense", 400, None),
    ],
)
def test_every_error_has_the_one_shape(living: Any, method: str, path: str, status: int, code: str | None) -> None:
    response = living.app.test_client().open(f"/api/v1{path}", method=method)
    assert response.status_code == status
    error = response.get_json()["error"]
    assert set(error) == {"code", "message", "details"}
    assert code is None or error["code"] == code


def test_a_failure_of_ours_has_the_same_shape(own: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(type(own.exchange.reader), "search", fail)
    assert own.api("/postings", 500)["error"]["code"] == "internal"


def test_answers_say_that_they_are_a_demonstration(living: Any, real: Any) -> None:
    assert living.response("/api/v1/postings").headers["Guanshao-Demonstration"] == "yes"
    assert "Guanshao-Demonstration" not in real.response("/api/v1/postings").headers
