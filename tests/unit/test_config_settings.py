"""Settings: variables over the file over the defaults; one line for everything that is wrong."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from config.errors import ConfigurationError
from config.settings import SETTINGS, describe, load_settings, mask_password, read_configuration


def _fault(environ: dict[str, str]) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(environ)
    return str(caught.value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    folder.mkdir()
    return folder


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"GUANSHAO_DATA": str(tmp_path)}


def test_without_anything_the_defaults_hold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings({})
    assert (settings.host, settings.port, settings.validity_days) == ("127.0.0.1", 8000, 60)
    assert settings.data == tmp_path / "var"
    assert settings.config == tmp_path / "var" / "config"
    assert settings.database_url == f"sqlite:///{tmp_path}/var/guanshao.db"
    assert settings.index_folder == tmp_path / "var" / "index"


def test_a_relative_folder_no_longer_moves_after_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings({"GUANSHAO_DATA": "here"})
    monkeypatch.chdir("/")
    assert settings.data == tmp_path / "here"


def test_the_file_goes_over_the_default_and_the_variable_over_the_file(environ: dict[str, str], folder: Path) -> None:
    (folder / "settings.toml").write_text('port = 9001\nhost = "0.0.0.0"\nhttp_timeout = 5\n')
    settings = load_settings(environ | {"GUANSHAO_PORT": "9002"})
    assert (settings.port, settings.host, settings.http_timeout) == (9002, "0.0.0.0", 5.0)
    origins = {row.name: row.origin for row in describe(settings)}
    assert origins["port"] == "环境变量 GUANSHAO_PORT"
    assert origins["host"] == str(folder / "settings.toml")
    assert origins["web_threads"] == "默认"


def test_an_empty_variable_is_none(environ: dict[str, str]) -> None:
    assert load_settings(environ | {"GUANSHAO_PORT": " "}).port == 8000


def test_settings_cannot_be_changed_after_the_start() -> None:
    with pytest.raises(FrozenInstanceError):
        load_settings({}).port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("variable", "value", "allowed"),
    [
        ("GUANSHAO_PORT", "abc", "应为 1 到 65535 的整数"),
        ("GUANSHAO_LOG_LEVEL", "loud and\nclear", "只能是 DEBUG"),
        ("GUANSHAO_PORT", "0", "应为 1 到 65535 的整数"),
        ("GUANSHAO_PORT", "80.5", "应为 1 到 65535 的整数"),
        ("GUANSHAO_HTTP_TIMEOUT", "nan", "应为 0.1 到 600 的数"),
        ("GUANSHAO_CLOSE_GUARD_SHARE", "30", "应为 0 到 1 的数"),
        ("GUANSHAO_LOG_FORMAT", "xml", "只能是 text、json"),
        ("GUANSHAO_DATABASE_URL", "mysql://u@h/d", "应以 sqlite:/// 或 postgresql:// 开头"),
        ("GUANSHAO_SEARCH_URL", "http://127.0.0.1:9200", "还不能连接 OpenSearch"),
        ("GUANSHAO_SEARCH_URL", "opensearch://search.example.org", "还不能连接 OpenSearch"),
        ("GUANSHAO_SEARCH_URL", "elsewhere", "这个版本只支持本机索引"),
        ("GUANSHAO_HTTP_USER_AGENT", "莞韶", "只能用英文字母"),
    ],
)
def test_a_bad_value_is_refused_naming_variable_value_and_what_is_allowed(
    variable: str, value: str, allowed: str
) -> None:
    fault = _fault({variable: value})
    assert variable in fault
    assert value.replace("\n", " ") in fault
    assert allowed in fault
    assert "\n" not in fault


def test_an_unknown_variable_is_refused_with_the_nearest_known() -> None:
    assert _fault({"GUANSHAO_PROT": "1"}) == "不认识的环境变量 GUANSHAO_PROT：是不是 GUANSHAO_PORT？"


def test_variables_of_the_tests_and_of_others_do_not_matter() -> None:
    assert load_settings({"GUANSHAO_TEST_REQUIRE": "postgresql", "PORT": "1"}).port == 8000


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("prot = 1", "不认识的设置 prot：是不是 port？"),
        ("port = true", "应为 1 到 65535 的整数"),
        ("port = 8000.5", "应为 1 到 65535 的整数"),
        ("host = 1", "应为一段文字"),
        ("port = ", "写法有误"),
        ('data = "/srv"', "只能用环境变量 GUANSHAO_DATA"),
        ('log_level = "LOUD"', "只能是 DEBUG、INFO、WARNING、ERROR"),
    ],
)
def test_a_fault_in_the_file_names_the_file(environ: dict[str, str], folder: Path, text: str, complaint: str) -> None:
    (folder / "settings.toml").write_text(text)
    fault = _fault(environ)
    assert str(folder / "settings.toml") in fault
    assert complaint in fault


def test_a_file_in_gbk_is_named_as_such(environ: dict[str, str], folder: Path) -> None:
    (folder / "settings.toml").write_bytes("# 端口\nport = 9000\n".encode("gbk"))
    assert "不是 UTF-8 编码" in _fault(environ)


def test_the_mark_of_windows_editors_is_ignored(environ: dict[str, str], folder: Path) -> None:
    (folder / "settings.toml").write_bytes(b"\xef\xbb\xbfport = 9000\n")
    assert load_settings(environ).port == 9000


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_way_to_write_postgresql_gets_the_same_driver(scheme: str) -> None:
    settings = load_settings({"GUANSHAO_DATABASE_URL": f"{scheme}://gs:pw@db/gs"})
    assert settings.database_url == "postgresql+psycopg://gs:pw@db/gs"


@given(some.text(some.sampled_from("aZ9@:/#?密-_"), min_size=1).map(lambda text: f"secret{text}word"))
def test_a_password_is_shown_nowhere(password: str) -> None:
    settings = load_settings({"GUANSHAO_DATABASE_URL": f"postgresql://gs:{password}@db/gs"})
    shown = {row.name: row.value for row in describe(settings)}["database_url"]
    assert password not in shown
    assert password not in repr(settings)
    assert shown.endswith("@db/gs")


def test_a_password_is_not_shown_in_an_error_either() -> None:
    assert "secret" not in _fault({"GUANSHAO_DATABASE_URL": "mysql://gs:secret@db/gs"})
    assert mask_password("postgresql:///gs?password=secret&host=db") == "postgresql:///gs?password=***&host=db"


def test_every_setting_is_described_in_the_order_of_the_table() -> None:
    assert [row.name for row in describe(load_settings({}))] == [setting.name for setting in SETTINGS]


def test_the_operators_file_is_read_before_the_packaged_one(environ: dict[str, str], folder: Path) -> None:
    settings = load_settings(environ)
    packaged, origin = read_configuration(settings, "clusters.toml")
    assert "翁源组团" in packaged
    assert origin == "随程序自带的 config/clusters.toml"
    (folder / "clusters.toml").write_text("since = 2023-01-01\n")
    assert read_configuration(settings, "clusters.toml") == ("since = 2023-01-01\n", str(folder / "clusters.toml"))
