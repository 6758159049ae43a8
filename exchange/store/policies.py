"""Policies (补贴政策): found, withdrawn by the office, and which of them a posting or supply notice may have.

In: sessions and transactions. Out: rows, changed with their events; `Entitlement`s for pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from config.divisions import CITY_CODES, division
from config.policies import PolicyKind
from config.words import City, Direction
from exchange.content import Content
from exchange.ledger import EventKind
from exchange.models import Policy, SupplyNotice
from exchange.qualifying import Answer, Conditions, Facts, Verdict, qualifies
from exchange.store.decisions import NotPossible
from exchange.store.policies_setting import IN_FORCE, WITHDRAWN
from exchange.store.recorded import record_step
from exchange.store.transaction import Transaction


class UnknownPolicy(Exception):
    """No policy has this code."""


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A policy that a posting or notice may have, and why."""

    policy: Policy
    verdict: Verdict

    @property
    def is_certain(self) -> bool:
        return self.verdict.answer is Answer.YES


def find_policy(session: Session, code: str) -> Policy:
    row = session.get(Policy, code)
    if row is None:
        raise UnknownPolicy(code)
    return row


def withdraw_policy(transaction: Transaction, code: str, words: str) -> Policy:
    row = find_policy(transaction.session, code)
    if row.state == WITHDRAWN:
        raise NotPossible("这项政策已经停用了。")
    row.state = WITHDRAWN
    record_step(transaction, EventKind.POLICY_WITHDRAWN, row, words=words)
    return row


def list_policies(session: Session, everything: bool = False) -> list[Policy]:
    """Those in force, real ones before examples; withdrawn ones too when asked for everything."""
    query = select(Policy)
    if not everything:
        query = query.where(Policy.state == IN_FORCE)
    order = {str(kind): place for place, kind in enumerate(PolicyKind)}
    return sorted(session.exec(query), key=lambda row: (row.is_example, order[row.kind], row.id))


def facts_of_posting(content: Content) -> Facts:
    text = " ".join((content.employer, content.address, content.description))
    return Facts(division(content.division).direction, [content.division], [content.title], text)


def facts_of_notice(notice: SupplyNotice) -> Facts:
    """Its workers go to the other city; which employer takes them is still open."""
    from_dongguan = division(notice.division).city is City.DONGGUAN
    direction = Direction.SG_DG if from_dongguan else Direction.DG_SG
    there = CITY_CODES[City.SHAOGUAN if from_dongguan else City.DONGGUAN]
    return Facts(direction, notice.places or [there], notice.occupations, notice.skills, is_known=False)


def entitlements(policies: Sequence[Policy], facts: Facts, today: date) -> list[Entitlement]:
    """Certain ones first."""
    found = [
        Entitlement(policy, qualifies(Conditions.of(policy.conditions), facts, policy.since, policy.until, today))
        for policy in policies
    ]
    possible = [one for one in found if one.verdict.answer is not Answer.NO]
    return sorted(possible, key=lambda one: not one.is_certain)
