"""An empty page that says in its title that it is invented: what the sample shows where people upload papers.

In: what it stands for. Out: a PDF.
"""

import io

from pypdf import PdfWriter

_A4 = 595, 842  # points


def blank_paper(words: str) -> bytes:
    page = io.BytesIO()
    with PdfWriter() as writer:
        writer.add_blank_page(*_A4)
        writer.add_metadata({"/Title": f"演示数据：{words}"})
        writer.write(page)
    return page.getvalue()
