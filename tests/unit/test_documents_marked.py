"""A clerk gets her own workbook back: what is wrong is marked, what was hers stays, and it can be uploaded again."""

import io
import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from config.words import Outcome, Severity
from exchange.documents.marked_workbook import download_name, write_marked_workbook
from exchange.documents.marks import ProblemMark, RecordMark
from exchange.documents.own_sheets import AUTHOR, CHECK_SHEET
from exchange.documents.painting import RED, YELLOW
from ingest.fields import Field, Row
from ingest.table import FileFault, FileTable, read_file

SAMPLES = Path(__file__).parent.parent / "samples"
HEADINGS = ["序号", "企业名称", "岗位名称", "招聘人数", "薪资待遇", "工作地点"]
JOBS: list[list[object]] = [
    [1, "东莞市长安晨曜电子厂", "普工", 20, "见附件", "长安镇"],
    [2, "东莞市长安晨曜电子厂", "质检员", None, "5000-6500", "长安镇"],
    [3, "韶关市丹霞果业合作社", "果园工", 8, "150元/天", "仁化县"],
]
SENTENCE = "看不懂薪资“见附件”，这一行不能发布。请改成金额。"


def made(folder: Path, rows: list[list[object]], touch: Callable[[Worksheet], None] = lambda sheet: None) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "岗位"
    for row in rows:
        sheet.append(row)
    touch(sheet)
    book.save(folder / "报送.xlsx")
    return folder / "报送.xlsx"


def number(position: int) -> str:
    return f"0123456789{position:02d}"


def pay_problem(row: Row, position: int) -> ProblemMark:
    heading = row.headings.get(Field.SALARY)
    return ProblemMark(
        "salary.unreadable", Severity.ERROR, SENTENCE, "见附件", "salary", row.sheet, row.row, heading, position
    )


def openings_problem(row: Row, position: int) -> ProblemMark:
    heading = row.headings.get(Field.OPENINGS)
    message = "没有填招聘人数：不计入任务数。请填写人数。"
    return ProblemMark(
        "openings.missing", Severity.WARNING, message, "", "openings", row.sheet, row.row, heading, position
    )


def marked(path: Path, folder: Path, *problems: ProblemMark) -> Path:
    """Every record taken, except those with an error among `problems`."""
    table = read_file(path)
    refused = {each.position for each in problems if each.severity is Severity.ERROR}
    records = [
        RecordMark(n, row.row, Outcome.REJECTED) if n in refused else RecordMark(n, row.row, Outcome.CREATED, number(n))
        for n, row in enumerate(table.rows, 1)
    ]
    own = [
        ProblemMark(p.code, p.severity, p.message, p.evidence, p.field, p.sheet, p.row, p.column)
        for p in table.problems
    ]
    target = io.BytesIO()
    name = write_marked_workbook(path, path.name, [asdict(s) for s in table.sheets], records, [*own, *problems], target)
    (folder / name).write_bytes(target.getvalue())
    return folder / name


def with_bad_pay(path: Path, folder: Path) -> Path:
    return marked(path, folder, pay_problem(read_file(path).rows[0], 1))


def colour(sheet: Worksheet, cell: str) -> str:
    fill = sheet[cell].fill
    return str(fill.fgColor.rgb)[-6:] if fill.fill_type == "solid" else ""


def comment(sheet: Worksheet, cell: str) -> str:
    found = sheet[cell].comment
    return "" if found is None else found.text


def plain(table: FileTable) -> list[tuple[dict[Field, str], dict[str, str], str]]:
    """What the rows say, without the platform's numbers."""
    return [
        ({target: text for target, text in row.cells.items() if target != Field.PLATFORM_ID}, row.other, row.place_hint)
        for row in table.rows
    ]


def numbers(table: FileTable) -> list[str]:
    return [row.cells.get(Field.PLATFORM_ID, "") for row in table.rows]


def test_a_wrong_cell_is_red_and_says_what_to_do(tmp_path: Path) -> None:
    sheet = load_workbook(with_bad_pay(made(tmp_path, [HEADINGS, *JOBS]), tmp_path))["岗位"]
    assert colour(sheet, "E2") == RED
    assert SENTENCE in comment(sheet, "E2")
    assert sheet["E2"].comment.author == AUTHOR
    assert colour(sheet, "E3") == ""
    assert comment(sheet, "E3") == ""


