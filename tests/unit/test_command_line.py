"""The list of commands is shown, and small commands run, without reading what only other commands need."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from ingest.cli import COMMANDS, guanshao

HEAVY = {"alembic", "argon2", "flask", "flask_smorest", "numpy", "openpyxl", "rich", "rjieba", "waitress", "whoosh"}


def read_by(tmp_path: Path, *arguments: str) -> set[str]:
    """Packages that are in memory when the command has run in a process of its own."""
    told = f"""
import sys
from ingest.cli import main
try:
    main({list(arguments)!r})
except SystemExit as end:
    assert not end.code, end.code
print()
print(*sys.modules)
"""
    environment = {"GUANSHAO_DATA": str(tmp_path / "var"), "PATH": "/usr/bin:/bin"}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", told], env=environment, cwd=root, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_of_a_command_what_the_command_says_of_itself(name: str) -> None:
    command = guanshao.get_command(click.Context(guanshao), name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str(limit=200) == COMMANDS[name][1]


def test_the_list_of_commands_reads_nothing_heavy(tmp_path: Path) -> None:
    assert read_by(tmp_path, "--help") & (HEAVY | {"sqlmodel", "sqlalchemy", "marshmallow"}) == set()


def test_counting_needs_no_web_no_index_and_no_workbooks(tmp_path: Path) -> None:
    read_by(tmp_path, "count", "--json")  # makes the store
    assert read_by(tmp_path, "count", "--json") & HEAVY == set()


def test_taking_a_file_needs_no_web_and_writes_no_workbooks(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    line = "普工,东莞市华盛电子有限公司,5,5000,长安镇"
    sheet.write_text(f"岗位名称,企业名称,招聘人数,薪资待遇,工作地点\n{line}\n", encoding="utf-8")
    read = read_by(tmp_path, "ingest", "--file", str(sheet), "--source", "dg-upload", "--json")
    assert read & {"argon2", "flask", "flask_smorest", "openpyxl", "waitress"} == set()


def test_an_unknown_command_is_wrong_usage() -> None:
    with pytest.raises(click.UsageError):
        guanshao.main(["nonsense"], standalone_mode=False)
