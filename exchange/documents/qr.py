"""QR codes: as SVG for pages and as squares for PDF pages.

In: an address. Out: an SVG drawing without any style that the content security policy would stop, or runs of dark
modules. segno draws them; level M still reads when a sixth of it is dirty.
"""

import io
from collections.abc import Iterator

import segno

_QUIET_ZONE = 4  # modules around it, as the standard asks


def qr_svg(address: str, title: str) -> bytes:
    out = io.BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(out, kind="svg", border=_QUIET_ZONE, scale=8, omitsize=True, title=title, light="#fff", nl=False)
    return out.getvalue()


def qr_runs(address: str) -> tuple[int, Iterator[tuple[int, int, int]]]:
    """(modules a side, (row, first column, length) of each run of dark modules), the quiet zone not included."""
    matrix = segno.make_qr(address, error="m").matrix
    return len(matrix), _runs(matrix)


def _runs(matrix: tuple[bytearray, ...]) -> Iterator[tuple[int, int, int]]:
    for row, line in enumerate(matrix):
        start = None
        for column, dark in enumerate((*line, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield row, start, column - start
                start = None
