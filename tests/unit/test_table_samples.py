"""What becomes of every file in tests/samples, each named by its defect."""

from pathlib import Path

import pytest

from config.words import Severity
from ingest.fields import Field, Row
from ingest.table import FileFault, FileKind, FileTable, Limits, read_file
from ingest.table.faults import MIB

SAMPLES = Path(__file__).parent.parent / "samples"
CHANGAN, DANXIA = "东莞市长安晨曜电子厂", "韶关市丹霞果业合作社"
JOBS = [(CHANGAN, "普工", "20"), (CHANGAN, "质检员", "3"), (DANXIA, "果园工", "8")]

# Files whose three jobs come out whole: the rows they stand in, the codes of the warnings.
WHOLE: dict[str, tuple[list[int], list[str]]] = {
    "title_and_reporting_rows.xlsx": ([4, 5, 6], []),
    "hidden_rows.xlsx": ([2, 3, 4], []),
    "hidden_sheet.xlsx": ([2, 3, 4], ["file.hidden_sheet"]),
    "hidden_sheet.xls": ([2, 3, 4], ["file.hidden_sheet"]),
    "blank_total_and_note_rows.xlsx": ([3, 5, 6], []),
    "numbered_empty_rows.xlsx": ([2, 3, 4], []),
    "formatted_empty_columns.xlsx": ([2, 3, 4], []),
    "old_format.xls": ([3, 4, 5], []),
    "web_page.xls": ([3, 4, 5], []),
    "text_with_tabs.xls": ([2, 3, 4], []),
    "utf8_with_mark.csv": ([2, 3, 4], []),
    "gb18030.csv": ([2, 3, 4], []),
    "utf16_with_tabs.csv": ([2, 3, 4], []),
    "semicolons.csv": ([2, 3, 4], []),
    "title_and_blank_lines.csv": ([3, 6, 7], []),
    "list.json": ([1, 2, 3], []),
}
# Files that are refused: the code, and words the sentence must hold beside the file's name.
REFUSED = {
    "no_headings.xlsx": ("file.no_headings", ["岗位名称", "企业名称", "果园工"]),
    "headings_only.xlsx": ("file.empty", ["只有表头"]),
    "only_hidden.xlsx": ("file.empty", ["隐藏", "岗位"]),
    "empty_workbook.xlsx": ("file.empty", ["没有任何内容"]),
    "two_hundred_columns.xlsx": ("file.too_many_columns", ["200 列", "100 列"]),
    "cell_at_the_end_of_the_world.xlsx": ("file.too_large", ["删除"]),
    "bomb.xlsx": ("file.too_large", ["解压", "1 MB"]),
    "bomb_that_lies.xlsx": ("file.too_large", ["解压", "1 MB"]),
    "cut_short.xlsx": ("file.damaged", ["损坏", "另存为"]),
    "broken_sheet.xlsx": ("file.damaged", ["损坏", "另存为"]),
    "cut_short.xls": ("file.damaged", ["损坏", "另存为"]),
    "under_password.xlsx": ("file.encrypted", ["密码"]),
    "program.xlsx": ("file.not_a_table", ["程序"]),
    "pdf_document.xls": ("file.not_a_table", ["PDF"]),
    "word_document.xlsx": ("file.not_a_table", ["Word"]),
    "archive.xlsx": ("file.not_a_table", ["压缩包"]),
    "noise.csv": ("file.not_a_table", ["不是表格"]),
    "xml_spreadsheet.xls": ("file.not_a_table", ["另存为"]),
    "web_page_without_table.xls": ("file.not_a_table", ["网页"]),
    "unbalanced_quote.csv": ("file.unbalanced_quotes", ["第 3 行", "引号"]),
    "empty.csv": ("file.empty", ["空的"]),
    "blank_lines_only.csv": ("file.empty", ["没有任何内容"]),
    "cut_short.json": ("file.damaged", ["JSON"]),
    "no_objects.json": ("file.no_headings", ["岗位名称"]),
}
LABELLED = {"compliance_sentences.csv", "duplicate_pairs.csv"}  # for the bench, no sheets
SPECIAL = {
    "two_heading_rows_merged.xlsx", "two_heading_rows_repeated.xlsx", "merged_employer.xlsx", "several_sheets.xlsx",
    "second_sheet_without_headings.xlsx", "two_tables_in_one_sheet.xlsx", "numbers_instead_of_text.xlsx",
    "openings_turned_into_a_date.xlsx", "line_breaks_and_odd_spaces.xlsx", "repeated_columns.xlsx",
    "unknown_column.xlsx", "no_salary_column.xlsx", "address_only.xlsx", "incomplete_rows.xlsx", "eager_titles.csv",
    "quoted_line_breaks.csv", "quote_inside_a_cell.csv", "broken_characters.csv", "phone_in_scientific_notation.csv",
    "nested.json", "one_bad_line.jsonl",
}  # fmt: skip


