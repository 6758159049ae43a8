"""What happens in two cities by chance: postings come, are corrected, held, released, withdrawn, closed, expire.

In: a seed and a `Pair`. Out: `Story`, which makes events happen and counts them. Some jobs are reported in both cities.
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from sqlmodel import col, select

from config.words import Status, WithdrawalReason
from exchange.models import Offer, OfferState, Posting
from exchange.store.decisions import (
    NotPossible,
    close_offer,
    extend_offer,
    hold_posting,
    refuse_posting,
    release_posting,
    withdraw_posting,
)
from exchange.store.joining import join_postings
from exchange.store.transaction import Transaction
from tests.flow.desk import CHANGAN, HUMEN, WENGYUAN, Row, job
from tests.flow.two_exchanges import Pair, Side

_TRADES = "普焊电钳车铣刨磨镗钻冲"
_EMPLOYERS = ("东莞市华盛电子有限公司", "韶关市翁源兴隆竹木制品厂", "东莞市永利五金制品有限公司")
_ORGANISATIONS = {"dongguan": (CHANGAN, HUMEN, "441900"), "shaoguan": (WENGYUAN, "440232", "440200")}


class Story:
    def __init__(self, pair: Pair, seed: int) -> None:
        self.pair = pair
        self.chance = random.Random(seed)
        self.happened: Counter[str] = Counter()
        self.killed = 0
        self._number = 0
        self._events: list[tuple[int, Callable[[Side], str]]] = [
            (30, self._report),
            (14, self._correct),
            (6, self._hold),
            (8, self._review),
            (8, self._withdraw),
            (6, self._close),
            (4, self._extend),
            (3, self._join),
            (3, self._next_day),
        ]

    def go_on(self, events: int, pull_every: int, kill_share: float) -> None:
        """So many events; between them pulls, some of which die on the way."""
        weights = [weight for weight, _ in self._events]
        for number in range(events):
            side = self.chance.choice(self.pair.sides)
            ((_, happen),) = self.chance.choices(self._events, weights)
            self.happened[happen(side)] += 1
            if number % pull_every == 0:
                puller = self.chance.choice(self.pair.sides)
                die_at = self.chance.randint(1, 25) if self.chance.random() < kill_share else 0
                self.killed += puller.ask("pull", die_at) is None

    def _report(self, side: Side) -> str:
        self._number += 1
        return self._take(side, self._number, "reported")

    def _correct(self, side: Side) -> str:
        return self._take(side, self.chance.randint(1, max(1, self._number)), "corrected")

    def _take(self, side: Side, number: int, word: str) -> str:
        """The job of this number, in words that may differ from those it had."""
        side.desk.take([self._job(number)], self.chance.choice(_ORGANISATIONS[side.place.city]))
        return word

    def _job(self, number: int) -> Row:
        chance = self.chance
        until = self.pair.clock.now.date() + timedelta(days=chance.randint(1, 12))
        return job(
            f"{_TRADES[number % 11]}{_TRADES[number // 11 % 11]}工",
            岗位编号=f"J{number}",
            用人单位=_EMPLOYERS[number % 3],
            工作地点=("东莞市长安镇", "韶关市翁源县", "东莞市虎门镇")[number // 121 % 3],
            招聘人数=str(chance.randint(1, 20)),
            薪资待遇=chance.choice(["5000-6500元/月", "20元/小时", "面议", "计件", "", "210元/天", "8000元以上"]),
            岗位职责=chance.choice(["操作机台，两班倒。", "包装", "", "限男性"]),
            有效期=chance.choice(["", "", until.isoformat()]),
        )

    def _hold(self, side: Side) -> str:
        return self._decide(side, Status.OPEN, "held", lambda work, id: hold_posting(work, id, "有人举报，先停"))

    def _review(self, side: Side) -> str:
        if self.chance.random() < 0.6:
            return self._decide(side, Status.HELD, "released", lambda work, id: release_posting(work, id, "已核实"))
        return self._decide(side, Status.HELD, "refused", lambda work, id: refuse_posting(work, id, "限性别，没有依据"))

    def _withdraw(self, side: Side) -> str:
        reason = self.chance.choice(list(WithdrawalReason))
        return self._decide(side, Status.OPEN, "withdrawn", lambda work, id: withdraw_posting(work, id, reason))

    def _close(self, side: Side) -> str:
        return self._decide(side, Status.OPEN, "closed", lambda work, id: close_offer(work, _own_offer(work, id)))

    def _extend(self, side: Side) -> str:
        until = self.pair.clock.now.date() + timedelta(days=30)
        return self._decide(
            side, Status.OPEN, "extended", lambda work, id: extend_offer(work, _own_offer(work, id), until)
        )

    def _join(self, side: Side) -> str:
        other = self._some(side, Status.OPEN)
        return self._decide(side, Status.OPEN, "joined", lambda work, id: join_postings(work, id, other, "同一岗位"))

    def _decide(self, side: Side, status: Status, word: str, decide: Callable[[Transaction, str], object]) -> str:
        id = self._some(side, status)
        if not id:
            return "nothing"
        try:
            with side.desk.exchange.store.write(actor="office") as transaction:
                decide(transaction, id)
        except NotPossible:
            return "nothing"
        return word

    def _some(self, side: Side, status: Status) -> str:
        with side.desk.exchange.store.read() as session:
            ids = session.exec(select(Posting.id).where(Posting.status == status).order_by(col(Posting.id))).all()
        return self.chance.choice(ids) if ids else ""

    def _next_day(self, side: Side) -> str:
        self.pair.clock.move(days=1)
        for each in self.pair.sides:
            each.desk.expire()
        return "next day"


def _own_offer(work: Transaction, posting_id: str) -> Offer:
    query = select(Offer).where(Offer.posting_id == posting_id, Offer.state == OfferState.LIVE, Offer.origin == "")
    found = work.session.exec(query.order_by(col(Offer.id))).first()
    if found is None:
        raise NotPossible("只有对方提供")
    return found
