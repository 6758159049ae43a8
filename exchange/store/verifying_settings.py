"""Verifying what the office sets (核验任务与登记): commitments, clusters, pairings and figures against their events.

In: the `Promises` that the ledger leaves out. Out: differences that name the row.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session, select

from exchange.models import ClusterRow, CommitmentRow, Figure, Pairing
from exchange.promises import Promises, commitment_of, plain_of
from exchange.store.figures import figure_facts


def compare_settings(session: Session, promises: Promises) -> Iterator[str]:
    yield from _compare("任务", _commitments(session), _normal(promises.commitments))
    yield from _compare("组团", {(row.code,): row.name for row in session.exec(select(ClusterRow))}, _keyed(promises))
    paired = {(row.division, row.since.isoformat()): row.cluster for row in session.exec(select(Pairing))}
    yield from _compare("结对", paired, promises.pairings)
    figures = {(row.id,): figure_facts(row) for row in session.exec(select(Figure))}
    yield from _compare("登记数", figures, {(id,): facts for id, facts in promises.figures.items()})


def _commitments(session: Session) -> dict[tuple[Any, ...], Any]:
    return {
        (row.code, row.year): plain_of(commitment_of(row.model_dump())) for row in session.exec(select(CommitmentRow))
    }


def _normal(commitments: Mapping[tuple[str, int], dict[str, Any]]) -> dict[tuple[Any, ...], Any]:
    return {key: plain_of(commitment_of(plain)) for key, plain in commitments.items()}


def _keyed(promises: Promises) -> dict[tuple[Any, ...], Any]:
    return {(code,): name for code, name in promises.clusters.items()}


def _compare(what: str, there: Mapping[Any, Any], due: Mapping[Any, Any]) -> Iterator[str]:
    for key in sorted({*there, *due}):
        name = f"{what} {' '.join(map(str, key))}"
        if key not in due:
            yield f"{name} 在台账里没有事件"
        elif key not in there:
            yield f"台账里的{name} 不在库里"
        elif there[key] != due[key]:
            yield f"{name} 与台账不符{_fields(there[key], due[key])}"


def _fields(there: Any, due: Any) -> str:
    if not isinstance(there, dict):
        return f"：库里是 {there}，台账里是 {due}"
    return f"：{'、'.join(name for name in due if there.get(name) != due[name])}"
