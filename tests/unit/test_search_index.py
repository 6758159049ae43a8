"""The index on disk: what a commit changes, how a rebuild switches, what damage looks like from outside."""

import os
import shutil
from pathlib import Path

import pytest
import whoosh.index
from whoosh.query import And, Term

from search.engines.contract import Reader, Writer
from search.engines.whoosh.generations import POINTER
from search.engines.whoosh.merge import FANOUT, SegmentSize, choose_merge
from search.engines.whoosh.reader import WhooshReader
from search.engines.whoosh.schema import WORDS
from search.engines.whoosh.writer import WhooshWriter
from search.opening import open_engine
from search.requests import SearchError, SearchRequest
from tests.unit.search_samples import TODAY, many_postings, new_engine, posting


def ids_of(reader: Reader, q: str = "") -> list[str]:
    return sorted(hit.id for hit in reader.search(SearchRequest(TODAY, q=q, page_size=100)).hits)


@pytest.fixture
def reader(tmp_path: Path) -> WhooshReader:
    return WhooshReader(tmp_path)


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return new_engine(tmp_path)[1]


def test_commit_is_seen_by_a_reader_that_is_open(reader: WhooshReader, writer: Writer) -> None:
    writer.apply([posting("a")], [], 1)
    assert (ids_of(reader), reader.status().sequence) == (["a"], 1)
    writer.apply([posting("b", title="电工")], ["a"], 2)
    assert (ids_of(reader), reader.status().sequence, reader.status().documents) == (["b"], 2, 1)


def test_update_leaves_one_posting_also_when_an_id_comes_twice(reader: WhooshReader, writer: Writer) -> None:
    writer.apply([posting("a", title="普工")], [], 1)
    writer.apply([posting("a", title="文员"), posting("a", title="电工", sequence=7)], [], 2)
    assert list(reader.ids()) == [("a", 7)]
    assert (ids_of(reader, "电工"), reader.search(SearchRequest(TODAY, q="电工")).relaxed) == (["a"], ())
    assert reader.search(SearchRequest(TODAY, q="普工")).total == 0


def test_removal_wins_over_an_upsert_of_the_same_call(reader: WhooshReader, writer: Writer) -> None:
    writer.apply([posting("a"), posting("b")], ["a", "never-there"], 1)
    assert ids_of(reader) == ["b"]


def test_sequence_advances_without_documents_and_never_goes_back(reader: WhooshReader, writer: Writer) -> None:
    writer.apply([], [], 5)
    assert (reader.status().sequence, reader.status().healthy) == (5, True)
    with pytest.raises(ValueError, match="before"):
        writer.apply([], [], 4)


