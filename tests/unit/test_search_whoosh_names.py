"""Whoosh's private names lie in one module, and are what that module takes them for."""

import ast
from importlib.metadata import version
from pathlib import Path

import pytest
from whoosh.codec.whoosh3 import W3TermInfo

from search.engines.whoosh import private_names
from search.engines.whoosh.files import DurableStorage
from search.engines.whoosh.schema import INDEX_NAME, posting_schema
from search.engines.whoosh.segment_writer import CheckedSegment
from search.engines.whoosh.writer import WhooshWriter
from tests.unit.search_samples import posting

SEARCH = Path(__file__).parents[2] / "search"
ONLY = "private_names.py"
PROMISED = {"columns", "fields", "formats"}  # modules of Whoosh that its documentation describes
PRIVATE_ATTRIBUTES = {"_fpath", "_filename", "_latest_generation", "_segment_pattern", "_weight", "_df", "_maxweight"}


def modules() -> list[Path]:
    return [path for path in SEARCH.rglob("*.py") if path.name != ONLY]


def whoosh_imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "whoosh":
            found |= {alias.name if node.module == "whoosh" else f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "whoosh"}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SEARCH)))
def test_only_one_module_names_what_whoosh_does_not_promise(path: Path) -> None:
    assert whoosh_imports(path) <= PROMISED
    attributes = {n.attr for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Attribute)}
    assert not attributes & PRIVATE_ATTRIBUTES


def test_that_module_is_seen_by_this_test() -> None:
    assert "whoosh.index.TOC" in whoosh_imports(SEARCH / "engines" / "whoosh" / ONLY)


def test_distribution_is_the_one_that_was_chosen() -> None:
    assert version("whoosh-reloaded") == "2.7.5"


def test_names_of_files_are_what_they_were(tmp_path: Path) -> None:
    storage = DurableStorage(str(tmp_path))
    segment = CheckedSegment(private_names.W3Codec(), INDEX_NAME)
    assert private_names.toc_filename(INDEX_NAME, 3) == "_MAIN_3.toc"
    assert private_names.path_in(storage, "a.seg") == str(tmp_path / "a.seg")
    assert private_names.column_filename(segment, "title") == f"{segment.segment_id()}.title.col"
    extensions = (private_names.TERMS_EXTENSION, private_names.POSTINGS_EXTENSION, private_names.COMPOUND_EXTENSION)
    assert extensions == (".trm", ".pst", ".seg")


def test_latest_commit_is_the_one_with_the_highest_number(tmp_path: Path) -> None:
    storage = DurableStorage(str(tmp_path))
    assert private_names.latest_commit(storage, INDEX_NAME) == -1
    for number in (2, 10):
        private_names.TOC(posting_schema(number), [], number).write(storage, INDEX_NAME)
    assert private_names.latest_commit(storage, INDEX_NAME) == 10
    private_names.clean_files(storage, INDEX_NAME, 10, [])
    assert [path.name for path in tmp_path.glob("*.toc")] == ["_MAIN_10.toc"]


def test_files_beside_a_segment_go_when_it_goes(tmp_path: Path) -> None:
    writer = WhooshWriter(tmp_path)
    writer.rebuild([posting("a")], 1)
    before = set(tmp_path.glob("generation-*/*.arrays"))
    writer.apply([posting("a")], [], 2)
    after = set(tmp_path.glob("generation-*/*.arrays"))
    assert len(before) == len(after) == 1
    assert before != after


def test_term_info_reads_back() -> None:
    encoded = private_names.encoded_term_info(7.5, 2.5, (3, 90, 4), (1000, 55))
    info = W3TermInfo.from_bytes(encoded)
    assert (info.weight(), info.max_weight(), info.doc_frequency()) == (7.5, 2.5, 4)
    assert (info.min_id(), info.max_id(), info.extent()[0]) == (3, 90, 1000)


def test_numbers_are_packed_as_they_were() -> None:
    assert (private_names.pack_ushort(1), private_names.pack_int(-2)) == (b"\x00\x01", b"\xff\xff\xff\xfe")
    assert private_names.HEADER_MAGIC == b"W3Bl"
