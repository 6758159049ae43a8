"""`guanshao config init` and `config diff`: the packaged configuration, copied for editing, and what was edited.

In: settings (for the configuration folder). Out: files written, never overwritten; a unified diff.
"""

import difflib
import json
from itertools import groupby
from pathlib import Path

from config.errors import ConfigurationError
from config.packaged import read_packaged
from config.setting_table import SETTINGS, Setting, Settings
from config.settings import CONFIGURATION_FILES, SETTINGS_FILE, read_operator_file


def initialise(settings: Settings) -> list[Path]:
    """Copy what is not there yet into the configuration folder; the paths written."""
    try:
        settings.config.mkdir(parents=True, exist_ok=True)
        return [path for name in _names() if _write(path := settings.config / name, packaged(name))]
    except OSError as error:
        raise ConfigurationError(f"配置文件夹 {settings.config} 写不进去：{error.strerror}") from error


def difference(settings: Settings) -> str:
    """Unified diff from the packaged files to those in force; empty when nothing was edited."""
    return "".join(_difference(settings, name) for name in _names())


def packaged(name: str) -> str:
    """The text a file has when nobody has edited it; settings.toml is written from the table of settings."""
    return settings_text() if name == SETTINGS_FILE else read_packaged(name)


def settings_text() -> str:
    """settings.toml with every setting explained, commented out at its default."""
    lines = ["# 设置：去掉行首的 # 即可修改；同名的环境变量（GUANSHAO_…）优先。guanshao settings 可查看生效的值。"]
    editable = (setting for setting in SETTINGS if not setting.environment_only)
    for section, settings in groupby(editable, key=lambda setting: setting.section):
        lines += ["", f"# —— {section} ——"]
        lines += [line for setting in settings for line in _setting_lines(setting)]
    return "\n".join(lines) + "\n"


def _setting_lines(setting: Setting) -> list[str]:
    note = "" if setting.type is str and not setting.choices else f"（{setting.allowed}）"
    return [f"# {setting.help}{note}", f"# {setting.name} = {json.dumps(setting.default, ensure_ascii=False)}"]


def _names() -> tuple[str, ...]:
    return (SETTINGS_FILE, *CONFIGURATION_FILES)


def _write(path: Path, text: str) -> bool:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True


def _difference(settings: Settings, name: str) -> str:
    path = settings.config / name
    if not path.is_file():
        return ""
    before, after = packaged(name).splitlines(keepends=True), read_operator_file(path).splitlines(keepends=True)
    lines = difflib.unified_diff(before, after, f"随程序自带/{name}", str(path))
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
