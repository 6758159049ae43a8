"""[source.options] as a frozen dataclass: one reader for all adapters.

In: a source and the dataclass an adapter needs. Out: its value, or `ConfigurationError` in one line that names source
and key. A field's type says what may be written: str, int, float, bool, a StrEnum, dict[str, str], tuple[str, ...] (a
list), Selector (CSS), Pattern (a regular expression), Any. Bounds and help are given with `option`.
"""

import re
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, field, fields
from enum import StrEnum
from typing import Annotated, Any, TypeVar, cast

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from config.errors import ConfigurationError
from config.sources import Source

Selector = Annotated[str, "a CSS selector; '' selects nothing"]
Pattern = Annotated[str, "a regular expression of `re`; '' is none"]
T = TypeVar("T")
_REQUIRED = "必须填写 (required)"


class OptionFault(ValueError):
    """An option that does not go with the others; `key` is its name, the message is Chinese and English."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message


def option(default: Any = MISSING, *, least: float = 0, most: float | None = None, missing: str = _REQUIRED) -> Any:
    """A field with bounds; without a default it must be given, and `missing` says so."""
    metadata = {"least": least, "most": most, "missing": missing}
    if isinstance(default, dict | list):
        return field(default_factory=lambda: type(default)(default), metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What every pulled source may say."""

    headers: dict[str, str] = field(default_factory=dict)  # to the source's own host only
    params: dict[str, str] = field(default_factory=dict)  # sent with every page of the list
    page_limit: int = option(1000, least=1, most=100_000)
    hosts: tuple[str, ...] = ()  # further hosts that links may lead to
    encoding: str = ""  # of the pages, where they lie about it


def read_options(source: Source, needs: type[T]) -> T:
    known = {f.name: f for f in fields(cast(Any, needs))}
    values: dict[str, Any] = {}
    for key, value in source.options_in_force.items():
        if key not in known:
            raise _wrong(source, key, f"不认识的键 (unknown key)，可用 (known): {', '.join(known) or '无'}")
        values[key] = _read(source, known[key], value)
    for name, f in known.items():
        if name not in values and f.default is MISSING and f.default_factory is MISSING:
            raise _wrong(source, name, f.metadata.get("missing", _REQUIRED))
    try:
        return needs(**values)
    except OptionFault as fault:
        raise _wrong(source, fault.key, fault.message) from None


def _wrong(source: Source, key: str, message: str) -> ConfigurationError:
    return ConfigurationError(f"sources.toml: {source.id}: options.{key}: {message}")


def _read(source: Source, f: "Field[Any]", value: object) -> Any:
    kind: Any = f.type
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        if not isinstance(value, str) or value not in list(kind):
            raise _wrong(source, f.name, f"只能是 (only) {', '.join(kind)}，现为 (found) {value!r}")
        return kind(value)
    word, reader = _READERS[kind]
    try:
        found = reader(value)
    except (TypeError, ValueError) as fault:
        reason = f"：{fault}" if isinstance(fault, ValueError) else ""
        raise _wrong(source, f.name, f"应为 (expected) {word}，现为 (found) {value!r}{reason}") from None
    least, most = f.metadata.get("least"), f.metadata.get("most")
    if most is not None and not least <= found <= most:
        raise _wrong(source, f.name, f"应在 (between) {least:g} 与 (and) {most:.15g} 之间，现为 {value!r}")
    return found


def _exactly(*kinds: type) -> Callable[[object], Any]:
    def read(value: object) -> Any:
        if type(value) not in kinds:
            raise TypeError
        return value

    return read


def _words(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(word, str) for word in value.values()):
        raise TypeError
    return value


def _list(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise TypeError
    return tuple(value)


def check_selector(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    try:
        LexborHTMLParser("<html></html>").css(value or "a")
    except SelectolaxError:
        raise ValueError("不是有效的 CSS 选择器 (not a CSS selector)") from None
    return value


def _pattern(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    try:
        re.compile(value)
    except re.error as fault:
        raise ValueError(f"不是有效的正则表达式 (not a regular expression): {fault}") from None
    return value


_READERS: dict[Any, tuple[str, Callable[[object], Any]]] = {
    str: ("加引号的文字 str", _exactly(str)),
    int: ("整数 int", _exactly(int)),
    float: ("数字 float", _exactly(int, float)),
    bool: ("true 或 false bool", _exactly(bool)),
    dict[str, str]: ("一节键和文字 dict", _words),
    tuple[str, ...]: ("文字的列表 list", _list),
    Selector: ("CSS 选择器 selector", check_selector),
    Pattern: ("正则表达式 pattern", _pattern),
    Any: ("任意值", lambda value: value),
}
