"""The description (岗位描述) out of duties, requirements and remarks.

In: a row. Out: one text, one part a line or more; parts are labelled only when both duties and requirements are there.
"""

from ingest.fields import Field, Row
from ingest.normalise.text import is_blank, squeeze_lines

_LABELS = {Field.DUTIES: "岗位职责", Field.REQUIREMENTS: "任职要求", Field.REMARKS: "备注"}
_WORDED = (
    *("岗位职责", "工作职责", "工作内容", "职责", "职位描述", "岗位描述"),
    *("任职要求", "岗位要求", "任职资格", "要求", "备注"),
)


def read_description(row: Row) -> str:
    parts = {field: squeeze_lines(row.cells[field]) for field in _LABELS if field in row.cells}
    parts = {field: text for field, text in parts.items() if not is_blank(text)}
    labelled = Field.DUTIES in parts and Field.REQUIREMENTS in parts
    return "\n".join(_labelled(_LABELS[field], text) if labelled else text for field, text in parts.items())


def _labelled(label: str, text: str) -> str:
    """A text that already begins with such a label keeps its own."""
    return text if text.lstrip("【[（(").startswith(_WORDED) else f"{label}：{text}"
