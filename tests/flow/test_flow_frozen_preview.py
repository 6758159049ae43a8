"""What the preview said is final when nothing has happened since: a large batch is compared once, not twice."""

from config.words import BatchState
from exchange.indexing import follow
from exchange.store.batches import find_batch, freeze_preview
from exchange.store.ledger import head_sequence
from ingest.pipeline import confirm, publish_waiting
from tests.flow.desk import Desk, job


def waiting_batch(desk: Desk) -> str:
    summary = desk.take([job("普工"), job("焊工"), job("操作工", 用人单位="某公司")], await_confirmation=True)
    assert summary.batch is not None
    confirm(desk.exchange, summary.batch, "clerk")
    return summary.batch


def state_of(desk: Desk, batch_id: str) -> tuple[str, int, int, int]:
    with desk.exchange.store.read() as session:
        batch = find_batch(session, batch_id)
    return batch.state, batch.created, batch.duplicate, batch.rejected


def publish(desk: Desk) -> None:
    publish_waiting(desk.exchange)
    follow(desk.exchange)


def test_a_preview_is_final_when_the_ledger_has_not_moved(desk: Desk) -> None:
    batch_id = waiting_batch(desk)
    with desk.exchange.store.read() as session:
        assert find_batch(session, batch_id).compared_at == head_sequence(session)
    assert freeze_preview(desk.exchange.store, batch_id)
    assert state_of(desk, batch_id) == (BatchState.PUBLISHING, 2, 0, 1)
    publish(desk)
    assert state_of(desk, batch_id) == (BatchState.DONE, 2, 0, 1)
    assert sorted(offer.content["title"] for _, offer in desk.postings()) == ["普工", "焊工"]


def test_it_is_compared_again_when_a_posting_has_ended(desk: Desk) -> None:
    desk.take([job("普工")], organisation="441900")
    batch_id = waiting_batch(desk)
    assert state_of(desk, batch_id)[2] == 1
    desk.clock.move(days=61)
    assert desk.expire() == 1
    assert not freeze_preview(desk.exchange.store, batch_id)
    publish(desk)
    assert state_of(desk, batch_id) == (BatchState.DONE, 2, 0, 1)


def test_a_batch_that_was_never_compared_is(desk: Desk) -> None:
    """Without a person there is no preview: the only comparison is the final one."""
    summary = desk.take([job("普工")])
    assert (summary.state, summary.outcomes["created"]) == (BatchState.DONE, 1)
