"""The samples that are .xlsx workbooks; run make_samples.py to write them."""

import io
import struct
import zipfile
from datetime import date, time

from openpyxl.styles import PatternFill
from sample_parts import HEADINGS, JOBS, SAMPLES, csv_text, one_sheet, sample, saved, workbook


@sample("title_and_reporting_rows.xlsx")
def _() -> bytes:
    title, reporting = ["2026年第一季度企业招聘岗位信息汇总表"], ["填报单位：长安镇人力资源和社会保障分局"]
    return one_sheet([title, [*reporting, None, None, "日期：2026年3月"], HEADINGS, *JOBS], "A1:F1", "A2:C2")


@sample("two_heading_rows_merged.xlsx")
def _() -> bytes:
    top = ["企业名称", "岗位名称", "岗位要求", None, None, "薪资待遇", None, "招聘人数", None]
    below = [None, None, "学历", "年龄", "身高", "最低", "最高", "男", "女"]
    job = ["东莞市长安晨曜电子厂", "普工", "初中", "18-45", "160以上", 4500, 6000, 5, 3]
    return one_sheet([top, below, job], "A1:A2", "B1:B2", "C1:E1", "F1:G1", "H1:I1")


@sample("two_heading_rows_repeated.xlsx")
def _() -> bytes:
    top = ["企业名称", "岗位名称", "岗位要求", "岗位要求", "人数"]
    return one_sheet([["岗位表"], top, [None, None, "学历", "其他要求"], ["晨曜电子厂", "普工", "初中", "吃苦耐劳", 5]])


@sample("merged_employer.xlsx")
def _() -> bytes:
    jobs = [list(job) for job in JOBS] + [[4, None, "茶园工", 2, "4000", "翁源县"]]
    jobs[1][1] = jobs[1][5] = None
    jobs[1][3] = None
    return one_sheet([HEADINGS, *jobs], "B2:B3", "F2:F3", "D2:D3")


@sample("several_sheets.xlsx")
def _() -> bytes:
    turned = [row[::-1] for row in [HEADINGS, *JOBS]]
    notes = [["填报要求"], ["请于每月5日前报送"]]
    return saved(workbook(("长安镇", [HEADINGS, *JOBS]), ("仁化县", turned), ("空表", []), ("要求", notes))[0])


@sample("second_sheet_without_headings.xlsx")
def _() -> bytes:
    return saved(workbook(("第一页", [HEADINGS, *JOBS]), ("第二页", JOBS))[0])


@sample("hidden_sheet.xlsx")
def _() -> bytes:
    book, sheets = workbook(("岗位表", [HEADINGS, *JOBS]), ("去年的", [HEADINGS, *JOBS]))
    sheets[1].sheet_state = "hidden"
    return saved(book)


@sample("hidden_rows.xlsx")
def _() -> bytes:
    book, [sheet] = workbook(("岗位表", [HEADINGS, *JOBS]))
    sheet.row_dimensions[3].hidden = True
    return saved(book)


@sample("blank_total_and_note_rows.xlsx")
def _() -> bytes:
    after = [["小计", None, None, 31], [], ["合计", None, None, 31], ["填表说明：请各单位于每月5日前报送。"]]
    more = [["1.岗位名称必填"], ["填表人：陈小姐", None, None, "审核人：李先生"], ["备注：以上岗位长期有效"]]
    return one_sheet([HEADINGS, ["例", "某某公司", "普工", 1, "5000", "长安镇"], JOBS[0], [], *JOBS[1:], *after, *more])


@sample("numbered_empty_rows.xlsx")
def _() -> bytes:
    return one_sheet([HEADINGS, *JOBS, *[[n] for n in range(4, 30)]])


@sample("two_tables_in_one_sheet.xlsx")
def _() -> bytes:
    other = ["岗位名称", "企业名称", "工作地点", "薪资待遇", "招聘人数", None]
    jobs = ["采茶工", "翁源县青岭茶场", "翁源县", "130元/天", 6, None]
    rows = [["长安镇岗位信息汇总表"], HEADINGS, *JOBS, ["翁源县岗位信息汇总表"], other, jobs, other, jobs]
    return one_sheet(rows, "A1:F1", "A6:F6")


@sample("numbers_instead_of_text.xlsx")
def _() -> bytes:
    headings = [*HEADINGS, "联系电话", "有效期", "上班时间", "包吃住"]
    job = [1.0, "晨曜电子厂", "普工", 5.0, 5000.5, "长安镇", 13800138000.0, date(2026, 3, 5), time(8, 30), True]
    return one_sheet([headings, job])


@sample("openings_turned_into_a_date.xlsx")
def _() -> bytes:
    return one_sheet([HEADINGS, [1, "晨曜电子厂", "普工", date(2026, 5, 8), "4500", "长安镇"]])


@sample("line_breaks_and_odd_spaces.xlsx")
def _() -> bytes:
    headings = ["企业\n名称", "岗位　名称（必填）", "薪资待遇\n（元/月）", "工作地点", "岗位职责"]
    named = "东莞\n晨曜\u200b电子厂 "
    job = [named, "\u3000普工  夜班", "４５００-６０００", "东莞市\n长安镇", "1.装配\r\n\r\n 2.检验"]
    return one_sheet([headings, job])