def test_many_small_commits_stay_few_segments_and_keep_everything(reader: WhooshReader, writer: Writer) -> None:
    postings = many_postings(60)
    for at, document in enumerate(postings, 1):
        writer.apply([document], [postings[at // 2].id] if at % 10 == 0 else [], at)
    removed = {postings[at // 2].id for at in range(10, 61, 10)}
    assert sorted(found for found, _ in reader.ids()) == sorted({p.id for p in postings} - removed)
    assert reader.status().segments < 2 * FANOUT


def test_segments_of_one_size_are_merged_and_mostly_deleted_ones_rewritten() -> None:
    small, large = SegmentSize(1, 0), SegmentSize(1000, 0)
    assert choose_merge([large, *[small] * (FANOUT - 1)]) == []
    assert choose_merge([large, *[small] * FANOUT]) == list(range(1, FANOUT + 1))
    assert choose_merge([large, SegmentSize(1000, 500)]) == [1]


def test_rebuild_replaces_everything_and_removes_the_old_generation(tmp_path: Path) -> None:
    reader, writer = new_engine(tmp_path)
    writer.apply([posting("old")], [], 3)
    before = reader.search(SearchRequest(TODAY))
    (tmp_path / "generation-00000077").mkdir()  # of a rebuild that was killed
    writer.rebuild(iter(many_postings(30)), 2)
    assert [hit.id for hit in before.hits] == ["old"]
    assert (reader.status().sequence, reader.status().documents) == (2, 30)
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_view_of_a_search_survives_a_rebuild(reader: WhooshReader, writer: Writer) -> None:
    writer.rebuild(iter(many_postings(50)), 1)
    walk = reader.ids()
    first = next(walk)
    writer.rebuild(iter([]), 2)
    assert len([first, *walk]) == 50
    assert list(reader.ids()) == []


def test_failed_rebuild_leaves_the_index_as_it_was(reader: WhooshReader, writer: Writer) -> None:
    writer.apply([posting("a")], [], 1)

    def broken():
        yield posting("b")
        raise OSError("the store went away")

    with pytest.raises(OSError, match="store"):
        writer.rebuild(broken(), 2)
    assert (ids_of(reader), reader.status().sequence) == (["a"], 1)


def test_missing_folder_is_unhealthy_and_empty(tmp_path: Path) -> None:
    reader = WhooshReader(tmp_path / "nowhere")
    status = reader.status()
    assert not status.healthy
    assert "index rebuild" in status.message
    result = reader.search(SearchRequest(TODAY, q="普工"))
    assert (result.total, result.hits) == (0, ())
    assert reader.complete(SearchRequest(TODAY, q="普")) == ()
    assert list(reader.ids()) == []


def _flip(path: Path, at: float = 0.5) -> None:
    content = bytearray(path.read_bytes())
    content[int(len(content) * at)] ^= 0xFF
    path.write_bytes(content)


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def _fill_with_junk(path: Path) -> None:
    path.write_bytes(b"\x80\x04junk")


@pytest.mark.parametrize("pattern", [POINTER, "generation-*/*.toc", "generation-*/*.seg", "generation-*/*.arrays"])
@pytest.mark.parametrize("damage", [_flip, _truncate, _fill_with_junk, Path.unlink])
def test_damage_is_noticed_and_a_rebuild_mends_it(tmp_path: Path, pattern: str, damage) -> None:
    WhooshWriter(tmp_path).rebuild(iter(many_postings(20)), 4)
    damage(next(tmp_path.glob(pattern)))
    reader, writer = open_engine(tmp_path)
    assert not reader.status().healthy
    assert "index rebuild" in reader.status().message
    assert reader.search(SearchRequest(TODAY)).total == 0
    writer.rebuild(iter(many_postings(20)), 5)
    assert (reader.status().healthy, reader.status().documents) == (True, 20)


def test_reader_goes_on_when_the_folder_is_deleted_and_says_so(
    reader: WhooshReader, writer: Writer, tmp_path: Path
) -> None:
    writer.apply([posting("a")], [], 3)
    assert ids_of(reader) == ["a"]
    for path in tmp_path.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert ids_of(reader) == ["a"]
    assert (reader.status().healthy, reader.status().sequence) == (False, 3)
    writer.rebuild([posting("b")], 4)
    assert (ids_of(reader), reader.status().healthy, reader.status().sequence) == (["b"], True, 4)


def test_reader_of_files_that_are_cut_off_finds_nothing_and_says_so(
    reader: WhooshReader, writer: Writer, tmp_path: Path
) -> None:
    """Reading behind the end of a mapped file would end the process."""
    writer.rebuild(many_postings(50), 3)
    assert reader.status().healthy
    for path in tmp_path.glob("generation-*/*.arrays"):
        os.truncate(path, 0)
    assert ids_of(reader, "普工") == []
    assert (reader.status().healthy, reader.status().sequence) == (False, 0)
    with pytest.raises(SearchError, match="重建"):
        writer.apply([posting("a")], [], 4)
    writer.rebuild(many_postings(50), 4)
    assert (reader.status().healthy, reader.status().documents) == (True, 50)


def test_a_commit_within_one_step_of_the_clock_is_seen(reader: WhooshReader, writer: Writer, tmp_path: Path) -> None:
    """File times are not trusted while a commit could hide behind them, and are afterwards."""
    writer.apply([posting("a")], [], 1)
    assert ids_of(reader) == ["a"]
    generation = next(tmp_path.glob("generation-*"))
    new, long_ago = generation.stat().st_mtime_ns, 10**18
    writer.apply([posting("b")], [], 2)
    os.utime(generation, ns=(new, new))
    assert ids_of(reader) == ["a", "b"]
    for path in (generation, tmp_path / POINTER):
        os.utime(path, ns=(long_ago, long_ago))
    assert ids_of(reader) == ["a", "b"]
    writer.apply([posting("c")], [], 3)
    assert ids_of(reader) == ["a", "b", "c"]


def test_writing_to_a_damaged_index_is_refused_in_plain_words(tmp_path: Path) -> None:
    WhooshWriter(tmp_path).rebuild(iter(many_postings(5)), 4)
    _flip(next(tmp_path.glob("generation-*/*.seg")))
    with pytest.raises(SearchError, match="重建"):
        WhooshWriter(tmp_path).apply([posting("a")], [], 5)


def test_missing_index_is_not_begun_in_the_middle_of_the_ledger(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="index rebuild"):
        WhooshWriter(tmp_path).apply([posting("a")], [], 1000)
    assert not WhooshReader(tmp_path).status().healthy


def test_leftover_of_a_killed_rebuild_is_removed_by_the_next_commit(tmp_path: Path, writer: Writer) -> None:
    (tmp_path / "generation-00000009").mkdir()
    writer.apply([posting("a")], [], 1)
    assert len(list(tmp_path.glob("generation-*"))) == 1


def test_two_writers_at_once_are_refused(tmp_path: Path) -> None:
    first, second = WhooshWriter(tmp_path), WhooshWriter(tmp_path)

    def documents():
        with pytest.raises(SearchError, match="稍后再试"):
            second.apply([posting("b")], [], 1)
        yield posting("a")

    first.rebuild(documents(), 1)


def test_index_of_another_vocabulary_asks_for_a_rebuild_but_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_engine(tmp_path)[1].apply([posting("a")], [], 1)
    monkeypatch.setattr("search.engines.whoosh.reader.current_version", lambda: "another")
    reader = WhooshReader(tmp_path)
    assert not reader.status().healthy
    assert ids_of(reader) == ["a"]


def test_folder_can_be_moved(tmp_path: Path) -> None:
    new_engine(tmp_path / "here")[1].apply([posting("a")], [], 1)
    shutil.move(tmp_path / "here", tmp_path / "there")
    assert ids_of(WhooshReader(tmp_path / "there")) == ["a"]


@pytest.mark.parametrize("identifier", ["", "x" * 41, "a\0b"])
def test_id_that_the_index_cannot_hold_is_refused(writer: Writer, identifier: str) -> None:
    with pytest.raises(ValueError, match="id"):
        writer.apply([posting(identifier)], [], 1)


def test_stock_whoosh_reads_what_is_written(tmp_path: Path, reader: WhooshReader, writer: Writer) -> None:
    postings = many_postings(300)
    writer.rebuild(iter(postings), 1)
    writer.apply([posting("new", title="叉车司机", valid_through=TODAY)], [postings[0].id], 2)
    generation = next(path for path in tmp_path.iterdir() if path.is_dir())
    with whoosh.index.open_dir(str(generation)).searcher() as searcher:
        columns = [(leaf.column_reader("id"), base) for leaf, base in searcher.reader().leaf_readers()]

        def identifier(document: int) -> str:
            column, base = next((c, b) for c, b in reversed(columns) if document >= b)
            return column[document - base].rstrip(b"\0").decode()

        query = And([Term(WORDS, "叉车"), Term(WORDS, "司机")])
        stock = {identifier(document) for document in searcher.docs_for_query(query)}
    valid = {p.id for p in postings if p.valid_through >= TODAY} | {"new"}
    ours = reader.search(SearchRequest(TODAY, q="叉车司机", page_size=100))
    assert stock & valid == {hit.id for hit in ours.hits}
    assert ours.total > 20
