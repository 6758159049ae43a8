"""The trades of the set and how they stand to each other (data/trades.toml).

In: a title as data writes it, or two trades. Out: its trade; `kinship`, how well one serves who asked for the other.
A new trade is a line in the file.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SAME, CLOSE, DISTANT, STRANGE = 3, 2, 1, 0


@dataclass(frozen=True, slots=True)
class Trade:
    name: str
    titles: tuple[str, ...]
    under: str  # the wider trade, "" for none
    near: frozenset[str]


def read_data(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def trades() -> dict[str, Trade]:
    entries = read_data("trades.toml")
    near: dict[str, set[str]] = {name: set() for name in entries}
    for name, entry in entries.items():
        for other in entry.get("near", ()):
            near[name].add(other)
            near[other].add(name)
    return {
        name: Trade(name, tuple(entry["titles"]), entry.get("under", ""), frozenset(near[name]))
        for name, entry in entries.items()
    }


@cache
def trade_of_title() -> dict[str, str]:
    return {title: trade.name for trade in trades().values() for title in trade.titles}


@cache
def wider(name: str) -> tuple[str, ...]:
    """The trades above this one, the nearest first."""
    above = trades()[name].under
    return (above, *wider(above)) if above else ()


@cache
def kinship(asked: str, offered: str) -> int:
    """SAME also for a special kind of what was asked; CLOSE for the wider trade and for neighbours; DISTANT for
    another kind of the same wider trade and for what is a step farther than a neighbour."""
    if offered == asked or asked in wider(offered):
        return SAME
    near = trades()[asked].near
    if offered in wider(asked) or offered in near:
        return CLOSE
    if (
        set(wider(asked)) & set(wider(offered))
        or near & set(wider(offered))
        or trades()[offered].near & set(wider(asked))
    ):
        return DISTANT
    return STRANGE


@cache
def names(trade: str) -> tuple[str, ...]:
    """What an advertisement may call the trade: its name and its titles, without what stands in brackets."""
    titles = (title.partition("（")[0] for title in trades()[trade].titles)
    return tuple(dict.fromkeys((trade, *titles)))
