"""The whole way with real Whisper and real pyannote, on a minute of the sample episode."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chaitime_audio.audio import ffmpeg
from chaitime_audio.audio.reading import excerpt
from chaitime_audio.cli import run

SAMPLE = Path(__file__).parents[2] / "episodes" / "001-tom-ellery" / "source" / "tom-ellery.flac"
PEOPLE = ("--host", "Maya Rao", "--guest", "Tom Ellery")

pytestmark = pytest.mark.models


def cut(target: Path, start_s: float, length_s: float) -> Path:
    """Write a piece of the sample that begins later."""
    whole = target.with_name("whole.flac")
    excerpt(SAMPLE, whole, round((start_s + length_s) * 1000))
    arguments = ["-ss", str(start_s), *ffmpeg.input_of(whole), "-acodec", "flac", "-f", "flac"]
    target.write_bytes(b"".join(ffmpeg.stream(arguments)))
    return target


@pytest.fixture(scope="module")
def episode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An episode made of the sample's first minute with tiny.en."""
    folder = tmp_path_factory.mktemp("show")
    recording = folder / "talk.flac"
    excerpt(SAMPLE, recording, 60_000)
    out = folder / "episode"
    arguments = ["process", str(recording), "--out", str(out), "--model", "tiny.en", *PEOPLE, "-q"]
    assert run([*arguments, "--title", "Dull baselines", "--config", str(_config(folder))]) == 0
    return out


def _config(folder: Path) -> Path:
    path = folder / "chaitime.toml"
    path.write_text('[show]\nname = "Chai Time"\n', encoding="utf-8")
    return path


def test_people_and_words_are_right(episode: Path) -> None:
    """Host and guest are who they are, and the words are theirs."""
    post = (episode / "out" / "transcript.md").read_text()
    assert "**Maya Rao:** What does a normal Monday look like for you?" in post
    answer = next(
        line for line in post.splitlines() if line.startswith("**Tom Ellery:**") and "error reports" in line
    )
    assert "Maya Rao" not in answer
    cast = {
        item["name"]: item for item in json.loads((episode / "episode.json").read_text())["derived"]["cast"]
    }
    assert cast["Maya Rao"]["role"] == "host"
    assert cast["Tom Ellery"]["evidence"]


def test_the_mp3_is_tagged_and_as_loud_as_it_should_be(episode: Path) -> None:
    """Two independent readers find the title; the measured loudness is within 1 LU of the target."""
    from mutagen.id3 import ID3

    path = episode / "out" / "episode.mp3"
    tags = ID3(path)
    assert tags.version == (2, 3, 0)
    assert str(tags["TIT2"]) == "Dull baselines"
    assert "What does a normal Monday" in tags.getall("USLT")[0].text
    assert "Dull baselines" in ffmpeg.report(path)
    master = json.loads((episode / "episode.json").read_text())["receipts"]["master"]["value"]
    assert abs(master["loudness"]["integrated_lufs"] + 16) <= 1
    assert master["loudness"]["true_peak_dbtp"] <= -1


def test_a_passage_is_heard_again_with_the_real_engine(
    episode: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Heard by itself it still says its words; nothing else is made anew, and taken back all is as before."""
    copy = shutil.copytree(episode, tmp_path / "episode")
    config = ("--config", str(_config(tmp_path)))
    post, record = copy / "out" / "transcript.md", copy / "episode.json"
    before, old = post.read_text(), json.loads(record.read_text())["receipts"]
    passage = ("relisten", str(copy), "0:20-0:40")
    assert run([*passage, "--model", "tiny.en", *config]) == 0
    assert "00:20-00:40: " in capsys.readouterr().out
    new = json.loads(record.read_text())["receipts"]
    (heard,) = new["passages"]["value"]["asked"]
    said = " ".join(word["text"] for part in heard["segments"] for word in part["words"])
    assert len(said.split()) > 30
    assert all(new[stage] == old[stage] for stage in old if stage != "passages")
    assert "**Maya Rao:** What does a normal Monday look like for you?" in post.read_text()
    assert run([*passage, "--undo", *config]) == 0
    assert post.read_text() == before


def test_the_guest_may_speak_first(tmp_path: Path) -> None:
    """A recording that begins with the guest's answer still has the right host."""
    recording = cut(tmp_path / "late.flac", 6.4, 54)
    out = tmp_path / "episode"
    arguments = ["process", str(recording), "--out", str(out), "--model", "tiny.en", *PEOPLE, "-q"]
    assert run([*arguments, "--config", str(_config(tmp_path))]) == 0
    post = (out / "out" / "transcript.md").read_text()
    assert "**Maya Rao:** What does a normal Monday look like for you?" in post


def test_a_second_run_loads_no_model(episode: Path) -> None:
    """When everything is kept, neither torch nor pyannote nor whisper is imported."""
    code = (
        "import sys; from chaitime_audio.cli import run; "
        f"rc = run(['process', {str(episode)!r}, '-q', '--model', 'tiny.en', '--config', "
        f"{str(episode.parent / 'chaitime.toml')!r}]); "
        "heavy = {'torch', 'pyannote', 'whisper', 'scipy'} & set(sys.modules); "
        "print(rc, sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "0 []", done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["process", "--help"], ["models", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    """Help answers without numpy, torch, rich or a template engine."""
    code = (
        f"import sys; from chaitime_audio.cli import run; run({arguments!r}); "
        "print(sorted({'torch', 'numpy', 'rich', 'jinja2', 'whisper', 'pyannote'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip().splitlines()[-1] == "[]", done.stderr
