"""House habits that a machine can check: one home for each kind of thing, nothing swept under a rug."""

import ast
import re
from pathlib import Path
from typing import Any

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "tools", "stuff"}
COMMAND_LINE = ("ingest/cli",)
ENVIRONMENT_READER = "config/settings.py"
OUTSIDE_NAMES = ("/".join(("work", "shared")), "." + "library")  # what only the builders' machine has
LATER = re.compile(r"\b(TODO|FIXME|XXX)\b|coming soon|敬请期待", re.IGNORECASE)
BROAD = {"Exception", "BaseException"}


def _names(node: ast.expr | None) -> set[str]:
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return {part.id if isinstance(part, ast.Name) else "" for part in parts}


def _places(modules: list[Any], found: Any) -> list[str]:
    return [f"{m.name}:{node.lineno}" for m in modules for node in ast.walk(m.tree) if found(node)]


def test_there_are_no_drawers(every_python_file: list[Any]) -> None:
    parts = {m.name: set(Path(m.name).with_suffix("").parts) for m in every_python_file}
    assert [name for name, words in parts.items() if words & DRAWERS] == []


def test_the_environment_is_read_in_one_place(modules: list[Any]) -> None:
    def reads_environment(node: ast.AST) -> bool:
        if isinstance(node, ast.ImportFrom):
            return node.module == "os" and any(name.name in {"environ", "getenv"} for name in node.names)
        inside_os = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os"
        return inside_os and node.attr in {"environ", "getenv", "environb"}

    elsewhere = [module for module in modules if module.name != ENVIRONMENT_READER]
    assert _places(elsewhere, reads_environment) == []


def test_only_the_command_line_prints(modules: list[Any]) -> None:
    def prints(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"

    assert _places([m for m in modules if not m.name.startswith(COMMAND_LINE)], prints) == []


def test_no_error_is_swallowed_whole(modules: list[Any]) -> None:
    """A broad `except` stands only at the edge of a stage, where it says so in a comment with `edge:`."""

    def broad(node: ast.AST) -> bool:
        return isinstance(node, ast.ExceptHandler) and (node.type is None or bool(_names(node.type) & BROAD))

    lines = {module.name: module.text.splitlines() for module in modules}
    found = [place.rsplit(":", 1) for place in _places(modules, broad)]
    assert [f"{name}:{line}" for name, line in found if "# edge:" not in lines[name][int(line) - 1]] == []


def test_nothing_is_left_for_later(modules: list[Any]) -> None:
    assert [module.name for module in modules if LATER.search(module.text)] == []


def test_the_project_stands_alone(every_python_file: list[Any], root: Path) -> None:
    texts = {m.name: m.text for m in every_python_file}
    for name in ("setup.cfg", "Makefile", "README.md", "CHANGELOG.md", ".ci/run", ".ci/check_wheel"):
        texts[name] = (root / name).read_text(encoding="utf-8")
    texts |= {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in root.glob("docs/**/*.md")}
    assert [name for name, text in texts.items() if any(outside in text for outside in OUTSIDE_NAMES)] == []
