"""Keys of sources: in files of their own, filled in for adapters, masked for everyone else."""

from pathlib import Path

import pytest

from config.errors import ConfigurationError
from config.secrets import MASK
from config.startup import load_configuration

SOURCE = """
[[source]]
id = "market"
name = "某接口"
city = "dongguan"
organisation = "441900"
adapter = "json_pages"
address = "https://jobs.example.org/api"
enabled = {enabled}
[source.options]
items = "rows"
headers = {{ Authorization = "Bearer {{file:market.key}}", Accept = "application/json" }}
params = {{ appKey = "geheim-1", city = "dg" }}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "market.key").write_text("geheim-2\n", encoding="utf-8")
    return tmp_path


def load(folder: Path, text: str = SOURCE, enabled: str = "true") -> object:
    (folder / "sources.toml").write_text(text.format(enabled=enabled), encoding="utf-8")
    return load_configuration({"GUANSHAO_DATA": str(folder), "GUANSHAO_CONFIG": str(folder)}).sources["market"]


def test_a_key_comes_from_its_file_and_is_shown_nowhere(folder: Path) -> None:
    source = load(folder)
    assert source.options_in_force["headers"]["Authorization"] == "Bearer geheim-2"  # type: ignore[attr-defined]
    assert "geheim-2" not in repr(source)
    shown = source.options_shown  # type: ignore[attr-defined]
    assert shown["headers"] == {"Authorization": MASK, "Accept": "application/json"}
    assert shown["params"] == {"appKey": MASK, "city": "dg"}
    assert shown["items"] == "rows"


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (None, "market.key", "market.key"),
        (b"", "market.key", "market.key"),
        (b"a\nb", "market.key", "market.key"),
        (b"\xff\xfe", "market.key", "market.key"),
        (b"a" * 20_000, "market.key", "market.key"),
        (b"a", "../market.key", "file"),
        (b"a", "", "file"),
    ],
)
def test_a_key_file_that_cannot_be_used_stops_the_start(
    folder: Path, content: bytes | None, name: str, told: str
) -> None:
    key = folder / "market.key"
    key.unlink()
    if content is not None:
        key.write_bytes(content)
    with pytest.raises(ConfigurationError, match=rf"sources\.toml: market: options: .*{told}") as caught:
        load(folder, SOURCE.replace("market.key", name))
    assert "\n" not in str(caught.value)


def test_a_source_that_is_switched_off_may_miss_its_key(folder: Path) -> None:
    (folder / "market.key").unlink()
    assert not load(folder, enabled="false").enabled  # type: ignore[attr-defined]
