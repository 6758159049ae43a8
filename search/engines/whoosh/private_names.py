"""Everything of Whoosh that it does not promise to keep: the only module that names it.

In: nothing. Out: the parts of codec W3, the table of contents and the storage that our segments are written with, under
names of our own. `tests/unit/test_search_whoosh_names.py` fails when one of them moves or changes its shape; then this
module is what has to follow, and segments are still Whoosh's own.
"""

from typing import Any

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3Segment, W3TermInfo
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.filetables import OrderedHashWriter
from whoosh.index import TOC, clean_files
from whoosh.index import IndexError as WhooshIndexError
from whoosh.system import pack_int, pack_ushort

HEADER_MAGIC: bytes = WHOOSH3_HEADER_MAGIC
TERMS_EXTENSION: str = W3Codec.TERMS_EXT
POSTINGS_EXTENSION: str = W3Codec.POSTS_EXT
COMPOUND_EXTENSION: str = W3Segment.COMPOUND_EXT

__all__ = [
    "COMPOUND_EXTENSION", "HEADER_MAGIC", "POSTINGS_EXTENSION", "TERMS_EXTENSION", "TOC",
    "CompoundStorage", "FileStorage", "OrderedHashWriter", "RamStorage", "W3Codec", "W3Segment", "WhooshIndexError",
    "clean_files", "column_filename", "encoded_term_info", "latest_commit", "pack_int", "pack_ushort", "path_in",
    "toc_filename",
]  # fmt: skip


def path_in(storage: Any, name: str) -> str:
    """Where a file of a storage lies."""
    path: str = storage._fpath(name)
    return path


def toc_filename(index_name: str, number: int) -> str:
    name: str = TOC._filename(index_name, number)
    return name


def latest_commit(storage: Any, index_name: str) -> int:
    """The number of the latest table of contents, -1 when there is none."""
    return int(TOC._latest_generation(storage, index_name))


def column_filename(segment: Any, name: str) -> str:
    filename: str = W3Codec.column_filename(segment, name)
    return filename


def encoded_term_info(total: float, largest: float, rows: tuple[int, int, int], extent: tuple[int, int]) -> bytes:
    """What the table of words says of one list: sum and greatest of its weights, its first and last row and how many
    there are, its place and length."""
    first, last, count = rows
    info = W3TermInfo()
    info._weight, info._df, info._maxweight = total, count, largest
    info._minlength, info._maxlength = 1, 1
    info._minid, info._maxid = first, last
    info.set_extent(*extent)
    encoded: bytes = info.to_bytes()
    return encoded
