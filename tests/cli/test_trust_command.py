"""Commands beside a configuration that nobody trusts: they say it in one line and go on without."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .conftest import CONFIG, Show


@pytest.fixture
def elsewhere(
    show: Show, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Show:
    """The show has a hook, and the working folder is not in it."""
    hook = f'after = [{sys.executable!r}, "-c", "open({str(tmp_path / "hooked")!r}, \'w\')"]'
    (tmp_path / "config" / "chaitime.toml").write_text(f"{CONFIG}\n[hooks]\n{hook}\n")
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home)
    return show


def test_the_hook_of_a_stranger_does_not_run(elsewhere: Show) -> None:
    """Batch says once what is ignored, whatever the number of episodes; after trust it runs."""
    for name in ("a.wav", "b.wav"):
        elsewhere.tones(name)
    code, _, err = elsewhere.run("batch", elsewhere.folder)
    assert code == 0, err
    assert err.count("hooks.after ignored") == 1
    assert f"chaitime trust {elsewhere.folder}" in err
    assert not (elsewhere.folder / "hooked").exists()
    code, out, _ = elsewhere.run("trust", elsewhere.folder)
    assert code == 0
    assert "hooks.after = [" in out
    elsewhere.tones("c.wav", seconds=6)
    code, _, err = elsewhere.run("batch", elsewhere.folder)
    assert (code, "ignored" in err) == (0, False)
    assert (elsewhere.folder / "hooked").exists()


def test_one_episode_and_its_reports_say_it_too(elsewhere: Show) -> None:
    """process, render and watch go on without, in one line each."""
    recording = elsewhere.tones()
    for command in (["process", recording], ["render", "-q"], ["watch", "--once"]):
        if command[0] == "render":
            command.append(elsewhere.episode)
        if command[0] == "watch":
            brief = elsewhere.episode / "episode.toml"
            brief.write_text(brief.read_text(encoding="utf-8") + "\n", encoding="utf-8")
            command.append(elsewhere.folder / "episodes")
        code, _, err = elsewhere.run(*command)
        assert code == 0, err
        assert err.count("hooks.after ignored") == 1
    assert not (elsewhere.folder / "hooked").exists()


def test_trust_is_listed_and_taken_back(elsewhere: Show) -> None:
    """Without a folder the trusted ones are listed; --remove takes one out."""
    path = elsewhere.folder / "config" / "chaitime.toml"
    assert elsewhere.run("trust", elsewhere.folder)[0] == 0
    assert elsewhere.run("trust")[1].split() == ["trusted", str(path)]
    assert elsewhere.run("trust", elsewhere.folder, "--remove")[0] == 0
    assert elsewhere.run("trust")[1] == ""


@pytest.mark.parametrize("arguments", [["nowhere"], ["--remove"], ["--remove", "nowhere"]])
def test_a_folder_without_a_configuration_is_refused(elsewhere: Show, arguments: list[str]) -> None:
    """Exit code 2 and one line."""
    code, _, err = elsewhere.run("trust", *arguments)
    assert code == 2
    assert err.count("\n") == 1
