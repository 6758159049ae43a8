"""Named arrays in one file, written once and then mapped by every process that searches.

In: arrays by name. Out: the same arrays, read-only, over the pages of the file: what is not touched is not read, and
processes share what is. Layout: length of the heading, heading (JSON: name -> kind, offset, count), then the arrays,
each at a multiple of 64 bytes. Not np.memmap: its slices are slower to make than plain arrays over one mapping.
"""

import json
import mmap
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from search.engines.whoosh.files import sync_file

Array = np.ndarray[Any, Any]
_ALIGNED = 64
_LENGTH_BYTES = 8
_PART = 2**22


def write_arrays(path: Path | str, arrays: Mapping[str, Array]) -> tuple[int, int]:
    """Synced when it returns. (bytes, checksum) of the file."""
    heading: dict[str, tuple[str, int, int]] = {}
    offset = _aligned(_LENGTH_BYTES + sum(100 + len(name) for name in arrays))
    first = offset
    for name, array in arrays.items():
        heading[name] = (array.dtype.str, offset, len(array))
        offset = _aligned(offset + array.nbytes)
    text = json.dumps(heading).encode()
    with open(path, "wb") as stream:
        stream.write(len(text).to_bytes(_LENGTH_BYTES, "little") + text)
        stream.write(b"\0" * (first - stream.tell()))
        for array in arrays.values():
            stream.write(np.ascontiguousarray(array).data)
            stream.write(b"\0" * (_aligned(stream.tell()) - stream.tell()))
    sync_file(path)
    return offset, checksum(path)


def checksum(path: Path | str) -> int:
    """Read, not mapped: mapped pages would count as this process's memory."""
    total = 0
    with open(path, "rb") as stream:
        while part := stream.read(_PART):
            total = zlib.crc32(part, total)
    return total


class MappedArrays:
    """Raises OSError or ValueError when the file is not what was written."""

    def __init__(self, path: Path | str, size: int, summed: int) -> None:
        with open(path, "rb") as stored:
            self._map = mmap.mmap(stored.fileno(), 0, access=mmap.ACCESS_READ)
        self._bytes = size
        if len(self._map) != size or checksum(path) != summed:
            raise ValueError(f"{path} is damaged")
        length = int.from_bytes(self._map[:_LENGTH_BYTES], "little")
        self._heading = json.loads(self._map[_LENGTH_BYTES : _LENGTH_BYTES + length])

    def __getitem__(self, name: str) -> Array:
        kind, offset, count = self._heading[name]
        if not count:
            return np.zeros(0, kind)
        return np.frombuffer(self._map, kind, count, offset)

    @property
    def is_whole(self) -> bool:
        """Whether the file still is as long as it was: reading behind its end would end the process."""
        return self._map.size() >= self._bytes


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNED) * _ALIGNED