def test_a_warning_is_yellow_and_two_problems_share_a_comment(tmp_path: Path) -> None:
    path = made(tmp_path, [HEADINGS, *JOBS])
    rows = read_file(path).rows
    second = ProblemMark("x.y", Severity.WARNING, "第二句话。", "", "openings", "岗位", 3, "招聘人数", 2)
    sheet = load_workbook(marked(path, tmp_path, openings_problem(rows[1], 2), second))["岗位"]
    assert colour(sheet, "D3") == YELLOW
    assert "请填写人数" in comment(sheet, "D3")
    assert "第二句话" in comment(sheet, "D3")


def test_the_number_of_the_posting_and_the_result_stand_right_of_the_table(tmp_path: Path) -> None:
    sheet = load_workbook(with_bad_pay(made(tmp_path, [HEADINGS, *JOBS]), tmp_path))["岗位"]
    assert [sheet.cell(row, 7).value for row in range(1, 5)] == ["平台编号", None, number(2), number(3)]
    assert [sheet.cell(row, 8).value for row in range(1, 5)] == ["结果", f"退回：{SENTENCE}", "新增", "新增"]
    assert colour(sheet, "H2") == RED


def test_a_problem_without_a_column_marks_the_result(tmp_path: Path) -> None:
    path = made(tmp_path, [HEADINGS, *JOBS])
    twin = ProblemMark("duplicate.of", Severity.WARNING, "与本批第 2 行重复。", "row:岗位!2", None, "岗位", 3, None, 2)
    sheet = load_workbook(marked(path, tmp_path, twin))["岗位"]
    assert "与本批第 2 行重复" in comment(sheet, "H3")


def test_a_merged_cell_is_marked_where_it_shows(tmp_path: Path) -> None:
    path = made(tmp_path, [HEADINGS, *JOBS], lambda sheet: sheet.merge_cells("B2:B3"))
    row = read_file(path).rows[1]
    problem = ProblemMark(
        "employer.anonymous", Severity.ERROR, "请填全称。", "", "employer", "岗位", row.row, "企业名称", 2
    )
    book = load_workbook(marked(path, tmp_path, problem))
    assert colour(book["岗位"], "B2") == RED
    assert "岗位!B2" in [link.location.replace("'", "") for link in links(book[CHECK_SHEET])]


def test_a_column_that_is_not_understood_is_marked_at_its_heading(tmp_path: Path) -> None:
    path = made(tmp_path, [[*HEADINGS, "吉祥物"], *([*job, "熊猫"] for job in JOBS)])
    sheet = load_workbook(marked(path, tmp_path))["岗位"]
    assert colour(sheet, "G1") == YELLOW
    assert "吉祥物" in comment(sheet, "G1")


def test_the_layout_is_the_clerks_own(tmp_path: Path) -> None:
    def touch(sheet: Worksheet) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "长安镇汇总表"
        sheet.merge_cells("A1:F1")
        sheet["A1"].font = Font(name="黑体", size=20)
        sheet.column_dimensions["C"].width = 33
        sheet.freeze_panes = "A3"
        sheet.parent.create_sheet("草稿").sheet_state = "hidden"
        sheet.parent["草稿"]["A1"] = "内部"

    book = load_workbook(with_bad_pay(made(tmp_path, [HEADINGS, *JOBS], touch), tmp_path))
    sheet = book["岗位"]
    assert "A1:F1" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert (sheet["A1"].font.name, sheet["A1"].font.size) == ("黑体", 20)
    assert sheet.column_dimensions["C"].width == 33
    assert sheet.freeze_panes == "A3"
    assert book["草稿"].sheet_state == "hidden"
    assert book["草稿"]["A1"].value == "内部"
    assert book.active.title == "岗位"
    assert book.sheetnames == ["岗位", "草稿", CHECK_SHEET]


def links(sheet: Worksheet) -> list[object]:
    return [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink is not None]


