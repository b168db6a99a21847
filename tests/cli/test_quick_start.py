"""Commands that only look start at once: they load none of the libraries that make an episode."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from chaitime_audio.cli import run

from .conftest import Show

HEAVY = ("numpy", "scipy", "torch", "whisper", "ctranslate2", "pyannote.audio")
SCRIPT = f"""
import sys
from chaitime_audio.cli import run
code = run(sys.argv[1:])
print("loaded:", code, *(name for name in {HEAVY!r} if name in sys.modules))
"""
MISSING = 4


def loaded(show: Show, *arguments: str) -> tuple[int, list[str], str]:
    """Run a command in a process of its own: exit code, what heavy it loaded, and what it said."""
    environment = os.environ | {"CHAITIME_MODELS": str(show.folder / "no-models")}
    command = [sys.executable, "-c", SCRIPT, *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, cwd=show.folder
    )
    said, _, told = done.stdout.rpartition("loaded: ")
    assert told, done.stderr
    code, *names = told.split()
    return int(code), names, said + done.stderr


@pytest.fixture
def made(show: Show) -> Show:
    """An episode that stand-ins made, of a show that is now set up with the real engines."""
    assert run(["process", str(show.tones()), "--guest", "Tom Ellery"]) == 0
    config = show.folder / "config" / "chaitime.toml"
    config.write_text('[show]\nname = "Tea Time"\nhost = "Maya Rao"\n', encoding="utf-8")
    return show


def test_help_loads_nothing_heavy(show: Show) -> None:
    """``--help`` imports every command for its line, and no command imports what it does."""
    code, names, said = loaded(show, "--help")
    assert (code, names) == (0, [])
    assert "doctor" in said


@pytest.mark.parametrize("command", ["process", "batch", "watch", "check", "voices", "speakers", "models"])
def test_help_of_a_command_loads_nothing_heavy(show: Show, command: str) -> None:
    """Nor does the help of a command that will need them."""
    assert loaded(show, command, "--help")[:2] == (0, [])


def test_status_loads_nothing_heavy(made: Show) -> None:
    """``status`` knows the keys of all stages, of the real engines too, without loading one."""
    code, names, said = loaded(made, "status", "episodes")
    assert (code, names) == (0, [])
    assert "talk" in said


def test_a_dry_run_loads_nothing_heavy(made: Show) -> None:
    """``batch --dry-run`` says what would be made, and loads nothing that makes it."""
    recordings = made.folder / "recordings"
    recordings.mkdir()
    made.tones("recordings/second.wav")
    for folder in ("episodes", "recordings"):
        code, names, said = loaded(made, "batch", folder, "--dry-run")
        assert (code, names) == (0, []), said


def test_the_doctor_loads_nothing_heavy(made: Show) -> None:
    """``doctor`` looks for models and libraries by name and sum, and loads neither."""
    code, names, said = loaded(made, "doctor")
    assert (code, names) == (MISSING, [])
    assert "models pull" in said
