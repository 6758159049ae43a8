"""The target pages on both databases: one walk through every page and file that asks the store."""

from pathlib import Path

from tests.web.bureau_desk import csv_of, job, open_desk
from tests.web.page_client import PageClient
from tests.web.test_office_pages import BEFORE, GOAL, edit, record

PAGES = (
    "/targets", "/targets?as_of=2026-03-12", "/targets?as_of=2026-03-01", "/targets?sort=fair", "/targets/how",
    "/clusters/c01", "/clusters/unassigned", "/clusters/c01?as_of=2026-03-12", "/targets/postings",
    "/targets/postings?direction=dg-sg&cluster=c01&as_of=2026-03-12", "/targets/postings?cluster=unassigned",
    "/office", "/office/circular", "/office/clusters/c01", GOAL, BEFORE,
    *(f"/targets/gap/{kind}?cluster=c01" for kind in
      ("openings", "pay", "held", "refused", "expiring", "expired", "source", "employers")),
)  # fmt: skip
FILES = ("/targets.csv", "/targets.xlsx", "/targets/postings.xlsx", "/office/circular.xlsx")


def test_the_pages_say_the_same_on_sqlite_and_postgresql(tmp_path: Path, database_url: str) -> None:
    desk = open_desk(tmp_path, database_url=database_url)
    desk.publish(desk.clerk("changan"), csv_of(job("普工"), job("焊工"), job("文员", 招聘人数=""), job("")))
    office, visitor = desk.clerk("office"), PageClient(desk.app)
    assert edit(office, GOAL, goal_c01="900", words="组团目标").status_code == 303
    assert record(office, BEFORE, amount="7", day="2024-05-01", what="台账").status_code == 303
    for path in PAGES:
        office.get(path)
    for path in FILES:
        assert office.client.get(path).status_code == 200, path
    assert visitor.get("/targets").texts(".commitment .big") == ["2", "0"]
    assert visitor.get("/targets?year=2024").texts(".commitment .big") == ["7", "0"]
    assert len(visitor.get("/targets/postings?direction=dg-sg&cluster=c01").all(".posting-rows tbody tr")) == 2
    assert len(office.get("/targets/gap/refused?cluster=c01").all(".posting-rows tbody tr")) == 1
    desk.exchange.store.close()
