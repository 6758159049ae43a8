"""Employment type (用工形式).

In: the cell's text and the title. Out: `EmploymentType`; full time where nothing else is said.
"""

from functools import lru_cache

from config.words import EmploymentType
from ingest.normalise.text import fold, is_blank

_WORDS: tuple[tuple[EmploymentType, tuple[str, ...]], ...] = (
    (EmploymentType.INTERNSHIP, ("实习", "见习", "intern")),
    (EmploymentType.APPRENTICESHIP, ("学徒", "apprentice")),
    (EmploymentType.DISPATCH, ("劳务派遣", "派遣", "dispatch")),
    (EmploymentType.PART_TIME, ("兼职", "非全日制", "小时工", "钟点工", "part_time", "part-time", "parttime")),
    (EmploymentType.TEMPORARY, ("临时", "短期", "季节", "寒假工", "暑假工", "日结", "temporary")),
    (
        EmploymentType.FULL_TIME,
        ("全职", "全日制", "正式", "合同", "长期", "固定期限", "编制", "full_time", "full-time", "fulltime"),
    ),
)
_BY_TITLE = {
    EmploymentType.INTERNSHIP,
    EmploymentType.APPRENTICESHIP,
    EmploymentType.PART_TIME,
    EmploymentType.TEMPORARY,
}
_NOT_BY_TITLE = ("实习指导", "实习管理", "实习基地", "管理", "主管", "经理", "老师", "兼职审核", "临时救助")


@lru_cache(maxsize=8192)
def read_employment(text: str, title: str = "") -> EmploymentType:
    """A cell that says something unknown (外包) is other; a blank one leaves it to the title (兼职服务员)."""
    if not is_blank(text):
        folded = fold(text).removeprefix("非派遣").removeprefix("非劳务派遣")
        return next((kind for kind, words in _WORDS if any(word in folded for word in words)), _other(folded))
    folded = fold(title)
    if any(word in folded for word in _NOT_BY_TITLE):
        return EmploymentType.FULL_TIME
    kinds = (kind for kind, words in _WORDS if kind in _BY_TITLE and any(word in folded for word in words))
    return next(kinds, EmploymentType.FULL_TIME)


def _other(folded: str) -> EmploymentType:
    return EmploymentType.FULL_TIME if "不限" in folded or not folded else EmploymentType.OTHER
