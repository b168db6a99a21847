"""A batch that is killed at any moment goes on as if nothing had been: the same files, nothing done twice."""

from __future__ import annotations

import json
import random
import shutil
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from killed import (
    begun_stages,
    fingerprint,
    finish,
    finished_stages,
    kill_tree,
    leftovers,
    start,
    wait_for_begin,
)

from cli.conftest import CONFIG, write_tones

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills processes by signal")
ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "episodes" / "001-tom-ellery" / "source" / "tom-ellery.flac"


def make_show(top: Path, config: str) -> None:
    """Four episode folders without recordings, and a configuration."""
    (top / "config").mkdir(parents=True)
    (top / "config" / "chaitime.toml").write_text(config)
    for name in ("one", "two", "three", "four"):
        (top / "episodes" / name / "source").mkdir(parents=True)
        (top / "episodes" / name / "episode.toml").write_text(
            f'guid = "{name}"\npublished = 2026-01-31T12:00:00Z\ntitle = "{name}"\n'
        )


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """Four episodes of tones, mastered by the real engine: a second of work or two."""
    make_show(tmp_path / "show", CONFIG.replace('mastering = "standin"', 'mastering = "ffmpeg"'))
    for index, home in enumerate(sorted((tmp_path / "show" / "episodes").iterdir())):
        write_tones(home / "source" / "talk.wav", seconds=20 + 2 * index)
    return tmp_path / "show"


def undisturbed(show: Path, room: Path) -> tuple[dict[str, str], float]:
    """What a run gives that nobody kills, and how long it takes."""
    copy = room / "undisturbed"
    shutil.copytree(show, copy)
    began = time.monotonic()
    finish(start(copy, room / "temp", "--json"))
    return fingerprint(copy), time.monotonic() - began


def killed_and_resumed(show: Path, room: Path, moment_s: float) -> tuple[dict[str, str], list[str]]:
    """Kill a batch after so many seconds of work, let it go on, and return its files and what was left."""
    copy, temp = room / "killed", room / "temp"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(show, copy)
    batch = start(copy, temp)
    wait_for_begin(batch, copy)
    time.sleep(moment_s)
    kill_tree(batch)
    for left in temp.iterdir():  # of a killed process the system's own temporaries stay; they are not ours
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink()
    done = finished_stages(copy)
    events = finish(start(copy, temp, "--json"))
    assert not done & begun_stages(events), "a stage that had finished was made again"
    return fingerprint(copy), leftovers(copy, temp)


def series(show: Path, room: Path, moments: int) -> None:
    """Kill at so many random moments; every rerun ends as an undisturbed run does."""
    expected, seconds = undisturbed(show, room)
    assert len([name for name in expected if name.endswith(".mp3")]) == 4
    moment = random.Random(7)
    for index in range(moments):
        found, left = killed_and_resumed(show, room, moment.uniform(0.0, seconds * 0.9))
        assert found == expected, f"moment {index}"
        assert left == []


def test_a_killed_batch_ends_as_an_undisturbed_one(show: Path, tmp_path: Path) -> None:
    """Three moments; texts by their bytes, MP3s by their sound; no stage twice, nothing left over."""
    series(show, tmp_path, 3)


@pytest.mark.hard
def test_twenty_moments_with_real_engines(tmp_path: Path) -> None:
    """The same at twenty moments with Whisper, pyannote and LAME on pieces of the sample episode."""
    from chaitime_audio.audio.reading import excerpt

    config = '[show]\nname = "Tea Time"\nhost = "Maya Rao"\n[engines]\nmodel = "tiny.en"\n'
    make_show(tmp_path / "show", config)
    for index, home in enumerate(sorted((tmp_path / "show" / "episodes").iterdir())):
        excerpt(SAMPLE, home / "source" / "talk.flac", 25_000 + 5_000 * index)
    series(tmp_path / "show", tmp_path, 20)


@pytest.mark.parametrize(
    "signals",
    [("SIGINT",), ("SIGINT", "SIGINT"), ("SIGHUP",)],
    ids=["ctrl-c", "twice", "terminal closed"],
)
def test_a_stopped_batch_leaves_nobody_and_a_rerun_goes_on(
    show: Path, tmp_path: Path, signals: tuple[str, ...]
) -> None:
    """Within seconds, without a process left, and no episode is called failed; then the rest is made."""
    batch = start(show, tmp_path / "temp")
    wait_for_begin(batch, show)
    tree = psutil.Process(batch.pid).children(recursive=True)
    for name in signals:
        batch.send_signal(signal.Signals[name])
        time.sleep(0.05)
    _, err = batch.communicate(timeout=60)
    assert batch.returncode == (143 if "SIGHUP" in signals else 130)
    assert "Traceback" not in err
    assert not [path for path in show.glob("episodes/*/episode.json") if _failed(path)]
    _, alive = psutil.wait_procs(tree, timeout=10)
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
    finish(start(show, tmp_path / "temp", "--json"))
    assert len(list(show.glob("episodes/*/out/*.mp3"))) == 4
    assert leftovers(show, tmp_path / "temp") == []


def _failed(record: Path) -> bool:
    return bool(json.loads(record.read_text()).get("failure"))
