"""Copying a whole store to a file and back: backup, restore, and the way from SQLite to PostgreSQL.

In: a store and its folders of files, by name. Out: a .tar.gz with one JSON Lines file per table, taken at one moment,
and the files. Restoring wants a store that has taken in nothing yet.
"""

import io
import json
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import IO, Any

from sqlalchemy import Date, Table, delete, func, insert, select
from sqlmodel import Session, SQLModel

from exchange.models import Batch
from exchange.models.columns import UtcDateTime
from exchange.store.database import Store

_FORMAT = {"format": "guanshao-backup", "version": 1}
_AT_ONCE = 1_000


class BackupFault(Exception):
    """The file is no backup, or the store is not empty. The message is for the operator."""


def write_backup(store: Store, folders: Mapping[str, Path], target: Path) -> int:
    """Rows written. Raises OSError when the target cannot be written."""
    written = 0
    with store.read() as session, tarfile.open(target, "x:gz") as archive:
        _add(archive, "backup.json", json.dumps(_FORMAT).encode())
        for table in SQLModel.metadata.sorted_tables:
            with TemporaryFile() as lines:
                for row in session.connection().execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings():
                    lines.write(json.dumps(dict(row), ensure_ascii=False, default=_plain).encode() + b"\n")
                    written += 1
                _add_stream(archive, f"tables/{table.name}.jsonl", lines)
        for name, folder in folders.items():
            _add_files(archive, name, folder)
    return written


def read_backup(store: Store, folders: Mapping[str, Path], source: Path) -> int:
    """Rows restored, all or none. Raises BackupFault."""
    restored = 0
    try:
        with tarfile.open(source, "r:gz") as archive, store.write(actor="restore") as transaction:
            names = set(archive.getnames())
            if "backup.json" not in names or json.loads(_member(archive, "backup.json").read()) != _FORMAT:
                raise BackupFault(f"{source} 不是本平台的备份文件。")
            _clear(transaction.session)
            for table in SQLModel.metadata.sorted_tables:
                name = f"tables/{table.name}.jsonl"
                for rows in _slices(_rows(table, _member(archive, name)) if name in names else iter(())):
                    transaction.session.connection().execute(insert(table), rows)
                    restored += len(rows)
            for name, folder in folders.items():
                _restore_files(archive, name, folder)
    except (tarfile.TarError, zlib.error, EOFError, ValueError, OSError) as fault:
        raise BackupFault(f"{source} 读不出来：{fault}") from fault
    return restored


def _clear(session: Session) -> None:
    """Take away what seeding put there; refuse a store that has taken in anything."""
    if session.connection().execute(select(func.count()).select_from(Batch)).scalar():
        raise BackupFault("这个数据文件夹里已有数据，没有恢复；请用 GUANSHAO_DATA 换一个空的文件夹。")
    for table in reversed(SQLModel.metadata.sorted_tables):
        session.connection().execute(delete(table))


def _rows(table: Table, lines: IO[bytes]) -> Iterator[dict[str, Any]]:
    moments = {column.name for column in table.columns if isinstance(column.type, UtcDateTime)}
    days = {column.name for column in table.columns if isinstance(column.type, Date)}
    for line in lines:
        row: dict[str, Any] = json.loads(line)
        if table.autoincrement_column is not None:
            del row[table.autoincrement_column.name]  # the database numbers these itself
        for name, value in row.items():
            if value is not None and name in moments:
                row[name] = datetime.fromisoformat(value)
            elif value is not None and name in days:
                row[name] = date.fromisoformat(value)
        yield row


def _slices(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _add_files(archive: tarfile.TarFile, name: str, folder: Path) -> None:
    """Files that have their final place, <two letters>/<hash>: what is being written has not."""
    for path in sorted(folder.glob("??/*")):
        try:
            archive.add(path, f"{name}/{path.parent.name}/{path.name}")
        except FileNotFoundError:  # erased meanwhile, past its time
            continue


def _restore_files(archive: tarfile.TarFile, name: str, folder: Path) -> None:
    for member in archive.getmembers():
        path = PurePosixPath(member.name)
        if member.isfile() and path.parts[0] == name and ".." not in path.parts:
            target = folder.joinpath(*path.parts[1:])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch(mode=0o600)
            target.write_bytes(_member(archive, member.name).read())


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    stream = archive.extractfile(name)
    if stream is None:
        raise BackupFault(f"备份文件缺少 {name}。")
    return stream


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))


def _add_stream(archive: tarfile.TarFile, name: str, stream: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size = stream.tell()
    stream.seek(0)
    archive.addfile(info, stream)


def _plain(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value)}")
