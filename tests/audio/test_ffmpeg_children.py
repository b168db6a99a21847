"""ffmpeg as a child: what it may open, how long it may take, and that it never stays behind."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from chaitime_audio.audio import ffmpeg
from chaitime_audio.audio.probe import probe
from chaitime_audio.errors import InputRefusedError, UsageError

AWKWARD = (
    "-rf.wav",
    "a b.wav",
    "100%d.wav",
    "http:x.wav",
    "line\nbreak.wav",
    "ä🎙.wav",
    "'q\".wav",
    "x" * 250 + ".wav",
)


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a Python script in place of ffmpeg."""

    def make(body: str) -> None:
        script = tmp_path / "fake-ffmpeg"
        script.write_text(f"#!{sys.executable}\nimport os, sys, time\n{body}\n")
        script.chmod(0o755)
        monkeypatch.setattr(ffmpeg, "ffmpeg_path", lambda: str(script))

    return make


@pytest.mark.parametrize("name", AWKWARD)
def test_any_file_name_is_a_file_name(name: str, tmp_path: Path, sounds) -> None:
    """No name is taken for an option, an address or a pattern."""
    path = sounds.write_wav(tmp_path / name, sounds.speech(1.2))
    assert probe((path,)).sources[0].name == name


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXTINF:10,\n{target}\n",
        "ffconcat version 1.0\nfile {target}\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio 49170 RTP/AVP 0\n",
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{target}</BaseURL></MPD>',
        "1\n00:00:01,000 --> 00:00:02,000\nsubtitle\n",
    ],
)
def test_lists_of_other_files_are_refused(text: str, tmp_path: Path, sounds) -> None:
    """A playlist behind any name is no recording, and what it points to is not opened."""
    target = sounds.write_wav(tmp_path / "secret.wav", sounds.speech(1.2))
    path = tmp_path / "interview.wav"
    path.write_text(text.format(target=target))
    before = target.stat().st_atime_ns
    with pytest.raises(InputRefusedError, match=r"interview\.wav"):
        probe((path,))
    assert target.stat().st_atime_ns == before


def test_a_silent_child_is_stopped(fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that says nothing for too long is stopped, and that is an error with a reason."""
    monkeypatch.setattr(ffmpeg, "SILENT_S", 0.2)
    fake("time.sleep(60)")
    with pytest.raises(ffmpeg.FfmpegError, match="stopped"):
        list(ffmpeg.stream([]))


def test_a_slow_reader_is_not_a_silent_child(fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only waiting for ffmpeg counts: we may take our time with what it gave us."""
    monkeypatch.setattr(ffmpeg, "SILENT_S", 0.2)
    fake("sys.stdout.write('x' * 3000)")
    got = 0
    for block in ffmpeg.stream([], 1000):
        time.sleep(0.3)
        got += len(block)
    assert got == 3000


def test_leaving_early_stops_the_child_and_its_children(fake, tmp_path: Path) -> None:
    """Nothing that ffmpeg is, or started, outlives its caller."""
    pids = tmp_path / "pids"
    fake(
        f"open({str(pids)!r}, 'w').write(str(os.getpid()))\n"
        "os.fork()\n"
        f"open({str(pids)!r}, 'a').write(' ' + str(os.getpid()))\n"
        "sys.stdout.write('x' * 100); sys.stdout.flush(); time.sleep(60)"
    )
    stream = ffmpeg.stream([], 10)
    next(stream)
    time.sleep(0.2)
    stream.close()
    found = {int(word) for word in pids.read_text().split()}
    time.sleep(0.1)
    assert len(found) == 2
    assert not [pid for pid in found if _runs(pid)]


def test_stop_all_ends_what_other_threads_wait_for(fake) -> None:
    """After an interrupt nobody waits for ffmpeg any more, or takes its end for a fault of the recording."""
    fake("sys.stdout.write('x' * 100); sys.stdout.flush(); time.sleep(60)")
    stream = ffmpeg.stream([], 10)
    next(stream)
    ffmpeg.stop_all()
    with pytest.raises(CancelledError):
        list(stream)


def test_the_reason_is_one_line(fake) -> None:
    """Of a page of output the last line is kept, without ffmpeg's addresses."""
    fake("sys.stderr.write('page\\n[in#0 @ 0x55] Invalid data found\\n\\n'); sys.exit(1)")
    with pytest.raises(ffmpeg.FfmpegError) as caught:
        list(ffmpeg.stream([]))
    assert caught.value.said == "Invalid data found"


def test_no_ffmpeg_at_all_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any ffmpeg the message says what to install."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(UsageError, match="install"):
        ffmpeg.ffmpeg_path.__wrapped__()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().split()[2] != "Z"
