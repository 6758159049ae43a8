"""What the pages of activities, supply notices, shortage and policies share: who may change what, and choices.

In: the account behind a request. Out: permissions, choices for forms, and one way to carry out a change: the store's
refusal is shown on the page that asked.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from config.divisions import CITY_CODES, workplaces
from config.words import City, Role
from exchange.store.decisions import NotPossible
from exchange.store.overview import cluster_names, organisation_names
from exchange.store.setup import organisation_of, pairing_on
from exchange.store.transaction import Transaction
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.guard import own_account, visible_organisations

BOTH = ""  # a cluster's code where an activity is both cities' together


def is_office() -> bool:
    return own_account().role in {Role.OFFICE, Role.ADMIN}


def may_change(organisation: str) -> bool:
    """Its own entries, those of organisations it may see, and everything for the office."""
    if is_office():
        return True
    account = own_account()
    seen = visible_organisations(account)
    return account.organisation == organisation or seen is None or organisation in seen


def refuse_others(organisation: str) -> None:
    if not may_change(organisation):
        remedy = "请由登记的单位或指挥部办公室来改。"
        raise Refused(403, "entry.not_own", "这一条是别的单位登记的，您不能改", remedy)


def write(change: Callable[[Transaction], Any], done: str, back: str) -> ResponseReturnValue:
    """Carry it out and go back. What the store refuses is said there."""
    account = own_account()
    try:
        with current_exchange().store.write(account.name, account.organisation) as transaction:
            change(transaction)
    except NotPossible as fault:
        flash(f"没有保存：{fault}", "bad")
    else:
        flash(done, "good")
    return redirect(back, 303)


def cluster_choices() -> list[tuple[str, str]]:
    """A town or county may enter for its own cluster, the rest for all of them and for both cities."""
    names = cluster_names(session())
    account = own_account()
    mine = account.organisation if account.role is Role.CLUSTER else pairing_on(session(), today()).get(
        account.organisation, ""
    )  # fmt: skip
    if mine and not is_office():
        return [(mine, names.get(mine, mine)), (BOTH, "两市共同（不属于一个组团）")]
    return [(BOTH, "两市共同（不属于一个组团）"), *names.items()]


def place_choices(city: City | None = None, first: str = "请选择") -> list[tuple[str, str]]:
    """Workplaces, of one city or both, for a choice."""
    found = [place for place in workplaces() if city is None or place.city is city]
    return [("", first), *((place.code, place.name) for place in found)]


def home_choices() -> Sequence[tuple[str, str]]:
    """The divisions for which this account may report supply."""
    seen = visible_organisations(own_account())
    everything = place_choices()
    if seen is None:
        return everything
    mine = [choice for choice in everything if choice[0] in seen]
    return mine if len(mine) == 1 else [("", "请选择"), *mine]


def own_city() -> City | None:
    """None for accounts of no city, such as a cluster's."""
    found = organisation_of(session(), own_account().organisation)
    return City(found.city) if found and found.city in CITY_CODES else None


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Code → name, of organisations and of clusters that enter things themselves."""
    wanted = set(codes)
    return {**{code: code for code in wanted}, **cluster_names(session()), **organisation_names(session(), wanted)}


def organisation_name(code: str) -> str:
    return names_of([code])[code]


def chosen(name: str, allowed: Sequence[str], default: str = "") -> str:
    """A parameter of the address, when it is one of the allowed."""
    given = request.args.get(name, default)
    return given if given in allowed else default
