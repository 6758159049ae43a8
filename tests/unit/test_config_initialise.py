"""`config init` gives files to edit and never takes an edit away; `config diff` shows what was edited."""

import tomllib
from pathlib import Path

import pytest

from config.errors import ConfigurationError
from config.initialise import difference, initialise
from config.settings import SETTINGS, Settings, load_settings
from config.startup import load_configuration

FILES = {"settings.toml", "sources.toml", "commitments.toml", "clusters.toml", "policies.toml"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"GUANSHAO_DATA": str(tmp_path)})


def test_every_file_is_written_and_changes_nothing(settings: Settings) -> None:
    written = initialise(settings)
    assert {path.name for path in written} == FILES
    assert all(path.parent == settings.config for path in written)
    assert difference(settings) == ""
    assert load_settings({"GUANSHAO_DATA": str(settings.data)}) == settings


def test_a_file_that_was_edited_stays(settings: Settings) -> None:
    initialise(settings)
    edited = settings.config / "settings.toml"
    edited.write_text("port = 9000\n", encoding="utf-8")
    (settings.config / "clusters.toml").unlink()
    assert [path.name for path in initialise(settings)] == ["clusters.toml"]
    assert edited.read_text(encoding="utf-8") == "port = 9000\n"


def test_the_difference_shows_the_edit_and_where(settings: Settings) -> None:
    initialise(settings)
    edited = settings.config / "commitments.toml"
    edited.write_text(edited.read_text(encoding="utf-8").replace("2026 = 5000", "2026 = 6000"), encoding="utf-8")
    shown = difference(settings).splitlines()
    assert shown[:2] == ["--- 随程序自带/commitments.toml", f"+++ {edited}"]
    assert "-2026 = 5000" in shown
    assert "+2026 = 6000" in shown
    assert sum(line.startswith(("+", "-")) for line in shown) == 4


def test_every_setting_stands_in_the_file_at_its_default(settings: Settings) -> None:
    initialise(settings)
    lines = (settings.config / "settings.toml").read_text(encoding="utf-8").splitlines()
    assert all(line == "" or line.startswith("#") for line in lines)
    uncommented = "\n".join(line.removeprefix("# ") for line in lines if " = " in line and line.startswith("# "))
    assert tomllib.loads(uncommented) == {s.name: s.default for s in SETTINGS if not s.environment_only}


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="写不进去"):
        initialise(load_settings({"GUANSHAO_DATA": str(tmp_path / "file")}))


def test_the_start_reads_everything_that_ships(tmp_path: Path) -> None:
    configuration = load_configuration({"GUANSHAO_DATA": str(tmp_path)})
    assert {"dg-upload", "sg-upload", "dg-feed", "sg-feed"} <= set(configuration.sources)
    assert len(configuration.clusters) == 10
    codes = {"postings-dg-sg", "postings-sg-dg", "fairs", "joint-meetings", "cluster-reports", "town-funds"}
    assert {commitment.code for commitment in configuration.commitments} == codes


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_start_stops_at_a_broken_file_and_names_it(settings: Settings, name: str) -> None:
    settings.config.mkdir()
    (settings.config / name).write_text("nonsense = = 1\n")
    with pytest.raises(ConfigurationError) as caught:
        load_configuration({"GUANSHAO_DATA": str(settings.data)})
    assert str(settings.config / name) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_configuration_folder_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="guanshao config init"):
        load_configuration({"GUANSHAO_DATA": str(tmp_path), "GUANSHAO_CONFIG": str(tmp_path / "typo")})
