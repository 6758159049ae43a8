"""A setting is explained, documented and used; a make target is explained and documented."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from config.settings import SETTINGS, Setting

REFUSED = {"search_url"}  # its check refuses every value until a second engine exists


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_in_the_readme(setting: Setting, root: Path) -> None:
    assert f"`{setting.variable}`" in (root / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_no_setting_that_is_not_there(root: Path) -> None:
    named = set(re.findall(r"`(GUANSHAO_[A-Z_]+)`", (root / "README.md").read_text(encoding="utf-8")))
    known = {setting.variable for setting in SETTINGS}
    assert {name for name in named - known if not name.startswith("GUANSHAO_TEST_")} == set()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_explained_in_chinese(setting: Setting) -> None:
    assert re.search(r"[\u4e00-\u9fff]{4}", setting.help)


def test_every_setting_is_used(modules: list[Any]) -> None:
    elsewhere = [module for module in modules if module.name not in {"config/setting_table.py"}]
    read = {node.attr for m in elsewhere for node in ast.walk(m.tree) if isinstance(node, ast.Attribute)}
    assert {setting.name for setting in SETTINGS} - read - REFUSED == set()


def test_every_make_target_is_explained_and_documented(root: Path) -> None:
    makefile, readme = (root / "Makefile").read_text(), (root / "README.md").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert targets
    for target in targets[1].split():
        assert re.search(rf"^{target}:.*## .", makefile, re.MULTILINE), f"make {target} is not explained"
        assert f"make {target}" in readme, f"make {target} is not in the README"
