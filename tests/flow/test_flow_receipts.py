"""Receipts and digests over HTTP: who may give them, again and late, and how the office sees where we stand."""

from dataclasses import replace
from typing import Any

import pytest
import requests
from sqlmodel import update

from config.words import Role, Status, TokenScope, WithdrawalReason
from exchange.accounts import NewAccount, add_account
from exchange.models import Offer, OfferState, PeerSide, Posting
from exchange.schemas.peers import DigestSchema, NotedSchema
from exchange.store.decisions import hold_posting, release_posting
from exchange.store.sources import all_sources
from exchange.store.tokens import all_tokens, issue_token, revoke_token
from ingest.adapters import PullFault
from ingest.peers_comparing import compare_all, peer_sources
from ingest.pull_threads import Pulls
from ingest.scheduler import _schedule
from tests.flow.desk import Desk, job, outcomes
from tests.flow.neighbours import Neighbour, decide, pull_with, standing
from tests.web.page_client import PageClient


def ask(neighbour: Neighbour, method: str, path: str, token: str = "", **options: Any) -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    address = f"http://127.0.0.1:{neighbour.place.port}/api/v1{path}"
    return requests.request(method, address, headers=headers, timeout=20, **options)


def token_of(neighbour: Neighbour, scope: TokenScope) -> str:
    secret, _ = issue_token(neighbour.desk.exchange.store, "试", "440200", [scope], 9, "test")
    return secret


