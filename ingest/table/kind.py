"""What a file really is, whatever its name says.

In: path and shown name. Out: `FileKind`; a file that is no table raises `FileFault` and is called by its name.
To name another kind of stranger: add its first bytes to `STRANGERS`.
"""

import zipfile
from pathlib import Path

from ingest.table.faults import FileFault, Limits
from ingest.table.model import FileKind

SAVE_IT = "用 Excel 或 WPS 打开后“另存为” .xlsx 再上传"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRANGERS = {
    b"MZ": "Windows 程序",
    b"\x7fELF": "程序",
    b"%PDF": "PDF 文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gzip 压缩包",
    b"{\\rtf": "RTF 文档",
    b"SQLite format": "数据库",
}
ZIP_STRANGERS = {
    "word/": "Word 文档",
    "ppt/": "PPT 演示文稿",
    "AndroidManifest.xml": "安装包",
}
UNREAD_ZIPS = {"xl/workbook.bin": "二进制工作簿（.xlsb）", "content.xml": "OpenDocument 文件"}
OLE2_STRANGERS = {"WordDocument": "Word 文档", "PowerPoint Document": "PPT 演示文稿", "__properties": "邮件"}


def detect_kind(path: Path, name: str, limits: Limits) -> FileKind:
    size = path.stat().st_size
    if size == 0:
        raise FileFault("file.empty", f"文件“{name}”是空的，没有任何内容。请检查是否选错了文件，或重新导出后再上传。")
    if size > limits.max_bytes:
        raise FileFault(
            "file.too_large",
            f"文件“{name}”有 {size / 2**20:.1f} MB，超过 {limits.max_bytes / 2**20:g} MB 的上限。"
            "请删去图片或拆成几个文件后再上传。",
        )
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        return _zip_kind(path, name)
    if head.startswith(OLE2):
        return _ole2_kind(path.read_bytes(), name)
    for magic, what in STRANGERS.items():
        if head.startswith(magic):
            raise not_a_table(name, what)
    return _text_kind(head, name)


def not_a_table(name: str, what: str) -> FileFault:
    space = " " if what[0].isascii() else ""
    message = f"文件“{name}”其实是{space}{what}，不是表格。请改传 .xlsx、.xls 或 .csv 格式的岗位表。"
    return FileFault("file.not_a_table", message)


def _unread(name: str, what: str) -> FileFault:
    return FileFault("file.not_a_table", f"文件“{name}”是{what}，系统不读这种格式。请{SAVE_IT}。")


def damaged(name: str) -> FileFault:
    message = f"文件“{name}”已损坏或没有传完整，打不开。请{SAVE_IT}。"
    return FileFault("file.damaged", message)


def encrypted(name: str) -> FileFault:
    return FileFault("file.encrypted", f"文件“{name}”设了打开密码，系统读不了。请在 Excel 中取消密码，保存后再上传。")


def _zip_kind(path: Path, name: str) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise damaged(name) from error
    if any(member.flag_bits & 1 for member in members):
        raise encrypted(name)
    names = [member.filename.replace("\\", "/") for member in members]
    if any(each.lower() == "xl/workbook.xml" for each in names):
        return FileKind.XLSX
    for part, what in UNREAD_ZIPS.items():
        if part in names:
            raise _unread(name, what)
    for start, what in ZIP_STRANGERS.items():
        if any(each.startswith(start) for each in names):
            raise not_a_table(name, what)
    raise not_a_table(name, "压缩包")


def _ole2_kind(data: bytes, name: str) -> FileKind:
    """Excel 97–2003, WPS .et, or a newer workbook under a password, which is wrapped in OLE2."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise encrypted(name)
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "WORKBOOK", "Book")):
        return FileKind.XLS
    for stream, what in OLE2_STRANGERS.items():
        if stream.encode("utf-16-le") in data:
            raise not_a_table(name, what)
    raise damaged(name)


def _text_kind(head: bytes, name: str) -> FileKind:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise _unread(name, "“XML 电子表格 2003”")
    if start.startswith((b"mime-version", b"from:")) or b"multipart/related" in start:
        raise _unread(name, "“单个文件网页”")
    if start.startswith(b"<") and any(tag in start for tag in (b"<html", b"<table", b"<!doctype html", b"<meta")):
        return FileKind.HTML
    return FileKind.JSON if start.startswith((b"[", b"{")) else FileKind.CSV
