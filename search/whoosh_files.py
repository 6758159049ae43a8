"""Whoosh storage that survives a power cut: what is renamed into place is on the disk before.

In: a folder. Out: `DurableStorage` for Whoosh, `replace_file` for single small files.
"""

import os
from pathlib import Path

from whoosh.filedb.filestore import FileStorage


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


class DurableStorage(FileStorage):
    """Whoosh renames a table of contents into place to commit; here it is synced first, then the folder."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        sync_file(self._fpath(oldname))
        super().rename_file(oldname, newname, safe)
        sync_folder(self.folder)
