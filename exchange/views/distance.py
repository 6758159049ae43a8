"""How far a workplace lies from where people of the other city come from: 距翁源直线约 210 公里.

In: a workplace code. Out: words, "" when it is not known. From the county of the same cluster (组团) if there is one,
else from the middle of the other city. Registered as a template global.
"""

from flask import Flask, g

from config.divisions import DONGGUAN, SHAOGUAN, division
from config.words import City
from exchange.store.setup import pairing_on
from exchange.views.current import session, today
from exchange.views.formats import THIN
from search.distances import kilometres

_ROUGH = 50  # km from which on only tens are said: coordinates are good for a few kilometres


def distance(code: str) -> str:
    home = _counterpart(code)
    far = kilometres(code, home)
    if far is None:
        return ""
    said = round(far, -1) if far >= _ROUGH else far
    return f"距{division(home).short_name}直线约{THIN}{said:.0f}{THIN}公里"


def _counterpart(code: str) -> str:
    """The one place of the other city in this cluster; the other city itself when there are several or none."""
    here = division(code)
    pairing = _pairing()
    cluster = pairing.get(code)
    others = [o for o, c in pairing.items() if c == cluster and division(o).city is not here.city] if cluster else []
    city = SHAOGUAN if here.city is City.DONGGUAN else DONGGUAN
    return others[0] if len(others) == 1 else city


def _pairing() -> dict[str, str]:
    """Read once a request."""
    if "pairing" not in g:
        g.pairing = pairing_on(session(), today())
    found: dict[str, str] = g.pairing
    return found


def register_distance(app: Flask) -> None:
    app.add_template_global(distance)
