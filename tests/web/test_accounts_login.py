"""Logging in and out: lockout, a new session each time, no way to another site, no form without its token."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.page_client import Page
from tests.web.staff import PASSWORD, Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(tmp_path / "var")
    yield opened
    opened.exchange.store.close()


def test_a_clerk_logs_in_sees_who_she_is_and_leaves(office: Office) -> None:
    browser = office.browser()
    page = browser.get("/login")
    assert "工作人员登录" in page.text
    assert browser.log_in(" Changan").headers["Location"] == "/account"
    page = browser.get("/account")
    assert "changan的经办" in page.one("nav.desk").text()
    assert "长安镇人力资源和社会保障分局" in page.text
    assert "已核验，下次核验 9月11日" in page.text
    assert page.response.headers["Cache-Control"] == "no-store"
    assert browser.send("/logout").status_code == 303
    assert "您已退出登录" in browser.get("/login").text
    assert not browser.is_logged_in


@pytest.mark.parametrize("name", ["changan", "nobody"])
def test_five_wrong_passwords_lock_whether_or_not_there_is_such_an_account(office: Office, name: str) -> None:
    browser = office.browser()
    told = [browser.post("/login", 401, name=name, password="wrong").one(".notice.bad").text() for _ in range(6)]
    assert told[:4] == ["登录名或密码不对。连续输错 5 次，会锁定 15 分钟。"] * 4
    assert "已锁定到 3月12日（周四）10:15" in told[4]
    assert told[4] == told[5]
    assert browser.log_in(name).status_code == 401
    office.clock.move(minutes=15)
    assert browser.log_in(name).status_code == (303 if name == "changan" else 401)


def test_a_refused_login_keeps_the_name_and_never_the_password(office: Office) -> None:
    page = office.browser().post("/login", 401, name="changan", password="wrong guess 7")
    assert page.one("#name").attributes["value"] == "changan"
    assert "wrong guess 7" not in page.html


def test_blank_fields_are_named(office: Office) -> None:
    page = office.browser().post("/login", 400, name="", password="")
    assert page.texts(".fault") == ["请填写登录名。", "请填写密码。"]
    assert page.one("#password").attributes["aria-describedby"] == "password-fault"


def test_one_address_cannot_try_passwords_all_day(office: Office) -> None:
    browser = office.browser()
    answers = [browser.log_in(f"name{number}", "one guess for all") for number in range(21)]
    assert [answer.status_code for answer in answers] == [401] * 20 + [429]
    assert int(answers[-1].headers["Retry-After"]) <= 60


def test_a_session_begun_before_the_login_is_worth_nothing_after_it(office: Office) -> None:
    """Session fixation: what an attacker planted in the browser must not become a login."""
    victim, attacker = office.browser(), office.browser()
    planted = attacker.get("/login")
    victim.client.set_cookie("guanshao", attacker.cookie)
    token = planted.one("input[name=csrf_token]").attributes["value"]
    fields = {"csrf_token": token, "name": "changan", "password": PASSWORD}
    assert victim.client.post("/login", data=fields).status_code == 303
    assert victim.is_logged_in
    assert not attacker.is_logged_in
    assert victim.cookie != attacker.cookie
    stale = victim.client.post("/logout", data={"csrf_token": token})
    assert stale.status_code == 400, "the token of before the login must not be good for forms after it"


def test_each_login_is_a_new_session_and_ends_the_one_before_in_that_browser(office: Office) -> None:
    browser = office.browser("changan")
    first = browser.cookie
    browser.log_in("changan")
    thief = office.browser()
    thief.client.set_cookie("guanshao", first)
    assert not thief.is_logged_in


def test_a_cookie_copied_before_logging_out_is_dead_after_it(office: Office) -> None:
    browser, thief = office.browser("changan"), office.browser()
    thief.client.set_cookie("guanshao", browser.cookie)
    assert thief.is_logged_in
    browser.send("/logout")
    assert not thief.is_logged_in


def test_a_cookie_that_was_changed_is_no_login(office: Office) -> None:
    browser = office.browser("changan")
    payload, rest = browser.cookie.split(".", 1)
    browser.client.set_cookie("guanshao", f"{payload[:-2]}AA.{rest}")
    assert not browser.is_logged_in


def test_twelve_idle_hours_end_a_session(office: Office) -> None:
    browser = office.browser("changan")
    for _ in range(3):
        office.clock.move(hours=11)
        assert browser.is_logged_in
    office.clock.move(hours=12)
    assert not browser.is_logged_in


@pytest.mark.parametrize(("scheme", "is_secure"), [("http", False), ("https", True)])
def test_the_cookie_is_closed_to_scripts_and_other_sites(office: Office, scheme: str, is_secure: bool) -> None:
    (cookie,) = office.browser().client.get("/login", base_url=f"{scheme}://localhost").headers.getlist("Set-Cookie")
    parts = {part.strip() for part in cookie.split(";")}
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= parts
    assert ("Secure" in parts) == is_secure
    assert not any(part.startswith(("Expires", "Max-Age")) for part in parts), "gone when the browser is closed"


@pytest.mark.parametrize("path", ["/", "/postings", "/targets", "/api/v1/postings", "/static/guanshao.css", "/healthz"])
def test_who_only_looks_gets_no_cookie(office: Office, path: str) -> None:
    with office.browser().client.get(path) as response:
        assert "Set-Cookie" not in response.headers


def test_the_way_back_leads_to_the_page_that_was_asked_for(office: Office) -> None:
    browser = office.browser()
    sent = browser.client.get("/test/batches/441900119?page=2")
    assert sent.headers["Location"] == "/login?next=/test/batches/441900119?page%3D2"
    page = browser.get(sent.headers["Location"])
    wanted = page.one("input[name=next]").attributes["value"] or ""
    assert browser.log_in("changan", next=wanted).headers["Location"] == "/test/batches/441900119?page=2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.com/",
        "//example.com/",
        "///example.com/",
        "/\\example.com/",
        "\\\\example.com",
        "/\t/example.com",
        "/\n/example.com",
        "javascript:alert(1)",
        "example.com",
        "",
    ],
)
def test_the_way_back_never_leads_to_another_site(office: Office, elsewhere: str) -> None:
    browser = office.browser()
    assert browser.log_in("changan", next=elsewhere).headers["Location"] == "/account"
    assert browser.client.get("/login", query_string={"next": elsewhere}).headers["Location"] == "/account"


@pytest.mark.parametrize(
    "path", ["/login", "/logout", "/account", "/admin/accounts", "/admin/tokens", "/admin/accounts/verify"]
)
def test_a_form_without_its_token_is_refused_with_a_page(office: Office, path: str) -> None:
    browser = office.browser("admin")
    for fields in ({}, {"csrf_token": "made up"}):
        response = browser.client.post(path, data=fields)
        assert response.status_code == 400
        assert "这个表单已经失效" in Page(response).one("h1").text()
    assert browser.is_logged_in


def test_a_token_of_another_browser_is_refused(office: Office) -> None:
    other = office.browser().get("/login").one("input[name=csrf_token]").attributes["value"]
    browser = office.browser("admin")
    assert browser.client.post("/logout", data={"csrf_token": other}).status_code == 400


def test_every_form_that_posts_carries_a_token(office: Office) -> None:
    for name, paths in {"": ["/login"], "admin": ["/account", "/admin/accounts", "/admin/tokens"]}.items():
        for path in paths:
            forms = [
                form for form in office.browser(name).get(path).all("form") if form.attributes.get("method") == "post"
            ]
            assert forms
            assert all(form.css("input[name=csrf_token]") for form in forms)


def test_changing_the_password_ends_the_other_browsers(office: Office) -> None:
    here, elsewhere = office.browser("changan"), office.browser("changan")
    page = here.post("/account", 400, old_password="wrong", password="walnut cloud 7", again="walnut cloud 7")
    assert page.texts(".fault") == ["现在的密码不对。"]
    page = here.post("/account", 400, old_password=PASSWORD, password="walnut cloud 7", again="walnut cloud 8")
    assert page.texts(".fault") == ["两次填的新密码不一样。"]
    page = here.post("/account", 400, old_password=PASSWORD, password="1234567890", again="1234567890")
    assert "太常见" in page.one(".fault").text()
    assert elsewhere.is_logged_in
    done = here.send("/account", old_password=PASSWORD, password="walnut cloud 7", again="walnut cloud 7")
    assert done.status_code == 303
    assert "密码已改好" in here.get("/account").text
    assert not elsewhere.is_logged_in
    assert elsewhere.log_in("changan").status_code == 401
    assert elsewhere.log_in("changan", "walnut cloud 7").status_code == 303


@pytest.mark.parametrize(
    ("days", "words", "kind"),
    [(182, "", ""), (183, "请在 9月25日（周五）之前", "notice"), (197, "先停下", "notice bad")],
)
def test_the_page_of_an_organisation_warns_in_time(office: Office, days: int, words: str, kind: str) -> None:
    office.clock.move(days=days)
    page = office.browser("changan").get("/account")
    notices = page.all(".notice")
    assert [notice.attributes["class"] for notice in notices] == [kind] * bool(kind)
    assert all(words in notice.text() for notice in notices)


def test_an_empty_store_says_how_the_first_account_is_made(tmp_path: Path) -> None:
    from config.startup import load_configuration
    from exchange.app import create_app
    from exchange.context import open_exchange
    from tests.web.page_client import PageClient

    exchange = open_exchange(load_configuration({"GUANSHAO_DATA": str(tmp_path)}))
    assert "guanshao user add admin" in PageClient(create_app(exchange)).get("/login").text
    exchange.store.close()
