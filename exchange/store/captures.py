"""Pulls and their answers in the store: manifests tied to batches, and what makes the next request conditional.

In: ids, hashes and moments. Out: rows. The answers and the finished manifests are files, see exchange/captures.py.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_
from sqlmodel import Session, col, select

from exchange.identifiers import random_id
from exchange.models import PullManifest, Validator
from exchange.store.database import Store
from exchange.store.lists import in_slices


def begin_manifest(store: Store, source: str, since: datetime | None = None) -> PullManifest:
    with store.write() as transaction:
        manifest = PullManifest(id=random_id(), source=source, since=since, started_at=transaction.now)
        transaction.session.add(manifest)
        return manifest


def find_unfinished(session: Session, source: str) -> PullManifest | None:
    """The last pull of this source that broke and was not gone on with."""
    query = select(PullManifest).where(PullManifest.source == source, col(PullManifest.finished_at).is_(None))
    return session.exec(query.order_by(col(PullManifest.started_at).desc()).limit(1)).first()


def finish_manifest(store: Store, id: str, manifest_hash: str, requests: int, batch_id: str | None) -> None:
    """The pull has ended: in a batch, or in nothing (None) when what came was no good."""
    with store.write() as transaction:
        row = transaction.session.get_one(PullManifest, id)
        row.manifest_hash, row.requests, row.batch_id = manifest_hash, requests, batch_id
        row.finished_at = transaction.now


def tie_again(store: Store, manifest: PullManifest, batch_id: str) -> None:
    """Another batch was made of the same answers."""
    with store.write() as transaction:
        if manifest_of(transaction.session, batch_id) is None:
            facts = manifest.model_dump(include={"source", "since", "started_at", "manifest_hash", "requests"})
            again = PullManifest(id=random_id(), finished_at=transaction.now, batch_id=batch_id, **facts)
            transaction.session.add(again)


def drop_manifest(store: Store, id: str) -> None:
    with store.write() as transaction:
        transaction.session.connection().execute(delete(PullManifest).where(col(PullManifest.id) == id))


def manifest_of(session: Session, batch_id: str) -> PullManifest | None:
    return session.exec(select(PullManifest).where(PullManifest.batch_id == batch_id)).first()


def count_later(session: Session, manifest: PullManifest) -> int:
    """How many batches of the same source were pulled after this one."""
    query = select(func.count()).where(
        PullManifest.source == manifest.source,
        col(PullManifest.started_at) > manifest.started_at,
        col(PullManifest.batch_id).is_not(None),
    )
    return session.exec(query).one()


def all_manifests(session: Session) -> Sequence[PullManifest]:
    return session.exec(select(PullManifest)).all()


def forget_manifests(store: Store, before: datetime, without_batch_before: datetime) -> list[str]:
    """Forget what is older than the law asks, and pulls that came to nothing. Returns the ids."""
    came_to_nothing = col(PullManifest.batch_id).is_(None) & (col(PullManifest.started_at) < without_batch_before)
    old = or_(col(PullManifest.started_at) < before, came_to_nothing)
    with store.write() as transaction:
        ids = list(transaction.session.exec(select(PullManifest.id).where(old)))
        transaction.session.connection().execute(delete(PullManifest).where(old))
    return ids


def validated_requests(session: Session, source: str) -> frozenset[str]:
    """Which requests of a source can be made conditional."""
    return frozenset(session.exec(select(Validator.request).where(Validator.source == source)))


def find_validator(session: Session, source: str, request: str) -> Validator | None:
    return session.get(Validator, (source, request))


def keep_validators(store: Store, source: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """`rows`: request, etag, last_modified, body_hash, content_type, url. They take the place of earlier ones."""
    if not rows:
        return
    with store.write() as transaction:
        connection = transaction.session.connection()
        for some in in_slices(rows):
            requests = [row["request"] for row in some]
            mine = (col(Validator.source) == source) & col(Validator.request).in_(requests)
            connection.execute(delete(Validator).where(mine))
            facts = {"source": source, "used_at": transaction.now}
            connection.execute(insert(Validator), [{**row, **facts} for row in some])


def forget_validators(store: Store, unused_since: datetime) -> None:
    with store.write() as transaction:
        transaction.session.connection().execute(delete(Validator).where(col(Validator.used_at) < unused_since))
