"""What two exchanges owe each other, rule by rule: origins, offers, credits, receipts, digests."""

from typing import Any

from sqlmodel import col, select, update

from config.words import WithdrawalReason
from exchange.models import Offer, OfferState, PeerSide
from exchange.schemas.posting import PostingSchema
from exchange.store.decisions import close_offer, hold_posting, refuse_posting, release_posting, withdraw_posting
from exchange.store.joining import split_offer
from exchange.store.transaction import Transaction
from tests.flow.desk import CHANGAN, WENGYUAN, Desk, job, outcomes
from tests.flow.neighbours import Neighbour, carry_out, decide, standing

PLACE = {"工作地点": "东莞市长安镇"}


def feed(neighbour: Neighbour) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = neighbour.app.test_client().get("/api/v1/changes?limit=1000").get_json()["items"]
    return items


def snapshot(neighbour: Neighbour) -> list[str]:
    return neighbour.app.test_client().get("/api/v1/snapshot").text.splitlines()


def offers(desk: Desk, title: str) -> list[Offer]:
    with desk.exchange.store.read() as session:
        found = session.exec(select(Offer).order_by(col(Offer.started_on), col(Offer.id))).all()
    return [offer for offer in found if offer.content["title"] == title]


def end_offer(transaction: Transaction, id: str) -> None:
    offer = transaction.session.get(Offer, id)
    assert offer is not None
    close_offer(transaction, offer)


