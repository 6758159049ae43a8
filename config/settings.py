"""Reading the settings: GUANSHAO_* variables over settings.toml of the configuration folder over the defaults.

In: the environment (read here and nowhere else). Out: `load_settings()` -> frozen `Settings`, `describe()` -> rows
for `guanshao settings`, `read_configuration()` -> text of a configuration file in force. Anything unknown or out of
bounds raises ConfigurationError with one line. The settings themselves are in config/setting_table.py.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.errors import ConfigurationError
from config.packaged import read_packaged
from config.setting_table import PREFIX, SETTINGS, TIME_ZONE, Setting, Settings

__all__ = ["SETTINGS", "TIME_ZONE", "Setting", "Settings", "describe", "load_settings", "read_configuration"]

TEST_PREFIX = "GUANSHAO_TEST_"  # read by the tests only
DEFAULT = "默认"
ENVIRONMENT = "环境变量"
SETTINGS_FILE = "settings.toml"
CONFIGURATION_FILES = ("sources.toml", "commitments.toml", "clusters.toml", "policies.toml")


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One line of `guanshao settings`; passwords are masked."""

    name: str
    variable: str
    section: str
    value: str
    origin: str
    help: str


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in force. Raises ConfigurationError, one line, naming setting, value and what is allowed."""
    given = os.environ if environ is None else environ
    variables = {name: value for name, value in given.items() if name.startswith(PREFIX) and value.strip()}
    _refuse_unknown_variables(variables)
    values, origins = _from_environment(variables)
    data = Path(values.get("data", Settings.data)).expanduser().absolute()
    config = Path(values.get("config", data / "config")).expanduser().absolute()
    for name, (value, origin) in _from_file(config / SETTINGS_FILE).items():
        if name not in values:
            values[name], origins[name] = value, origin
    values |= {"data": data, "config": config, "database_url": _database_url(values.get("database_url", ""), data)}
    return Settings(**values, origins=origins)


def environment_of(settings: Settings, names: Iterable[str]) -> dict[str, str]:
    """This process's environment with these settings written out, for its children."""
    return {**os.environ, **{PREFIX + name.upper(): str(getattr(settings, name)) for name in names}}


def describe(settings: Settings) -> list[SettingRow]:
    """Every setting with its value and where it comes from, in the order of the table."""
    return [
        SettingRow(
            setting.name,
            setting.variable,
            setting.section,
            mask_password(str(getattr(settings, setting.name))),
            settings.origins.get(setting.name, DEFAULT),
            setting.help,
        )
        for setting in SETTINGS
    ]


def read_configuration(settings: Settings, name: str) -> tuple[str, str]:
    """(text, origin) of sources.toml, commitments.toml or clusters.toml: the operator's if it exists, else ours."""
    path = settings.config / name
    if path.is_file():
        return read_operator_file(path), str(path)
    return read_packaged(name), f"随程序自带的 config/{name}"


def read_operator_file(path: Path) -> str:
    """Text of a file someone edited by hand, with or without the mark that Windows editors put first."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path} 不是 UTF-8 编码：请在编辑器里另存为 UTF-8") from None
    except OSError as error:
        raise ConfigurationError(f"{path} 读不出来：{error.strerror}") from error


def mask_password(value: str) -> str:
    value = re.sub(r"(://[^:/?#]*:).*@", r"\1***@", value)
    return re.sub(r"(password=)[^&]*", r"\1***", value)


def _refuse_unknown_variables(variables: Iterable[str]) -> None:
    known = [setting.variable for setting in SETTINGS]
    for variable in sorted(variables):
        if variable not in known and not variable.startswith(TEST_PREFIX):
            raise ConfigurationError(f"不认识的环境变量 {variable}{_nearest(variable, known)}")


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"：是不是 {near[0]}？" if near else "：用 guanshao settings 查看全部设置"


def _from_environment(variables: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    found = [setting for setting in SETTINGS if setting.variable in variables]
    values = {s.name: _converted(s, variables[s.variable].strip(), f"环境变量 {s.variable}") for s in found}
    return values, {s.name: f"{ENVIRONMENT} {s.variable}" for s in found}


def _from_file(path: Path) -> dict[str, tuple[Any, str]]:
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(read_operator_file(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path} 写法有误：{error}") from None
    known = {setting.name: setting for setting in SETTINGS}
    values: dict[str, tuple[Any, str]] = {}
    for name, value in content.items():
        if name not in known:
            raise ConfigurationError(f"{path} 里有不认识的设置 {name}{_nearest(name, list(known))}")
        if known[name].environment_only:
            raise ConfigurationError(f"{path} 里不能写 {name}：这项只能用环境变量 {known[name].variable} 设置")
        if value != "":
            values[name] = (_converted(known[name], value, f"{path} 里的 {name}"), str(path))
    return values


def _converted(setting: Setting, raw: Any, where: str) -> Any:
    value = _typed(setting, raw)
    fault = ""
    if (
        value is None
        or (setting.choices and value not in setting.choices)
        or (setting.least is not None and setting.most is not None and not setting.least <= value <= setting.most)
    ):
        fault = setting.allowed
    elif setting.fault:
        fault = setting.fault(value)
    if fault:
        written = mask_password(" ".join(str(raw).split()))
        raise ConfigurationError(f"设置有误：{where} = {written}，{fault}")
    return value


def _typed(setting: Setting, raw: Any) -> Any:
    """The value in the setting's type, None when it cannot be one."""
    if isinstance(raw, bool):
        return None
    if setting.type in {int, float}:
        if isinstance(raw, float) and setting.type is int:
            return None
        try:
            return setting.type(raw)
        except (TypeError, ValueError):
            return None
    if not isinstance(raw, str):
        return None
    return Path(raw) if setting.type is Path else raw


def _database_url(url: str, data: Path) -> str:
    """The address with its driver: psycopg 3 for PostgreSQL, SQLite in the data folder when none is given."""
    if not url:
        return f"sqlite:///{data / 'guanshao.db'}"
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)
