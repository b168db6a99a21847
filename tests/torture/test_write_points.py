"""Killed or out of space at any write of a run: old or new, never half, and the next run ends well."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from samples import begin, outputs, sampled

from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.upkeep import examine

MOST_WRITES = 80
"""A run of a new recording writes some 77 times."""
TALK = "episodes/talk"
AT = range(1, MOST_WRITES + 1)
FAULTY = Path(__file__).with_name("faulty.py")


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with one episode that was made without a fault."""
    top = tmp_path_factory.mktemp("unbroken")
    begin(top)
    assert made(top, "count", 0)[0] == 0
    return top


def made(top: Path, fault: str, at: int) -> tuple[int, str]:
    """Run `process` with a fault; return how it ended and what it said."""
    order = [sys.executable, str(FAULTY), fault, str(at), str(top), "process", "-q", TALK]
    done = subprocess.run(order, cwd=top, capture_output=True, text=True, timeout=600, check=False)
    return done.returncode, done.stderr


def whole(top: Path) -> None:
    """Nothing is torn or left lying, by the house's own examination and by name."""
    found = examine(EpisodeFolder(top / TALK))
    assert not [one for one in found if one.level != "note"], found
    assert not list(top.rglob("*.part"))


@pytest.mark.parametrize("at", sampled(AT, every=80))
def test_killed_there_and_run_again(at: int, unbroken: Path, tmp_path: Path) -> None:
    """SIGKILL at a write: no file is half, and the next run leaves what an unbroken one does."""
    begin(tmp_path)
    assert made(tmp_path, "kill", at)[0] in (-signal.SIGKILL, 0)
    complete = outputs(unbroken / TALK)
    published = {name: total for name, total in outputs(tmp_path / TALK).items() if not name.startswith(".")}
    assert published.items() <= complete.items()
    assert made(tmp_path, "count", 0)[0] == 0
    assert outputs(tmp_path / TALK) == complete
    whole(tmp_path)


@pytest.mark.parametrize("at", sampled(AT, every=80))
def test_out_of_space_there(at: int, unbroken: Path, tmp_path: Path) -> None:
    """A disk that fills up at a write: exit 6 and one line naming a file; old outputs whole, no rubbish."""
    shutil.copytree(unbroken, tmp_path / "show")
    top = tmp_path / "show"
    (top / TALK / "episode.json").unlink()
    before = outputs(top / TALK)
    code, said = made(top, "full", at)
    assert code in (0, 6), said
    if code:
        (line,) = [line for line in said.splitlines() if line.startswith("chaitime: ")]
        assert "no space left for" in line
    assert outputs(top / TALK) == before
    assert not list(top.rglob("*.part"))
    assert made(top, "count", 0)[0] == 0
    whole(top)
