"""Every file that is not Python in one of the packages is listed in setup.cfg, so that it travels in the wheel."""

from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages

PACKAGES = ("config", "search", "exchange", "ingest", "templates")
UNWANTED = {".pyc", ".orig", ".swp"}


def _setup(root: Path) -> ConfigParser:
    parser = ConfigParser()
    parser.read(root / "setup.cfg", encoding="utf-8")
    return parser


def _carried(root: Path) -> set[Path]:
    listed = _setup(root)["options.package_data"]
    return {
        path
        for package, patterns in listed.items()
        for pattern in patterns.split()
        for path in (root / package.replace(".", "/")).glob(pattern)
    }


def test_no_data_file_is_forgotten(root: Path) -> None:
    files = {path for name in PACKAGES for path in (root / name).rglob("*") if path.is_file()}
    data = {path for path in files if path.suffix not in UNWANTED | {".py"} and "__pycache__" not in path.parts}
    assert sorted(str(path.relative_to(root)) for path in data - _carried(root)) == []


def test_every_pattern_finds_something(root: Path) -> None:
    listed = _setup(root)["options.package_data"]
    empty = [f"{p}: {g}" for p, globs in listed.items() for g in globs.split() if not any((root / p).glob(g))]
    assert empty == []


def test_every_folder_with_code_is_a_package(root: Path) -> None:
    find = _setup(root)["options.packages.find"]
    found = find_packages(str(root), include=find["include"].split(), exclude=find["exclude"].split())
    folders = {path.parent.relative_to(root) for name in PACKAGES for path in (root / name).rglob("*.py")}
    loose = {folder for folder in folders if ".".join(folder.parts) not in found}
    carried = {path.parent.relative_to(root) for path in _carried(root) if path.suffix == ".py"}
    assert loose - carried == set()


def test_tests_stay_out_of_the_wheel(root: Path) -> None:
    find = _setup(root)["options.packages.find"]
    found = find_packages(str(root), include=find["include"].split(), exclude=find["exclude"].split())
    assert {name.split(".")[0] for name in found} <= set(PACKAGES)
