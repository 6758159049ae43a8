"""A file that cannot be taken at all, and how much of one is taken.

In: what a reader found. Out: `FileFault`, one clear sentence with a stable `file.*` code; nothing is stored then.
"""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    max_bytes: int = 20 * MIB
    max_rows: int = 100_000  # records, blank rows not counted
    max_columns: int = 100  # columns with something in them
    max_unpacked_bytes: int = 300 * MIB  # of an .xlsx, which is a zip archive
    max_memory_bytes: int = 1536 * MIB  # of the process that opens a workbook
    max_seconds: float = 60.0  # for opening a workbook


class FileFault(Exception):
    """The whole file is refused. `message` is Chinese, names the file and says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def too_many_columns(name: str, sheet: str | None, count: int, limits: Limits) -> FileFault:
    where = f"的工作表“{sheet}”" if sheet else ""
    return FileFault(
        "file.too_many_columns",
        f"文件“{name}”{where}有 {count} 列有内容，超过 {limits.max_columns} 列的上限。"
        "请只保留岗位信息的列，其余列删除后再上传。",
    )


def too_many_rows(name: str, limits: Limits) -> FileFault:
    return FileFault("file.too_many_rows", f"文件“{name}”超过 {limits.max_rows} 行的上限。请拆成几个文件后再上传。")
