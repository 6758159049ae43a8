"""`guanshao user` and `guanshao token`: no secret on the command line, weak passwords refused, JSON where asked."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config.startup import load_configuration
from exchange.accounts import log_in
from exchange.store.setup import open_store
from exchange.store.tokens import find_token
from ingest.cli import guanshao

PASSWORD = "plum river nine"


class Terminal:
    def __init__(self, data: Path) -> None:
        self.environment = {"GUANSHAO_DATA": str(data), "GUANSHAO_LOG_LEVEL": "ERROR"}

    def run(self, *words: str, typed: str = "", code: int = 0) -> Result:
        result = CliRunner().invoke(guanshao, words, input=typed, env=self.environment)
        assert result.exit_code == code, result.output
        return result

    def add(self, name: str, typed: str = f"{PASSWORD}\n", role: str = "bureau", code: int = 0) -> Result:
        words = ("--role", role, "--organisation", "441900119", "--password-stdin")
        return self.run("user", "add", name, *words, typed=typed, code=code)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "var")


def test_an_account_is_added_from_standard_input_or_a_prompt(terminal: Terminal) -> None:
    terminal.add("changan")
    words = ("user", "add", "boss", "--role", "admin", "--organisation", "441900", "--display-name", "老板")
    prompted = terminal.run(*words, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert PASSWORD not in prompted.output
    found = json.loads(terminal.run("user", "list", "--json").stdout)
    assert [(row["name"], row["display_name"], row["role"], row["organisation"]) for row in found] == [
        ("boss", "老板", "admin", "441900"),
        ("changan", "changan", "bureau", "441900119"),
    ]
    assert found[1]["organisation_name"] == "长安镇人力资源和社会保障分局"
    assert "password" not in json.dumps(found)
    configuration = load_configuration(terminal.environment)
    store = open_store(configuration)
    assert log_in(store, configuration.settings, "changan", PASSWORD)
    store.close()


@pytest.mark.parametrize(
    ("typed", "why"), [("short\n", "太短"), ("1234567890\n", "太常见"), ("changan2026\n", "登录名"), ("", "太短")]
)
def test_a_weak_password_adds_nothing(terminal: Terminal, typed: str, why: str) -> None:
    assert why in terminal.add("changan", typed, code=1).stderr
    assert json.loads(terminal.run("user", "list", "--json").stdout) == []


def test_an_unknown_role_is_wrong_usage_and_a_taken_name_fails(terminal: Terminal) -> None:
    terminal.add("changan")
    assert "已经有人用了" in terminal.add("changan", code=1).stderr
    terminal.add("other", role="king", code=2)


def test_a_password_can_be_set_anew_and_an_account_deactivated(terminal: Terminal) -> None:
    terminal.add("changan")
    terminal.run("user", "password", "changan", "--password-stdin", typed="walnut cloud 7\n")
    terminal.run("user", "deactivate", "changan")
    assert [row["active"] for row in json.loads(terminal.run("user", "list", "--json").stdout)] == [False]
    assert "没有账号 nobody" in terminal.run("user", "deactivate", "nobody", code=1).stderr


def test_a_token_is_printed_alone_and_once(terminal: Terminal) -> None:
    words = ("token", "issue", "--organisation", "441900119", "--scope", "batches", "--name", "招聘系统", "--days", "9")
    secret = terminal.run(*words).stdout.strip()
    told = json.loads(terminal.run(*words, "--json").stdout)
    assert told["scopes"] == ["batches"]
    assert told["token"].startswith("gs_")
    assert told["token"] != secret
    listed = terminal.run("token", "list", "--json").stdout
    assert secret not in listed
    assert {row["organisation"] for row in json.loads(listed)} == {"441900119"}
    terminal.run("token", "revoke", told["id"].lower())
    store = open_store(load_configuration(terminal.environment))
    with store.read() as session:
        revoked = find_token(session, told["token"])
        alive = find_token(session, secret)
    store.close()
    assert revoked is not None
    assert revoked.revoked_at is not None
    assert alive is not None
    assert alive.revoked_at is None


def test_a_token_for_nobody_is_wrong_usage(terminal: Terminal) -> None:
    terminal.run("token", "issue", "--organisation", "1", "--scope", "batches", "--name", "x", code=2)
    terminal.run("token", "issue", "--organisation", "441900119", "--scope", "everything", "--name", "x", code=2)
    terminal.run("token", "revoke", "NOSUCHTOKEN1", code=1)
