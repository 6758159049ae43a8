"""One job in the words of several organisations is one posting; a clerk may object, a reviewer may undo it."""

import pytest
from sqlmodel import col, select

from config.words import WithdrawalReason
from exchange.indexing import follow
from exchange.models import Offer, Record
from exchange.store.batches import UnknownBatch
from exchange.store.decisions import NotPossible, UnknownPosting, withdraw_posting
from exchange.store.joining import join_postings, split_offer
from exchange.store.objecting import dismiss_objection, object_to_join, open_objections
from exchange.store.reading import find_view
from tests.flow.desk import HUMEN, Desk, Row, job, outcomes

CITY, THIRD = "441900", "440200"
DUTIES = "将线路板插件放入治具并压紧；按作业指导书完成产品组装；下线前检查外壳有无划痕。"
MINE = job("普工", 岗位职责=DUTIES)
THEIRS = job(
    "急聘普工", 用人单位="华盛电子（东莞）有限公司", 薪资待遇="5-6.5千/月", 岗位职责=f"岗位职责：{DUTIES}包吃包住。"
)
ELSE = job("焊工", 用人单位="东莞市永昌五金有限公司")


def join(desk: Desk, one: str, other: str, words: str = "同一个岗位") -> str:
    with desk.exchange.store.write(actor="office") as transaction:
        stays = join_postings(transaction, one, other, words)
    follow(desk.exchange)
    return stays


def split(desk: Desk, offer_id: str, words: str = "两条生产线") -> str:
    with desk.exchange.store.write(actor="office") as transaction:
        own = split_offer(transaction, offer_id, words)
    follow(desk.exchange)
    return own


def offer_of(desk: Desk, organisation: str, title: str = "") -> Offer:
    with desk.exchange.store.read() as session:
        query = select(Offer).where(Offer.organisation == organisation).order_by(col(Offer.id))
        found = [offer for offer in session.exec(query) if title in {"", offer.content["title"]}]
    return found[0]


def two_written_apart(desk: Desk) -> tuple[str, str]:
    """One job that nobody could know as one: the towns differ."""
    desk.take([MINE])
    desk.clock.move(hours=1)
    desk.take([job("普工", 工作地点="虎门镇")], organisation=HUMEN)
    return tuple(sorted((p.id for p, _ in desk.postings()), key=lambda id: offer_behind(desk, id)))  # type: ignore[return-value]


def offer_behind(desk: Desk, posting_id: str) -> bool:
    return next(offer.organisation == HUMEN for posting, offer in desk.postings() if posting.id == posting_id)


def test_the_same_job_in_other_words_is_one_posting_and_the_clerk_sees_why(desk: Desk) -> None:
    desk.take([MINE])
    known = desk.posting("普工").id
    taken = desk.take([THEIRS, ELSE], organisation=CITY)
    assert outcomes(taken) == {"created": 1, "duplicate": 1}
    (problem,) = taken.problems
    assert (problem["code"], problem["evidence"]) == ("duplicate.of", known)
    for words in ("长安镇", "“普工”", "东莞市华盛电子有限公司", known, "单位名称相同", "薪资相同", "岗位职责", "异议"):
        assert words in problem["message"]
    with desk.exchange.store.read() as session:
        record = session.get(Record, (taken.batch, 1))
    assert record is not None
    assert record.joined_because is not None
    assert record.joined_because["posting"] == known
    assert (desk.counted(), desk.uncounted()) == (2, {"duplicate": 1})


def test_the_reasons_are_told_again_the_second_time(desk: Desk) -> None:
    desk.take([MINE])
    first = desk.take([THEIRS], organisation=CITY)
    again = desk.take([THEIRS], organisation=CITY)
    assert outcomes(again) == {"duplicate": 1}
    assert again.problems == first.problems
    assert desk.uncounted() == {"duplicate": 1}


