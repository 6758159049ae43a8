"""Making a store ready: migrations, what it must know from the start, and whether it is a demonstration.

In: a store and the configuration in force. Out: tables at the newest revision, organisations and sources,
commitments and clusters seeded once with their events. A commitment or year new in commitments.toml is added.
"""

from collections.abc import Iterable
from importlib.resources import as_file, files
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from config.divisions import all_divisions
from config.errors import ConfigurationError
from config.settings import mask_password
from config.sources import Source
from config.startup import Configuration
from config.targets import Cluster, Commitment
from exchange.clock import Clock, utc_now
from exchange.ledger import EventKind
from exchange.locks import store_locks
from exchange.models import Batch, ClusterRow, CommitmentRow, Organisation, Pairing, SourceRow, StoreFact
from exchange.promises import plain_of
from exchange.store.database import Store
from exchange.store.policies_setting import has_policies, seed_policies
from exchange.store.promised import pairing_on
from exchange.store.transaction import Transaction

__all__ = [
    "MIGRATING", "StoreMismatch", "is_demonstration", "mark_as_demonstration", "migrate", "newest_revision",
    "open_store", "organisation_of", "pairing_on", "seed",
]  # fmt: skip
MIGRATING = "migrating"
_DEMONSTRATION = "demonstration"


class StoreMismatch(Exception):
    """A demonstration store where a real one is wanted, or the other way round. The message is for the operator."""


def open_store(configuration: Configuration, clock: Clock = utc_now) -> Store:
    """The store of this configuration, migrated and seeded. Safe to call from several processes at once.

    Raises ConfigurationError when the database does not answer.
    """
    settings = configuration.settings
    settings.data.mkdir(parents=True, exist_ok=True)
    store = Store(settings.database_url, clock)
    try:
        store.engine.connect().close()
    except OperationalError as fault:
        reason = " ".join(str(fault.orig).split())
        address = mask_password(settings.database_url)
        raise ConfigurationError(
            f"连不上数据库 {address}，请检查 GUANSHAO_DATABASE_URL 和数据库是否在运行：{reason}"
        ) from fault
    with store_locks(store, settings.data / "locks")(MIGRATING, None):
        migrate(store)
        seed(store, configuration)
    return store


def migrate(store: Store) -> None:
    """Alembic is read only when there is something to do: opening a store is what every command begins with."""
    with store.engine.connect() as connection:
        if _revision(connection) == newest_revision():
            return
    from alembic import command
    from alembic.config import Config

    with as_file(files("exchange") / "migrations") as folder, store.engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(folder))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def _revision(connection: Connection) -> str | None:
    """None: no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def newest_revision() -> str:
    """Revisions are numbered, and named so in exchange/migrations/versions."""
    found = (files("exchange") / "migrations" / "versions").iterdir()
    return max(entry.name for entry in found if entry.name[:4].isdigit())[:4]


def seed(store: Store, configuration: Configuration) -> None:
    """Add what is missing; leave what the store already has. Sources follow sources.toml."""
    with store.read() as session:
        lacks_policies = bool(configuration.policies) and not has_policies(session)
        lacks = lacks_policies or _is_unseeded(session) or bool(_new_commitments(session, configuration))
        if not (lacks or _sources_differ(session, configuration)):
            return
    with store.write(actor="system") as transaction:
        if _is_unseeded(transaction.session):
            _seed_organisations(transaction.session)
            _seed_clusters(transaction, configuration.clusters)
        _seed_commitments(transaction, _new_commitments(transaction.session, configuration))
        if not has_policies(transaction.session):
            seed_policies(transaction, configuration.policies)
        for source in configuration.sources.values():
            _follow_source(transaction.session, source)


def mark_as_demonstration(store: Store) -> None:
    """Raises StoreMismatch for a store that has taken in real batches."""
    with store.write(actor="system") as transaction:
        session = transaction.session
        if is_demonstration(session):
            return
        if session.exec(select(Batch.id).limit(1)).first() is not None:
            raise StoreMismatch(
                "这个数据文件夹里已有正式数据，不能当作演示使用：请去掉 --sample，或用 GUANSHAO_DATA 换一个文件夹。"
            )
        session.add(StoreFact(name=_DEMONSTRATION, value="yes"))
        transaction.record_event(EventKind.STORE_SEEDED, {"demonstration": True})


def is_demonstration(session: Session) -> bool:
    return session.get(StoreFact, _DEMONSTRATION) is not None


def organisation_of(session: Session, code: str) -> Organisation | None:
    return session.get(Organisation, code)


def _is_unseeded(session: Session) -> bool:
    return session.exec(select(Organisation.code).limit(1)).first() is None


def _sources_differ(session: Session, configuration: Configuration) -> bool:
    known = {row.id: row for row in session.exec(select(SourceRow))}
    return any(
        (row := known.get(source.id)) is None or row.model_dump(include=set(_facts(source))) != _facts(source)
        for source in configuration.sources.values()
    )


def _facts(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "name": source.name,
        "city": str(source.city),
        "organisation": source.organisation,
        "counts": source.counts,
        "full_list": source.full_list,
    }


def _follow_source(session: Session, source: Source) -> None:
    row = session.get(SourceRow, source.id)
    if row is None:
        session.add(SourceRow(**_facts(source)))
    else:
        for name, value in _facts(source).items():
            setattr(row, name, value)


def _seed_organisations(session: Session) -> None:
    for division in all_divisions():
        bureau = "人力资源和社会保障局" if division.kind in {"city", "county"} else "人力资源和社会保障分局"
        session.add(
            Organisation(
                code=division.code, name=f"{division.name}{bureau}", city=division.city, division=division.code
            )
        )


def _seed_commitments(transaction: Transaction, commitments: Iterable[Commitment]) -> None:
    """Those of which the store knows nothing yet; what the office has set is never touched."""
    for commitment in commitments:
        plain = plain_of(commitment)
        transaction.session.add(CommitmentRow(**plain | {"due_on": commitment.due_on}))
        transaction.record_event(EventKind.COMMITMENT_SET, plain)


def _new_commitments(session: Session, configuration: Configuration) -> list[Commitment]:
    known = set(session.exec(select(CommitmentRow.code, CommitmentRow.year)).all())
    return [one for one in configuration.commitments if (one.code, one.year) not in known]


def _seed_clusters(transaction: Transaction, clusters: tuple[Cluster, ...]) -> None:
    for cluster in clusters:
        transaction.session.add(ClusterRow(code=cluster.code, name=cluster.name))
    transaction.session.flush()
    for cluster in clusters:
        for division in cluster.divisions:
            transaction.session.add(Pairing(division=division, since=cluster.since, cluster=cluster.code))
        transaction.record_event(
            EventKind.CLUSTER_PAIRED,
            {
                "cluster": cluster.code,
                "name": cluster.name,
                "since": cluster.since.isoformat(),
                "divisions": list(cluster.divisions),
            },
        )
