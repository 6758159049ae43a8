"""How the stand-in site speaks HTTP: one thread a connection, kept alive, ended when the site closes.

In: a port and a function that answers addresses. Out: `SiteServer`. It sends what an `Answer` says, lies included, and
hangs up after one. It has nothing to do with what is served.
"""

import select
import socket
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, cast

from tests.site.answers import Answer

# (method, address, headers, when it came in, wait so many seconds and tell whether the visitor is still there)
Answerer = Callable[[str, str, dict[str, str], float, Callable[[float], bool]], Answer]
_LOOK_AGAIN = 0.02  # seconds


class SiteServer(ThreadingHTTPServer):
    daemon_threads = False  # closing waits for them

    def __init__(self, port: int, answer: Answerer, closing: Event) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.port: int = self.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.answer, self.closing = answer, closing
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.errors: list[BaseException] = []
        self._open: set[socket.socket] = set()
        self._lock = Lock()

    @property
    def connections(self) -> int:
        with self._lock:
            return len(self._open)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Needs `closing` to be set. Raises what went wrong with a page."""
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
        self._end_connections()
        self.server_close()  # waits for the threads of the connections
        if self.errors:
            raise self.errors[0]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def _end_connections(self) -> None:
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # the visitor was faster

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, OSError):  # a visitor who left is no error
            self.errors.append(error)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two writes: no waiting for the first to be acknowledged

    def do_GET(self) -> None:
        server = cast(SiteServer, self.server)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(server.answer(self.command, self.path, headers, monotonic(), self._wait))

    do_HEAD = do_GET

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.do_GET()

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.status != 304:
            self.send_header("Content-Type", answer.kind)
        length = len(answer.body) if answer.said_length is None else answer.said_length
        chunked = answer.pieces is not None and answer.said_length is None
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif answer.status != 304:
            self.send_header("Content-Length", str(length))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.pieces is not None or answer.said_length is not None:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        if self.command == "HEAD":
            return
        self._write(answer.body, chunked)
        for piece in answer.pieces or ():
            self._write(piece, chunked)

    def _write(self, piece: bytes, chunked: bool) -> None:
        """A stream in chunks never gets its last, empty one: it never looks whole."""
        if piece:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)

    def _wait(self, seconds: float) -> bool:
        """Whether the visitor is still there, and the site open, so many seconds later."""
        closing, end = cast(SiteServer, self.server).closing, monotonic() + seconds
        while True:
            left = end - monotonic()
            if closing.wait(max(0.0, min(left, _LOOK_AGAIN))) or self._is_left():
                return False
            if left <= 0:
                return True

    def _is_left(self) -> bool:
        readable, _, _ = select.select([self.connection], [], [], 0)
        try:
            return bool(readable) and self.connection.recv(1, socket.MSG_PEEK) == b""
        except OSError:
            return True

    def log_message(self, format: str, *args: Any) -> None:
        pass
