"""Makes the sample files of this folder, each named by its defect: `python tests/samples/make_samples.py`.

Every employer and vacancy is invented. To add a sample: write a function here, or in make_workbooks.py, under
`@sample("name.ending")` that answers bytes, run this script, and say in tests/unit/test_table_samples.py what must
come of the file.
"""

import io
import json
from pathlib import Path

import make_workbooks  # noqa: F401  (registers its samples)
import xlwt
from sample_parts import HEADINGS, JOBS, SAMPLES, csv_text, sample

FOLDER = Path(__file__).parent


@sample("old_format.xls")
def _() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("岗位表")
    sheet.write_merge(0, 0, 0, 5, "长安镇招聘岗位信息汇总表")
    for number, row in enumerate([HEADINGS, *JOBS], 1):
        for column, cell in enumerate(row):
            if column != 1 or number not in (2, 3):
                sheet.write(number, column, cell)
    sheet.write_merge(2, 3, 1, 1, JOBS[0][1])
    return _saved_xls(book)


@sample("hidden_sheet.xls")
def _() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for name in ("岗位表", "隐藏表"):
        sheet = book.add_sheet(name)
        for number, row in enumerate([HEADINGS, *JOBS]):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
    book.get_sheet(1).visibility = 1
    return _saved_xls(book)


def _saved_xls(book: xlwt.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@sample("cut_short.xls")
def _() -> bytes:
    return SAMPLES["old_format.xls"]()[:2500]


@sample("web_page.xls")
def _() -> bytes:
    head = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
    one, two, three = JOBS
    first = f"<td>1</td><td rowspan=2>{one[1]}</td>" + "".join(f"<td>{cell}</td>" for cell in one[2:])
    second = "<td>2</td>" + "".join(f"<td>{cell}</td>" for cell in two[2:])
    third = "".join(f"<td>{cell}</td>" for cell in three)
    rows = "".join(f"<tr>{row}</tr>" for row in ("<td colspan=6>长安镇岗位</td>", head, first, second, third))
    return f'<html><head><meta charset="gb2312"></head><body><table>{rows}</table></body></html>'.encode("gb18030")


@sample("xml_spreadsheet.xls")
def _() -> bytes:
    return b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'


@sample("web_page_without_table.xls")
def _() -> bytes:
    return "<html><body><p>请先登录</p></body></html>".encode()


@sample("text_with_tabs.xls")
def _() -> bytes:
    return csv_text([HEADINGS, *JOBS], "\t").encode("gb18030")


@sample("utf8_with_mark.csv")
def _() -> bytes:
    return csv_text([HEADINGS, *JOBS]).encode("utf-8-sig")


@sample("gb18030.csv")
def _() -> bytes:
    return csv_text([HEADINGS, *JOBS]).encode("gb18030")


@sample("utf16_with_tabs.csv")
def _() -> bytes:
    return csv_text([HEADINGS, *JOBS], "\t").encode("utf-16")


@sample("semicolons.csv")
def _() -> bytes:
    return csv_text([HEADINGS, *JOBS], ";", "\n").encode()


@sample("title_and_blank_lines.csv")
def _() -> bytes:
    title, total = ["仁化县2026年岗位表", *[""] * 5], ["合计", "", "", 31, "", ""]
    return csv_text([title, HEADINGS, JOBS[0], [""] * 6, [], *JOBS[1:], total]).encode()


@sample("quoted_line_breaks.csv")
def _() -> bytes:
    rows = [[*HEADINGS, "岗位职责"], [*JOBS[0], '"1.装配,打包\n2.检验\n他说""好"""'], [*JOBS[1], "检验"]]
    return csv_text(rows).encode()


@sample("unbalanced_quote.csv")
def _() -> bytes:
    rows = [[*HEADINGS, "备注"], [*JOBS[0], "无"], [*JOBS[1], '"两班倒'], *[[*JOBS[2], "无"]] * 5]
    return csv_text(rows).encode()


@sample("quote_inside_a_cell.csv")
def _() -> bytes:
    return csv_text([[*HEADINGS, "备注"], [*JOBS[0], '"急"招'], [*JOBS[1], '5"屏幕']]).encode()


@sample("broken_characters.csv")
def _() -> bytes:
    data = csv_text([HEADINGS, *JOBS, *[[n, "晨曜电子厂", "普工", 5, "4500", "长安镇"] for n in range(4, 40)]]).encode()
    return data[:-2].replace("果园工".encode(), "果园".encode() + b"\xe5\xb7", 1)


@sample("phone_in_scientific_notation.csv")
def _() -> bytes:
    rows = [[*HEADINGS, "联系电话"], [*JOBS[0], "1.3800138000E+10"], [*JOBS[1], "1.38E+10"]]
    return csv_text(rows).encode()


@sample("empty.csv")
def _() -> bytes:
    return b""


@sample("blank_lines_only.csv")
def _() -> bytes:
    return b"\xef\xbb\xbf\r\n ,, \r\n\r\n"


@sample("list.json")
def _() -> bytes:
    return json.dumps([dict(zip(HEADINGS, job, strict=True)) for job in JOBS], ensure_ascii=False).encode()


@sample("nested.json")
def _() -> bytes:
    items = [{"job": {"name": job[2]}, "company": {"name": job[1]}, "tags": ["包吃", "包住"]} for job in JOBS]
    return json.dumps({"code": 0, "data": {"total": 3, "list": items}}).encode()


@sample("one_bad_line.jsonl")
def _() -> bytes:
    lines = [json.dumps({"title": job[2], "company": job[1], "salary": job[4]}, ensure_ascii=False) for job in JOBS]
    return "\n".join([lines[0], lines[1][:-3], lines[2]]).encode()


@sample("cut_short.json")
def _() -> bytes:
    return SAMPLES["list.json"]()[:-40]


@sample("no_objects.json")
def _() -> bytes:
    return b'[1, 2, "3"]'


if __name__ == "__main__":
    for file_name, make_file in SAMPLES.items():
        (FOLDER / file_name).write_bytes(make_file())
    print(f"{len(SAMPLES)} samples in {FOLDER}")
