"""A real store with clerks of several organisations, a worker that acts when told, and the forms of their pages.

In: a folder. Out: `BureauDesk`. Files are uploaded as a browser does it; `work` is what the worker does in one turn.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from config.startup import load_configuration
from config.words import Role
from exchange.accounts import NewAccount, add_account
from exchange.app import create_app
from exchange.context import Exchange, open_exchange
from exchange.models import Batch
from exchange.store.previews import batches_page
from ingest.scheduler import handle_batches
from search.requests import SearchRequest
from tests.web.page_client import Page
from tests.web.staff import CHANGAN, PASSWORD, WENGYUAN, Browser, Clock

HUMEN = "441900121"
PERSON, PHONE = "陈试样", "0769-85550101"
ACCOUNTS = (
    ("changan", Role.BUREAU, CHANGAN),
    ("changan2", Role.BUREAU, CHANGAN),
    ("humen", Role.BUREAU, HUMEN),
    ("wengyuan", Role.BUREAU, WENGYUAN),
    ("dongguan", Role.BUREAU, "441900"),
    ("pair", Role.CLUSTER, "c01"),
    ("office", Role.OFFICE, "441900"),
)
PLAIN = {
    "岗位名称": "普工",
    "单位名称": "东莞市长安试样电子有限公司",
    "工作地点": "长安镇",
    "薪资待遇": "5000-6500元/月",
    "招聘人数": "10",
    "联系人": PERSON,
    "联系电话": PHONE,
}


def job(title: str, **changes: str) -> dict[str, str]:
    return {**PLAIN, "岗位名称": title, **changes}


def csv_of(*rows: dict[str, str], headings: dict[str, str] | None = None) -> bytes:
    """`headings`: ours → as this file writes them."""
    text = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.writer(text)
    writer.writerow([(headings or {}).get(name, name) for name in names])
    writer.writerows([[row.get(name, "") for name in names] for row in rows])
    return text.getvalue().encode("utf-8-sig")


class Clerk(Browser):
    def upload(self, content: bytes, name: str = "岗位表.csv", **fields: str) -> TestResponse:
        form = Page(self.client.get("/bureau/upload"))
        token = form.all("input[name=csrf_token]")[0].attributes["value"]
        data = {"csrf_token": token, "file": (io.BytesIO(content), name), **fields}
        return self.client.post("/bureau/upload", data=data, content_type="multipart/form-data")

    def uploaded(self, content: bytes, name: str = "岗位表.csv", **fields: str) -> str:
        """The path of the batch's page."""
        response = self.upload(content, name, **fields)
        assert response.status_code == 303, response.get_data(as_text=True)
        return response.headers["Location"]

    def press(self, page: Page, button: str, **fields: str) -> TestResponse:
        """Send the form with this button, its hidden fields and these."""
        form = next(f for f in page.all("form") if any(button in b.text() for b in f.css("button")))
        hidden = {i.attributes["name"]: i.attributes.get("value") or "" for i in form.css("input[type=hidden]")}
        return self.client.post(form.attributes["action"], data={**hidden, **fields})

    def pressed(self, page: Page, button: str, **fields: str) -> Page:
        """The page that follows."""
        response = self.press(page, button, **fields)
        assert response.status_code == 303, response.get_data(as_text=True)
        return self.get(response.headers["Location"])


@dataclass(frozen=True)
class BureauDesk:
    exchange: Exchange
    app: Flask
    clock: Clock

    def clerk(self, name: str = "changan") -> Clerk:
        opened = Clerk(self.app)
        assert opened.log_in(name).status_code == 303
        return opened

    def work(self) -> None:
        handle_batches(self.exchange)

    def publish(self, clerk: Clerk, content: bytes, name: str = "岗位表.csv", **fields: str) -> str:
        """Upload, check, confirm, publish. The path of the batch's page."""
        path = clerk.uploaded(content, name, **fields)
        self.work()
        clerk.pressed(clerk.get(path), "发布")
        self.work()
        return path

    def found(self, query: str = "") -> list[str]:
        """Ids that a search finds."""
        return [hit.id for hit in self.exchange.reader.search(SearchRequest(self.exchange.today, q=query)).hits]

    def batches(self) -> list[Batch]:
        with self.exchange.store.read() as session:
            return list(batches_page(session, None, "", 0, 100))


def open_desk(folder: Path, **settings: str) -> BureauDesk:
    clock = Clock()
    variables = {f"GUANSHAO_{name.upper()}": value for name, value in settings.items()}
    exchange = open_exchange(load_configuration({"GUANSHAO_DATA": str(folder / "data"), **variables}), clock)
    for name, role, organisation in ACCOUNTS:
        add_account(exchange.store, NewAccount(name, f"{name}的经办", role, organisation, PASSWORD))
    return BureauDesk(exchange, create_app(exchange), clock)


def numbers(page: Page) -> dict[str, int]:
    """What the tiles of a batch's page say."""
    told = (" ".join(text.split()).split(" ") for text in page.texts(".outcomes li"))
    return {name: int(number.replace(",", "")) for number, name in told}
