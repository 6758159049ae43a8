"""Pages of the administrator, and the guards: who may open what, whose batches one sees, which tokens are good."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from config.words import TokenScope
from exchange.store.tokens import issue_token, revoke_token
from tests.web.staff import CHANGAN, PASSWORD, WENGYUAN, Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(tmp_path / "var")
    yield opened
    opened.exchange.store.close()


@pytest.mark.parametrize(
    ("name", "status"), [("changan", 403), ("dongguan", 403), ("pair", 403), ("office", 200), ("admin", 200)]
)
def test_a_page_opens_for_the_roles_it_names(office: Office, name: str, status: int) -> None:
    browser = office.browser(name)
    assert browser.client.get("/test/office").status_code == status
    if status == 403:
        page = browser.get("/test/office", 403)
        assert "您的账号不能打开这个页面" in page.one("h1").text()
        assert "指挥部办公室、管理员" in page.text


@pytest.mark.parametrize("name", ["", "changan", "office"])
@pytest.mark.parametrize("path", ["/admin/accounts", "/admin/tokens"])
def test_administration_is_for_administrators(office: Office, name: str, path: str) -> None:
    browser = office.browser(name)
    assert browser.client.get(path).status_code == (403 if name else 302)
    for post in (
        path,
        "/admin/accounts/changan/password",
        "/admin/accounts/changan/deactivate",
        "/admin/accounts/verify",
    ):
        assert browser.send(post).status_code == (403 if name else 302)
    assert office.browser().log_in("changan").status_code == 303


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("changan", {CHANGAN}),
        ("dongguan", {CHANGAN, "441900"}),
        ("pair", {CHANGAN, WENGYUAN}),
        ("office", {CHANGAN, WENGYUAN, "441900", "440200"}),
        ("admin", {CHANGAN, WENGYUAN, "441900", "440200"}),
    ],
)
def test_each_sees_the_batches_that_concern_it(office: Office, name: str, sees: set[str]) -> None:
    browser = office.browser(name)
    asked = (CHANGAN, WENGYUAN, "441900", "440200")
    assert {code for code in asked if browser.client.get(f"/test/batches/{code}").text == "yes"} == sees


def test_an_account_is_added_with_a_password_to_be_changed_first(office: Office) -> None:
    admin, clerk = office.browser("admin"), office.browser()
    added = {"name": "wengyuan", "display_name": "翁源县 李经办", "role": "bureau", "organisation": WENGYUAN}
    page = admin.post("/admin/accounts", **added)
    assert page.response.headers["Cache-Control"] == "no-store"
    temporary = page.one(".secret").text().strip()
    assert temporary not in admin.get("/admin/accounts").html
    assert clerk.log_in("wengyuan", temporary).status_code == 303
    assert clerk.client.get(f"/test/batches/{WENGYUAN}").headers["Location"] == "/account"
    assert "请先改密码" in clerk.get("/account").text
    clerk.send("/account", old_password=temporary, password=PASSWORD, again=PASSWORD)
    assert clerk.client.get(f"/test/batches/{WENGYUAN}").text == "yes"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": "Zhang San"}, "登录名应为"),
        ({"name": "changan"}, "已经有人用了"),
        ({"name": ""}, "请填写登录名"),
        ({"display_name": "长" * 41}, "最长 40 个字符"),
        ({"role": "king"}, "请选择角色"),
        ({"organisation": "999999"}, "没有单位 999999"),
        ({"organisation": "c01"}, "没有单位 c01"),
        ({"role": "cluster"}, "没有组团"),
    ],
)
def test_what_cannot_be_added_is_said_beside_its_field(office: Office, changes: dict[str, str], fault: str) -> None:
    given = {"name": "li.si", "display_name": "李四", "role": "bureau", "organisation": WENGYUAN, **changes}
    page = office.browser("admin").post("/admin/accounts", 400, **given)
    assert fault in page.one(".fault").text()
    assert page.one("#display_name").attributes["value"] == given["display_name"]
    assert "li.si" not in page.texts("tbody th")


def test_a_deactivated_account_is_out_at_once_and_may_come_back(office: Office) -> None:
    admin, clerk = office.browser("admin"), office.browser("changan")
    admin.send("/admin/accounts/changan/deactivate")
    assert "账号 changan 已停用" in admin.get("/admin/accounts").text
    assert not clerk.is_logged_in
    assert clerk.log_in("changan").status_code == 401
    admin.send("/admin/accounts/changan/activate")
    assert clerk.log_in("changan").status_code == 303


def test_an_administrator_cannot_lock_the_door_behind_themselves(office: Office) -> None:
    admin = office.browser("admin")
    assert "不能停用自己" in admin.post("/admin/accounts/admin/deactivate", 409).text
    assert admin.is_logged_in
    assert admin.post("/admin/accounts/nobody/password", 404)


def test_a_reset_password_unlocks_and_ends_sessions(office: Office) -> None:
    clerk, stranger, admin = office.browser("changan"), office.browser(), office.browser("admin")
    for _ in range(5):
        stranger.log_in("changan", "wrong guess")
    assert "已锁定" in admin.get("/admin/accounts").text
    temporary = admin.post("/admin/accounts/changan/password").one(".secret").text().strip()
    assert not clerk.is_logged_in
    assert clerk.log_in("changan", temporary).status_code == 303


def test_an_organisation_is_verified_again(office: Office) -> None:
    office.clock.move(days=197)
    admin = office.browser("admin")
    assert "核验已过期" in admin.get("/admin/accounts").text
    admin.send("/admin/accounts/verify", organisation=CHANGAN)
    assert "长安镇人力资源和社会保障分局已重新核验" in admin.get("/admin/accounts").text
    assert not office.browser("changan").get("/account").all(".notice")
    assert office.browser("dongguan").get("/account").all(".notice.bad")


def _issue(office: Office, **changes: str) -> str:
    given = {"name": "招聘系统", "organisation": CHANGAN, "days": "30", **changes}
    return office.browser("admin").post("/admin/tokens", **given).one(".secret").text().strip()


def _call(office: Office, secret: str = "", **headers: str) -> TestResponse:
    given = {"Authorization": f"Bearer {secret}"} if secret else {}
    return office.app.test_client().post("/api/v1/test", headers={**given, **headers})


def _error(response: TestResponse) -> tuple[int, str]:
    body: Any = response.get_json()
    assert set(body["error"]) == {"code", "message", "details"}
    return response.status_code, body["error"]["code"]


def test_a_token_is_shown_once_and_then_works(office: Office) -> None:
    secret = _issue(office)
    assert secret.startswith("gs_")
    answer = _call(office, secret)
    assert answer.get_json() == {"organisation": CHANGAN}
    assert "Set-Cookie" not in answer.headers
    page = office.browser("admin").get("/admin/tokens")
    assert secret not in page.html
    assert "招聘系统" in page.text
    assert "4月11日（周六）10:00" in page.text


@pytest.mark.parametrize(
    ("changes", "fault"), [({"organisation": "c01"}, "没有这个单位"), ({"days": "0"}, "整数"), ({"name": ""}, "用")]
)
def test_a_token_that_cannot_be_is_refused(office: Office, changes: dict[str, str], fault: str) -> None:
    given = {"name": "招聘系统", "organisation": CHANGAN, "days": "30", **changes}
    page = office.browser("admin").post("/admin/tokens", 400, **given)
    assert fault in page.one(".fault").text()
    assert not page.all("tbody")


def test_only_a_live_token_opens_a_call(office: Office) -> None:
    secret = _issue(office)
    response = _call(office)
    assert _error(response) == (401, "token.missing")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert _error(_call(office, Authorization="Basic Y2hhbmdhbjp4")) == (401, "token.missing")
    assert _error(_call(office, "gs_made_up")) == (401, "token.invalid")
    office.clock.move(days=30)
    assert _error(_call(office, secret)) == (401, "token.expired")


def test_a_revoked_token_is_dead_at_once(office: Office) -> None:
    secret, admin = _issue(office), office.browser("admin")
    revoke = [form.attributes["action"] or "" for form in admin.get("/admin/tokens").all("td form")]
    assert len(revoke) == 1
    assert admin.send(revoke[0]).status_code == 303
    assert _error(_call(office, secret)) == (401, "token.revoked")
    page = admin.get("/admin/tokens")
    assert "已作废" in page.text
    assert not page.all("td form")
    assert admin.post("/admin/tokens/NOSUCHTOKEN1/revoke", 404)


def test_a_token_without_the_scope_is_refused(office: Office) -> None:
    secret, _ = issue_token(office.exchange.store, "别的用途", CHANGAN, [], 30, "admin")
    assert _error(_call(office, secret)) == (403, "token.scope")
    good, token = issue_token(office.exchange.store, "报送", CHANGAN, [TokenScope.BATCHES], 30, "admin")
    assert _call(office, good).status_code == 200
    revoke_token(office.exchange.store, token.id)


def test_a_cookie_never_opens_a_call_of_the_api(office: Office) -> None:
    """So no other site can make a logged-in browser write there, and the API needs no CSRF token."""
    browser = office.browser("admin")
    assert _error(browser.client.post("/api/v1/test")) == (401, "token.missing")
