"""One way to look for something after another, and what the visitor is told when it is the one that finds.

In: conditions and a matcher. Out: `Attempt`s with what was read out of the query let go bit by bit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.conditions import Conditions
from search.distances import coordinates, usual_reach
from search.filters.division import CITIES
from search.filters.near import FARTHEST, near_value, read_near
from search.matching import Matcher
from search.understanding import Piece

WIDER = (2, 4)  # times as far, before nearness is let go


@dataclass(frozen=True, slots=True)
class Attempt:
    matcher: Matcher
    conditions: Conditions
    relaxed: tuple[str, ...] = ()
    suggestion: str | None = None  # what was looked for in the place of what was typed


def with_and_without(matcher: Matcher, conditions: Conditions, said: str) -> Iterator[Attempt]:
    """Under all conditions, then under fewer and fewer."""
    yield Attempt(matcher, conditions, (said,))
    for attempt in letting_go(matcher, conditions):
        yield replace(attempt, relaxed=(said, *attempt.relaxed))


def letting_go(matcher: Matcher, conditions: Conditions) -> Iterator[Attempt]:
    """What was understood, the weakest first and one more at a time; of equally strong ones the later one first."""
    yield from _further_away(matcher, conditions)
    pieces = list(conditions.pieces)
    order = sorted(range(len(pieces)), key=lambda at: (pieces[at].span.strength, -at))
    for count in range(1, len(order) + 1):
        gone = set(order[:count])
        said = "".join(f"“{pieces[at].typed}”" for at in sorted(gone))
        left = (piece for at, piece in enumerate(pieces) if at not in gone)
        yield Attempt(matcher, conditions.with_pieces(left), (f"没有完全符合的岗位，已不再要求{said}。",))


def _further_away(matcher: Matcher, conditions: Conditions) -> Iterator[Attempt]:
    """The places around the one that was named; twice and four times as far as near was."""
    places = [piece for piece in conditions.pieces if piece.span.parameter in {"near", "division"}]
    if len(places) != 1:
        return
    place, value = places[0], places[0].span.value
    if place.span.parameter == "near":
        code, reach = read_near(value)
        for further in (reach * times for times in WIDER if reach * times <= FARTHEST):
            said = f"{reach} 公里内没有符合的岗位，已放宽到 {further} 公里。"
            yield Attempt(matcher, _near_instead(conditions, place, code, further), (said,))
    elif value in coordinates() and value not in CITIES:
        reach = usual_reach(value)
        said = f"“{place.typed}”没有符合的岗位，以下是附近 {reach} 公里内的。"
        yield Attempt(matcher, _near_instead(conditions, place, value, reach), (said,))


def _near_instead(conditions: Conditions, place: Piece, code: str, reach: int) -> Conditions:
    near = Piece(replace(place.span, parameter="near", value=near_value(code, reach)), place.typed)
    return conditions.with_pieces(near if piece is place else piece for piece in conditions.pieces)
