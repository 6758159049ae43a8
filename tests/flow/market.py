"""A source that lists its jobs page by page, and pulls of it: what captures, resuming and replaying are tried on.

In: a desk and a `SiteByPath`. Out: `Market`, which says what is listed, how it fails, and what a pull brings.
"""

import json
from collections.abc import Callable
from pathlib import Path

from config.sources import Source
from exchange.captures import captures_folder
from exchange.models import Organisation, PullManifest
from exchange.store.captures import all_manifests
from ingest.http import client_for
from ingest.intake import Summary
from ingest.pulling import pull
from tests.flow.desk import Desk
from tests.unit.scripted_site import Answer
from tests.unit.site_by_path import SiteByPath

SOURCES = """
[[source]]
id = "market"
name = "人才市场接口"
city = "dongguan"
organisation = "dg-market"
adapter = "json_pages"
address = "{address}/jobs"
full_list = true
counts = true

[source.options]
items = "list"
total = "total"
size = 2
params = {{ token = "geheim" }}

[source.mapping]
id = "reference"
{title} = "title"

[source.policy]
pause_seconds = 0
"""
WORDS = "甲乙丙丁戊己庚辛壬癸"


def listed(number: int, pay: str = "5000-6000") -> dict[str, str]:
    return {
        "id": f"R{number}",
        "job": f"{WORDS[number]}班普工",
        "alias": f"{WORDS[number]}班操作员",
        "公司名称": "东莞市华盛电子有限公司",
        "工作地点": "长安镇",
        "薪资": pay,
        "招聘人数": "2",
    }


class Market:
    def __init__(self, open_desk: Callable[..., Desk], url: str, folder: Path, site: SiteByPath) -> None:
        self._open, self._url, self._config, self.site = open_desk, url, folder / "config", site
        self.reopen()
        with self.desk.exchange.store.write() as transaction:
            transaction.session.add(Organisation(code="dg-market", name="东莞市人才市场", city="dongguan"))

    def reopen(self, title: str = "job", **variables: str) -> None:
        """What another process would see, after the configuration was edited."""
        self._config.mkdir(exist_ok=True)
        text = SOURCES.format(address=self.site.address, title=title)
        (self._config / "sources.toml").write_text(text, encoding="utf-8")
        self.desk = self._open(self._url, GUANSHAO_CONFIG=str(self._config), **variables)

    @property
    def source(self) -> Source:
        return self.desk.exchange.configuration.sources["market"]

    @property
    def captures(self) -> Path:
        return captures_folder(self.desk.exchange)

    def path(self, page: int) -> str:
        return f"/jobs?token=geheim&page={page}&size=2"

    def lists(self, *numbers: int, pay: str = "5000-6000") -> None:
        """Two jobs a page."""
        self.site.routes = {}
        for page, first in enumerate(range(0, len(numbers), 2), 1):
            jobs = [listed(number, pay) for number in numbers[first : first + 2]]
            body = json.dumps({"list": jobs, "total": len(numbers)}, ensure_ascii=False).encode()
            self.site.set(self.path(page), Answer(body))

    def breaks_at(self, page: int, answer: Answer | None = None) -> None:
        self.site.set(self.path(page), answer or Answer(status=503))

    def pull(self) -> Summary:
        with client_for(self.desk.exchange, self.source, retries=0, sleep=lambda _: None) as client:
            return pull(self.desk.exchange, self.source, client, actor="test")

    def pages(self) -> list[int]:
        """Which pages were asked for since the last look."""
        return [int(path.partition("&page=")[2].partition("&")[0]) for path in self.site.paths()]

    def manifests(self) -> list[PullManifest]:
        with self.desk.exchange.store.read() as session:
            return sorted(all_manifests(session), key=lambda manifest: (manifest.started_at, manifest.batch_id or ""))

    def files(self) -> list[Path]:
        return sorted(self.captures.glob("*/*.gz"))
