"""An .xlsx is a zip archive: is it whole, and does it stay small when unpacked?

In: path. Out: nothing, or `FileFault` file.too_large / file.damaged. What the archive says of its own sizes is not
trusted: every part is inflated piece by piece and counted (a zip bomb, 压缩炸弹, lies).
"""

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from ingest.table.faults import FileFault, Limits
from ingest.table.kind import SAVE_IT, damaged

PIECE = 1 << 16
LOCAL_HEADER = struct.Struct("<4s22xHH")


def check_archive(path: Path, name: str, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.filename.startswith("xl/media/")]
        with path.open("rb") as file:
            _weigh(file, members, name, limits)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, NotImplementedError) as error:
        raise damaged(name) from error


def _weigh(file: BinaryIO, members: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    left = limits.max_unpacked_bytes
    if sum(member.file_size for member in members) > left or len(members) > 10_000:
        raise _too_large(name, limits)
    for member in members:
        left -= _unpacked_size(file, member, left)
        if left < 0:
            raise _too_large(name, limits)


def _unpacked_size(file: BinaryIO, member: zipfile.ZipInfo, enough: int) -> int:
    """Bytes this part really unpacks to; counting stops a little after `enough`."""
    file.seek(member.header_offset)
    signature, name_size, extra_size = LOCAL_HEADER.unpack(file.read(LOCAL_HEADER.size))
    if signature != b"PK\x03\x04":
        raise zipfile.BadZipFile("no local header")
    if member.compress_type == zipfile.ZIP_STORED:
        return member.compress_size
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("unusual compression")
    file.seek(name_size + extra_size, 1)
    size, left, inflate = 0, member.compress_size, zlib.decompressobj(-15)
    while left > 0 and size <= enough and not inflate.eof:
        piece = inflate.unconsumed_tail or file.read(min(PIECE, left))
        if not piece:
            raise zipfile.BadZipFile("cut short")
        size += len(inflate.decompress(piece, PIECE * 16))
        left -= len(piece) - len(inflate.unconsumed_tail)
    return size


def _too_large(name: str, limits: Limits) -> FileFault:
    return FileFault(
        "file.too_large",
        f"文件“{name}”解压后超过 {limits.max_unpacked_bytes / 2**20:g} MB，可能不是正常的岗位表。"
        f"请只保留岗位数据，{SAVE_IT}。",
    )