def read(name: str) -> FileTable:
    return read_file(SAMPLES / name, Limits(max_unpacked_bytes=MIB))


def job(row: Row) -> tuple[str, ...]:
    return tuple(row.cells.get(target, "") for target in (Field.EMPLOYER, Field.TITLE, Field.OPENINGS))


def codes(table: FileTable) -> list[str]:
    return [problem.code for problem in table.problems]


def test_every_sample_has_its_expectation() -> None:
    files = {path.name for path in SAMPLES.iterdir() if path.is_file() and path.suffix != ".py"}
    assert files - LABELLED == set(WHOLE) | set(REFUSED) | SPECIAL


@pytest.mark.parametrize("name", WHOLE)
def test_the_three_jobs_come_out_with_their_row_numbers(name: str) -> None:
    rows, warnings = WHOLE[name]
    table = read(name)
    assert [job(row) for row in table.rows] == JOBS
    assert [row.row for row in table.rows] == rows
    assert codes(table) == warnings
    assert all(problem.severity is Severity.WARNING for problem in table.problems)


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_taken_gets_one_clear_sentence(name: str) -> None:
    code, words = REFUSED[name]
    with pytest.raises(FileFault) as fault:
        read_file(SAMPLES / name, Limits(max_unpacked_bytes=MIB), name="长安镇岗位.xlsx")
    assert fault.value.code == code
    assert "长安镇岗位.xlsx" in fault.value.message
    assert all(word in fault.value.message for word in words), fault.value.message
    assert "\n" not in fault.value.message


def test_the_kind_is_found_by_content_not_by_name() -> None:
    kinds = {name: read(name).kind for name in ("web_page.xls", "text_with_tabs.xls", "old_format.xls", "list.json")}
    assert list(kinds.values()) == [FileKind.HTML, FileKind.CSV, FileKind.XLS, FileKind.JSON]


def test_the_reporting_office_is_the_first_hint_of_the_place() -> None:
    hint = read("title_and_reporting_rows.xlsx").rows[0].place_hint
    assert hint.startswith("填报单位：长安镇人力资源和社会保障分局")
    assert "汇总表" in hint


def test_sub_headings_find_their_fields_under_a_merged_heading() -> None:
    [row] = read("two_heading_rows_merged.xlsx").rows
    assert row.row == 3
    assert row.cells[Field.EDUCATION] == "初中"
    assert row.cells[Field.AGE] == "18-45"
    assert row.cells[Field.REQUIREMENTS] == "身高：160以上"
    assert (row.cells[Field.SALARY_MIN], row.cells[Field.SALARY_MAX]) == ("4500", "6000")
    assert row.cells[Field.OPENINGS] == "男5女3"


def test_sub_headings_find_their_fields_under_a_repeated_heading() -> None:
    table = read("two_heading_rows_repeated.xlsx")
    [row] = table.rows
    assert table.sheets[0].heading_rows == (2, 3)
    assert (row.cells[Field.EDUCATION], row.cells[Field.REQUIREMENTS]) == ("初中", "吃苦耐劳")
    assert row.headings[Field.EDUCATION] == "学历"


def test_merged_cells_are_spread_but_blank_ones_stay_blank() -> None:
    rows = read("merged_employer.xlsx").rows
    assert [row.cells.get(Field.EMPLOYER) for row in rows] == [CHANGAN, CHANGAN, DANXIA, None]
    assert rows[1].cells[Field.DIVISION] == "长安镇"
    assert Field.OPENINGS not in rows[1].cells, "20 people for two jobs must not become 40"


def test_each_sheet_has_its_own_headings_and_gives_its_name_as_a_hint() -> None:
    table = read("several_sheets.xlsx")
    assert [job(row) for row in table.rows] == JOBS * 2
    assert [(sheet.name, sheet.rows) for sheet in table.sheets] == [("长安镇", 3), ("仁化县", 3)]
    assert {row.sheet: row.place_hint for row in table.rows} == {"长安镇": "长安镇", "仁化县": "仁化县"}
    assert codes(table) == ["file.sheet_without_headings"]


def test_a_second_page_without_headings_takes_those_of_the_first() -> None:
    table = read("second_sheet_without_headings.xlsx")
    assert [job(row) for row in table.rows] == JOBS * 2
    assert [row.row for row in table.rows] == [2, 3, 4, 1, 2, 3]
    assert codes(table) == ["file.heading_inherited"]


def test_a_second_table_below_may_have_other_columns_and_its_own_title() -> None:
    table = read("two_tables_in_one_sheet.xlsx")
    tea = ("翁源县青岭茶场", "采茶工", "6")
    assert [job(row) for row in table.rows] == [*JOBS, tea, tea]
    assert [row.row for row in table.rows] == [3, 4, 5, 8, 10]
    assert [row.place_hint[:3] for row in table.rows] == ["长安镇"] * 3 + ["翁源县"] * 2


