"""The three files of the sample: two bureau workbooks and a csv in GBK.

In: a folder and a day. Out: the files with the source and organisation they belong to.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from ingest.sample.layouts import LECHANG, changan_layout, fair_layout, wengyuan_layout
from ingest.sample.rows import SheetRow, file_rows
from ingest.sample.sheets import fill_sheet

CHANGAN, WENGYUAN, LECHANG_CITY = "441900119", "440229", "440281"


@dataclass(frozen=True, slots=True)
class SampleFile:
    path: Path
    source: str  # id in sources.toml
    organisation: str  # code of the bureau that sends it


def build_sample(folder: Path, today: date) -> list[SampleFile]:
    """Writes the files into `folder` (made when missing); their order is the order to take them in."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        SampleFile(_write_changan(folder, today), "dg-upload", CHANGAN),
        SampleFile(_write_wengyuan(folder, today), "sg-upload", WENGYUAN),
        SampleFile(_write_lechang(folder, today), "sg-upload", LECHANG_CITY),
    ]


def _write_changan(folder: Path, today: date) -> Path:
    rows = file_rows("changan", today)
    own = {CHANGAN, ""}
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "长安镇"
    seen: set[tuple[str, str]] = set()
    here: list[SheetRow] = []
    fair: list[SheetRow] = []
    for row in rows:
        repeated = (row.employer, row.title) in seen
        seen.add((row.employer, row.title))
        (here if row.division in own and not repeated else fair).append(row)
    fill_sheet(sheet, changan_layout(today), here)
    fill_sheet(book.create_sheet("滨海片区专场"), fair_layout(today), fair)
    choices = book.create_sheet("下拉选项")
    for word in ("学历", "不限", "初中", "高中", "中专", "大专", "本科"):
        choices.append([word])
    choices.sheet_state = "hidden"
    return _save(book, folder / f"长安镇{today.year}年企业招聘岗位信息汇总表.xlsx")


def _write_wengyuan(folder: Path, today: date) -> Path:
    rows = file_rows("wengyuan", today)
    names = list(dict.fromkeys(row.employer for row in rows))
    first = set(names[: len(names) // 2])
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "第一周"
    fill_sheet(sheet, wengyuan_layout(today, "第一周"), [row for row in rows if row.employer in first])
    second = [row for row in rows if row.employer not in first]
    fill_sheet(book.create_sheet("第二周"), wengyuan_layout(today, "第二周"), second)
    return _save(book, folder / f"翁源县{today.year}年用工需求汇总表.xlsx")


def _write_lechang(folder: Path, today: date) -> Path:
    path = folder / f"乐昌市{today.year}年岗位信息.csv"
    with path.open("w", encoding="gbk", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.heading for column in LECHANG])
        writer.writerows([column.value(row) for column in LECHANG] for row in file_rows("lechang", today))
    return path


def _save(book: Workbook, path: Path) -> Path:
    book.save(path)
    book.close()
    return path
