"""What a library does with what is sent to it: recordings, names, searches, the words of a job."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from chaitime_audio.checks import Finding
from chaitime_audio.errors import DestinationError, InputRefusedError, UsageError
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.studio import uploads
from chaitime_audio.studio.fulltext import FullText
from chaitime_audio.studio.jobs import Job, Jobs
from chaitime_audio.studio.library import Library
from chaitime_audio.studio.publishing import files_of, mend, mend_of
from chaitime_audio.studio.uploads import Uploads, safe_name
from cli.conftest import write_tones


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def take(library: Path, name: str, data: bytes, size: int | None = None) -> tuple[Uploads, str]:
    found = Uploads(library)
    token = asyncio.run(found.take(name, len(data) if size is None else size, pieces(data[:99], data[99:])))
    return found, token


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("talk.wav", "talk.wav"),
        ("../../etc/passwd.wav", "passwd.wav"),
        ("C:\\\\Users\\\\me\\\\Talk one.WAV", "talk-one.wav"),
        ("<script>alert(1)</script>.mp3", "script.mp3"),
        ("...wav", "episode.wav"),
        ("Gespräch № 5.flac", "gesprach-no-5.flac"),
    ],
)
def test_a_name_that_is_sent_is_no_path(sent: str, kept: str) -> None:
    """What somebody calls a file leads nowhere."""
    assert safe_name(sent) == kept


@pytest.mark.parametrize("sent", ["", "talk", "talk.", ".wav/..", "talk.w v", "talk.verylong", "talk.é"])
def test_a_name_without_an_ending_is_refused(sent: str) -> None:
    """The ending says what it is; without one it is asked for."""
    with pytest.raises(UsageError, match="talk.wav"):
        safe_name(sent)


def test_a_recording_is_looked_at_and_moved(tmp_path: Path) -> None:
    """What arrived whole and is a recording goes into its episode; nothing is left beside it."""
    data = write_tones(tmp_path / "made.wav", 3).read_bytes()
    library = tmp_path / "shows"
    library.mkdir()
    found, token = take(library, "talk.wav", data)
    found.hand_over([token], library / "one" / "source")
    assert (library / "one" / "source" / "talk.wav").read_bytes() == data
    with pytest.raises(UsageError, match="drop them again"):
        found.hand_over([token], library / "two" / "source")
    found.clear()
    assert [path.name for path in library.iterdir()] == ["one"]


@pytest.mark.parametrize(
    ("data", "size", "error"),
    [
        (b"this is no sound", 16, InputRefusedError),
        (b"short", 500, InputRefusedError),
        (b"longer than was told", 3, InputRefusedError),
        (b"", 10**15, DestinationError),
    ],
)
def test_what_is_no_recording_leaves_nothing(
    tmp_path: Path, data: bytes, size: int, error: type[Exception]
) -> None:
    """Not sound, not whole, longer than told, no space: one line says so and the disk is as it was."""
    with pytest.raises(error):
        take(tmp_path, "talk.wav", data, size)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_full_disk_is_known_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The size that is told and a reserve have to be free."""
    monkeypatch.setattr(uploads.shutil, "disk_usage", lambda _path: SimpleNamespace(free=200_000_100))
    with pytest.raises(DestinationError, match=r"0.2 GB are free"):
        take(tmp_path, "talk.wav", b"x" * 101)


@pytest.mark.parametrize(
    ("tokens", "together", "number"),
    [
        ([], "single", 1),
        (["x"], "single", 1),
        (["x", "x"], "tracks", 1),
        (["x"], "tracks", 1),
        (["x", "y"], "single", 1),
        (["x"], "single", -1),
        (["x"], "single", 10**9),
        (["x"], "../..", 1),
    ],
)
def test_an_episode_of_nothing_is_refused(
    tmp_path: Path, tokens: list[str], together: str, number: int
) -> None:
    """Unknown recordings, several that are nothing together, numbers that are none: no folder is begun."""
    library = Library(tmp_path, None)
    with pytest.raises(UsageError):
        library.begin(tokens, together, "Tom", number)
    library.close()
    assert not list(tmp_path.iterdir())


