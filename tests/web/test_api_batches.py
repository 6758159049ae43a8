"""POST /api/v1/batches and what follows: accepted means kept, one key one batch, others' batches are not there."""

import csv
import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import func, select
from werkzeug.test import TestResponse

from config.words import Outcome, TokenScope
from exchange.app import create_app
from exchange.models import Batch, Offer, Posting
from exchange.receiving import kept_file
from exchange.schemas.answers import ErrorSchema
from exchange.schemas.batches import BatchSchema, ProblemsSchema
from exchange.store.decisions import refuse_posting, release_posting
from exchange.store.tokens import issue_token
from ingest.scheduler import handle_batches
from search.requests import SearchRequest
from tests.web.living_exchange import CHANGAN, WENGYUAN, open_empty

JOB = {
    "岗位名称": "普工",
    "单位名称": "东莞市长安试样电子有限公司",
    "工作地点": "长安镇",
    "薪资待遇": "5000-6500",
    "招聘人数": "10",
}
HELD = {**JOB, "岗位名称": "搬运工", "任职要求": "限男性，能吃苦"}


class Caller:
    """A program of one organisation."""

    def __init__(self, exchange: Any, app: Any, organisation: str) -> None:
        self.exchange, self.app = exchange, app
        self.secret, self.token = issue_token(exchange.store, "试样", organisation, [TokenScope.BATCHES], 30, "admin")

    def ask(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.secret}", **options.pop("headers", {})}
        return self.app.test_client().open(f"/api/v1{path}", method=method, headers=headers, **options)

    def get(self, path: str, status: int = 200) -> Any:
        return checked(self.ask("GET", path), status)

    def post(self, path: str, status: int, key: str = "", **options: Any) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        return checked(self.ask("POST", path, headers=headers, **options), status)

    def report(self, *records: dict[str, str], status: int = 202, key: str = "", confirm: str = "") -> Any:
        query = {"confirm": confirm} if confirm else {}
        return self.post("/batches", status, key, json={"records": list(records)}, query_string=query)

    def send_file(self, name: str, content: bytes, status: int = 202, **options: Any) -> Any:
        return self.post("/batches", status, data={"file": (io.BytesIO(content), name)}, **options)

    def work(self) -> None:
        handle_batches(self.exchange)


def checked(response: TestResponse, status: int) -> Any:
    body = response.get_json()
    assert response.status_code == status, body
    if status >= 400:
        ErrorSchema().load(body)
        return body["error"]
    (ProblemsSchema() if "items" in body else BatchSchema()).load(body)
    return body


def open_caller(folder: Any, organisation: str = CHANGAN, **settings: str) -> Caller:
    exchange = open_empty(folder, **settings)
    return Caller(exchange, create_app(exchange), organisation)


@pytest.fixture
def caller(tmp_path):
    opened = open_caller(tmp_path)
    yield opened
    opened.exchange.store.close()


def as_csv(*records: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(records[0]))
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode("utf-8-sig")


def found(caller: Caller) -> int:
    return caller.exchange.reader.search(SearchRequest(caller.exchange.today)).total


def test_a_batch_is_accepted_read_confirmed_and_published(caller):
    response = caller.ask("POST", "/batches", json={"records": [JOB]})
    assert response.status_code == 202
    batch = response.get_json()
    assert response.headers["Location"] == f"/api/v1/batches/{batch['id']}"
    assert (batch["state"], batch["source"], batch["organisation"]) == ("received", "dg-upload", CHANGAN)
    caller.work()
    staged = caller.get(f"/batches/{batch['id']}")
    assert (staged["state"], staged["created"], staged["progress"]) == ("staged", 1, {"read": 1, "of": 1})
    assert staged["confirmed_at"] is None
    assert found(caller) == 0
    assert caller.post(f"/batches/{batch['id']}/confirm", 202)["state"] == "confirmed"
    caller.work()
    done = caller.get(f"/batches/{batch['id']}")
    assert (done["state"], done["created"]) == ("done", 1)
    assert found(caller) == 1


def test_outcomes_add_up_to_what_was_received(caller):
    batch = caller.report(JOB, HELD, JOB, {**JOB, "岗位名称": ""}, confirm="true")
    caller.work()
    done = caller.get(f"/batches/{batch['id']}")
    assert {word: done[word] for word in Outcome} == {
        "created": 1, "updated": 0, "unchanged": 0, "duplicate": 1, "held": 1, "rejected": 1,
    }  # fmt: skip
    assert done["received"] == 4


