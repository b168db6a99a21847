"""Twenty episodes, five of them bad in five ways: fifteen are made, and five told with the right reason."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from chaitime_audio.cli import run
from chaitime_audio.recognition import asr
from cli.conftest import CONFIG, write_tones

HERE = Path(__file__).parent


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A show of twenty episodes; the working directory is inside it."""
    config = tmp_path / "config" / "chaitime.toml"
    config.parent.mkdir()
    config.write_text(CONFIG.replace('asr = "standin"', 'asr = "crashing"'))
    monkeypatch.setattr(asr, "__path__", [*asr.__path__, str(HERE / "faulty_engines")])
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.setenv("PLANTED_FAULT", str(tmp_path / "fault"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fault").touch()
    episodes = tmp_path / "episodes"
    for number in range(1, 21):
        home = episodes / f"{number:03d}"
        home.mkdir(parents=True)
        (home / "episode.toml").write_text(f"number = {number}\n")
        write_tones(home / "source" / "talk.wav", seconds=8 if number != 20 else 20)
    spoil(episodes)
    return tmp_path


def spoil(episodes: Path) -> None:
    """Make four of them bad; the twentieth is, by the engine."""
    (episodes / "003" / "source" / "talk.wav").write_bytes(bytes(range(256)) * 400)
    write_tones(episodes / "007" / "source" / "talk.wav", seconds=8, every=2, first=1 << 30)
    (episodes / "011" / "source" / "talk.wav").unlink()
    (episodes / "011" / "source" / "talk.wav.link").write_text("/nowhere/talk.wav\n")
    unreadable = episodes / "016" / "source" / "talk.wav"
    unreadable.unlink()
    unreadable.symlink_to("/proc/self/mem")  # it can be opened by anybody, and read by nobody


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that nobody can read")
def test_fifteen_are_made_and_five_are_told(top: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Exit 5 with five reasons; a rerun does only what is left; after mending, only those five are made."""
    assert run(["batch", "episodes", "--jobs", "2", "-q"]) == 5
    out = capfd.readouterr().out
    assert out.endswith("15 done, 5 failed\n")
    told = told_by(out)
    assert "is it sound, whatever its name?" in told["003"]
    assert "no speech in" in told["007"]
    assert "/nowhere/talk.wav, which is not there" in told["011"]
    assert "cannot read" in told["016"]
    assert "Input/output error" in told["016"]
    assert "a worker process died" in told["020"]
    report = json.loads((top / "episodes" / "batch-report.json").read_text())
    assert {Path(item["path"]).name for item in report["episodes"] if item["retried"]} == {"020"}

    made = {path: path.stat().st_mtime_ns for path in (top / "episodes").rglob("out/*")}
    assert run(["batch", "episodes", "--jobs", "2", "-q"]) == 5
    assert capfd.readouterr().out.endswith("15 up to date, 5 failed\n")
    assert made == {path: path.stat().st_mtime_ns for path in (top / "episodes").rglob("out/*")}

    mend(top)
    assert run(["batch", "episodes", "--jobs", "2", "-q"]) == 0
    assert capfd.readouterr().out.endswith("5 done, 15 up to date\n")
    assert len(list((top / "episodes").rglob("out/*.mp3"))) == 20


def told_by(out: str) -> dict[str, str]:
    """Reasons by the name of their episode."""
    failed = [line.removeprefix("✗ ") for line in out.splitlines() if line.startswith("✗ ")]
    return {line.partition(":")[0]: line for line in failed}


def mend(top: Path) -> None:
    """Give the bad ones good recordings and take the fault away."""
    (top / "fault").unlink()
    for name in ("003", "007", "011", "016"):
        source = top / "episodes" / name / "source"
        for old in source.iterdir():
            old.unlink()
        write_tones(source / "talk.wav", seconds=8)
