"""``chaitime config show``: every setting, its value, and where that is from, in order of rank."""

from __future__ import annotations

import dataclasses
import tomllib
from typing import Any

import pytest

from chaitime_audio.project.settings import Settings, load

from .conftest import Show


def _line(text: str, section: str, name: str) -> tuple[Any, str]:
    """Value and source of one setting as they were printed."""
    inside = text.split(f"[{section}]\n", 1)[1].split("\n[", 1)[0]
    (line,) = (one for one in inside.splitlines() if one.startswith(f"{name} = "))
    return tomllib.loads(line)[name], line.partition("  # ")[2].strip()


def test_what_is_printed_is_a_configuration(show: Show) -> None:
    """Every setting has its line, and all of it read as a configuration gives the same settings."""
    with (show.folder / "config" / "chaitime.toml").open("a") as file:
        file.write('asr_options = { beams = 5 }\n[audio]\nextra_formats = ["flac"]\n')
    code, out, _ = show.run("config", "show")
    assert code == 0
    path = show.folder / "shown.toml"
    path.write_text(out)
    shown, meant = load(path), load(show.folder / "config" / "chaitime.toml")
    assert shown == dataclasses.replace(meant, engines=dataclasses.replace(meant.engines, model="base"))
    for section in dataclasses.fields(Settings):
        for item in dataclasses.fields(getattr(meant, section.name)):
            assert f"\n{item.name} = " in out or f"# {item.name} is not set" in out


def test_where_a_value_is_from(show: Show) -> None:
    """Default, configuration, episode.toml, environment, option: the later outranks what stands before it."""
    assert show.run("process", show.tones(), "--language", "en", "--speakers", "2")[0] == 0
    out = show.run("config", "show", show.episode)[1]
    config = str(show.folder / "config" / "chaitime.toml")
    assert _line(out, "show", "name") == ("Tea Time", config)
    assert _line(out, "show", "language") == ("en", "episode.toml")
    assert _line(out, "engines", "speakers") == (2, "episode.toml")
    assert _line(out, "engines", "precision") == ("auto", "default")
    assert _line(show.run("config", "show")[1], "engines", "speakers") == (0, "default")


def test_the_models_precedence_is_shown(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """quality, then engines.model, then the environment, then --model; asr is another question."""
    path = show.folder / "config" / "chaitime.toml"
    before = path.read_text()
    assert _line(show.run("config", "show")[1], "engines", "model") == (
        "base",
        "engines.quality = “quick”, on this machine",
    )
    path.write_text(before + 'model = "small"\nquality = "best"\n')
    assert _line(show.run("config", "show")[1], "engines", "model") == ("small", str(path))
    monkeypatch.setenv("CHAITIME_PROCESS_MODEL", "tiny.en")
    assert _line(show.run("config", "show")[1], "engines", "model") == ("tiny.en", "CHAITIME_PROCESS_MODEL")
    out = show.run("config", "show", "--model", "turbo")[1]
    assert _line(out, "engines", "model") == ("turbo", "--model")
    assert _line(out, "engines", "asr") == ("standin", str(path))


def test_what_is_not_trusted_is_shown_as_what_counts(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """A configuration that lies beside a recording sets no model file; the line says why."""
    assert show.run("process", show.tones())[0] == 0
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text() + 'model = "./mine.pt"\n')
    elsewhere = show.folder.parent / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    value, source = _line(show.run("config", "show", show.episode)[1], "engines", "model")
    assert value == "base"
    assert "not trusted" in source


@pytest.mark.parametrize(("given", "code"), [(["none"], 2), (["--config", "none.toml"], 2)])
def test_what_is_not_there_is_refused(show: Show, given: list[str], code: int) -> None:
    """A path that does not exist is one line and exit code 2."""
    found, _, err = show.run("config", "show", *given)
    assert found == code
    assert "none" in err
