"""What the tests about structure look at: every Python file of the packages, parsed once."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "search", "exchange", "ingest", "templates")


@dataclass(frozen=True)
class Module:
    name: str  # path from the root of the project
    text: str
    tree: ast.Module


def python_files(*folders: str) -> list[Module]:
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    texts = ((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in found)
    return [Module(name, text, ast.parse(text)) for name, text in texts]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    """The files of the product."""
    return python_files(*PACKAGES)


@pytest.fixture(scope="session")
def every_python_file() -> list[Module]:
    """The files of the product and of its tests."""
    return python_files(*PACKAGES, "tests", ".ci", "bench")
