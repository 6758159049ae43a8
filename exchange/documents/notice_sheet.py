"""The notice-board sheet (张贴单) as PDF, laid out by Typst some postings at a time, so that memory stays flat.

In: a head, lines in the order of their places, the setting `pdf_font`. Out: a PDF written to a file. Raises NoFont.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from exchange.documents.handout_lines import HandoutHead, HandoutLine, by_place
from exchange.documents.qr import qr_svg
from exchange.documents.report_fonts import find_fonts
from exchange.store.lists import in_slices

AT_ONCE = 50  # postings laid out together: what Typst remembers of a few such parts is all that grows


def write_notice_sheet(target: Path, head: HandoutHead, lines: Iterable[HandoutLine], font: str = "") -> int:
    """Returns the number of pages."""
    from pypdf import PdfReader  # 13 MB: only where a file is made

    fonts = find_fonts(font)
    compiler = _compiler(fonts.folder)
    page, place = 1, ""
    parts: list[Path] = []
    with TemporaryDirectory(prefix="notice-sheet-") as folder:
        for some in in_slices(lines, AT_ONCE):
            part = Path(folder) / f"{len(parts)}.pdf"
            sheet = _plain(head, some, page, place) | {"font": fonts.label}
            inputs = {"sheet": json.dumps(sheet, ensure_ascii=False)}
            part.write_bytes(compiler.compile(_layout(), sys_inputs=inputs, format="pdf"))
            parts.append(part)
            page, place = page + len(PdfReader(part).pages), some[-1].place
        _join(parts, target)
    return page - 1


def _join(parts: Sequence[Path], target: Path) -> None:
    from pypdf import PdfWriter

    with PdfWriter() as whole:
        for part in parts:
            whole.append(part, import_outline=False)
        whole.write(target)


def _plain(head: HandoutHead, lines: Sequence[HandoutLine], page: int, place: str) -> dict[str, Any]:
    """`place`: of the line before, whose group goes on."""
    groups = [
        {"place": f"{name}（续）" if name == place else name, "lines": [_line(line) for line in group]}
        for name, group in by_place(lines)
    ]
    return {**asdict(head), "first-page": page, "groups": groups}


def _line(line: HandoutLine) -> dict[str, Any]:
    return asdict(line) | {"code": qr_svg(line.address, quick=True)}


@lru_cache(maxsize=1)
def _layout() -> bytes:
    return (files("exchange") / "documents" / "notice_sheet.typ").read_bytes()


@lru_cache(maxsize=2)
def _compiler(folder: str) -> Any:
    """Looking through the fonts takes longer than a page."""
    return typst.Compiler(font_paths=[folder] if folder else [], ignore_system_fonts=bool(folder))