def test_the_summary_counts_explains_and_leads_to_the_cell(tmp_path: Path) -> None:
    path = made(tmp_path, [HEADINGS, *JOBS])
    rows = read_file(path).rows
    book = load_workbook(marked(path, tmp_path, pay_problem(rows[0], 1), openings_problem(rows[1], 2)))
    lines = [[cell.value for cell in row] for row in book[CHECK_SHEET].iter_rows()]
    assert ["新增", 2] in [line[:2] for line in lines]
    assert ["退回", 1] in [line[:2] for line in lines]
    assert ["薪资看不懂", "错误", 1] in [line[:3] for line in lines]
    assert any(line[0] == "岗位" and line[2] == 2 and line[5] == SENTENCE for line in lines)
    assert {link.location.replace("'", "") for link in links(book[CHECK_SHEET])} == {"岗位!E2", "岗位!D3"}


def test_a_clerks_own_comment_and_colour_survive_and_come_back(tmp_path: Path) -> None:
    def touch(sheet: Worksheet) -> None:
        sheet["E2"].comment = Comment("等厂里答复", "小李")
        sheet["E2"].fill = PatternFill("solid", start_color="FF00B0F0")

    first = with_bad_pay(made(tmp_path, [HEADINGS, *JOBS], touch), tmp_path)
    sheet = load_workbook(first)["岗位"]
    assert colour(sheet, "E2") == RED
    assert comment(sheet, "E2").startswith("等厂里答复")
    assert SENTENCE in comment(sheet, "E2")
    again = load_workbook(marked(first, tmp_path))["岗位"]
    assert colour(again, "E2") == "00B0F0"
    assert comment(again, "E2") == "等厂里答复"


def test_a_mended_workbook_comes_back_clean(tmp_path: Path) -> None:
    first = with_bad_pay(made(tmp_path, [HEADINGS, *JOBS]), tmp_path)
    book = load_workbook(first)
    book["岗位"]["E2"] = "5000-6000"
    book.save(first)
    again = marked(first, tmp_path)
    after = load_workbook(again)
    sheet = after["岗位"]
    assert again.name == first.name == "报送_已标注.xlsx"
    assert colour(sheet, "E2") == ""
    assert comment(sheet, "E2") == ""
    assert colour(sheet, "H2") == ""
    assert [cell.value for cell in sheet[1]] == [*HEADINGS, "平台编号", "结果"]
    assert [sheet.cell(row, 8).value for row in (2, 3, 4)] == ["新增"] * 3
    assert after.sheetnames == ["岗位", CHECK_SHEET]


def test_a_workbook_that_another_program_has_saved_is_known_again(tmp_path: Path) -> None:
    """LibreOffice writes single texts as rich text, in pieces."""
    first = with_bad_pay(made(tmp_path, [HEADINGS, *JOBS]), tmp_path)
    book = load_workbook(first)
    signature = str(book[CHECK_SHEET]["A1"].value)
    book[CHECK_SHEET]["A1"] = CellRichText(TextBlock(InlineFont(b=True), signature[:4]), signature[4:])
    book["岗位"]["B2"] = CellRichText(TextBlock(InlineFont(color="FFFF0000"), "=东莞市"), "长安晨曜电子厂")
    book.save(first)
    after = load_workbook(marked(first, tmp_path), rich_text=True)
    assert after.sheetnames == ["岗位", CHECK_SHEET]
    assert isinstance(after["岗位"]["B2"].value, CellRichText), "the colours inside a cell are the clerk's"
    assert after["岗位"]["B2"].quotePrefix


def test_a_number_stays_with_a_row_that_is_returned(tmp_path: Path) -> None:
    """She empties a title by mistake: mended, the row must still be the same posting."""
    first = marked(made(tmp_path, [HEADINGS, *JOBS]), tmp_path)
    sheet = load_workbook(with_bad_pay(first, tmp_path))["岗位"]
    assert sheet["G2"].value == number(1)
    assert str(sheet["H2"].value).startswith("退回")


def test_another_column_called_result_is_left_alone(tmp_path: Path) -> None:
    path = made(tmp_path, [[*HEADINGS[:2], "结果", *HEADINGS[2:]], *([*job[:2], "已面试", *job[2:]] for job in JOBS)])
    sheet = load_workbook(marked(path, tmp_path))["岗位"]
    assert [sheet.cell(row, 3).value for row in (2, 3, 4)] == ["已面试"] * 3
    assert sheet["I1"].value == "结果"


