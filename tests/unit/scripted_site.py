"""A loopback site that answers what a test wrote down, in order; the last answer stays. It has no robots.txt.

In: answers. Out: its address, and what it was asked.
"""

from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Answer:
    body: bytes = b"{}"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    said_length: int | None = None  # a Content-Length that is a lie
    hold: Event | None = None  # answer only when it is set


class ScriptedSite:
    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.posted: list[bytes] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/robots.txt":
                    self.send_error(404)
                    return
                query = parse_qs(urlsplit(self.path).query)
                site.asked.append({key: values[0] for key, values in query.items()})
                site.headers.append(dict(self.headers))
                self._answer()

            def do_POST(self) -> None:
                site.headers.append(dict(self.headers))
                site.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
                self._answer()

            def _answer(self) -> None:
                answer = site.answers.pop(0) if len(site.answers) > 1 else site.answers[0]
                if answer.hold is not None:
                    answer.hold.wait(30)
                self.send_response(answer.status)
                length = len(answer.body) if answer.said_length is None else answer.said_length
                for key, value in {"Content-Length": str(length), **answer.headers}.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/jobs"
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> "ScriptedSite":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