def test_numbers_dates_and_truths_become_what_one_would_type() -> None:
    [row] = read("numbers_instead_of_text.xlsx").rows
    assert row.cells[Field.OPENINGS] == "5"
    assert row.cells[Field.SALARY] == "5000.5"
    assert row.cells[Field.PHONE] == "13800138000"
    assert row.cells[Field.VALIDITY] == "2026-03-05"
    assert row.cells[Field.BENEFITS] == "包吃住"
    assert row.other == {"上班时间": "08:30"}


def test_openings_that_excel_took_for_a_day_are_a_span_again() -> None:
    [row] = read("openings_turned_into_a_date.xlsx").rows
    assert row.cells[Field.OPENINGS] == "5-8"


def test_line_breaks_stay_in_prose_only() -> None:
    [row] = read("line_breaks_and_odd_spaces.xlsx").rows
    assert row.cells[Field.EMPLOYER] == "东莞 晨曜电子厂"
    assert row.cells[Field.TITLE] == "普工 夜班"
    assert row.cells[Field.DUTIES] == "1.装配\n2.检验"
    assert row.cells[Field.SALARY] == "４５００-６０００", "full width is left to the normalisers"
    assert row.headings[Field.SALARY] == "薪资待遇 （元/月）", "the heading may carry the unit"


def test_of_two_columns_for_one_field_the_stronger_name_wins() -> None:
    table = read("repeated_columns.xlsx")
    [row] = table.rows
    assert row.cells[Field.TITLE] == "普工"
    assert row.other == {"岗位": "生产类"}
    assert row.cells[Field.REMARKS] == "两班倒\n有班车"
    assert row.cells[Field.DIVISION] == "东莞市长安镇"
    assert [(problem.code, problem.column) for problem in table.problems] == [("column.repeated", "岗位")]


def test_an_unknown_column_is_named_once_and_kept() -> None:
    table = read("unknown_column.xlsx")
    [problem] = table.problems
    assert (problem.code, problem.column, problem.sheet) == ("column.unknown", "星座", "岗位表")
    assert "星座" in problem.message
    assert table.rows[0].other == {"星座": "双鱼座"}


def test_a_missing_column_is_said_once() -> None:
    table = read("no_salary_column.xlsx")
    assert [(problem.code, problem.field) for problem in table.problems] == [("column.missing", Field.SALARY)]


def test_an_address_stands_for_the_place_where_none_is_given() -> None:
    [row] = read("address_only.xlsx").rows
    assert row.cells[Field.DIVISION] == "长安镇振安路8号"


def test_a_row_with_any_content_is_a_record() -> None:
    assert [row.row for row in read("incomplete_rows.xlsx").rows] == [2, 3, 4, 5]
    assert [row.cells[Field.TITLE] for row in read("eager_titles.csv").rows] == ["★普工", "总计划师", "普工"]


def test_quoted_cells_may_hold_line_breaks_and_delimiters() -> None:
    rows = read("quoted_line_breaks.csv").rows
    assert rows[0].cells[Field.DUTIES] == '1.装配,打包\n2.检验\n他说"好"'
    assert [row.row for row in rows] == [2, 3]


def test_a_quotation_mark_inside_a_cell_does_no_harm() -> None:
    rows = read("quote_inside_a_cell.csv").rows
    assert [row.cells[Field.REMARKS] for row in rows] == ["急招", '5"屏幕']


def test_broken_characters_are_said_with_their_place() -> None:
    table = read("broken_characters.csv")
    assert len(table.rows) == 39
    assert codes(table) == ["file.broken_characters"]
    assert "第 4 行" in table.problems[0].message


def test_digits_that_a_csv_has_lost_are_not_invented() -> None:
    rows = read("phone_in_scientific_notation.csv").rows
    assert [row.cells[Field.PHONE] for row in rows] == ["13800138000", "1.38E+10"]


def test_the_list_inside_a_json_document_is_found() -> None:
    table = read("nested.json")
    assert [row.cells[Field.EMPLOYER] for row in table.rows] == [CHANGAN, CHANGAN, DANXIA]
    assert table.rows[0].cells[Field.BENEFITS] == "包吃、包住"
    assert table.rows[0].cells[Field.TITLE] == "普工"


def test_a_bad_line_is_a_record_with_an_error_not_the_end_of_the_file() -> None:
    table = read("one_bad_line.jsonl")
    assert [row.row for row in table.rows] == [1, 2, 3]
    assert table.rows[1].cells == {}
    assert [(problem.code, problem.row, problem.severity) for problem in table.problems] == [
        ("file.item_unreadable", 2, Severity.ERROR)
    ]
