"""Pages of fairs as PDF, laid out by Typst: compiling a layout with its words, and joining many small files into one.

In: a layout beside this file and plain values. Out: PDF bytes, or one file on disk. Long prints are made in small
parts, so that the memory taken does not grow with their number. Raises NoFont where there is no Chinese font.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from exchange.documents.report_fonts import find_fonts


def compiled(layout: str, name: str, words: dict[str, Any], font: str) -> bytes:
    """`name`: of the input that the layout reads; `font`: the setting `pdf_font`."""
    fonts = find_fonts(font)
    inputs = {name: json.dumps({**words, "fonts": asdict(fonts)}, ensure_ascii=False)}
    made: bytes = _compiler(fonts.folder).compile(_layout(layout), sys_inputs=inputs, format="pdf")
    return made


def joined(parts: Iterable[bytes], folder: Path, title: str) -> Path:
    """One file in `folder`, which is the caller's to remove."""
    from pypdf import PdfWriter  # 13 MB: only where a file is made

    target = folder / "joined.pdf"
    with PdfWriter() as writer:
        for number, part in enumerate(parts):
            path = folder / f"{number}.pdf"
            path.write_bytes(part)
            writer.append(path, import_outline=False)
        writer.add_metadata({"/Title": title})
        writer.write(target)
    return target


@lru_cache(maxsize=8)
def _layout(name: str) -> bytes:
    return (files("exchange") / "documents" / name).read_bytes()


@lru_cache(maxsize=4)
def _compiler(folder: str) -> Any:
    """Looking through the fonts takes longer than a page."""
    return typst.Compiler(font_paths=[folder] if folder else [], ignore_system_fonts=bool(folder))
