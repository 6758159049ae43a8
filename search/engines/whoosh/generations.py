"""The index folder: generations side by side and a pointer to the one in force.

    index/current        "generation-00000002"
    index/generation-00000002/   a Whoosh index

In: the index folder. Out: the generation in force and its table of contents. A rebuild fills a new folder and
replaces the pointer atomically; whatever the pointer does not name is a leftover and is removed by the next writer.
"""

import os
import pickle
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from search.engines.whoosh.files import DurableStorage, read_checked, replace_file
from search.engines.whoosh.private_names import TOC, RamStorage, latest_commit, path_in, toc_filename
from search.engines.whoosh.schema import FORMAT, INDEX_NAME, Contents
from search.engines.whoosh.segment_writer import CheckedSegment

POINTER = "current"
CLOCK_STEP_NS = 2 * 10**9  # of file times: 10 ms on ext4 and xfs, up to 2 s elsewhere
_GENERATION = re.compile(r"generation-(\d{8})")


@dataclass(frozen=True, slots=True)
class Committed:
    """One committed state of the index."""

    storage: DurableStorage
    number: int  # of the table of contents
    contents: Contents
    segments: tuple[CheckedSegment, ...]


class Generations:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = str(folder)
        self._pointer = str(folder / POINTER)

    def name(self) -> str | None:
        """The generation in force, None before the first one. ValueError when the pointer is damaged."""
        try:
            name = (self.folder / POINTER).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        if not _GENERATION.fullmatch(name):
            raise ValueError(f"pointer names no generation: {name!r}")
        return name

    def state(self) -> tuple[str, int] | None:
        """(generation, number of its latest commit): changes exactly when something was committed."""
        name = self.name()
        if name is None:
            return None
        return name, latest_commit(DurableStorage(str(self.folder / name)), INDEX_NAME)

    def signs(self, name: str) -> tuple[int, ...] | None:
        """Of pointer and generation: equal ones mean nothing was committed in between. None when they are so new that
        a commit could hide behind the clock's step, or are not there."""
        try:
            pointer, folder = os.stat(self._pointer), os.stat(f"{self._path}/{name}")
        except OSError:
            return None
        if time.time_ns() - max(pointer.st_mtime_ns, folder.st_mtime_ns) < CLOCK_STEP_NS:
            return None
        return pointer.st_mtime_ns, pointer.st_ino, folder.st_mtime_ns, folder.st_ino

    def committed(self, state: tuple[str, int]) -> Committed:
        """Raises one of DAMAGE when it cannot be read, FileNotFoundError when a writer went on meanwhile."""
        name, number = state
        storage = DurableStorage(str(self.folder / name))
        if number < 0:
            raise ValueError(f"{name} holds no index")
        filename = toc_filename(INDEX_NAME, number)
        checked = RamStorage()
        checked.files[filename] = read_checked(path_in(storage, filename))
        toc = TOC.read(checked, INDEX_NAME, gen=number)
        contents = toc.schema.contents
        if not isinstance(contents, Contents) or contents.format != FORMAT:
            raise pickle.UnpicklingError(f"{name} was written in another format")
        return Committed(storage, number, contents, tuple(toc.segments))

    def next_name(self) -> str:
        """Above every folder that is there, leftovers included."""
        numbers = [int(found[1]) for path in self._folders() if (found := _GENERATION.fullmatch(path.name))]
        return f"generation-{max(numbers, default=0) + 1:08d}"

    def switch(self, name: str) -> None:
        replace_file(self.folder / POINTER, name + "\n")

    def remove_leftovers(self) -> None:
        """Of killed rebuilds and of generations before this one. Readers that hold them open keep their view."""
        try:
            current = self.name()
        except ValueError:
            return
        for path in self._folders():
            if path.name != current:
                shutil.rmtree(path, ignore_errors=True)

    def _folders(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return [path for path in self.folder.iterdir() if _GENERATION.fullmatch(path.name)]
