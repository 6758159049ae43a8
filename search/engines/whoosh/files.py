"""Whoosh storage that survives a power cut: what is renamed into place is on the disk before, and carries a checksum.

In: a folder. Out: `DurableStorage` for Whoosh, `read_checked` for what it committed, `replace_file` for small files.
"""

import os
import zlib
from pathlib import Path

from search.engines.whoosh.private_names import FileStorage, path_in

CHECKSUM_BYTES = 8


def sync_folder(folder: Path | str) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path | str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old text or the new one, also after a power cut."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    sync_file(beside)
    beside.replace(path)
    sync_folder(path.parent)


def read_checked(path: Path | str) -> bytes:
    """What was committed under this name. ValueError when it is not what was written."""
    content = Path(path).read_bytes()
    body, checksum = content[:-CHECKSUM_BYTES], content[-CHECKSUM_BYTES:]
    if checksum != _checksum(body):
        raise ValueError(f"{path} is damaged")
    return body


def _checksum(content: bytes) -> bytes:
    return b"%08x" % zlib.crc32(content)


class DurableStorage(FileStorage):
    """Whoosh renames a table of contents into place to commit. Here a checksum is put at its end, which Whoosh does
    not read, and it is synced first, then the folder."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        path = Path(path_in(self, oldname))
        with open(path, "ab") as stream:
            stream.write(_checksum(path.read_bytes()))
        sync_file(path)
        super().rename_file(oldname, newname, safe)
        sync_folder(self.folder)
