"""Reading files and feeds: what comes in as a sheet or as JSON goes out as `Row`s that know where they stood.

`read_file` takes .xlsx, .xls, .csv, .json and .jsonl, whatever the file is called; `read_records` takes JSON items.
Headings are taught in config/vocabulary/headings.toml.
"""

from ingest.table.faults import FileFault, Limits
from ingest.table.model import ColumnInfo, FileKind, FileTable, SheetInfo
from ingest.table.reading import read_file
from ingest.table.records import read_records

__all__ = ["ColumnInfo", "FileFault", "FileKind", "FileTable", "Limits", "SheetInfo", "read_file", "read_records"]