def test_a_posting_travels_with_its_origin_and_earns_no_credit(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工", 有效期="2026-06-30", 招聘人数="3", 薪资待遇="20元/小时")])
    assert outcomes(shaoguan.pull()) == {"created": 1}
    (offer,) = offers(shaoguan.desk, "普工")
    posting = dongguan.desk.posting("普工")
    assert (offer.origin, offer.reference, offer.source) == ("dongguan", posting.id, "peer")
    assert offer.organisation == CHANGAN
    assert offer.content["salary"] == offers(dongguan.desk, "普工")[0].content["salary"]
    assert (shaoguan.desk.counted(), shaoguan.desk.uncounted()) == (0, {"source.not_counting": 1})
    assert dongguan.desk.counted() == 1
    shown = shaoguan.app.test_client().get(f"/api/v1/postings/{offer.posting_id}").get_json()
    PostingSchema().load(shown)
    assert shown["origin"] == {"exchange": "dongguan", "id": posting.id}
    assert shown["source"]["url"].endswith(f"/postings/{posting.id}")
    assert shown["valid_through"] == "2026-06-30"


def test_what_came_from_a_peer_is_not_passed_on(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工")])
    shaoguan.pull()
    shaoguan.desk.take([job("保洁员", 工作地点="翁源县")], WENGYUAN)
    assert [item["posting"]["title"] for item in feed(shaoguan)] == ["保洁员"]
    assert len(snapshot(shaoguan)) == 1
    shaoguan.desk.withdraw("普工", WithdrawalReason.OTHER)
    assert len(feed(shaoguan)) == 1


def test_what_both_offer_is_passed_on_under_our_own_words(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工", 薪资待遇="5000-6000", **PLACE)])
    shaoguan.pull()
    shaoguan.desk.take([job("普工", 薪资待遇="7000-8000", **PLACE)], WENGYUAN)
    (item,) = feed(shaoguan)
    assert item["kind"] == "upsert"
    assert item["posting"]["salary"]["min"] == 7000
    assert item["posting"]["origin"] == {"exchange": "shaoguan", "id": item["id"]}
    assert [source["organisation"] for source in item["posting"]["sources"]] == [WENGYUAN]
    assert outcomes(dongguan.pull()) == {"duplicate": 1}
    assert dongguan.desk.counted() == 1
    assert dongguan.compare().agrees
    assert shaoguan.compare().agrees


def test_our_own_offer_ends_and_the_peer_is_told_though_the_posting_goes_on(
    both: tuple[Neighbour, Neighbour],
) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工", **PLACE)])
    shaoguan.pull()
    shaoguan.desk.take([job("普工", **PLACE)], WENGYUAN)
    dongguan.pull()
    assert len(offers(dongguan.desk, "普工")) == 2
    (own,) = [offer for offer in offers(shaoguan.desk, "普工") if not offer.origin]
    carry_out(shaoguan.desk, lambda transaction: end_offer(transaction, own.id))
    assert shaoguan.desk.statuses() == {"普工": "open"}
    assert [item["kind"] for item in feed(shaoguan)] == ["remove"]
    assert dongguan.pull().closed == 1
    assert sorted(offer.state for offer in offers(dongguan.desk, "普工")) == ["ended", "live"]
    assert dongguan.desk.statuses() == {"普工": "open"}


def test_two_postings_of_the_peer_that_look_alike_stay_two(both: tuple[Neighbour, Neighbour]) -> None:
    """Across peers the origin is the identity: what one removes must not take the other with it."""
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工", 岗位编号="1")])
    dongguan.desk.take([job("普工", 岗位编号="1", 薪资待遇="8000")], organisation="441900", source="dg-upload")
    (second,) = [offer for offer in offers(dongguan.desk, "普工") if offer.organisation == "441900"]
    carry_out(dongguan.desk, lambda transaction: split_offer(transaction, second.id, "两个班次"))
    assert shaoguan.pull().received == 2
    assert shaoguan.compare().held == 2
    gone = offers(dongguan.desk, "普工")[0].posting_id
    carry_out(dongguan.desk, lambda transaction: withdraw_posting(transaction, gone, WithdrawalReason.FALSE))
    shaoguan.pull()
    left = [offer.reference for offer in offers(shaoguan.desk, "普工") if offer.state == OfferState.LIVE]
    assert len(left) == 1
    assert gone not in left
    assert shaoguan.compare().agrees


def test_corrections_and_removals_follow(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工", 岗位编号="1"), job("焊工", 岗位编号="2")])
    shaoguan.pull()
    dongguan.desk.take([job("普工", 岗位编号="1", 薪资待遇="6000-7000"), job("焊工", 岗位编号="2")])
    assert outcomes(shaoguan.pull()) == {"updated": 1}
    assert offers(shaoguan.desk, "普工")[0].content["salary"]["min"] == 6000
    dongguan.desk.withdraw("焊工", WithdrawalReason.FALSE)
    assert shaoguan.pull().closed == 1
    assert shaoguan.desk.statuses() == {"普工": "open", "焊工": "closed"}
    dongguan.desk.take([job("普工", 岗位编号="1", 薪资待遇="6000-7000"), job("焊工", 岗位编号="2", 薪资待遇="9000")])
    assert outcomes(shaoguan.pull()) == {"updated": 1}
    assert shaoguan.desk.statuses() == {"普工": "open", "焊工": "open"}
    nothing = shaoguan.pull()
    assert (nothing.received, nothing.batch) == (0, None)


def test_pending_until_a_reviewer_here_has_decided(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("搬运工", 岗位职责="限男性")])
    decide(dongguan.desk, release_posting, "搬运工", "井下作业，已核实")
    assert outcomes(shaoguan.pull()) == {"held": 1}
    sent = standing(dongguan.desk, PeerSide.SENT)
    assert (sent.total, sent.outcomes["pending"]) == (1, 1)
    assert sent.pending[0].problems[0]["code"] == "compliance.sex"
    assert shaoguan.compare().provided == 0
    decide(shaoguan.desk, release_posting, "搬运工", "井下作业，已核实")
    shaoguan.pull()
    assert standing(dongguan.desk, PeerSide.SENT).outcomes["accepted"] == standing(dongguan.desk, PeerSide.SENT).total
    assert (shaoguan.compare().provided, shaoguan.compare().agrees) == (1, True)


def test_refused_by_a_reviewer_here_with_her_words(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工")])
    shaoguan.pull()
    decide(shaoguan.desk, hold_posting, "普工", "有人举报")
    shaoguan.pull()
    assert standing(dongguan.desk, PeerSide.SENT).outcomes["pending"] == 1
    decide(shaoguan.desk, refuse_posting, "普工", "电话打不通，地址不存在")
    shaoguan.pull()
    (refused,) = standing(dongguan.desk, PeerSide.SENT).refused
    assert refused.problems == [
        {"code": "review.refused", "message": "接收平台审核后不予发布：电话打不通，地址不存在"}
    ]
    assert shaoguan.compare().agrees


def test_withdrawn_here_is_told_and_stays_withdrawn(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工")])
    shaoguan.pull()
    shaoguan.desk.withdraw("普工", WithdrawalReason.FALSE)
    shaoguan.pull()
    (refused,) = standing(dongguan.desk, PeerSide.SENT).refused
    assert refused.problems[0]["code"] == "ended.here"
    assert shaoguan.compare().agrees
    assert shaoguan.desk.statuses() == {"普工": "withdrawn"}


def test_what_the_peer_still_lists_does_not_expire_by_our_default(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    for _ in range(3):
        dongguan.desk.take([job("普工")])
        shaoguan.pull()
        dongguan.desk.clock.move(days=40)
        assert dongguan.desk.expire() == 0
        assert shaoguan.desk.expire() == 0
    assert len(shaoguan.desk.events("posting.created")) == 1
    assert shaoguan.compare().agrees


def test_a_difference_is_found_and_listed_on_both_sides(both: tuple[Neighbour, Neighbour]) -> None:
    dongguan, shaoguan = both
    dongguan.desk.take([job("普工"), job("焊工"), job("电工")])
    shaoguan.pull()
    shaoguan.desk.tampered = True
    ids = {title: dongguan.desk.posting(title).id for title in ("普工", "焊工", "电工")}
    with shaoguan.desk.exchange.store.write() as transaction:
        run = transaction.session.connection().execute
        run(update(Offer).where(col(Offer.reference) == ids["普工"]).values(reference="nobody"))
        run(update(Offer).where(col(Offer.reference) == ids["焊工"]).values(batch_id="0"))
    found = shaoguan.compare()
    wanted = [{"id": ids["普工"], "what": "missing"}, {"id": ids["焊工"], "what": "differs"}]
    wanted.append({"id": "nobody", "what": "extra"})
    assert sorted(found.differences, key=str) == sorted(wanted, key=str)
    for desk, side in ((shaoguan.desk, PeerSide.RECEIVED), (dongguan.desk, PeerSide.SENT)):
        digest = standing(desk, side).digest
        assert digest is not None
        assert (digest.agrees, digest.provided, digest.held) == (False, 3, 3)
        assert len(digest.differences) == 3
    told = shaoguan.command("peers", "--json").json[0]["received"]["digest"]
    assert (told["agrees"], len(told["differences"])) == (False, 3)
    with shaoguan.desk.exchange.store.write() as transaction:
        transaction.session.connection().execute(
            update(Offer).where(col(Offer.reference) == "nobody").values(reference=ids["普工"])
        )
