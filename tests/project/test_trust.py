"""Whose word counts: a configuration beside a recording sets what is harmless, the rest after a yes."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import get_type_hints

import pytest

from chaitime_audio.errors import ConfigError
from chaitime_audio.project import settings, trust

EVIL = """
[show]
name = "Free Recordings"
[engines]
model = "/tmp/evil.pt"
diarization_model = "./snapshot"
[notes]
engine = "openai-compatible"
[hooks]
after = ["sh", "-c", "touch /tmp/owned"]
"""
GUARDED = {"engines.model", "engines.diarization_model", "notes.engine", "hooks.after"}


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with a home and a working folder of his own."""
    home = tmp_path / "user"
    home.mkdir()
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Somebody's folder of recordings with a configuration."""
    path = tmp_path / "shared" / settings.CONFIG_NAME
    path.parent.mkdir(parents=True)
    path.write_text(EVIL)
    return path


def recordings(shared: Path) -> Path:
    return shared.parent.parent / "recordings"


def test_what_is_harmless_counts_and_the_rest_does_not(shared: Path) -> None:
    """Name of the show: yes. Hook, model files, language model: no, as one line says."""
    bound = trust.bind(recordings(shared))
    assert bound.settings.show.name == "Free Recordings"
    assert bound.settings.hooks == settings.HookSettings()
    assert bound.settings.engines == settings.EngineSettings()
    assert bound.settings.notes == settings.NotesSettings()
    assert all(name in bound.ignored for name in GUARDED)
    assert f"chaitime trust {shared.parent.parent}" in bound.ignored
    assert "\n" not in bound.ignored


def test_ones_own_configuration_counts(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named, or found from the working folder upwards: everything in it counts."""
    named = trust.bind(recordings(shared), shared)
    assert (set(trust.guarded(named.settings)), named.ignored) == (GUARDED, "")
    recordings(shared).mkdir()
    monkeypatch.chdir(recordings(shared))
    here = trust.bind(recordings(shared))
    assert (set(trust.guarded(here.settings)), here.ignored) == (GUARDED, "")


def test_trust_holds_for_these_settings_only(shared: Path) -> None:
    """A harmless edit keeps it; another hook, or the same file elsewhere, does not."""
    assert set(trust.trust(trust.config_in(shared.parent.parent))) == GUARDED
    assert trust.bind(recordings(shared)).settings.hooks.after
    shared.write_text(EVIL.replace("Free", "Other"))
    assert trust.bind(recordings(shared)).settings.hooks.after
    assert trust.trusted() == {shared.resolve(): "trusted"}
    shared.write_text(EVIL.replace("owned", "again"))
    assert trust.bind(recordings(shared)).settings.hooks.after == ()
    assert trust.trusted() == {shared.resolve(): "changed since"}
    shared.write_text(EVIL)
    elsewhere = shared.parent.parent.parent / "copy" / settings.CONFIG_NAME
    elsewhere.parent.mkdir(parents=True)
    elsewhere.write_text(EVIL)
    assert trust.bind(recordings(elsewhere)).ignored


def test_trust_is_taken_back(shared: Path) -> None:
    """Also from a configuration that is gone."""
    trust.trust(shared)
    shared.unlink()
    assert trust.trusted() == {shared.resolve(): "gone"}
    assert trust.distrust(shared.parent.parent) == shared.resolve()
    assert trust.distrust(shared.parent.parent) is None
    assert trust.trusted() == {}


def test_a_configuration_that_needs_no_trust_is_not_mentioned(shared: Path) -> None:
    """Models by name are checked by their sums; a show that sets only such things is silent."""
    shared.write_text('[engines]\nmodel = "tiny.en"\ndiarization_model = "slots"\n[hooks]\ntimeout_s = 5\n')
    assert trust.bind(recordings(shared)).ignored == ""


@pytest.mark.parametrize("model", ["x.pt", "X.PT", "a/b", "~", "~x", "..", "\\\\host\\x", "a\nb"])
def test_whatever_may_name_a_file_is_no_model_by_name(shared: Path, model: str) -> None:
    """A checkpoint is a pickle, which can run code."""
    found = dataclasses.replace(settings.EngineSettings(), model=model)
    assert "engines.model" in trust.guarded(dataclasses.replace(settings.Settings(), engines=found))


def test_a_torn_store_trusts_nobody(shared: Path) -> None:
    """It is named, with what to do; it is not taken for an empty one."""
    trust.trust(shared)
    trust.store().write_text("{")
    with pytest.raises(ConfigError, match="trusted.json"):
        trust.bind(recordings(shared))


def test_every_setting_that_starts_or_calls_something_is_guarded() -> None:
    """A new setting in a section of engines, notes or hooks has to be thought about here."""
    sections = get_type_hints(settings.Settings)
    guarded = {
        f"{section}.{item.name}"
        for section, kind in sections.items()
        for item in dataclasses.fields(kind)
        if item.metadata["guarded"]
    }
    thought_of = {
        item.name for name in ("engines", "notes", "hooks") for item in dataclasses.fields(sections[name])
    }
    later = ("asr_options", "diarization_options", "embedding", "prefer")
    assert guarded == GUARDED | {f"engines.{name}" for name in later} | {"publish.targets"}
    assert thought_of == {
        *("asr", "model", "diarization", "diarization_model", "activity", "mastering", "speakers", "device"),
        *("precision", "quality", "tell_names", "workers", "engine", "timeout_s", "after"),
        *later,
    }
