"""Keys (密钥) of sources: written in a file of their own, named in sources.toml as {file:NAME}, never shown.

In: a source's options. Out: the same with keys filled in, or masked. "Bearer {file:market.key}" becomes Bearer and
what the file `market.key` of the configuration folder holds, without the line break at its end.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from config.errors import ConfigurationError

MASK = "••••••"
_PLACE = re.compile(r"\{file:([^{}]*)\}")
_NAME = re.compile(r"[\w-][\w.-]*")
_KEYED = re.compile(r"key|token|secret|sign|password|passwd|auth|cookie", re.IGNORECASE)
_LARGEST = 10_000  # bytes


def read_secrets(options: Mapping[str, Any], folder: Path, place: str) -> dict[str, str]:
    """What the named files hold. ConfigurationError, beginning with `place`, where one cannot be read."""
    return {name: _read(name, folder, place) for name in sorted(set(_named(options)))}


def fill_in(options: Mapping[str, Any], secrets: Mapping[str, str]) -> dict[str, Any]:
    def change(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: change(inner) for key, inner in value.items()}
        return _PLACE.sub(lambda at: secrets.get(at[1], at[0]), value) if isinstance(value, str) else value

    return {key: change(value) for key, value in options.items()}


def mask_keys(options: Mapping[str, Any]) -> dict[str, Any]:
    """All headers but the kind of content they ask for, and whatever is called like a key."""
    return {key: _mask(key, value, key == "headers") for key, value in options.items()}


def _mask(key: str, value: Any, inside_headers: bool) -> Any:
    if isinstance(value, dict):
        return {name: _mask(name, inner, inside_headers) for name, inner in value.items()}
    hidden = key.casefold() not in {"accept", "accept-language"} if inside_headers else _KEYED.search(key)
    return MASK if hidden and isinstance(value, str) and value else value


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _named(inner)
    elif isinstance(value, str):
        yield from _PLACE.findall(value)


def _read(name: str, folder: Path, place: str) -> str:
    if not _NAME.fullmatch(name):
        raise ConfigurationError(f"{place}: {{file:{name}}}: 只能写配置文件夹里的文件名 (a plain file name)")
    path = folder / name
    try:
        if path.stat().st_size > _LARGEST:
            raise ConfigurationError(f"{place}: {path}: 太大，不像密钥 (too large for a key)")
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError(f"{place}: 密钥文件 {path} 读不了 (cannot be read)，请把密钥写进这个文件") from None
    if not text or not text.isprintable():
        raise ConfigurationError(f"{place}: 密钥文件 {path} 应只有一行文字 (one line of text)")
    return text