def test_trying_out_sees_the_same_duplicates(desk: Desk) -> None:
    desk.take([MINE])
    tried = desk.try_out([THEIRS, ELSE], organisation=CITY)
    assert outcomes(tried) == {"created": 1, "duplicate": 1}


def test_two_rows_of_one_batch_never_join_one_posting(desk: Desk) -> None:
    """普工 and 操作工 with the same duties: one of them is the job that is there, the other is not."""
    desk.take([MINE])
    taken = desk.take([job("操作工", 岗位职责=DUTIES), THEIRS], organisation=CITY)
    assert outcomes(taken) == {"created": 1, "duplicate": 1}
    assert desk.found() == ["操作工", "普工"]


def test_boilerplate_does_not_make_one_job_of_two(desk: Desk) -> None:
    """Under every job of this employer stands the same text: it says nothing about 操作工 being 普工."""
    desk.take([MINE, job("仓管员", 岗位职责=DUTIES), job("文员", 岗位职责=DUTIES)])
    taken = desk.take([job("操作工", 岗位职责=DUTIES)], organisation=CITY)
    assert outcomes(taken) == {"created": 1}


def test_a_copy_whose_title_is_corrected_stays_a_copy(desk: Desk) -> None:
    desk.take([MINE])
    desk.take([{**THEIRS, "岗位编号": "C1"}], organisation=CITY)
    corrected: Row = {**THEIRS, "岗位编号": "C1", "岗位名称": "生产普工"}
    assert outcomes(desk.take([corrected], organisation=CITY)) == {"duplicate": 1}
    assert (desk.found(), desk.counted()) == (["普工"], 1)


def test_three_who_write_it_in_three_ways_meet(desk: Desk) -> None:
    desk.take([MINE])
    desk.take([THEIRS], organisation=CITY)
    third = desk.take([job("生产普工", 用人单位="华盛电子", 岗位职责=DUTIES)], organisation=THIRD)
    assert outcomes(third) == {"duplicate": 1}
    assert desk.found() == ["普工"]


def test_a_join_takes_the_later_credit_back_and_moves_the_offers(desk: Desk) -> None:
    first, later = two_written_apart(desk)
    assert desk.counted() == 2
    assert join(desk, later, first) == first
    assert (desk.counted(), desk.uncounted()) == (1, {"duplicate": 1})
    assert desk.credits(later) == [(2026, "", 1), (2026, "", -1), (2026, "duplicate", 1)]
    assert desk.found() == ["普工"]
    with desk.exchange.store.read() as session:
        gone, kept = find_view(session, later), find_view(session, first)
    assert gone is not None  # its page can still say what became of it
    assert (gone.posting.status, gone.content.title) == ("withdrawn", "普工")
    assert kept is not None
    assert sorted(offer.organisation for offer in kept.offers) == ["441900119", HUMEN]


def test_the_same_files_after_a_join_bring_nothing_back(desk: Desk) -> None:
    first, later = two_written_apart(desk)
    join(desk, first, later)
    assert outcomes(desk.take([job("普工", 工作地点="虎门镇")], organisation=HUMEN)) == {"duplicate": 1}
    assert outcomes(desk.take([MINE])) == {"unchanged": 1}
    assert (desk.found(), desk.counted()) == (["普工"], 1)


def test_a_joined_posting_ends_only_with_its_last_offer(desk: Desk) -> None:
    first, later = two_written_apart(desk)
    join(desk, first, later)
    with desk.exchange.store.write(actor="office") as transaction:
        withdraw_posting(transaction, first, WithdrawalReason.INVALID)
    follow(desk.exchange)
    assert (desk.found(), desk.counted()) == ([], 0)


def test_splitting_what_was_joined_brings_the_posting_and_its_credit_back(desk: Desk) -> None:
    first, later = two_written_apart(desk)
    join(desk, first, later)
    assert split(desk, offer_of(desk, HUMEN).id) == later
    assert (desk.counted(), desk.uncounted()) == (2, {})
    assert desk.found() == ["普工", "普工"]
    assert outcomes(desk.take([job("普工", 工作地点="虎门镇")], organisation=HUMEN)) == {"unchanged": 1}


