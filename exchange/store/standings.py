"""Standings (进展) of all commitments of a year, now or as they were at a past moment.

In: a session, a year, moments, the thresholds in force. Out: `Standings`; and what clusters have done in a period,
corrections apart. Reads tallies and the few rows that people recorded, never the credits of a year.
"""

from dataclasses import replace

from sqlmodel import Session

from config.divisions import DONGGUAN, all_divisions, division
from config.targets import Commitment, Scope, Thresholds
from config.words import Uncounted
from exchange.counting import forecast
from exchange.credits import COUNTED
from exchange.standings import CommitmentStanding, Done, Extent, Standings, standing
from exchange.store.amounts import done_by_members
from exchange.store.counting import (
    Moment,
    Sums,
    cluster_names_at,
    daily_counted,
    pairing_at,
    shape_before,
    sums_at,
    total_of,
)
from exchange.store.figures import Amounts, amounts
from exchange.store.promised import all_commitments

ALL_NAME = "两市合计"


def standings(session: Session, year: int, moment: Moment, thresholds: Thresholds) -> Standings:
    sums = sums_at(session, year, moment)
    recorded = amounts(session, year, moment.past_sequence)
    found = tuple(
        _by_postings(session, commitment, moment, sums, recorded, thresholds)
        if commitment.is_by_postings
        else _by_members(session, commitment, moment, recorded, thresholds)
        for commitment in all_commitments(session, year, moment.past_sequence)
    )
    return Standings(year, moment.at, moment.sequence, found)


def members_of(session: Session, commitment: Commitment, moment: Moment) -> dict[str, str]:
    """Code → name of those the goal binds on that day, in the order of their codes."""
    if commitment.scope is Scope.CLUSTER:
        return cluster_names_at(session, moment)
    if commitment.scope is Scope.TOWN:
        paired = pairing_at(session, moment)
        towns = {d.code for d in all_divisions() if d.parent == DONGGUAN and d.kind == "town"}
        return {code: division(code).name for code in sorted(towns & set(paired))}
    return {"": ALL_NAME}


def _by_members(
    session: Session, commitment: Commitment, moment: Moment, recorded: Amounts, thresholds: Thresholds
) -> CommitmentStanding:
    done = done_by_members(session, commitment, moment, recorded)
    return standing(commitment, members_of(session, commitment, moment), done, moment.day, thresholds)


def _by_postings(
    session: Session,
    commitment: Commitment,
    moment: Moment,
    sums: Sums,
    recorded: Amounts,
    thresholds: Thresholds,
) -> CommitmentStanding:
    direction = str(commitment.direction)
    counted, openings = total_of(sums, direction, COUNTED)
    carried, carried_openings = total_of(sums, direction, Uncounted.CARRIED)
    if commitment.count_carried:
        counted, openings = counted + carried, openings + carried_openings
    shape = shape_before(session, commitment.year, direction, moment.sequence)
    daily = daily_counted(session, commitment.year, direction, moment.sequence)
    by_hand = recorded.get((commitment.code, ""), 0)
    ahead = forecast(counted, moment.day, commitment.year, daily, shape)
    if ahead is not None and by_hand:
        ahead = replace(ahead, value=ahead.value + by_hand, low=ahead.low + by_hand, high=ahead.high + by_hand)
    extent = Extent(carried, openings, ahead, shape)
    return standing(commitment, {"": ALL_NAME}, {"": Done(counted, by_hand)}, moment.day, thresholds, extent)
