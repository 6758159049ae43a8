"""Files and functions stay small enough to be read at once, and a module says first what it is for."""

import ast
from statistics import median
from typing import Any

MOST_LINES = 400
MOST_FUNCTION_LINES = 60
MEDIAN_LINES = 90
HISTORY = "exchange/migrations/versions/"  # a migration lists what it changes, once, and is never edited again
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _length(node: Any) -> int:
    return int(node.end_lineno - node.lineno + 1)


def test_no_file_is_longer_than_the_limit(every_python_file: list[Any]) -> None:
    current = [module for module in every_python_file if not module.name.startswith(HISTORY)]
    lengths = {module.name: module.text.count("\n") for module in current}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_most_files_are_short(modules: list[Any]) -> None:
    assert median(module.text.count("\n") for module in modules if module.text.strip()) <= MEDIAN_LINES


def test_no_function_is_longer_than_the_limit(every_python_file: list[Any]) -> None:
    long = {
        f"{module.name}:{node.name}": _length(node)
        for module in every_python_file
        for node in ast.walk(module.tree)
        if isinstance(node, FUNCTIONS) and _length(node) > MOST_FUNCTION_LINES and HISTORY not in module.name
    }
    assert long == {}


def test_every_module_opens_by_saying_what_it_is_for(modules: list[Any]) -> None:
    silent = [module.name for module in modules if module.text.strip() and not ast.get_docstring(module.tree)]
    assert silent == []
