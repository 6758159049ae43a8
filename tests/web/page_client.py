"""A client that looks at every page it fetches: what a page must always have is checked each time, not once.

In: the application. Out: `Page`s, parsed. An `AssertionError` names what is missing.
"""

from collections import Counter
from itertools import pairwise
from urllib.parse import urlsplit

from flask import Flask
from selectolax.lexbor import LexborHTMLParser, LexborNode
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

PAGE_LIMIT = 300_000  # bytes


class Page:
    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.html = response.get_data(as_text=True)
        self.tree = LexborHTMLParser(self.html)

    @property
    def text(self) -> str:
        body = self.tree.body
        assert body is not None
        return " ".join(body.text(separator=" ").split())

    @property
    def title(self) -> str:
        return self.one("head > title").text()

    def one(self, selector: str) -> LexborNode:
        found = self.tree.css(selector)
        assert len(found) == 1, f"{len(found)} × {selector}"
        return found[0]

    def all(self, selector: str) -> list[LexborNode]:
        return self.tree.css(selector)

    def texts(self, selector: str) -> list[str]:
        return [" ".join(node.text(separator=" ").split()) for node in self.all(selector)]

    def link(self, words: str) -> str:
        """The address of the one link with these words."""
        found = [a.attributes.get("href") or "" for a in self.all("a[href]") if words in a.text()]
        assert found, f"no link says {words}"
        return found[0]


class PageClient:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def get(self, path: str, status: int = 200) -> Page:
        return self._inspected(self.client.get(path), path, status)

    def post(self, path: str, status: int = 200, **fields: str) -> Page:
        """As a form of the site does it, with the token against forgery."""
        return self._inspected(self.send(path, **fields), path, status)

    def send(self, path: str, **fields: str) -> TestResponse:
        """The same, for answers that are no page, such as a redirect."""
        form = Page(self.client.get("/login", follow_redirects=True))
        token = form.all("input[name=csrf_token]")[0].attributes["value"]
        return self.client.post(path, data={"csrf_token": token, **fields})

    def _inspected(self, response: TestResponse, path: str, status: int) -> Page:
        assert response.status_code == status, f"{path}: {response.status_code}"
        assert response.mimetype == "text/html"
        page = Page(response)
        assert len(page.html.encode()) < PAGE_LIMIT
        _check_frame(page)
        _check_fields(page)
        _check_own_resources(page)
        for address, method in _addresses(page):
            self._check_address(page, address, method)
        return page

    def _check_address(self, page: Page, address: str, method: str) -> None:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return
        if not parts.path:
            assert not parts.fragment or page.all(f"#{parts.fragment}"), f"{address} leads nowhere on the page"
            return
        try:
            self.app.url_map.bind("localhost").match(parts.path, method)
        except HTTPException as error:
            raise AssertionError(f"{method} {address}: {error}") from error


def _check_frame(page: Page) -> None:
    assert page.one("html").attributes.get("lang") == "zh-CN"
    assert page.title.endswith("莞韶岗位互通")
    assert len(page.title) > len(" · 莞韶岗位互通")
    assert page.one("h1").text().strip()
    assert page.all("meta[name=viewport]")
    for landmark in ("header.top", "main#main", "footer.bottom"):
        page.one(landmark)
    assert page.all("a.skip[href='#main']")
    repeated = [id for id, times in Counter(n.attributes.get("id") for n in page.all("[id]")).items() if times > 1]
    assert repeated == []
    levels = [int(node.tag[1]) for node in page.all("main h1, main h2, main h3, main h4")]
    jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    assert jumps == [], f"headings jump: {levels}"


def _check_fields(page: Page) -> None:
    labelled = {node.attributes.get("for") for node in page.all("label[for]")}
    for node in page.all("input, select, textarea"):
        if node.attributes.get("type") == "hidden":
            continue
        assert node.attributes.get("id") in labelled or node.attributes.get("aria-label"), node.html
    for node in page.all("button, a[href]"):
        assert node.text().strip() or node.attributes.get("aria-label"), node.html
    for node in page.all("[aria-labelledby]"):
        for id in (node.attributes["aria-labelledby"] or "").split():
            assert page.all(f"[id='{id}']"), f"nothing has the id {id}"


def _check_own_resources(page: Page) -> None:
    """Nothing from elsewhere and nothing the content security policy would stop."""
    assert "default-src 'self'" in page.response.headers["Content-Security-Policy"]
    for node in page.all("script[src], link[href], img[src], iframe, video, audio"):
        address = urlsplit(node.attributes.get("src") or node.attributes.get("href") or "")
        assert not address.netloc or address.netloc == "localhost", node.html
    for node in page.all("script:not([src])"):
        assert node.attributes.get("type") == "application/ld+json"
    assert page.all("style, [style]") == []
    handlers = [n.html for n in page.all("*") if any(name.startswith("on") for name in n.attributes)]
    assert handlers == []


def _addresses(page: Page) -> list[tuple[str, str]]:
    links = [(node.attributes.get("href") or "", "GET") for node in page.all("a[href]")]
    for node in page.all("a[href^='http']"):
        assert "external" in (node.attributes.get("rel") or ""), node.html
    forms = page.all("form")
    return links + [(f.attributes.get("action") or "", (f.attributes.get("method") or "get").upper()) for f in forms]
