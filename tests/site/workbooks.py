"""Dongguan's download page: links to .xlsx, .xls and .csv (GBK) files, which together are one list (dg-files).

In: a visit and the postings of the channel today. Out: /dg/files/, the three parts, and /dg/files/latest.xlsx with all
of it. A file is made once for each state of the list: the bytes of a workbook tell when it was made.
"""

import csv
import io
from collections.abc import Callable, Sequence
from functools import lru_cache
from zlib import crc32

import xlwt
from openpyxl import Workbook

from tests.site.answers import Answer, Visit, html
from tests.site.html_pages import facts
from tests.site.postings import Posting

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NEW_HEADINGS = {
    "岗位名称": "栏目甲",
    "单位名称": "栏目乙",
    "薪资待遇": "栏目丙",
    "招聘人数": "栏目丁",
    "工作地点": "栏目戊",
}
Rows = tuple[tuple[str, ...], ...]  # headings first


def file_list(visit: Visit, postings: Sequence[Posting]) -> Answer:
    links = "\n".join(
        f'<li><a href="{name}">{title}</a></li>'
        for name, title in {
            "part-1.xlsx": "岗位信息汇总表（一）",
            "part-2.xls": "岗位信息汇总表（二）",
            "part-3.csv": "岗位信息汇总表（三）",
        }.items()
    )
    rule = "items" if visit.redesigned else "files"
    extra = '<li><a href="../../">返回首页</a></li>'
    return html(
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>岗位信息下载</title></head>\n'
        f'<body>\n<ul class="{rule}">\n{links}\n{extra}\n</ul>\n</body></html>\n'
    )


def part(visit: Visit, postings: Sequence[Posting]) -> Answer:
    """part-1.xlsx, part-2.xls, part-3.csv: a third of the postings each, always the same."""
    number, ending = int(visit.match[0]), visit.match[1]
    return _file(visit, [p for p in postings if crc32(p.reference.encode()) // 3 % 3 == number - 1], ending)


def whole_file(visit: Visit, postings: Sequence[Posting]) -> Answer:
    return _file(visit, postings, "xlsx")


def _file(visit: Visit, postings: Sequence[Posting], ending: str) -> Answer:
    kind, write = _WRITERS[ending]
    rows = table(postings, visit.redesigned)
    return Answer(write(rows), kind, version=repr((ending, rows)))


def table(postings: Sequence[Posting], redesigned: bool = False) -> Rows:
    first = postings[0] if postings else None
    headings = [*_row(first)] if first else ["岗位名称", "单位名称", "岗位编号"]
    if redesigned:
        headings = [_NEW_HEADINGS.get(heading, heading) for heading in headings]
    return (tuple(headings), *(tuple(_row(posting).values()) for posting in postings))


def _row(posting: Posting) -> dict[str, str]:
    told = {"岗位名称": posting.title, "单位名称": posting.employer, **facts(posting)}
    return {**told, "岗位职责": posting.duties, "任职要求": posting.requirements}


@lru_cache(maxsize=32)
def _write_xlsx(rows: Rows) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "岗位"
    for row in rows:
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@lru_cache(maxsize=32)
def _write_xls(rows: Rows) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("岗位")
    for line, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write(line, column, text)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _write_csv(rows: Rows) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue().encode("gbk", "replace")


_WRITERS: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "xlsx": (_XLSX, _write_xlsx),
    "xls": ("application/vnd.ms-excel", _write_xls),
    "csv": ("text/csv; charset=gbk", _write_csv),
}