def test_only_a_peers_token_may_answer_and_ask_for_digests(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, _ = both
    for method, path in (("GET", "/digest"), ("POST", "/receipts")):
        assert ask(dongguan, method, path, json={"receipts": []}).status_code == 401
        batches = token_of(dongguan, TokenScope.BATCHES)
        assert ask(dongguan, method, path, batches, json={"receipts": []}).json()["error"]["code"] == "token.scope"
    assert ask(dongguan, "GET", "/changes", "gs_unknown").status_code == 401
    told = ask(dongguan, "GET", "/digest", token_of(dongguan, TokenScope.PEERS)).json()
    DigestSchema().load(told)
    assert (told["exchange"], told["postings"], told["items"]) == ("dongguan", 0, None)


def test_readers_without_a_peers_token_leave_no_trace(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, _ = both
    dongguan.desk.take([job("普工")])
    assert len(ask(dongguan, "GET", "/changes").json()["items"]) == 1
    assert len(ask(dongguan, "GET", "/changes", token_of(dongguan, TokenScope.BATCHES)).json()["items"]) == 1
    assert dongguan.desk.sizes()["peer_change"] == 0
    peer = token_of(dongguan, TokenScope.PEERS)
    assert len(ask(dongguan, "GET", "/changes", peer).json()["items"]) == 1
    assert standing(dongguan.desk, PeerSide.SENT).outcomes[""] == 1


def test_receipts_may_come_twice_and_never_for_what_was_not_sent(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, _ = both
    dongguan.desk.take([job("普工")])
    token = token_of(dongguan, TokenScope.PEERS)
    (item,) = ask(dongguan, "GET", "/changes", token).json()["items"]
    good = {"seq": item["seq"], "id": item["id"], "outcome": "refused", "problems": [{"code": "x", "message": "不收"}]}
    strange = {"seq": item["seq"] + 90, "id": item["id"], "outcome": "accepted", "problems": []}
    for _ in range(2):
        told = ask(dongguan, "POST", "/receipts", token, json={"receipts": [good, strange]}).json()
        NotedSchema().load(told)
        assert told == {"noted": 1, "never_sent": [item["seq"] + 90]}
    sent = standing(dongguan.desk, PeerSide.SENT)
    assert (sent.total, sent.outcomes["refused"], sent.refused[0].problems) == (1, 1, good["problems"])
    wrong = {"receipts": [{**good, "outcome": "maybe"}]}
    assert ask(dongguan, "POST", "/receipts", token, json=wrong).status_code == 400
    ask(dongguan, "GET", "/changes", token)
    assert standing(dongguan.desk, PeerSide.SENT).outcomes["refused"] == 1  # asking again forgets no receipt
    dongguan.desk.take([job("普工", 薪资待遇="9000")])
    ask(dongguan, "GET", "/changes", token)
    dongguan.desk.take([job("普工", 薪资待遇="9500")])
    ask(dongguan, "GET", "/changes", token)
    sent = standing(dongguan.desk, PeerSide.SENT)
    assert (sent.total, sent.outcomes["refused"], sent.outcomes[""]) == (2, 1, 1)  # one was replaced, never to arrive


def test_a_past_day_is_answered_as_it_was_then(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工")])
    shaoguan.compare()
    token = token_of(dongguan, TokenScope.PEERS)
    then = ask(dongguan, "GET", "/digest", token).json()
    dongguan.desk.clock.move(days=1)
    dongguan.desk.withdraw("普工", WithdrawalReason.FALSE)
    earlier = ask(dongguan, "GET", f"/digest?day={then['day']}", token).json()
    assert (earlier["sha256"], earlier["postings"]) == (then["sha256"], 1)
    assert ask(dongguan, "GET", "/digest?day=2026-01-01", token).status_code == 404
    assert ask(dongguan, "GET", "/digest?day=soon", token).status_code == 400


def test_receipts_wait_for_a_provider_that_does_not_answer(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工")])
    shaoguan.pull()
    decide(shaoguan.desk, hold_posting, "普工", "有人举报")
    with dongguan.desk.exchange.store.read() as session:
        (token,) = all_tokens(session)
    revoke_token(dongguan.desk.exchange.store, token.id)
    with pytest.raises(PullFault, match="没有收下回执"):
        shaoguan.pull()
    with shaoguan.desk.exchange.store.read() as session:
        (row,) = [row for row in all_sources(session) if row.id == "peer"]
    assert "没有收下回执" in row.last_error
    assert standing(shaoguan.desk, PeerSide.RECEIVED).unacknowledged == 1
    assert standing(dongguan.desk, PeerSide.SENT).outcomes["accepted"] == 1


def test_two_exchanges_of_one_name_do_not_mix(both: tuple[Neighbour, Neighbour]) -> None:
    _, shaoguan = both
    environment = {**shaoguan.place.environment, "GUANSHAO_EXCHANGE_ID": "dongguan"}
    desk = Desk.open(shaoguan.place.folder, "", shaoguan.desk.clock, **environment)
    with pytest.raises(PullFault, match="代号与本平台相同"):
        pull_with(desk)
    desk.exchange.store.close()


def test_read_again_from_the_beginning(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工"), job("焊工")])
    shaoguan.pull()
    with shaoguan.desk.exchange.store.write() as transaction:
        transaction.session.connection().execute(update(Offer).values(state=OfferState.ENDED))
        transaction.session.connection().execute(update(Posting).values(status=Status.EXPIRED))
    shaoguan.desk.tampered = True
    command = shaoguan.command
    assert command("peers", "--again", "sg-upload").code == 2
    assert command("peers", "--again", "peer").code == 0
    assert outcomes(shaoguan.pull()) == {"updated": 2}
    assert shaoguan.compare().agrees


def test_the_command_tells_how_we_stand(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    command = shaoguan.command
    assert "还没有与其他平台互通" in command("peers").out
    dongguan.desk.take([job("普工")])
    dongguan.desk.take([job("搬运工", 岗位职责="限男性")])
    decide(dongguan.desk, release_posting, "搬运工", "井下作业，已核实")
    shaoguan.pull()
    assert command("peers").out.count("还没有") == 2
    shaoguan.compare()
    told = command("peers")
    assert told.code == 0
    assert "一致，1 个" in told.out
    assert "compliance.sex" in told.out
    (peer,) = command("peers", "--json").json
    assert peer["organisation"] == "441900"
    received = peer["received"]
    assert (received["total"], received["accepted"], received["pending"], received["waiting"]) == (2, 1, 1, 0)
    assert received["digest"]["agrees"] is True
    page = _page(shaoguan)
    assert "一致（1 个）" in page
    assert "我们收到的，待审的" in page


def _page(neighbour: Neighbour) -> str:
    """As the office sees it."""
    add_account(
        neighbour.desk.exchange.store, NewAccount("office", "办公室", Role.OFFICE, "440200", "plum river nine")
    )
    browser = PageClient(neighbour.app)
    browser.send("/login", name="office", password="plum river nine")
    page = browser.get("/admin/peers")
    assert browser.get("/account").link("互通平台") == "/admin/peers"
    return page.text


def test_the_page_of_an_exchange_without_peers(both: tuple[Neighbour, Neighbour]) -> None:
    assert "还没有与其他平台互通" in _page(both[0])
    assert PageClient(both[0].app).send("/admin/peers").status_code == 405


def test_the_evenings_job_compares_every_peer_and_survives_one_that_fails(
    both: tuple[Neighbour, Neighbour], caplog: pytest.LogCaptureFixture
) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工")])
    exchange = shaoguan.desk.exchange
    assert "compare-peers" in {job.id for job in _schedule(exchange, Pulls(exchange)).get_jobs()}
    lost = replace(exchange.configuration.sources["peer"], id="lost", address="http://127.0.0.1:9")
    with caplog.at_level("WARNING"):
        compare_all(exchange, [lost, *peer_sources(exchange, paused=False)])
    assert "peer lost not compared" in caplog.text
    digest = standing(shaoguan.desk, PeerSide.RECEIVED).digest
    assert digest is not None
    assert (digest.day, digest.provided, digest.agrees) == (exchange.today, 1, True)


def test_comparing_says_when_the_clocks_are_not_of_one_day(both: tuple[Neighbour, Neighbour]) -> None:
    """The command lives by the clock of the machine, the provider by the clock of the test."""
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工")])
    told = shaoguan.command("peers", "--compare", "--json")
    assert told.code == 1
    assert "请核对两边的时钟" in told.err
    assert told.json[0]["received"]["accepted"] == 1