def test_a_job_tells_how_far_it_is() -> None:
    """By the stages' weights; the talk is readable before the MP3 is made; what failed says why."""
    job = Job("talk", "running")

    def said(**event: object) -> bool:
        return Jobs._took(job, json.dumps(event), 30.0)

    assert not said(event="planned")
    assert not Jobs._took(job, "no JSON", 1.0)
    assert said(event="moved", stage="transcript", state="running", share=0.5)
    assert (round(job.share, 2), round(job.left_s or 0), job.readable) == (0.25, 90, False)
    for stage in ("transcript", "diarization"):
        said(event="moved", stage=stage, state="done", share=1.0)
    assert job.readable
    assert said(event="ended", state="failed", reason="no space left")
    assert (job.state, job.problem, job.readable) == ("failed", "no space left", True)


def test_only_what_is_known_is_mended(tmp_path: Path) -> None:
    """A missing text is written again, a title is asked for, the rest is a person's; no link is followed."""
    folder = EpisodeFolder(tmp_path / "talk")
    folder.out.mkdir(parents=True)
    missing = Finding("files-transcript", "fail", "missing", "run: chaitime process EPISODE")
    assert mend_of(missing, folder) == "make"
    assert mend_of(Finding("title-plain", "warn", "repeats", "…"), folder) == "title"
    assert mend_of(Finding("title-plain", "pass", "", ""), folder) == ""
    assert mend_of(Finding("voices-named", "fail", "S1", "name them: …"), folder) == ""
    again = "remove it from out/ and run: chaitime process EPISODE"
    assert (
        mend_of(Finding("captions-srt", "fail", "the SRT is missing or has no cue", again), folder) == "make"
    )
    assert mend_of(Finding("captions-srt", "fail", "cues overlap", again), folder) == ""
    (folder.out / "talk.mp3").write_bytes(b"mine")
    assert mend_of(Finding("tag-title", "fail", "wrong", "remove …"), folder) == "aside"
    mend(folder, "aside", "")
    assert (folder.path / "aside" / "talk.mp3").read_bytes() == b"mine"
    for what, value in (("title", " "), ("title", "x" * 501), ("rm -rf", ""), ("", "")):
        with pytest.raises(UsageError):
            mend(folder, what, value)
    (folder.out / ".hidden").write_bytes(b"")
    (folder.out / "link").symlink_to("/etc/passwd")
    assert files_of(folder) == []


@pytest.mark.parametrize(
    "asked", ["", '"', "*", "a OR b NOT (", "'; DROP TABLE said; --", "NEAR(", "\0", "a" * 9999]
)
def test_a_search_is_words_and_nothing_else(tmp_path: Path, asked: str) -> None:
    """No operator and no quote of what is typed reaches the index as such."""
    index = FullText(tmp_path / "cache" / "index.sqlite")
    assert index.search(asked, {}) == []


def test_an_index_that_is_none_is_begun_anew(tmp_path: Path) -> None:
    """A cache may be broken by anything; it holds nothing of its own."""
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"this is no database, and was one once upon a time" * 100)
    assert FullText(path).search("milk", {}) == []


def test_what_cannot_be_made_says_why(tmp_path: Path) -> None:
    """A process that fails is told in its own words, and the next one begins."""
    folder = EpisodeFolder(tmp_path / "talk")
    folder.source.mkdir(parents=True)
    (folder.source / "talk.wav").write_bytes(b"this is no sound")
    told: list[str] = []
    jobs = Jobs(None, lambda job: told.append(job.state))
    jobs.make("talk", folder)
    jobs.make("talk", folder)  # under way already
    deadline = time.monotonic() + 60
    while jobs.busy and time.monotonic() < deadline:
        time.sleep(0.05)
    (job,) = jobs.listed().values()
    assert (job["state"], told[-1]) == ("failed", "failed")
    assert job["problem"]
    assert told.count("waiting") + told.count("running") <= 1
    jobs.close()
    jobs.make("talk", folder)
    assert not jobs.busy
