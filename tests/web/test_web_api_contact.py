"""API: the contact of a posting. Given on demand, counted, limited per visitor, gone with the posting."""

from typing import Any

from config.words import WithdrawalReason
from exchange.schemas.answers import ContactAnswerSchema
from exchange.store.decisions import withdraw_posting
from exchange.views.visitors import VisitorLimit
from tests.web.living_exchange import PERSON, PHONE


def test_whom_to_call(own: Any) -> None:
    response = own.response(f"/api/v1/postings/{own.id_of('数控车床操作工')}/contact")
    answer = response.get_json()
    assert (answer["person"], answer["phone"]) == (PERSON, PHONE)
    assert answer["source"]["organisation"] == "441900119"
    assert response.headers["Cache-Control"] == "no-store"
    ContactAnswerSchema().load(answer)


def test_a_visitor_who_asks_too_often_is_told_when_to_come_back(own: Any) -> None:
    path = f"/api/v1/postings/{own.id_of('保安')}/contact"
    assert [own.response(path).status_code for _ in range(4)] == [200, 200, 200, 429]
    response = own.response(path)
    error = response.get_json()["error"]
    assert error["code"] == "rate.limited"
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert error["details"]["retry_after"] == int(response.headers["Retry-After"])
    other = own.app.test_client().get(path, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200, "another visitor is not held up"


def test_every_look_is_counted(own: Any) -> None:
    path = f"/api/v1/postings/{own.id_of('保安')}/contact"
    for _ in range(5):
        own.response(path)
    figures = own.response("/metrics").text
    assert 'guanshao_contacts_total{result="shown"} 3.0' in figures
    assert 'guanshao_contacts_total{result="limited"} 2.0' in figures


def test_there_is_none_once_the_posting_has_ended(own: Any) -> None:
    id = own.id_of("保安")
    with own.exchange.store.write(actor="test") as transaction:
        withdraw_posting(transaction, id, WithdrawalReason.EMPLOYER_REQUEST)
    error = own.api(f"/postings/{id}/contact", 410)["error"]
    assert error["code"] == "posting.ended"
    assert error["details"]["status"] == "withdrawn"
    assert own.api(f"/postings/{id}")["status"] == "withdrawn", "the posting itself can still be read"


def test_the_limit_slides_with_time_and_is_kept_for_each_visitor() -> None:
    now = [0.0]
    limit = VisitorLimit(2, lambda: now[0])
    assert [limit.seconds_to_wait("a") for _ in range(2)] == [0, 0]
    now[0] = 20.0
    assert limit.seconds_to_wait("a") == 40
    assert limit.seconds_to_wait("b") == 0
    now[0] = 60.5
    assert limit.seconds_to_wait("a") == 0
