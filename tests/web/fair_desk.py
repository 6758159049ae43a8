"""A fair at the desk of Chang'an's bureau: planned, papered, peopled, checked, published and held through its pages.

In: a `BureauDesk`. Out: paths of fairs in the state a test wants.
"""

import io
from dataclasses import dataclass
from datetime import timedelta

from werkzeug.test import TestResponse

from exchange.models import Fair
from exchange.store.fairs import find_fair
from tests.web.bureau_desk import BureauDesk, Clerk, csv_of, job
from tests.web.page_client import Page

MILL = "东莞市长安试样毛织厂"
ELECTRONICS = "东莞市长安试样电子有限公司"
PDF = b"%PDF-1.4\n%invented\n"
PAPERS = ("plan", "emergency", "security")
FORM = {
    "name": "翁源—长安春季供需对接会",
    "cluster": "c01",
    "organisers": "长安镇人力资源和社会保障分局、翁源县人力资源和社会保障局",
    "starts_at": "2026-04-10T09:00",
    "ends_at": "2026-04-10T12:00",
    "expected": "800",
    "place": "翁源县文化广场",
    "address": "龙仙镇朝阳路1号",
    "map_link": "https://map.example.org/x",
    "contact": "就业股",
    "phone": "0751-8555201",
    "notice": "上午有接驳车。",
}


@dataclass(frozen=True)
class FairDesk:
    desk: BureauDesk
    clerk: Clerk

    def plan(self, **changes: str) -> str:
        """Path of the fair's page under /bureau."""
        response = self.clerk.send("/bureau/fairs/new", **{**FORM, **changes})
        assert response.status_code == 303, response.get_data(as_text=True)
        return response.headers["Location"]

    def send(self, path: str, address: str, clerk: Clerk | None = None, **fields: object) -> Page:
        """A form of the fair's page with the revision it shows; the page that follows."""
        browser = clerk or self.clerk
        response = browser.client.post(path + address, data=self.fields(path, browser, **fields))
        assert response.status_code == 303, response.get_data(as_text=True)
        return browser.get(response.headers["Location"])

    def fields(self, path: str, browser: Clerk, **fields: object) -> dict[str, object]:
        form = Page(browser.client.get("/login", follow_redirects=True))
        token = form.all("input[name=csrf_token]")[0].attributes["value"]
        return {"csrf_token": token, "seen": str(self.fair(path).revision), **fields}

    def upload(self, path: str, kind: str, content: bytes = PDF, name: str = "材料.pdf") -> Page:
        return self.send(path, "/documents", kind=kind, file=(io.BytesIO(content + kind.encode()), name))

    def papers(self, path: str) -> None:
        for kind in PAPERS:
            self.upload(path, kind)

    def exhibitor_ids(self, path: str) -> list[str]:
        page = self.clerk.get(f"{path}/exhibitors")
        return [box.attributes["value"] or "" for box in page.all("input[name=exhibitor]")]

    def people(self, path: str, lines: str = f"{ELECTRONICS},A01\n{MILL},A02") -> None:
        self.send(path, "/exhibitors/sheet", lines=lines)
        self.send(path, "/exhibitors/verify", exhibitor=self.exhibitor_ids(path))

    def checked(self, **changes: str) -> str:
        path = self.plan(**changes)
        self.papers(path)
        self.people(path)
        self.send(path, "/check", self.desk.clerk("changan2"))
        return path

    def published(self, **changes: str) -> str:
        path = self.checked(**changes)
        self.send(path, "/publish")
        assert self.fair(path).state == "published"
        return path

    def held(self) -> str:
        path = self.published()
        self.open_day(path)
        self.send(path, "/hold")
        assert self.fair(path).state == "held"
        return path

    def open_day(self, path: str) -> None:
        """An hour after it has begun."""
        self.desk.clock.now = self.fair(path).starts_at + timedelta(hours=1)
        self.clerk.log_in("changan")

    def fair(self, path: str) -> Fair:
        with self.desk.exchange.store.read() as session:
            return find_fair(session, path.rsplit("/", 1)[1])

    def public(self, path: str) -> str:
        return "/fairs/" + path.rsplit("/", 1)[1]

    def tally(self, path: str, *tallies: dict[str, object], clerk: Clerk | None = None) -> TestResponse:
        browser = clerk or self.clerk
        token = browser.client.get(f"{path}/day/sums.json").get_json()["token"]
        headers = {"X-CSRFToken": token}
        return browser.client.post(f"{path}/day/tallies", json={"tallies": list(tallies)}, headers=headers)


def open_fair_desk(desk: BureauDesk) -> FairDesk:
    """Two employers of Chang'an have open postings."""
    clerk = desk.clerk("changan")
    other = {"单位名称": MILL, "联系人": "", "联系电话": ""}
    rows = [job("普工"), job("数控车床操作工", 薪资待遇="7000-9000"), job("缝纫工", **other), job("文员", **other)]
    desk.publish(clerk, csv_of(*rows))
    return FairDesk(desk, clerk)
