"""Every page has what every page must have (see page_client), and says 演示数据 exactly when it is one."""

from typing import Any

import pytest

PAGES = (
    "/",
    "/?direction=dg-sg",
    "/?utm_source=wechat&from=singlemessage",
    "/postings",
    "/postings?q=长安 普工 5000以上 包住",
    "/postings?q=普工&direction=sg-dg&sort=salary",
    "/postings?q=没有这种工作&division=441900119",
    "/postings?page=900",
    "/targets",
    "/targets?year=2024&sort=dg-sg",
    "/targets?year=2020",
    "/clusters/c01",
    "/clusters/c01?year=2023",
    "/api/v1/docs",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_what_a_page_must_have(pages: Any, path: str) -> None:
    page = pages.get(path)
    assert page.all(".demonstration"), "a demonstration store says so on every page"
    assert page.response.headers["Guanshao-Demonstration"] == "yes"


def test_the_page_of_a_posting_too(living: Any) -> None:
    assert living.pages.get(f"/postings/{living.id_of('仓管员')}").all(".demonstration")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nothing-here", 404, "没有找到"),
        ("/postings/NOSUCHPOSTING", 404, "没有这个岗位"),
        ("/clusters/c99", 404, "没有这个组团"),
        ("/postings?division=999999", 400, "999999"),
        ("/postings?page=minus", 400, "page"),
        ("/targets?year=1066", 400, "year"),
    ],
)
def test_an_error_is_a_chinese_page_that_says_what_is_wrong(pages: Any, path: str, status: int, words: str) -> None:
    page = pages.get(path, status)
    assert words in page.text
    assert page.link("看全部岗位") == "/postings"


def test_a_failure_of_ours_is_a_page_without_its_inside(own: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(type(own.exchange.reader), "search", lambda *_: broken(None))
    page = own.pages.get("/postings", 500)
    assert "系统出错了" in page.text
    assert "secret" not in page.html


def test_a_real_store_says_nothing_of_a_demonstration(real: Any) -> None:
    for path in ("/", "/postings", "/targets"):
        page = real.pages.get(path)
        assert "演示" not in page.html
        assert "Guanshao-Demonstration" not in page.response.headers


def test_visitors_see_nothing_of_the_clerks_pages(living: Any) -> None:
    assert "/bureau" not in living.pages.get("/").html


def test_pages_are_not_kept_and_static_files_are(living: Any) -> None:
    page = living.pages.get("/")
    assert page.response.headers["Cache-Control"] == "no-cache"
    sheet = page.one("link[rel=stylesheet]").attributes["href"]
    assert "v=" in sheet
    with living.response(sheet) as style:
        assert "max-age=86400" in style.headers["Cache-Control"]
        assert len(style.data) < 20_000
    with living.response(page.one("script[src]").attributes["src"]) as script:
        assert len(script.data) < 6_000


def test_nothing_may_frame_the_pages_or_guess_their_kind(living: Any) -> None:
    headers = living.response("/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
