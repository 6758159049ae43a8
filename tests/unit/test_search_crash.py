"""A writer that is killed, and readers that search while one writes."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from search.engines.whoosh.reader import WhooshReader
from search.engines.whoosh.writer import WhooshWriter
from search.requests import SearchRequest
from tests.unit.search_samples import TODAY, many_postings, new_engine, posting

ROOT = Path(__file__).parents[2]
# Commit n holds exactly the postings n, n+1 … n+9: what is found tells which commit is seen.
WRITE = """
import sys
from search.engines.whoosh.writer import WhooshWriter
from tests.unit.search_samples import posting
writer, at, rebuild = WhooshWriter(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "rebuild"
while True:
    at += 1
    if rebuild:
        writer.rebuild((posting(f"p{n}", sequence=at) for n in range(at, at + 10)), at)
    else:
        writer.apply([posting(f"p{n}", sequence=at) for n in range(at, at + 10)], [f"p{at - 1}"], at)
    print(at, flush=True)
"""


@pytest.mark.parametrize("kind", ["apply", "rebuild"])
def test_killed_writer_leaves_one_whole_commit(tmp_path: Path, kind: str) -> None:
    chance = random.Random(7)
    new_engine(tmp_path)[1].apply([posting(f"p{n}", sequence=0) for n in range(10)], [], 0)
    said = 0
    for _ in range(5):
        command = [sys.executable, "-W", "ignore", "-c", WRITE, str(tmp_path), str(said), kind]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
            assert child.stdout is not None
            said = int(child.stdout.readline())
            time.sleep(chance.random() * 0.15)
            os.kill(child.pid, signal.SIGKILL)
            said = max([said, *(int(line) for line in child.stdout.read().split())])
        reader = WhooshReader(tmp_path)
        sequence = reader.status().sequence
        assert reader.status().healthy
        assert sequence in (said, said + 1)  # the last one answered, or the one that was not answered any more
        assert sorted(reader.ids()) == sorted((f"p{n}", sequence) for n in range(sequence, sequence + 10))
        said = sequence
    WhooshWriter(tmp_path).rebuild(iter(many_postings(3)), said + 1)
    assert len(list(tmp_path.glob("generation-*"))) == 1


def test_readers_never_see_half_a_commit(tmp_path: Path) -> None:
    reader, writer = new_engine(tmp_path)
    writer.apply([posting(f"p{n}", sequence=1) for n in range(20)], [], 1)
    stop = threading.Event()
    wrong: list[object] = []

    def search() -> None:
        while not stop.is_set():
            try:
                result = reader.search(SearchRequest(TODAY, q="普工", page_size=50, facets=("direction", "benefit")))
                seen = {sequence for _, sequence in reader.ids()}
                if result.total != 20 or len({hit.id for hit in result.hits}) != 20 or len(seen) != 1:
                    wrong.append((result.total, seen))
            except Exception as error:  # whatever it is, the test has to hear of it
                wrong.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for sequence in range(2, 40):
        documents = [posting(f"p{n}", sequence=sequence, title=f"普工{sequence}") for n in range(20)]
        if sequence % 10 == 0:
            writer.rebuild(iter(documents), sequence)
        else:
            writer.apply(documents, [], sequence)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert reader.status().sequence == 39
