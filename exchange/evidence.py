"""Evidence (佐证材料): files behind figures, activities and fairs, kept under their hash with the batches' files.

In: a name and bytes. Out: `Evidence`, what a row and its event say of it; and the bytes again. They are in backups,
and `guanshao verify` looks whether each is still what it was. A new kind is a line in one of the tables below.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from exchange.receiving import keep_file, kept_file

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 10
_LONGEST_NAME = 120
_SIGNATURES = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
_PACKED = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ofd": "OFD.xml"}  # what such a file must hold
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what files of Office before 2007 begin with
_STREAMS = {"doc": "WordDocument", "xls": "Workbook"}  # what such a file must hold; names are UTF-16 in it
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_SAME = {"jpeg": "jpg"}
TYPES = (*_SIGNATURES, *_PACKED, *_STREAMS)
ACCEPT = ",".join(f".{ending}" for ending in (*TYPES, *_SAME))  # of a file field


class EvidenceFault(Exception):
    """The file is not taken. The message is Chinese, for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    digest: str  # SHA-256
    name: str
    type: str  # one of TYPES
    bytes: int

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def keep_evidence(folder: Path, name: str, content: bytes) -> Evidence:
    """`folder`: Exchange.files_folder. Raises EvidenceFault for what is empty, too large or of another kind."""
    shown = Path(name.replace("\\", "/")).name.strip()
    if not shown or len(shown) > _LONGEST_NAME:
        raise EvidenceFault(f"佐证材料的文件名应为 1 到 {_LONGEST_NAME} 个字符。")
    if not 0 < len(content) <= MOST_BYTES:
        raise EvidenceFault(f"{shown} 应大于 0 且不超过 {MOST_BYTES // 1024 // 1024} MB。")
    kind = _type_of(shown, content)
    if kind is None:
        raise EvidenceFault(f"{shown} 不是可以接收的材料：请用 {'、'.join(TYPES)} 格式，且内容与扩展名一致。")
    return Evidence(keep_file(folder, io.BytesIO(content)), shown, kind, len(content))


def read_evidence(folder: Path, digest: str) -> bytes | None:
    """None when it is not there or damaged."""
    try:
        content = kept_file(folder, digest).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == digest else None


def damaged_evidence(folder: Path, digests: Iterable[str]) -> list[str]:
    """Those whose file is missing or no longer what it was."""
    return [digest for digest in sorted(set(digests)) if read_evidence(folder, digest) is None]


def _type_of(name: str, content: bytes) -> str | None:
    ending = name.rpartition(".")[2].lower()
    kind = _SAME.get(ending, ending)
    if kind in _SIGNATURES:
        return kind if content.startswith(_SIGNATURES[kind]) else None
    if kind in _STREAMS:
        is_one = content.startswith(_COMPOUND) and _STREAMS[kind].encode("utf-16-le") in content
        return kind if is_one and _MACROS not in content else None
    if kind not in _PACKED:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError):
        return None
    has_macros = any(part.endswith("vbaProject.bin") for part in parts)
    return kind if _PACKED[kind] in parts and not has_macros else None
