"""Lines of a manifest come back as they were written, whatever a dying process has left of the last one."""

from dataclasses import replace
from pathlib import Path

from exchange.captures import keep_capture
from ingest.http.answers import Request
from ingest.http.manifest import Line, bodies_of, read_lines
from ingest.http.recollection import Recollection

LINE = Line("2026-03-12T10:00:00+08:00", "http://a.cn/j?key=***", "k1", 200, "ab12", "text/html", "http://a.cn/k")


def test_a_line_comes_back() -> None:
    nothing = Line("2026-03-12T10:00:01+08:00", "http://a.cn/j", "k2", None, fault="http.timeout")
    text = f"{LINE.as_text()}\n{nothing.as_text()}\n"
    assert read_lines(text.encode()) == [LINE, nothing]
    assert bodies_of([LINE, nothing]) == {"ab12"}


def test_what_was_cut_off_is_not_there() -> None:
    whole = LINE.as_text().encode()
    for length in range(len(whole)):
        assert read_lines(whole + b"\n" + whole[:length]) == [LINE]
    assert read_lines(b"\n[]\n7\n\xff\n" + whole) == [LINE]


def request(url: str) -> Request:
    return Request(url)


def line(folder: Path, url: str, body: bytes, **changes: object) -> Line:
    asked = request(url)
    plain = Line("2026-03-12T10:00:00+08:00", asked.masked, asked.key, 200, keep_capture(folder, body), "text/plain")
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_request_made_twice_gets_its_answers_in_order(tmp_path: Path) -> None:
    url = "http://a.cn/j"
    lines = [line(tmp_path, url, b"one"), line(tmp_path, url, b"two")]
    earlier = Recollection(tmp_path, lines)
    taken = [earlier.take(request(url)) for _ in range(3)]
    assert [answer.body if answer else None for answer in taken] == [b"one", b"two", None]
    again = Recollection(tmp_path, lines)
    found = [again.find(request(url)) for _ in range(3)]
    assert [answer.body if answer else None for answer in found] == [b"one", b"two", b"two"]


def test_faults_are_not_remembered_as_answers(tmp_path: Path) -> None:
    lines = [line(tmp_path, "http://a.cn/j", b"captcha", fault="pull.captcha")]
    assert Recollection(tmp_path, lines).find(request("http://a.cn/j")) is None


def test_another_key_finds_the_answer_only_where_there_is_no_doubt(tmp_path: Path) -> None:
    one = line(tmp_path, "http://a.cn/j?key=old", b"one")
    assert Recollection(tmp_path, [one]).take(request("http://a.cn/j?key=new")) is None
    found = Recollection(tmp_path, [one]).find(request("http://a.cn/j?key=new"))
    assert (found.body, found.url) == (b"one", "http://a.cn/j?key=new") if found else False
    two = line(tmp_path, "http://a.cn/j?key=second", b"two")
    assert Recollection(tmp_path, [one, two]).find(request("http://a.cn/j?key=new")) is None


def test_a_damaged_capture_is_no_answer(tmp_path: Path) -> None:
    one = line(tmp_path, "http://a.cn/j", b"one")
    for path in tmp_path.glob("*/*.gz"):
        path.write_bytes(path.read_bytes()[:-3])
    assert Recollection(tmp_path, [one]).find(request("http://a.cn/j")) is None