def test_rows_nobody_has_confirmed_say_so(tmp_path: Path) -> None:
    path = made(tmp_path, [HEADINGS, *JOBS])
    target, table = io.BytesIO(), read_file(path)
    records = [RecordMark(n, row.row) for n, row in enumerate(table.rows, 1)]
    write_marked_workbook(path, path.name, [asdict(sheet) for sheet in table.sheets], records, [], target)
    assert [cell.value for cell in load_workbook(target)["岗位"]["H"]] == ["结果", "未发布", "未发布", "未发布"]


def readable_samples() -> list[str]:
    """JSON lines that are no JSON cannot be a row of a workbook; everything else can."""

    def can_be_read(path: Path) -> bool:
        try:
            read_file(path)
        except FileFault:
            return False
        return path.suffix != ".py" and path.name != "one_bad_line.jsonl"

    return sorted(path.name for path in SAMPLES.iterdir() if can_be_read(path))


@pytest.mark.parametrize("name", readable_samples())
def test_a_marked_workbook_reads_as_the_original_with_numbers(name: str, tmp_path: Path) -> None:
    before = read_file(SAMPLES / name)
    problems = [pay_problem(row, n) for n, row in enumerate(before.rows, 1) if n % 3 == 0]
    after = read_file(marked(SAMPLES / name, tmp_path, *problems))
    assert plain(after) == plain(before)
    assert numbers(after) == ["" if n % 3 == 0 else number(n) for n in range(1, len(before.rows) + 1)]
    if not name.endswith(".json"):  # of a JSON file nobody says that it lacks a column
        assert {each.code for each in after.problems} <= {each.code for each in before.problems}


def test_a_title_over_half_of_the_columns_stays_a_title(tmp_path: Path) -> None:
    """The two columns of ours must not make a merged line look narrow, and so a record."""
    wide = ["企业名称", "岗位名称", "招聘人数", "薪资待遇", "工作地点", "学历", "经验", "年龄", "福利", "备注"]
    job: list[object] = ["东莞市长安晨曜电子厂", "普工", 5, "5000", "长安镇", "高中", "不限", "18-45", "包住", "无"]
    path = made(tmp_path, [[*wide], job, ["以下是第二家"], job], lambda sheet: sheet.merge_cells("A3:E3"))
    assert len(read_file(path).rows) == len(read_file(marked(path, tmp_path)).rows) == 2


def test_a_clerks_own_sheet_called_like_ours_is_read(tmp_path: Path) -> None:
    def touch(sheet: Worksheet) -> None:
        sheet.title = CHECK_SHEET

    path = made(tmp_path, [HEADINGS, *JOBS], touch)
    again = marked(path, tmp_path)
    assert len(read_file(path).rows) == len(read_file(again).rows) == 3
    assert len(load_workbook(again).sheetnames) == 2


@settings(max_examples=15)
@given(
    title=st.text("长安镇岗位表 a", min_size=0, max_size=8),
    gaps=st.lists(st.integers(0, 2), min_size=3, max_size=3),
    extra=st.integers(0, 2),
)
def test_wherever_the_table_stands_it_reads_the_same(
    tmp_path_factory: pytest.TempPathFactory, title: str, gaps: list[int], extra: int
) -> None:
    folder = tmp_path_factory.mktemp("workbook")
    rows: list[list[object]] = [[title]] if title.strip() else []
    rows += [[None] * extra + HEADINGS]
    for gap, job in zip(gaps, JOBS, strict=True):
        rows += [*([[None]] * gap), [None] * extra + job]
    path = made(folder, rows)
    before, after = read_file(path), read_file(with_bad_pay(path, folder))
    assert plain(after) == plain(before)
    assert numbers(after) == ["", number(2), number(3)]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("报送.xls", "报送_已标注.xlsx"),
        ("报送_已标注.xlsx", "报送_已标注.xlsx"),
        ("C:\\桌面\\三月.csv", "三月_已标注.xlsx"),
        ("../../etc/passwd", "passwd_已标注.xlsx"),
        ('a"b\r\n:c.xlsx', "a_b___c_已标注.xlsx"),
        ("", "岗位表_已标注.xlsx"),
    ],
)
def test_the_name_to_download_under(given: str, name: str) -> None:
    assert download_name(given) == name
    assert re.fullmatch(r'[^\\/:*?"<>|\r\n]+', name)
