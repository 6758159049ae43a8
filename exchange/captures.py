"""Captures (原始回答): every answer that a pull has read, packed, once each under the SHA-256 of what it says.

In: bytes. Out: their hash, and the bytes again, for as long as the law asks. Contacts may be in them: the files are
readable to their owner only, and erased by `clean_captures` when no manifest needs them any more.
"""

import gzip
import hashlib
import json
import os
import time
import zlib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from exchange.context import Exchange
from exchange.models import PullManifest
from exchange.store.captures import all_manifests, forget_manifests, forget_validators

_PACKING = 3  # of 9: twice as fast as the usual 6, a tenth larger
_NEW = 86_400  # seconds; a younger file may belong to a pull under way
_WITHOUT_BATCH = timedelta(days=7)  # what came to nothing is kept long enough to be looked at
_VALIDATORS_UNUSED = timedelta(days=60)
_INCOMING = "incoming-"
UNFINISHED = "unfinished"


def captures_folder(exchange: Exchange) -> Path:
    return exchange.settings.data / "captures"


def unfinished_manifest(folder: Path, id: str) -> Path:
    """Where a pull under way lists what it has read, one JSON object a line."""
    return folder / UNFINISHED / f"{id}.jsonl"


def keep_capture(folder: Path, body: bytes) -> str:
    """Its hash. The file is whole or not there, but only `sync_captures` makes it outlast a power cut."""
    digest = hashlib.sha256(body).hexdigest()
    path = _path(folder, digest)
    if read_capture(folder, digest) is not None:
        os.utime(path)  # so that cleaning leaves it to the pull that needs it now
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix=_INCOMING, delete=False) as file:
        file.write(gzip.compress(body, _PACKING, mtime=0))
    Path(file.name).replace(path)
    return digest


def read_capture(folder: Path, digest: str) -> bytes | None:
    """None when it is not there or damaged."""
    try:
        body = gzip.decompress(_path(folder, digest).read_bytes())
    except (OSError, EOFError, zlib.error):
        return None
    return body if hashlib.sha256(body).hexdigest() == digest else None


def sync_captures(folder: Path, digests: Iterable[str]) -> None:
    """On disk when this returns: files, then the folders that name them. What is gone cannot be helped."""
    paths = {path for digest in digests if (path := _path(folder, digest)).exists()}
    for path in [*sorted(paths), *sorted({path.parent for path in paths}), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clean_captures(exchange: Exchange) -> int:
    """Forget manifests past their time, then erase what no manifest needs. Returns how many files went."""
    store, folder, now = exchange.store, captures_folder(exchange), exchange.store.clock()
    kept_since = now - timedelta(days=exchange.settings.capture_days)
    for id in forget_manifests(store, kept_since, max(kept_since, now - _WITHOUT_BATCH)):
        unfinished_manifest(folder, id).unlink(missing_ok=True)
    forget_validators(store, now - _VALIDATORS_UNUSED)
    with store.read() as session:
        needed = {digest for manifest in all_manifests(session) for digest in _needed_by(folder, manifest)}
    removed = 0
    for path in folder.glob("*/*.gz"):
        if bytes.fromhex(path.stem) not in needed and _is_old(path):
            path.unlink()
            removed += 1
    for path in folder.glob(f"{_INCOMING}*"):
        if _is_old(path):
            path.unlink()
    return removed


def _needed_by(folder: Path, manifest: PullManifest) -> Iterator[bytes]:
    if manifest.finished_at is not None:
        yield bytes.fromhex(manifest.manifest_hash)
        lines = (read_capture(folder, manifest.manifest_hash) or b"").splitlines()
    else:
        path = unfinished_manifest(folder, manifest.id)
        lines = path.read_bytes().splitlines() if path.exists() else []
    for line in lines:
        try:
            body = json.loads(line).get("body")
        except ValueError:  # the last line of a pull that was killed
            continue
        if body:
            yield bytes.fromhex(body)


def _is_old(path: Path) -> bool:
    return path.stat().st_mtime < time.time() - _NEW


def _path(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / f"{digest}.gz"
