"""QR codes as SVG text, for pages and for print.

In: an address. Out: a drawing without any style that the content security policy would stop. segno makes them; level M
still reads when a seventh of it is dirty.
"""

import io

import segno

_QUIET_ZONE = 4  # modules around it, as the standard asks
_MASK = 3  # any of the eight is a good code; trying them all to find the best takes most of the time


def qr_svg(address: str, title: str | None = None, quick: bool = False) -> str:
    """`quick` is for thousands of them."""
    out = io.BytesIO()
    code = segno.make_qr(address, error="m", mask=_MASK if quick else None)
    plain = {"xmldecl": False, "omitsize": True, "nl": False, "svgclass": None, "lineclass": None}
    code.save(out, kind="svg", border=_QUIET_ZONE, title=title, light="#fff", **plain)
    return out.getvalue().decode()