@sample("repeated_columns.xlsx")
def _() -> bytes:
    headings = ["企业名称", "岗位", "岗位名称", "薪资", "备注", "备注", "城市", "工作地点"]
    return one_sheet([headings, ["晨曜电子厂", "生产类", "普工", "4500", "两班倒", "有班车", "东莞", "东莞市长安镇"]])


@sample("unknown_column.xlsx")
def _() -> bytes:
    return one_sheet([[*HEADINGS, "星座"], [*JOBS[0], "双鱼座"], [*JOBS[1], "白羊座"]])


@sample("no_salary_column.xlsx")
def _() -> bytes:
    return one_sheet([["岗位名称", "企业名称", "人数"], ["普工", "晨曜电子厂", 5]])


@sample("address_only.xlsx")
def _() -> bytes:
    return one_sheet([["岗位名称", "企业名称", "薪资", "工作地址"], ["普工", "晨曜电子厂", "4500", "长安镇振安路8号"]])


@sample("incomplete_rows.xlsx")
def _() -> bytes:
    untitled = [1, "晨曜电子厂", None, 5, "4500", "长安镇"]
    return one_sheet([HEADINGS, untitled, [2, None, "普工"], [None, "晨曜电子厂"], [4, None, None, None, "面议"]])


@sample("eager_titles.csv")
def _() -> bytes:
    """Titles and employers that begin like notes and totals are still records."""
    jobs = [["★普工", "晨曜电子厂", "4500"], ["总计划师", "晨曜电子厂", "9000"], ["普工", "☆晨曜电子厂", "4500"]]
    return csv_text([["岗位名称", "企业名称", "薪资"], *jobs]).encode()


@sample("no_headings.xlsx")
def _() -> bytes:
    return one_sheet([list(job) for job in JOBS])


@sample("headings_only.xlsx")
def _() -> bytes:
    return one_sheet([["长安镇岗位表"], HEADINGS, [], ["合计"]])


@sample("only_hidden.xlsx")
def _() -> bytes:
    book, sheets = workbook(("Sheet1", []), ("岗位", [HEADINGS, *JOBS]))
    sheets[1].sheet_state = "veryHidden"
    return saved(book)


@sample("two_hundred_columns.xlsx")
def _() -> bytes:
    return one_sheet([[*HEADINGS, *[f"列{n}" for n in range(194)]], [*JOBS[0], *range(194)]])


@sample("formatted_empty_columns.xlsx")
def _() -> bytes:
    book, [sheet] = workbook(("岗位表", [HEADINGS, *JOBS]))
    for column in range(7, 300):
        sheet.cell(2, column).fill = PatternFill("solid", fgColor="FFFF00")
    return saved(book)


@sample("cell_at_the_end_of_the_world.xlsx")
def _() -> bytes:
    book, [sheet] = workbook(("岗位表", [HEADINGS, *JOBS]))
    sheet.cell(1_048_576, 16_384).value = "x"
    return saved(book)


@sample("empty_workbook.xlsx")
def _() -> bytes:
    return saved(workbook(("Sheet1", []))[0])


@sample("cut_short.xlsx")
def _() -> bytes:
    return SAMPLES["several_sheets.xlsx"]()[:-900]


@sample("broken_sheet.xlsx")
def _() -> bytes:
    whole, stream = zipfile.ZipFile(io.BytesIO(SAMPLES["several_sheets.xlsx"]())), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as broken:
        for name in whole.namelist():
            data = whole.read(name)
            broken.writestr(name, b"<worksheet><sheetData><row></oops" if name.endswith("sheet1.xml") else data)
    return stream.getvalue()


@sample("bomb.xlsx")
def _() -> bytes:
    """4 MB of blanks in a few kilobytes; the tests allow 1 MB."""
    stream = io.BytesIO(SAMPLES["headings_only.xlsx"]())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet99.xml", b" " * 4 * 2**20)
    return stream.getvalue()


@sample("bomb_that_lies.xlsx")
def _() -> bytes:
    """The same, but the archive says that the part is 10 bytes long."""
    data = SAMPLES["bomb.xlsx"]()
    return data.replace(struct.pack("<I", 4 * 2**20), struct.pack("<I", 10))


@sample("under_password.xlsx")
def _() -> bytes:
    """What Excel makes of a workbook with a password: OLE2 around an encrypted package (the skeleton of one)."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    head += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * 432
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", len(name) * 2 + 2, kind, 1) + b"\0" * 60
        for name, kind in (("Root Entry", 5), ("EncryptionInfo", 2), ("EncryptedPackage", 2))
    )
    return head.ljust(512, b"\xff") + table + entries.ljust(512, b"\0")


@sample("program.xlsx")
def _() -> bytes:
    return b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + bytes(range(256)) * 4


@sample("pdf_document.xls")
def _() -> bytes:
    return b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"


@sample("word_document.xlsx")
def _() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return stream.getvalue()


@sample("archive.xlsx")
def _() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("岗位表.txt", "岗位")
    return stream.getvalue()


@sample("noise.csv")
def _() -> bytes:
    return bytes(range(1, 256)) * 8
