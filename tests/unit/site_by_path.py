"""A loopback site that answers by path and remembers who asked; robots.txt is a 404 unless written down.

In: path → answers, in order, the last one stays. Out: its address, its host, and what it was asked. With `tags` it
sends ETags and honours conditional requests.
"""

import hashlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.unit.scripted_site import Answer

Answers = list[Answer] | Answer


class SiteByPath:
    def __init__(self, routes: dict[str, Answers] | None = None, tags: bool = False) -> None:
        self.routes: dict[str, list[Answer]] = {}
        self.asked: list[str] = []  # paths with parameters
        self.headers: list[dict[str, str]] = []
        self.sent: list[int] = []  # statuses
        for path, answers in (routes or {}).items():
            self.set(path, answers)
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.headers.append(dict(self.headers))
                answer = site.answer_to(self.path)
                tag = f'"{hashlib.sha256(answer.body).hexdigest()[:12]}"'
                if tags and answer.status == 200 and self.headers.get("If-None-Match") == tag:
                    answer = Answer(b"", 304)
                site.sent.append(answer.status)
                self.send_response(answer.status)
                length = len(answer.body) if answer.said_length is None else answer.said_length
                if tags and answer.status in {200, 304}:
                    self.send_header("ETag", tag)
                for key, value in {"Content-Length": str(length), **answer.headers}.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_address[1]}"
        self.address = f"http://{self.host}"
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})

    def set(self, path: str, answers: Answers) -> None:
        self.routes[path] = answers if isinstance(answers, list) else [answers]

    def answer_to(self, path: str) -> Answer:
        """By path with parameters first, then by path alone."""
        answers = self.routes.get(path) or self.routes.get(path.partition("?")[0]) or [Answer(b"", 404)]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def paths(self, *, robots: bool = False) -> list[str]:
        """What was asked since the last look."""
        asked, self.asked = self.asked, []
        return [path for path in asked if robots or path != "/robots.txt"]

    def __enter__(self) -> "SiteByPath":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