def test_confirm_true_needs_no_person(caller):
    batch = caller.report(JOB, confirm="true")
    caller.work()
    assert caller.get(f"/batches/{batch['id']}")["state"] == "done"


def test_a_file_is_taken_like_an_upload_and_kept(caller):
    content = as_csv(JOB, {**JOB, "岗位名称": "焊工"})
    batch = caller.send_file("三月/报送.csv", content, query_string={"confirm": "true"})
    with caller.exchange.store.read() as session:
        row = session.get(Batch, batch["id"])
    assert row is not None
    assert row.file_name == "报送.csv"
    assert kept_file(caller.exchange.files_folder, row.file_hash).read_bytes() == content
    caller.work()
    assert caller.get(f"/batches/{batch['id']}")["created"] == 2


def test_records_may_use_our_own_names(caller):
    ours = {
        "title": "普工",
        "employer": "东莞市长安试样电子有限公司",
        "division": "长安镇",
        "salary_min": 5000,
        "salary_max": 6500,
        "openings": 10,
        "reference": "A-1",
        "validity": "2099-12-31",
    }
    batch = caller.report(ours, confirm="true")
    caller.work()
    assert caller.get(f"/batches/{batch['id']}")["created"] == 1
    with caller.exchange.store.read() as session:
        offer = session.exec(select(Offer)).one()
    assert offer.reference == "A-1"
    assert (offer.content["salary"]["min"], offer.content["salary"]["max"]) == (5000, 6500)
    assert (offer.content["openings"], offer.valid_through_is_default) == (10, False)


def test_the_same_key_gives_the_same_batch_also_when_it_is_done(caller):
    first = caller.report(JOB, key="k-1", confirm="true")
    caller.work()
    again = caller.report(JOB, key="k-1", confirm="true")
    assert (again["id"], again["state"]) == (first["id"], "done")
    with caller.exchange.store.read() as session:
        assert session.exec(select(func.count()).select_from(Batch)).one() == 1
    assert caller.report(JOB, key="k-2", confirm="true")["id"] != first["id"]


@pytest.mark.parametrize(("records", "confirm"), [([HELD], ""), ([JOB], "true")], ids=["content", "confirm"])
def test_the_same_key_with_another_request_is_refused(caller, records, confirm):
    first = caller.report(JOB, key="k-1")
    error = caller.report(*records, key="k-1", confirm=confirm, status=409)
    assert error["code"] == "idempotency.reused"
    assert error["details"] == {"batch": first["id"]}


def test_two_organisations_may_use_the_same_key(caller):
    other = Caller(caller.exchange, caller.app, WENGYUAN)
    assert caller.report(JOB, key="1")["id"] != other.report({**JOB, "工作地点": "翁源县"}, key="1")["id"]


@pytest.mark.parametrize("key", ["k" * 201, "\u200b"])
def test_a_key_that_cannot_be_kept_is_refused_with_its_length(caller, key):
    response = caller.ask("POST", "/batches", json={"records": [JOB]}, headers={"Idempotency-Key": key})
    assert checked(response, 400)["details"]["limit"] == 200


def test_others_batches_are_not_there(caller):
    batch = caller.report(JOB)["id"]
    other = Caller(caller.exchange, caller.app, WENGYUAN)
    for method, path, options in (
        ("GET", "", {}),
        ("GET", "/problems", {}),
        ("GET", "/workbook", {}),
        ("POST", "/confirm", {}),
        ("POST", "/discard", {}),
        ("POST", "/withdraw", {"json": {"reason": "误报"}}),
    ):
        error = checked(other.ask(method, f"/batches/{batch}{path}", **options), 404)
        assert error["code"] == "batch.not_found"
    assert caller.get(f"/batches/{batch}")["state"] == "received"


@pytest.mark.parametrize("authorization", [None, "Bearer gs_wrong", "Basic YTpi"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", ""), ("GET", "/X"), ("GET", "/X/problems"), ("GET", "/X/workbook"), ("POST", "/X/confirm"),
     ("POST", "/X/discard"), ("POST", "/X/withdraw")],
)  # fmt: skip
def test_nothing_without_a_good_token(caller, method, path, authorization):
    headers = {"Authorization": authorization} if authorization else {}
    response = caller.app.test_client().open(f"/api/v1/batches{path}", method=method, headers=headers)
    assert checked(response, 401)["code"].startswith("token.")
    assert "Bearer" in response.headers["WWW-Authenticate"]


