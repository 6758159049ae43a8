"""Fonts for reports: the ones Word names, and the ones the PDF finds on this machine.

In: the setting `pdf_font` (a folder, "" for the system's). Out: `Fonts`, families by role, or `NoFont`. Word
only names the office's fonts (小标宋, 仿宋, 黑体, 楷体); the PDF carries what it uses.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst

_SERIF = (
    "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN", "SimSun", "NSimSun",
    "Songti SC", "STSong", "AR PL UMing CN", "FandolSong",
)  # fmt: skip
_SANS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "SimHei", "Heiti SC", "PingFang SC",
    "STHeiti", "Microsoft YaHei", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback", "FandolHei",
)  # fmt: skip
_ROLES = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", *_SERIF, *_SANS),
    "body": ("FangSong_GB2312", "FangSong", "STFangsong", "FandolFang R", *_SERIF, *_SANS),
    "heading": ("SimHei", *_SANS, *_SERIF),
    "subheading": ("KaiTi_GB2312", "KaiTi", "STKaiti", "Kaiti SC", "FandolKai", *_SERIF, *_SANS),
    "label": (*_SANS, *_SERIF),
}
REMEDY = "请安装中文字体（Debian：apt-get install fonts-noto-cjk），或用 GUANSHAO_PDF_FONT 指明放字体文件的文件夹。"


class NoFont(Exception):
    """There is no Chinese font to make a PDF with. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Fonts:
    folder: str  # "" when they are the system's
    title: str
    body: str
    heading: str
    subheading: str
    label: str


@lru_cache(maxsize=4)
def find_fonts(setting: str) -> Fonts:
    """Raises NoFont."""
    if setting and not Path(setting).exists():
        raise NoFont(f"GUANSHAO_PDF_FONT 指的 {setting} 不存在。{REMEDY}")
    folder = _folder(setting)
    own = _families(folder) if folder else []
    there = set(own if folder else typst.Fonts(include_embedded_fonts=False).families())
    found = {role: next((name for name in names if name in there), "") for role, names in _ROLES.items()}
    if own:  # whatever it is called, it is the font that was asked for
        found = {role: name or own[0] for role, name in found.items()}
    if not all(found.values()):
        where = f"{folder} 里" if folder else "这台电脑上"
        raise NoFont(f"{where}没有找到中文字体，做不出 PDF（Word 和 Excel 不受影响）。{REMEDY}")
    return Fonts(folder=folder, **found)


def chart_family(setting: str) -> str:
    """"" where there is no Chinese font: the chart is then drawn with its numbers only."""
    try:
        return find_fonts(setting).label
    except NoFont:
        return ""


def _folder(setting: str) -> str:
    path = Path(setting)
    return str(path.parent if path.is_file() else path) if setting else ""


def _families(folder: str) -> list[str]:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    return sorted(fonts.families())
