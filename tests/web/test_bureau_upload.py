"""/bureau/upload: a file is kept, read by the worker, looked at, confirmed; nothing is public before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange.store.facts import set_fact
from ingest.scheduler import beat
from tests.web.bureau_desk import CHANGAN, HUMEN, BureauDesk, csv_of, job, numbers, open_desk
from tests.web.page_client import Page


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[BureauDesk]:
    opened = open_desk(tmp_path)
    yield opened
    opened.exchange.store.close()


@pytest.mark.parametrize("path", ["/bureau/upload", "/bureau/batches", "/bureau/postings", "/bureau/template"])
def test_clerks_log_in_first(desk: BureauDesk, path: str) -> None:
    response = desk.app.test_client().get(path)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/login?next=")


def test_a_cluster_looks_on_and_reports_nothing(desk: BureauDesk) -> None:
    path = desk.clerk().uploaded(csv_of(job("普工")))
    desk.work()
    officer = desk.clerk("pair")
    officer.get("/bureau/upload", 403)
    page = officer.get(path)
    assert not page.all("main form[action$='confirm'], main form[action$='discard']")
    assert officer.send(f"{path}/confirm").status_code == 403
    assert officer.send(f"{path}/discard").status_code == 403


def test_from_file_to_public_posting(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    path = clerk.uploaded(csv_of(job("普工"), job("焊工", 单位名称="")), "C:/表/长安 12月.csv")
    waiting = clerk.get(path)
    assert waiting.one("h1").text() == "长安 12月.csv"
    assert waiting.texts(".steps li[aria-current=step]") == ["2 核对"]
    assert waiting.all("noscript meta[http-equiv=refresh]"), "moves without scripts"
    desk.work()
    preview = clerk.get(path)
    assert not preview.all("meta[http-equiv=refresh]")
    assert numbers(preview) == {"新增": 1, "更新": 0, "未变": 0, "重复": 0, "待审": 0, "退回": 1, "共收到": 2}
    assert desk.found() == [], "nothing is public before the confirmation"
    publishing = clerk.pressed(preview, "发布 1")
    assert publishing.texts(".steps li[aria-current=step]") == ["3 发布"]
    assert "排队等待发布" in publishing.text
    desk.work()
    done = clerk.get(path)
    assert numbers(done)["新增"] == 1
    assert "不完全一样" not in done.text
    (posting,) = desk.found("普工")
    assert clerk.get(f"/postings/{posting}").one("h1").text() == "普工"


def test_the_progress_tells_rows_time_and_the_worker(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    path = clerk.uploaded(csv_of(job("普工")))
    told = clerk.client.get(f"{path}/progress.json").get_json()
    assert (told["state"], told["moving"], told["read"], told["of"]) == ("received", True, 0, 0)
    assert not told["worker_alive"]
    assert "后台还没有启动" in told["worker"]
    assert "不会丢" in told["worker"]
    beat(desk.exchange)
    assert "0 秒前有心跳" in clerk.client.get(f"{path}/progress.json").get_json()["worker"]
    desk.clock.move(minutes=5)
    later = clerk.client.get(f"{path}/progress.json").get_json()
    assert not later["worker_alive"]
    assert "最近一次心跳是 3月12日（周四）10:00" in later["worker"]
    assert "最近一次心跳" in clerk.get(path).one(".worker.notice").text()
    desk.work()
    told = clerk.client.get(f"{path}/progress.json").get_json()
    assert (told["state"], told["moving"], told["read"], told["of"]) == ("staged", False, 1, 1)


def test_half_way_the_bar_says_how_far_and_how_long(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    path = clerk.uploaded(csv_of(job("普工")))
    desk.clock.move(seconds=20)
    set_fact(desk.exchange.store, "worker-heartbeat", desk.clock().isoformat())
    with desk.exchange.store.write() as transaction:
        batch = transaction.session.get_one(type(desk.batches()[0]), path.rsplit("/", 1)[1])
        batch.progress_read, batch.progress_of = 250, 1000
    page = clerk.get(path)
    bar = page.one("progress")
    assert (bar.attributes["value"], bar.attributes["max"]) == ("250", "1000")
    assert "250 / 1,000 行" in page.text
    assert "大约还要 60 秒" in page.text or "大约还要 1 分钟" in page.text


def test_two_clerks_with_the_same_file_meet_at_one_batch(desk: BureauDesk) -> None:
    content = csv_of(job("普工"))
    first = desk.clerk("changan").uploaded(content, "甲.csv")
    other = desk.clerk("changan2")
    assert other.uploaded(content, "乙.csv") == first
    assert "同一个文件账号 changan 已经在 3月12日（周四）10:00 上传过" in other.get(first).text
    assert len(desk.batches()) == 1
    desk.work()
    one, two = desk.clerk("changan"), desk.clerk("changan2")
    seen_by_both = two.get(first)
    one.pressed(one.get(first), "发布")
    told = two.pressed(seen_by_both, "发布")
    assert "没有再确认一次" in told.text
    desk.work()
    assert len(desk.found()) == 1


def test_without_a_file_the_page_says_so(desk: BureauDesk) -> None:
    page = desk.clerk().post("/bureau/upload", 400)
    assert "还没有选文件" in page.one("#file-fault").text()


def test_an_empty_file_is_told_at_once(desk: BureauDesk) -> None:
    response = desk.clerk().upload(b"", "空.xlsx")
    assert response.status_code == 413
    assert "“空.xlsx”是空的" in response.get_data(as_text=True)
    assert desk.batches() == []


@pytest.mark.parametrize("size", [3000, 200_000])  # over the limit of a file, and of the whole form
def test_too_large_a_file_is_refused_with_its_size(tmp_path: Path, size: int) -> None:
    desk = open_desk(tmp_path, upload_max_bytes="2048")
    response = desk.clerk().upload(b"x" * size)
    assert response.status_code == 413
    told = Page(response).one("#file-fault").text()
    assert "的上限，没有收下" in told
    assert desk.batches() == []
    desk.exchange.store.close()


def test_a_file_that_is_no_table_fails_with_what_to_do(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    path = clerk.uploaded(b"%PDF-1.7 not a sheet at all", "通知.xls")
    desk.work()
    page = clerk.get(path)
    assert "这个文件没有收下" in page.one("[role=alert]").text()
    assert page.link("重新上传") == f"/bureau/upload?organisation={CHANGAN}"


def test_a_town_reports_for_itself_and_a_city_for_its_towns(desk: BureauDesk) -> None:
    content = csv_of(job("普工", 工作地点=""))
    assert desk.clerk("changan").upload(content, organisation=HUMEN).status_code == 400
    desk.clerk("dongguan").uploaded(content, organisation=HUMEN)
    desk.clerk("wengyuan").uploaded(content)
    assert {(batch.organisation, batch.source) for batch in desk.batches()} == {
        (HUMEN, "dg-upload"),
        ("440229", "sg-upload"),
    }


def test_others_do_not_see_the_batch(desk: BureauDesk) -> None:
    path = desk.clerk("changan").uploaded(csv_of(job("普工")))
    desk.work()
    for name in ("humen", "wengyuan"):
        other = desk.clerk(name)
        for part in ("", "/problems", "/records/created"):
            other.get(path + part, 404)
        assert other.client.get(f"{path}/progress.json").status_code == 404
        assert other.send(f"{path}/confirm").status_code == 404
        assert "岗位表.csv" not in other.get("/bureau/batches").text
    for name in ("changan2", "dongguan", "office"):
        desk.clerk(name).get(path)


def test_an_overdue_verification_parks_uploads_and_loses_nothing(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    path = clerk.uploaded(csv_of(job("普工")))
    desk.work()
    desk.clock.move(days=184)
    clerk = desk.clerk()
    assert "该重新核验" in clerk.get("/bureau/upload").text
    desk.clock.move(days=14)
    clerk = desk.clerk()
    page = clerk.get("/bureau/upload")
    assert "请联系管理员重新核验" in page.one("[role=alert]").text()
    assert not page.all("input[type=file]")
    assert clerk.send("/bureau/upload").status_code == 409
    preview = clerk.get(path)
    assert clerk.press(preview, "发布").status_code == 409
    assert numbers(clerk.get(path))["新增"] == 1, "still there"


def test_thrown_away_while_it_waits_it_is_not_read(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    path = clerk.uploaded(csv_of(job("普工")))
    page = clerk.pressed(clerk.get(path), "放弃")
    assert "没有发布任何岗位" in page.text
    desk.work()
    assert desk.batches()[0].state == "discarded"
    assert clerk.uploaded(csv_of(job("普工"))) != path, "the same file may come again"
