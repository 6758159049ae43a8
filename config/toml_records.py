"""Reading tables of a TOML file that people edit, with one-line errors that name file, record and key.

In: TOML text and where it came from. Out: `Record`s, which hand out checked values and complain in Chinese.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

from config.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Record:
    """One table of a file: `place` is how errors call it."""

    place: str
    values: dict[str, Any]

    def fail(self, complaint: str) -> NoReturn:
        raise ConfigurationError(f"{self.place}：{complaint}")

    def allow_only(self, keys: Iterable[str]) -> None:
        allowed = sorted(keys)
        for key in self.values:
            if key not in allowed:
                self.fail(f"不认识的 {key}，可以写的有 {'、'.join(allowed)}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.fail(f"{key} 应为一段文字" if key in self.values else f"缺少 {key}")
        return value.strip()

    def flag(self, key: str, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.fail(f"{key} 应为 true 或 false")
        return value

    def day(self, key: str, default: date | None) -> date:
        value = self.values.get(key, default)
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fail(f"{key} 应为日期，例如 2022-01-01")
        return value

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        value, words = self.text(key), list(allowed)
        if value not in words:
            self.fail(f"{key} = {value}，只能是 {'、'.join(words)}")
        return value


def read_toml(text: str, origin: str) -> Record:
    try:
        return Record(origin, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{origin} 写法有误：{error}") from None


def tables(file: Record, key: str) -> list[Record]:
    """The [[key]] tables of a file, each called by its code where it has one; codes may not repeat."""
    found = file.values.get(key, [])
    if not isinstance(found, list) or not found or not all(isinstance(table, dict) for table in found):
        file.fail(f"至少要有一段 [[{key}]]")
    codes = [table.get("code") for table in found]
    for number, code in enumerate(codes):
        if code in codes[:number]:
            file.fail(f"代码 {code} 出现了不止一次")
    return [
        Record(f"{file.place} 第 {n} 段 {table.get('code', '')}".rstrip(), table) for n, table in enumerate(found, 1)
    ]
