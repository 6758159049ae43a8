"""Captchas and login pages are known from pages of jobs, in whatever encoding they come."""

import pytest

from ingest.http.answers import Answer
from ingest.http.walls import find_wall

JOB = "普工，包吃住，五险一金，每月 5000 至 6500 元，长白班，坐班，须能看懂图纸。" * 20
FORM = '<form action="/login"><input name="user"><input type="password" name="word"></form>'


def page(title: str = "", body: str = "", charset: str = "utf-8") -> bytes:
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>".encode(charset)


def wall(body: bytes, content_type: str = "text/html", url: str = "http://example.org/jobs") -> str:
    fault = find_wall(Answer(url, body, content_type))
    return fault.code if fault is not None else ""


@pytest.mark.parametrize(
    "body",
    [
        page("安全验证"),
        page("百度安全验证", JOB),
        page("某某招聘网 - 访问验证", "请稍候"),
        page("Just a moment...", "Checking your browser before accessing example.org"),
        page("", "您的访问存在异常，请拖动滑块完成拼图"),
        page("", '<div id="TencentCaptcha"></div>'),
        page("", '<script src="https://static.geetest.com/v4/gt4.js"></script><div id="box"></div>'),
        page("安全验证", "请完成验证", "gb18030"),
    ],
)
def test_a_captcha_is_known(body: bytes) -> None:
    assert wall(body) == "pull.captcha"


@pytest.mark.parametrize(
    "body",
    [
        page("用户登录", FORM),
        page("统一身份认证 | 人社局", FORM + JOB),
        page("", FORM),
        page("提示", "您还没有登录，请先登录！"),
        page("登录", FORM, "gb18030"),
    ],
)
def test_a_login_page_is_known(body: bytes) -> None:
    assert wall(body) == "pull.login"


def test_a_redirect_to_a_login_is_known_by_its_path() -> None:
    assert wall(page("某某人才网", FORM + JOB), url="http://example.org/sso/login?back=/jobs") == "pull.login"


@pytest.mark.parametrize(
    "body",
    [
        page("普工 - 某某招聘网", JOB),
        page("登录系统测试工程师", JOB),
        page("验证码识别工程师招聘", JOB),
        page("普工", JOB + FORM),  # a login window in a page that says much
        page("普工", JOB + "登录后才能查看联系方式"),
        page("普工", JOB + '<script src="/geetest.js"></script>'),
        page("", "没有岗位"),
        b"",
    ],
)
def test_a_page_of_jobs_is_no_wall(body: bytes) -> None:
    assert wall(body) == ""


@pytest.mark.parametrize("kind", ["application/json", "application/rss+xml", ""])
def test_only_web_pages_are_looked_at(kind: str) -> None:
    assert wall('{"title": "安全验证", "text": "请先登录"}'.encode(), kind) == ""
    assert wall('<?xml version="1.0"?><rss><title>登录</title></rss>'.encode(), kind) == ""


def test_a_web_page_is_known_whatever_it_says_it_is() -> None:
    assert wall(page("安全验证"), "application/json") == "pull.captcha"


def test_the_fault_says_what_to_do_and_keeps_the_page() -> None:
    fault = find_wall(Answer("http://example.org/jobs?key=geheim", page("安全验证"), "text/html"))
    assert fault is not None
    assert "http://example.org/jobs" in fault.message
    assert "没有绕过" in fault.message
    assert "geheim" not in fault.message
    assert fault.body == page("安全验证")
    assert not fault.is_passing
