"""``chaitime watch`` with stand-in engines: one round, and a real process into whose folder a file comes."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from chaitime_audio.cli import watching as _watch

from .conftest import Show


def test_once_makes_what_is_there(show: Show) -> None:
    """Bare recordings become episodes; a second round finds nothing to do and says nothing."""
    show.tones("inbox/talk.wav")
    code, out, _ = show.run("watch", "inbox", "--once", "-q")
    assert code == 0
    assert "✓ talk.wav: done" in out
    assert list((show.folder / "episodes" / "talk" / "out").glob("*.mp3"))
    assert show.run("watch", "inbox", "--once", "-q")[:2] == (0, "")


def test_a_changed_brief_is_brought_up_to_date(show: Show) -> None:
    """What its human wrote since is in the texts after the next round."""
    show.tones("inbox/talk.wav")
    show.run("watch", "inbox", "--once", "-q")
    brief = show.folder / "episodes" / "talk" / "episode.toml"
    brief.write_text('title = "Of Tea"\n' + brief.read_text())
    assert show.run("watch", "episodes", "--once", "-q")[0] == 0
    assert "Of Tea" in (brief.parent / "out" / "transcript.md").read_text()


def test_a_failure_ends_one_round_with_its_exit_code(show: Show) -> None:
    """5, and the others are made."""
    show.tones("inbox/talk.wav")
    (show.folder / "inbox" / "bad.wav").write_bytes(b"x")
    code, out, _ = show.run("watch", "inbox", "--once", "-q")
    assert code == 5
    assert "✗ bad.wav" in out
    assert "✓ talk.wav" in out


def test_a_folder_that_is_not_there_is_a_usage_error(show: Show) -> None:
    """Nothing is watched that was never there."""
    code, _, err = show.run("watch", "nowhere")
    assert code == 2
    assert "there is no folder nowhere" in err


def test_the_hook_runs_and_its_failure_is_told_and_not_fatal(show: Show) -> None:
    """An episode whose hook failed is done; the failure is a line."""
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text() + '[hooks]\nafter = ["/nowhere/upload"]\n')
    show.tones("inbox/talk.wav")
    code, out, err = show.run("watch", "inbox", "--once", "-q")
    assert code == 0
    assert "✓ talk.wav: done" in out
    assert "hook /nowhere/upload cannot be started" in err


def test_a_file_that_grows_is_taken_when_it_is_whole(show: Show) -> None:
    """Copied in slowly it is made once, when whole; SIGTERM ends the watching with 143 and leaves nothing."""
    source = show.tones("elsewhere/talk.wav").read_bytes()
    inbox = show.folder / "inbox"
    inbox.mkdir()
    code = "from chaitime_audio.cli import main; main()"
    watching = subprocess.Popen(
        [sys.executable, "-c", code, "watch", str(inbox), "--every", "0.1", "--settle", "2"],
        cwd=show.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    patience = threading.Timer(60, watching.kill)
    patience.start()
    try:
        with (inbox / "talk.wav").open("wb") as file:
            for start in range(0, len(source), len(source) // 4):
                file.write(source[start : start + len(source) // 4])
                file.flush()
                time.sleep(0.4)
        assert watching.stdout
        assert watching.stdout.readline().startswith("✓ talk.wav: done")
        assert (show.folder / "episodes" / "talk" / "source" / "talk.wav").read_bytes() == source
        watching.send_signal(signal.SIGTERM)
        out, _ = watching.communicate(timeout=20)
    finally:
        patience.cancel()
        watching.kill()
    assert watching.returncode == 143
    assert out == ""
    assert not list(show.folder.rglob(".*.part"))


def test_a_share_that_hangs_is_waited_for(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stale handle in the middle is told once, and what comes afterwards is made."""
    show.tones("inbox/talk.wav")
    looks = iter([None, OSError(errno.ESTALE, "Stale file handle"), OSError(errno.EIO, "gone"), None, None])
    look = _watch.snapshot

    def hanging(top: Path, *_: object) -> object:
        if problem := next(looks, KeyboardInterrupt()):
            raise problem
        return look(top)

    monkeypatch.setattr(_watch, "snapshot", hanging)
    code, out, err = show.run("watch", "inbox", "--every", "0.1", "--settle", "0")
    assert code == 130
    assert err.count("inbox is away") == 1
    assert "✓ talk.wav: done" in out
