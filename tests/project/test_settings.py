"""Settings: described once, strict, helpful."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaitime_audio.errors import ConfigError
from chaitime_audio.project import settings


def load(tmp_path: Path, text: str) -> settings.Settings:
    path = tmp_path / "chaitime.toml"
    path.write_text(text, encoding="utf-8")
    return settings.load(path)


def test_example_reads_back_as_the_defaults(tmp_path: Path) -> None:
    """What init writes is valid and changes nothing."""
    assert load(tmp_path, settings.example()) == settings.Settings()


def test_example_with_every_line_uncommented_is_the_defaults(tmp_path: Path) -> None:
    """The defaults shown in comments are the defaults."""
    lines = [re.sub(r"^# (\w+ = )", r"\1", line) for line in settings.example().splitlines()]
    assert load(tmp_path, "\n".join(lines)) == settings.Settings()


def test_every_setting_is_described_by_a_sentence() -> None:
    """Each setting has a sentence that ends with a full stop, and the example shows it."""
    example = settings.example()
    for section in get_type_hints(settings.Settings).values():
        for item in dataclasses.fields(section):
            about = settings.describe(section, item.name)
            assert about.endswith("."), item.name
            assert f"# {about}\n" in example


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[show]\nnmae = 1", "show: unknown setting “nmae”; did you mean “name”?"),
        ("[shwo]", "unknown setting “shwo”; did you mean “show”?"),
        ('[audio]\ntarget_lufs = "loud"', "should be a number (Programme loudness in LUFS"),
        ("[audio]\ntarget_lufs = 3", "target_lufs = 3.0 is out of range (Programme loudness"),
        ('[text]\nclean = "cleen"', "did you mean “clean”? (How much is tidied"),
        ("[show", "is not valid TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_its_description(tmp_path: Path, text: str, said: str) -> None:
    """The error names file and setting, suggests the nearest, and repeats what it is for."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert said in str(caught.value)
    assert "chaitime.toml" in str(caught.value)


def test_a_fault_deep_in_a_setting_repeats_its_description(tmp_path: Path) -> None:
    """Also where the fault lies inside a list, and never for a value that only looks like a setting."""
    with pytest.raises(ConfigError, match=r"show\.links\[1\].*\(Links printed under every episode"):
        load(tmp_path, '[show]\nlinks = [{ title = "x" }]')
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, '[text]\nclean = "x show.name: y"')
    assert "How much is tidied" in str(caught.value)
    assert "Name of the show" not in str(caught.value)


NASTY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["\x7f", '"\\\n\x00🎙']
)


@given(NASTY)
def test_whatever_a_show_is_called_its_configuration_reads_back(name: str) -> None:
    """DEL, controls, quotes, emoji, line breaks, backslashes: what init writes is valid TOML and says it."""
    written = tomllib.loads(settings.example({"show": {"name": name, "host": name}}))
    assert written["show"] == {"name": name, "host": name}


def test_the_nearest_configuration_wins(tmp_path: Path) -> None:
    """The configuration is looked for in a folder, then in those above it."""
    inner = tmp_path / "shows" / "tea"
    for folder in (tmp_path, inner):
        (folder / "config").mkdir(parents=True)
        (folder / "config" / "chaitime.toml").write_text("", encoding="utf-8")
    assert settings.find_config(inner / "episodes") == inner / "config" / "chaitime.toml"
    assert settings.find_config(tmp_path / "shows") == tmp_path / "config" / "chaitime.toml"
