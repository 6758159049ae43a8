"""Files that ship with the project, read through importlib.resources so that they travel in the wheel.

In: a file name under config/vocabulary or config. Out: text, table rows, TOML.
"""

import csv
import tomllib
from importlib.resources import files
from typing import Any


def read_packaged(name: str) -> str:
    return (files("config") / name).read_text(encoding="utf-8")


def read_vocabulary(name: str) -> str:
    return read_packaged(f"vocabulary/{name}")


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of a csv vocabulary file. Lines that start with # say where the facts come from."""
    lines = [line for line in read_vocabulary(name).splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines))


def read_vocabulary_toml(name: str) -> dict[str, Any]:
    return tomllib.loads(read_vocabulary(name))
