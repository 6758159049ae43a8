"""A JSON feed of pages that lie ready in a folder, in a process of its own: `python -m tests.bench.pages_site FOLDER`.

In: a folder with 1.json, 2.json …. Out: the port on the first line of standard output, then pages until it is ended.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit


class _Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path

    def do_GET(self) -> None:
        number = parse_qs(urlsplit(self.path).query).get("page", ["0"])[0]
        page = self.folder / f"{int(number)}.json"
        body = page.read_bytes() if page.exists() else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


def main(folder: str) -> None:
    _Pages.folder = Path(folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
