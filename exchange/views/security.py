"""Headers of every answer: what a page may load (only from here), how long it may be kept, 演示数据.

In: an answer. Out: the same with its headers. Pages are never kept: a withdrawn posting is gone at once.
"""

from flask import Flask, Response

from exchange.views.current import demonstration

_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def register_security(app: Flask) -> None:
    @app.after_request
    def _add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-cache")
        if demonstration():
            response.headers["Guanshao-Demonstration"] = "yes"
        return response
