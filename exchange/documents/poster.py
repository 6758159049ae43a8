"""The poster of a fair (海报), A4, as PDF.

In: what it says, as plain words. Out: PDF bytes. The layout is fair_poster.typ.
"""

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from exchange.documents.fair_pages import compiled
from exchange.documents.qr import qr_svg

MOST_EMPLOYERS, _FEWER = 20, 6
_LONGEST_NOTICE = 120  # characters: the poster stays one page


@dataclass(frozen=True, slots=True)
class Poster:
    title: str
    when: str
    place: str
    figures: tuple[tuple[str, str], ...]  # (number, what it counts)
    lines: tuple[tuple[str, str], ...]  # (name, words)
    notice: str
    address: str  # of the page that the code leads to
    employers: Sequence[tuple[str, str]]  # (booth, name)
    demonstration: bool = False


def poster_pdf(poster: Poster, font: str = "") -> bytes:
    """As many employers by name as one page has room for. Raises NoFont."""
    from pypdf import PdfReader  # 13 MB: only where a file is made

    for many in range(MOST_EMPLOYERS, 0, -_FEWER):
        made = _poster_pdf(poster, many, font)
        if len(PdfReader(io.BytesIO(made)).pages) == 1:
            return made
    return _poster_pdf(poster, 0, font)


def _poster_pdf(poster: Poster, many: int, font: str) -> bytes:
    shown = poster.employers[:many]
    notice = poster.notice
    words = {
        **{name: value for name, value in asdict(poster).items() if name not in {"figures", "lines", "employers"}},
        "notice": notice if len(notice) <= _LONGEST_NOTICE else notice[:_LONGEST_NOTICE] + "……",
        "figures": [{"number": number, "words": what} for number, what in poster.figures],
        "lines": [{"name": name, "words": said} for name, said in poster.lines],
        "employers": [{"booth": booth, "name": name} for booth, name in shown],
        "more": len(poster.employers) - len(shown),
        "code": qr_svg(poster.address, poster.title),
    }
    return compiled("fair_poster.typ", "poster", words, font)
