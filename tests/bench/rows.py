"""A bureau's workbook of any size: 13 columns, title rows, merged employers, about 2 % of the rows in need of mending.

In: a count, a seed, a day. Out: `sheet_rows()` as a clerk would type them, `write_workbook()` as a file.
A new kind of dirt is a line in _DIRT.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from config.words import City
from ingest.sample.rows import SheetRow
from ingest.sample.sheets import Column, Layout, fill_sheet
from ingest.sample.wording import word_day, word_openings
from tests.bench.drawing import Drawn, draw

EVERY = 50  # one row in so many is dirty

_DIRT: tuple[Callable[[SheetRow], SheetRow], ...] = (
    lambda row: replace(row, title=""),
    lambda row: replace(row, salary=""),
    lambda row: replace(row, salary="见附件"),
    lambda row: replace(row, openings=""),
    lambda row: replace(row, place="深圳市宝安区沙井街道"),
    lambda row: replace(row, duties=f"{row.duties}限男性。"),
    lambda row: replace(row, education="另定"),
)

_COLUMNS = (
    Column("企业名称", lambda row: row.employer, 30, is_merged=True),
    Column("招聘岗位", lambda row: row.title, 18),
    Column("招聘人数（人）", lambda row: row.openings, 10),
    Column("学历", lambda row: row.education, 10, over="岗位要求"),
    Column("年龄", lambda row: row.age, 10, over="岗位要求"),
    Column("工作经验", lambda row: row.experience, 10, over="岗位要求"),
    Column("薪资待遇(元/月)", lambda row: row.salary, 22),
    Column("岗位职责", lambda row: row.duties, 44),
    Column("福利待遇", lambda row: row.benefits, 22),
    Column("工作地点", lambda row: row.place, 22),
    Column("联系电话", lambda row: row.phone, 16, is_merged=True),
    Column("截止日期", lambda row: word_day(row.until, row.dice) if row.until else "", 14),
)  # and 序号, which the sheet adds


def sheet_rows(count: int, seed: int, today: date, city: City | None = City.DONGGUAN) -> Iterator[SheetRow]:
    for number, drawn in enumerate(draw(count, seed, today, city), 1):
        row = _row(drawn, Random(f"{seed}/{number}"))
        yield row if number % EVERY else _DIRT[number // EVERY % len(_DIRT)](row)


def _row(drawn: Drawn, dice: Random) -> SheetRow:
    place = drawn.division
    return SheetRow(
        employer=drawn.employer,
        title=drawn.title,
        openings=word_openings(drawn.openings, dice),
        salary=drawn.salary,
        place=dice.choice([f"东莞市{place.name}{drawn.street}", f"东莞·{place.name}", place.name]),
        duties=f"{drawn.duties}{drawn.requirements}",
        division=place.code,
        education=drawn.job.education,
        age=drawn.age,
        experience=drawn.job.experience,
        benefits="、".join(drawn.benefits),
        phone=drawn.phone,
        until=drawn.valid_through,
        dice=dice,
    )


def write_workbook(path: Path, count: int, seed: int, today: date) -> None:
    from openpyxl import Workbook

    layout = Layout(
        f"东莞市{today.year}年企业招聘岗位信息汇总表",
        "填报单位：东莞市人力资源和社会保障局",
        f"日期：{today.year}年{today.month}月{today.day}日",
        _COLUMNS,
        "招聘人数（人）",
        ("填表说明：", "招聘人数填数字；薪资按月填写。"),
    )
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "岗位汇总"
    fill_sheet(sheet, layout, list(sheet_rows(count, seed, today)))
    book.save(path)
    book.close()
