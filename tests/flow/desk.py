"""What a clerk does and sees: rows of a sheet go in, outcomes, counts, postings and searches come out.

In: rows under Chinese headings. Out: `Desk`, an exchange with short words for its use, and `Clock`. Every test of the
flow is written in these words.
"""

import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlmodel import SQLModel, col, func, select

from config.startup import load_configuration
from config.words import WithdrawalReason
from exchange.clock import LOCAL
from exchange.context import Exchange, open_exchange
from exchange.counting import Count
from exchange.indexing import follow
from exchange.models import Credit, Event, Offer, Posting
from exchange.store.counting import count
from exchange.store.decisions import withdraw_posting
from exchange.store.lifecycle import expire_offers
from exchange.store.verifying import Replay, verify_index, verify_store
from ingest.intake import Summary, take_file, try_file
from search.requests import SearchRequest

CHANGAN, HUMEN, WENGYUAN = "441900119", "441900121", "440229"
Row = dict[str, str]
_PLAIN: Row = {
    "岗位编号": "",
    "用人单位": "东莞市华盛电子有限公司",
    "岗位名称": "普工",
    "招聘人数": "10",
    "薪资待遇": "5000-6500元/月",
    "工作地点": "长安镇",
    "有效期": "",
    "岗位职责": "",
    "联系电话": "",
}


def job(title: str, **changes: str) -> Row:
    """A complete row that counts, except for what is changed."""
    return {**_PLAIN, "岗位名称": title, **changes}


def write_csv(path: Path, rows: list[Row]) -> Path:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_workbook(
    path: Path, rows: list[Row], title: str = "", merged: tuple[str, ...] = (), sheet: str = "岗位"
) -> Path:
    """A sheet under a merged title row; `merged` ranges are merged after writing."""
    book = Workbook()
    page = book.active
    page.title = sheet
    if title:
        page.append([title])
        page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(rows[0]))
    page.append(list(rows[0]))
    for row in rows:
        page.append(list(row.values()))
    for cells in merged:
        page.merge_cells(cells)
    book.save(path)
    return path


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 12, 10, 0, tzinfo=LOCAL)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)

    def set(self, *local: int) -> None:
        self.now = datetime(*local, tzinfo=LOCAL)  # type: ignore[misc,arg-type]


@dataclass
class Desk:
    exchange: Exchange
    clock: Clock
    folder: Path
    tampered: bool = False

    @classmethod
    def open(cls, folder: Path, url: str, clock: Clock, **variables: str) -> "Desk":
        given = {"GUANSHAO_DATA": str(folder), "GUANSHAO_DATABASE_URL": url, **variables}
        return cls(open_exchange(load_configuration(given), clock), clock, folder)

    def take(
        self, rows: list[Row] | Path, organisation: str = CHANGAN, source: str = "", await_confirmation: bool = False
    ) -> Summary:
        return take_file(
            self.exchange,
            self._file(rows),
            self._source(organisation, source),
            organisation,
            actor="test",
            await_confirmation=await_confirmation,
        )

    def try_out(self, rows: list[Row] | Path, organisation: str = CHANGAN) -> Summary:
        return try_file(self.exchange, self._file(rows), self._source(organisation), organisation)

    def _file(self, rows: list[Row] | Path) -> Path:
        return rows if isinstance(rows, Path) else write_csv(self.folder.parent / "报送.csv", rows)

    def _source(self, organisation: str, source: str = "") -> Any:
        return self.exchange.configuration.sources[source or ("dg" if organisation[:4] == "4419" else "sg") + "-upload"]

    def count(self, year: int = 2026, as_of: datetime | None = None) -> Count:
        with self.exchange.store.read() as session:
            return count(session, year, self.clock(), as_of)

    def counted(self, year: int = 2026, as_of: datetime | None = None, direction: str = "dg-sg") -> int:
        found = [c.counted for c in self.count(year, as_of).commitments if c.direction == direction]
        return found[0]

    def uncounted(self, year: int = 2026) -> dict[str, int]:
        return dict(self.count(year).uncounted)

    def found(self, query: str = "") -> list[str]:
        """Titles that a job seeker finds, sorted."""
        result = self.exchange.reader.search(SearchRequest(self.exchange.today, q=query, page_size=100))
        posted = {posting.id: offer.content["title"] for posting, offer in self.postings()}
        return sorted(posted[hit.id] for hit in result.hits)

    def postings(self) -> list[tuple[Posting, Offer]]:
        """Every posting with the offer it is shown under."""
        with self.exchange.store.read() as session:
            query = select(Posting, Offer).join(Offer, col(Offer.id) == Posting.primary_offer)
            return [(posting, offer) for posting, offer in session.exec(query)]

    def posting(self, title: str) -> Posting:
        (found,) = [posting for posting, offer in self.postings() if offer.content["title"] == title]
        return found

    def statuses(self) -> dict[str, str]:
        return {offer.content["title"]: posting.status for posting, offer in self.postings()}

    def events(self, kind: str = "") -> list[Event]:
        with self.exchange.store.read() as session:
            query = select(Event).order_by(col(Event.sequence))
            return [event for event in session.exec(query) if event.kind.startswith(kind)]

    def credits(self, posting_id: str = "") -> list[tuple[int, str, int]]:
        """(year, reason, sign) in ledger order."""
        with self.exchange.store.read() as session:
            query = select(Credit).order_by(col(Credit.sequence), col(Credit.sign))
            rows = [row for row in session.exec(query) if posting_id in {"", row.posting_id}]
        return [(row.year, row.reason, row.sign) for row in rows]

    def sizes(self) -> dict[str, int]:
        """Rows of every table."""
        with self.exchange.store.read() as session:
            tables = SQLModel.metadata.sorted_tables
            counts = {
                table.name: session.connection().execute(select(func.count()).select_from(table)) for table in tables
            }
            return {name: int(result.scalar_one()) for name, result in counts.items()}

    def expire(self) -> int:
        ended = expire_offers(self.exchange.store)
        follow(self.exchange)
        return ended

    def withdraw(self, title: str, reason: WithdrawalReason) -> None:
        posting = self.posting(title)
        with self.exchange.store.write(actor="office") as transaction:
            withdraw_posting(transaction, posting.id, reason)
        follow(self.exchange)

    def differences(self) -> list[str]:
        with self.exchange.store.read() as session:
            found = list(verify_store(session, Replay()))
            return found + list(verify_index(session, self.exchange.reader.ids()))


def outcomes(summary: Summary) -> dict[str, int]:
    """Only the words that occur."""
    return {str(word): number for word, number in summary.outcomes.items() if number}


def codes(summary: Summary) -> list[tuple[int, str]]:
    """(row, code) of every problem, sorted."""
    return sorted((problem["row"], problem["code"]) for problem in summary.problems)


def day(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()