def test_problems_have_the_contracts_shape_and_come_in_pages(caller):
    batch = caller.report(*({**JOB, "岗位名称": f"岗位{n}", "招聘人数": ""} for n in range(130)))
    caller.work()
    first = caller.get(f"/batches/{batch['id']}/problems")
    assert (first["total"], first["pages"], len(first["items"])) == (130, 2, 100)
    last = caller.get(f"/batches/{batch['id']}/problems?page=2")
    assert len(last["items"]) == 30
    assert first["items"][0]["code"] == "openings.missing"
    assert {item["row"] for item in first["items"] + last["items"]} >= {2, 100}
    assert caller.get(f"/batches/{batch['id']}/problems?page=0", 400)["details"]["parameter"] == "page"


def test_the_marked_workbook_comes_back(caller):
    batch = caller.send_file("报送.csv", as_csv({**JOB, "薪资待遇": "见附件"}))
    assert caller.get(f"/batches/{batch['id']}/workbook", 409)["code"] == "workbook.missing"
    caller.work()
    response = caller.ask("GET", f"/batches/{batch['id']}/workbook")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert load_workbook(io.BytesIO(response.data)).sheetnames


def test_a_discarded_batch_never_is_published_and_discarding_twice_is_no_error(caller):
    batch = caller.report(JOB)["id"]
    caller.work()
    for _ in range(2):
        assert caller.post(f"/batches/{batch}/discard", 200)["state"] == "discarded"
    error = caller.post(f"/batches/{batch}/confirm", 409)
    assert (error["code"], error["details"]) == ("batch.state", {"state": "discarded"})
    caller.work()
    assert found(caller) == 0


def test_confirming_waits_for_reading_and_twice_is_no_error(caller):
    batch = caller.report(JOB)["id"]
    assert caller.post(f"/batches/{batch}/confirm", 409)["details"] == {"state": "received"}
    caller.work()
    for _ in range(2):
        caller.post(f"/batches/{batch}/confirm", 202)
    caller.work()
    assert caller.post(f"/batches/{batch}/confirm", 202)["state"] == "done"
    assert caller.post(f"/batches/{batch}/discard", 409)["details"] == {"state": "done"}


def test_a_withdrawn_batch_is_gone_from_search_at_once(caller):
    batch = caller.report(JOB, confirm="true")["id"]
    assert caller.post(f"/batches/{batch}/withdraw", 409, json={"reason": "误报"})["code"] == "batch.state"
    caller.work()
    assert found(caller) == 1
    answer = caller.post(f"/batches/{batch}/withdraw", 200, json={"reason": "误报", "words": "报错了单位"})
    assert (answer["state"], answer["created"]) == ("done", 1)  # outcomes are frozen
    assert answer["withdrawn_at"] is not None
    assert found(caller) == 0
    assert caller.post(f"/batches/{batch}/withdraw", 409, json={"reason": "误报"})["code"] == "batch.state"


@pytest.mark.parametrize("body", [{}, {"reason": "不想要了"}, {"reason": "误报", "other": 1}, {"reason": 5}])
def test_a_withdrawal_needs_one_of_the_reasons(caller, body):
    batch = caller.report(JOB, confirm="true")["id"]
    caller.work()
    caller.post(f"/batches/{batch}/withdraw", 400, json=body)
    assert found(caller) == 1


def test_what_a_reviewer_decides_later_stands_beside_the_frozen_outcomes(caller):
    batch = caller.report(HELD, {**HELD, "岗位名称": "装卸工"}, {**HELD, "岗位名称": "司机"}, confirm="true")["id"]
    caller.work()
    with caller.exchange.store.read() as session:
        ids = list(session.exec(select(Posting.id).order_by(Posting.id)))
    with caller.exchange.store.write("office") as transaction:
        release_posting(transaction, ids[0], "井下作业")
        refuse_posting(transaction, ids[1], "限定性别")
    answer = caller.get(f"/batches/{batch}")
    assert (answer["held"], answer["held_since"]) == (3, {"released": 1, "refused": 1})


