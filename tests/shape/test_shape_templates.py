"""Every template is used: rendered by a view, or extended, included or imported by another template."""

from pathlib import Path
from typing import Any


def test_no_template_is_left_unused(modules: list[Any], root: Path) -> None:
    templates = {path.relative_to(root / "templates").as_posix(): path for path in (root / "templates").rglob("*.*")}
    pages = {name: path for name, path in templates.items() if path.suffix in {".html", ".xml", ".txt"}}
    code = "\n".join(module.text for module in modules)
    texts = {name: path.read_text(encoding="utf-8") for name, path in pages.items()}

    def is_used(name: str) -> bool:
        quoted = (f'"{name}"', f"'{name}'")
        others = (text for other, text in texts.items() if other != name)
        return any(q in code for q in quoted) or any(q in text for text in others for q in quoted)

    assert [name for name in pages if not is_used(name)] == []