def test_splitting_what_came_as_a_copy_makes_a_posting_of_it(desk: Desk) -> None:
    desk.take([MINE])
    known = desk.posting("普工").id
    desk.take([THEIRS], organisation=CITY)
    own = split(desk, offer_of(desk, CITY).id)
    assert own != known
    assert (desk.counted(), desk.uncounted()) == (2, {})
    assert desk.found() == ["急聘普工", "普工"]
    assert outcomes(desk.take([THEIRS], organisation=CITY)) == {"unchanged": 1}


def test_the_shown_offer_may_leave_too(desk: Desk) -> None:
    desk.take([MINE])
    known = desk.posting("普工").id
    desk.take([THEIRS], organisation=CITY)
    split(desk, offer_of(desk, "441900119").id)
    assert desk.posting("急聘普工").id == known
    assert desk.posting("普工").id != known
    assert desk.counted() == 2


def test_what_cannot_be_joined_or_split_is_refused_in_plain_words(desk: Desk) -> None:
    desk.take([MINE, ELSE])
    one, other = desk.posting("普工").id, desk.posting("焊工").id
    with pytest.raises(NotPossible, match="自己的两行"):
        join(desk, one, other)
    with pytest.raises(NotPossible, match="同一个岗位"):
        join(desk, one, one)
    with pytest.raises(UnknownPosting):
        join(desk, one, "NOBODY")
    with pytest.raises(NotPossible, match="只有这一家"):
        split(desk, offer_of(desk, "441900119", "普工").id)
    desk.withdraw("焊工", WithdrawalReason.INVALID)
    with pytest.raises(NotPossible, match="不在招"):
        join(desk, one, other)
    assert desk.events("posting.joined") == []


def test_an_objection_waits_for_the_reviewer_and_stays_out_of_the_ledger(desk: Desk) -> None:
    desk.take([MINE])
    taken = desk.take([THEIRS, ELSE], organisation=CITY)
    object_to_join(desk.exchange.store, taken.batch or "", 1, "这是二厂的岗位，电话 13800000000", "clerk")
    with desk.exchange.store.read() as session:
        (objection,) = open_objections(session)
    assert (objection.organisation, objection.title) == (CITY, "急聘普工")
    assert "二厂" in objection.words
    assert objection.because["reasons"]
    (event,) = desk.events("offer.objected")
    assert (event.actor, "二厂" in event.body) == ("clerk", False)

    split(desk, objection.offer_id)
    with desk.exchange.store.read() as session:
        assert open_objections(session) == []
    assert desk.counted() == 3


def test_a_reviewer_may_let_the_join_stand(desk: Desk) -> None:
    desk.take([MINE])
    taken = desk.take([THEIRS], organisation=CITY)
    object_to_join(desk.exchange.store, taken.batch or "", 1, "另一条线", "clerk")
    with desk.exchange.store.write(actor="office") as transaction:
        dismiss_objection(transaction, offer_of(desk, CITY).id, "同一条线")
    follow(desk.exchange)
    with desk.exchange.store.read() as session:
        assert open_objections(session) == []
    assert desk.counted() == 1


def test_only_a_joined_row_can_be_objected_to(desk: Desk) -> None:
    taken = desk.take([MINE, job("普工", 岗位职责="别的说法")])
    store, batch = desk.exchange.store, taken.batch or ""
    for position in (1, 2):
        with pytest.raises(NotPossible, match="没有并入"):
            object_to_join(store, batch, position, "不一样", "clerk")
    with pytest.raises(NotPossible, match="请写明"):
        object_to_join(store, batch, 1, "  ", "clerk")
    with pytest.raises(UnknownBatch):
        object_to_join(store, batch, 99, "不一样", "clerk")
