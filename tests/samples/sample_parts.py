"""What the makers of samples share: a register of samples, a bureau's headings and rows, workbooks in bytes."""

import io
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = ["序号", "企业名称", "岗位名称", "招聘人数", "薪资待遇", "工作地点"]
JOBS = [
    [1, "东莞市长安晨曜电子厂", "普工", 20, "4500-6000", "长安镇"],
    [2, "东莞市长安晨曜电子厂", "质检员", 3, "5000-6500", "长安镇"],
    [3, "韶关市丹霞果业合作社", "果园工", 8, "150元/天", "仁化县"],
]
SAMPLES: dict[str, Callable[[], bytes]] = {}


def sample(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
        SAMPLES[name] = make
        return make

    return keep


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(*sheets: tuple[str, list[list[object]]]) -> tuple[Workbook, list[Worksheet]]:
    book = Workbook()
    book.remove(book.active)
    made = []
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        made.append(sheet)
    return book, made


def one_sheet(rows: list[list[object]], *merges: str) -> bytes:
    book, [sheet] = workbook(("岗位表", rows))
    for merge in merges:
        sheet.merge_cells(merge)
    return saved(book)


def csv_text(rows: list[list[object]], delimiter: str = ",", end: str = "\r\n") -> str:
    return "".join(delimiter.join(str(cell) for cell in row) + end for row in rows)
