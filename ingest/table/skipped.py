"""Rows below the headings that are no records: 合计, 填表说明, 示例, titles in the middle.

In: one row of a grid. Out: why it is no record, or None. A row with any posting content is a record, even a bad one:
nothing is dropped that a clerk might miss.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from exchange.documents.own_sheets import RESULT_HEADING
from ingest.fields import Field
from ingest.table.cells import cell_text, is_blank
from ingest.table.model import Cell, ColumnInfo, Merge


class Skipped(StrEnum):
    EMPTY = "empty"  # nothing but a number
    TOTAL = "total"
    NOTE = "note"
    EXAMPLE = "example"
    TITLE = "title"


TOTAL = re.compile(
    r"(本页|本表|本镇|本街道|全部|以上)?(合计|小计|总计|共计|累计)(人数|岗位数?|数量?|企业数?)?([:：]|(?=\d)|$)"
)
NOTE = re.compile(
    "(填表|填报|填写|报送|制表|审核|复核|单位|企业|招聘)?(说明|须知|要求|人|单位|日期|时间|负责人|联系人|联系电话|签章)[:：]"
    "|(备注|附注|附|注意|注意事项|温馨提示|提示|电话|经办|审核|制表|填表)[:：]|注[0-9一二三四五六]?[:：、.]"
)
STARRED = re.compile("[※*☆★]")  # a note if it stands alone, an eager clerk's 急招 otherwise
EXAMPLE = re.compile(r"[(（【]?(例|示例|样例|举例|例如|填写示例|填报示例|范例|例子)[)）】]?[:：]?\d?")
SHEET_TITLE = re.compile(r"(汇总表|一览表|统计表|明细表|登记表|信息表|需求表|岗位表|岗位信息|招聘信息)([(（].*[)）])?$")
FEW = 4  # a note or a total fills no more cells than this


def why_skipped(
    cells: Sequence[Cell], columns: Sequence[ColumnInfo], wide: Merge | None, in_notes: bool
) -> Skipped | None:
    """`wide` is the merged range over several columns of this row, if there is one."""
    filled = [(n, cell) for n, cell in enumerate(cells) if not is_blank(cell)]
    content = [(n, cell) for n, cell in filled if columns[n].field not in {None, Field.NUMBER}]
    if not filled:
        return Skipped.EMPTY
    first = unicodedata.normalize("NFKC", cell_text(filled[0][1]))
    word = "".join(first.split())
    if EXAMPLE.fullmatch(word):
        return Skipped.EXAMPLE
    titled = any(columns[n].field is Field.TITLE for n, _ in filled[1:])
    if TOTAL.fullmatch(word) or (TOTAL.match(word) and len(filled) <= FEW and not titled):
        return Skipped.TOTAL
    if NOTE.match(word) and len(filled) <= FEW and not titled:
        return Skipped.NOTE
    if len(content) <= 1 and (in_notes or STARRED.match(word)):
        return Skipped.NOTE
    if len(filled) == 1 and (_is_wide(wide, columns) or (SHEET_TITLE.search(word) and len(word) > 8)):
        return Skipped.TITLE
    return None if content else Skipped.EMPTY


def _is_wide(merge: Merge | None, columns: Sequence[ColumnInfo]) -> bool:
    """Over half of the clerk's columns; those that a marked workbook (标注表) adds do not make a title narrower."""
    own = sum(column.field is Field.PLATFORM_ID or column.heading == RESULT_HEADING for column in columns)
    return merge is not None and merge.right - merge.left + 1 >= max(3, (len(columns) - own) // 2)
