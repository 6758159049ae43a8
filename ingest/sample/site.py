"""The demonstration site (演示站点): serves the two feeds of the sample over real HTTP on this machine.

In: a port (0: any free one) and a day. Out: /dongguan/jobs?page=&size=, /shaoguan/api/postings?offset=&limit=,
a page for people at / and one per posting, each marked 演示数据.
"""

import html
import json
import logging
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from config.errors import ConfigurationError
from ingest.sample.feeds import Item, dongguan_items, shaoguan_items

_LOG = logging.getLogger(__name__)
_MOST = 200  # items on a page, whatever is asked for
DONGGUAN_PATH, SHAOGUAN_PATH = "/dongguan/jobs", "/shaoguan/api/postings"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    items: dict[str, list[Item]]


class DemonstrationSite:
    def __init__(self, port: int, today: date) -> None:
        try:
            self._server = _Server(("127.0.0.1", port), _Handler)
        except OSError as fault:
            raise ConfigurationError(
                f"demonstration_port: 端口 {port} 打不开（{fault.strerror}），请换一个 (choose another port)"
            ) from fault
        self.port: int = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._server.items = {
            DONGGUAN_PATH: dongguan_items(today, self.address),
            SHAOGUAN_PATH: shaoguan_items(today, self.address),
        }
        self._thread: Thread | None = None

    def start(self) -> None:
        """Serve from a thread of this process; it already answers when this returns."""
        self._thread = Thread(target=self.serve, name="demonstration-site", daemon=True)
        self._thread.start()

    def serve(self) -> None:
        self._server.serve_forever(poll_interval=0.1)

    def stop(self) -> None:
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def __enter__(self) -> "DemonstrationSite":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def run_site(port: int, today: date) -> None:
    """Serve until the process ends."""
    site = DemonstrationSite(port, today)
    try:
        site.serve()
    finally:
        site.stop()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30  # seconds an idle connection is kept

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        items = cast(_Server, self.server).items
        if parts.path == "/":
            self._answer(200, "text/html", _index_page(items))
        elif parts.path in items:
            self._answer_list(parts.path, items[parts.path], query)
        else:
            feed, _, reference = parts.path.rpartition("/")
            found = [item for item in items.get(feed, ()) if reference in (item.get("acb200"), item.get("id"))]
            page = _item_page(found[0]) if found else _page("没有这个岗位", "")
            self._answer(200 if found else 404, "text/html", page)

    def _answer_list(self, path: str, items: list[Item], query: dict[str, str]) -> None:
        try:
            answer = _dongguan_page(items, query) if path == DONGGUAN_PATH else _shaoguan_page(items, query)
        except ValueError:
            self._answer(400, "application/json", json.dumps({"code": 400, "msg": "分页参数不对"}, ensure_ascii=False))
            return
        self._answer(200, "application/json", json.dumps(answer, ensure_ascii=False))

    def _answer(self, status: int, kind: str, text: str) -> None:
        body = text.encode("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        _LOG.debug(format, *args)


def _whole(query: dict[str, str], key: str, default: int, least: int) -> int:
    number = int(query.get(key, default))
    if number < least:
        raise ValueError(key)
    return number


def _dongguan_page(items: list[Item], query: dict[str, str]) -> Item:
    page, size = _whole(query, "page", 1, 1), min(_whole(query, "size", 20, 1), _MOST)
    part = items[(page - 1) * size : page * size]
    return {"code": 0, "msg": "", "data": {"total": len(items), "page": page, "list": part}}


def _shaoguan_page(items: list[Item], query: dict[str, str]) -> Item:
    offset, limit = _whole(query, "offset", 0, 0), min(_whole(query, "limit", 20, 1), _MOST)
    return {"result": {"count": len(items), "rows": items[offset : offset + limit]}}


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{html.escape(title)} · 演示数据</title>'
        f"<h1>{html.escape(title)}</h1><p><strong>演示数据</strong>：单位、岗位和电话均为虚构，仅供试用。</p>{body}</html>"
    )


def _index_page(items: dict[str, list[Item]]) -> str:
    links = "".join(f'<li><a href="{path}">{path}</a>（{len(rows)} 条）</li>' for path, rows in items.items())
    return _page("莞韶岗位互通演示站点", f"<ul>{links}</ul>")


def _item_page(item: Item) -> str:
    flat: dict[str, Any] = {}
    for key, value in item.items():
        flat.update(value if isinstance(value, dict) else {key: value})
    rows = "".join(f"<dt>{html.escape(key)}</dt><dd>{html.escape(str(value))}</dd>" for key, value in flat.items())
    return _page(str(flat.get("aca112") or flat.get("name")), f"<dl>{rows}</dl>")
