"""Receiving (接收): a file is kept under its hash, on disk, before anything says that it was received.

In: a file and where it belongs. Out: a batch in state received. From here on nothing is lost; reading it is the
worker's, or the command's, work.
"""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from exchange.context import Exchange
from exchange.models import Batch
from exchange.store import batches


@dataclass(frozen=True, slots=True)
class Receipt:
    batch: Batch
    is_new: bool  # False: the same file, from the same organisation, is being handled already


def receive(
    exchange: Exchange,
    content: BinaryIO,
    name: str,
    *,
    source: str,
    organisation: str,
    actor: str,
    automatic: bool = False,
    complete: bool = False,
    idempotency_key: str | None = None,
) -> Receipt:
    """Keep the file, then say so. The same file again, while it is on its way, gives the batch that is there."""
    file_hash = keep_file(exchange.files_folder, content)
    facts = {
        "source": source,
        "organisation": organisation,
        "actor": actor,
        "file_name": name,
        "file_hash": file_hash,
        "automatic": automatic,
        "complete": complete,
        "idempotency_key": idempotency_key,
    }
    batch, is_new = batches.receive_batch(exchange.store, facts)
    return Receipt(batch, is_new)


def kept_file(folder: Path, file_hash: str) -> Path:
    return folder / file_hash[:2] / file_hash


def keep_file(folder: Path, content: BinaryIO) -> str:
    """Returns the SHA-256 it is kept under. A file that is there already is not written again."""
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix="incoming-", delete=False) as copy:
        shutil.copyfileobj(content, copy)
        copy.flush()
        os.fsync(copy.fileno())
    temporary = Path(copy.name)
    with temporary.open("rb") as file:
        file_hash = hashlib.file_digest(file, "sha256").hexdigest()
    kept = kept_file(folder, file_hash)
    if kept.exists():
        temporary.unlink()
    else:
        kept.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(kept)
        _sync_folder(kept.parent)
    return file_hash


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