def test_a_file_that_cannot_be_read_fails_and_says_why(caller):
    batch = caller.send_file("文件.xlsx", b"%PDF-1.7 nothing here")["id"]
    caller.work()
    failed = caller.get(f"/batches/{batch}")
    assert failed["state"] == "failed"
    assert "PDF" in failed["error"]


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"json": {}}, 400, "records.missing"),
        ({"json": {"records": []}}, 400, "records.missing"),
        ({"json": [JOB]}, 400, "records.missing"),
        ({"json": {"records": [JOB, "普工"]}}, 400, "records.invalid"),
        ({"data": b'{"records": [', "content_type": "application/json"}, 400, "body.invalid"),
        ({"data": b"\xff\xfe", "content_type": "application/json"}, 400, "body.invalid"),
        ({"data": {"other": "x"}}, 400, "body.missing"),
        ({"data": b"plain", "content_type": "text/plain"}, 400, "body.missing"),
        ({"data": {"file": (io.BytesIO(b""), "空.csv")}}, 400, "file.empty"),
        ({"json": {"records": [JOB]}, "query_string": {"confirm": "maybe"}}, 400, "parameter.invalid"),
        ({"json": {"records": [JOB]}, "query_string": {"publish": "1"}}, 400, "parameter.unknown"),
    ],
    ids=str,
)
def test_what_is_no_batch_is_refused_in_the_one_shape(caller, options, status, code):
    assert caller.post("/batches", status, **options)["code"] == code


def test_too_many_rows_and_too_many_bytes_are_told_with_their_number(tmp_path):
    caller = open_caller(tmp_path, upload_max_rows="2", upload_max_bytes="1024")
    error = caller.report(JOB, HELD, JOB, status=413)
    assert (error["code"], error["details"]) == ("file.too_many_rows", {"limit": 2, "found": 3})
    content = b"x" * 2000
    error = caller.send_file("大.csv", content, 413)
    assert (error["code"], error["details"]) == ("file.too_large", {"limit": 1024, "found": 2000})
    form = {"content_type": "multipart/form-data; boundary=x"}
    whole = caller.post("/batches", 413, data=b"x" * 3 * 1024 * 1024, **form)
    assert whole["details"]["limit"] == 1024
    assert whole["details"]["found"] == 3 * 1024 * 1024
    caller.exchange.store.close()


def test_a_token_may_report_so_often_and_no_oftener(tmp_path):
    caller = open_caller(tmp_path, upload_per_minute="2")
    for number in range(2):
        caller.report({**JOB, "岗位名称": f"岗位{number}"})
    response = caller.ask("POST", "/batches", json={"records": [JOB]})
    error = checked(response, 429)
    assert error["details"]["limit"] == 2
    assert int(response.headers["Retry-After"]) == error["details"]["retry_after"] > 0
    other = Caller(caller.exchange, caller.app, WENGYUAN)
    other.report({**JOB, "工作地点": "翁源县"})
    caller.exchange.store.close()


def test_contacts_in_a_batch_stay_out_of_the_public_answers(caller):
    caller.report({**JOB, "联系电话": "0769-85550199", "联系人": "陈试样"}, confirm="true")
    caller.work()
    listed = caller.app.test_client().get("/api/v1/postings").get_data(as_text=True)
    assert json.loads(listed)["total"] == 1
    assert "85550199" not in listed


def test_the_documentation_lists_every_call_with_its_token(caller):
    specification = caller.app.test_client().get("/api/v1/openapi.json").get_json()
    calls = {
        (path.removeprefix("/api/v1"), method): operation
        for path, methods in specification["paths"].items()
        for method, operation in methods.items()
        if "/batches" in path and method in {"get", "post"}
    }
    one = "/batches/{batch_id}"
    assert set(calls) == {
        ("/batches", "post"), (one, "get"), (f"{one}/problems", "get"), (f"{one}/workbook", "get"),
        (f"{one}/confirm", "post"), (f"{one}/discard", "post"), (f"{one}/withdraw", "post"),
    }  # fmt: skip
    assert all(operation["security"] == [{"bearer": []}] for operation in calls.values())
    assert specification["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert set(calls["/batches", "post"]["requestBody"]["content"]) == {"multipart/form-data", "application/json"}
    assert {p["name"] for p in calls["/batches", "post"]["parameters"]} == {"Idempotency-Key", "confirm"}
