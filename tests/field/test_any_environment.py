"""K7: files from other editors, consoles of any kind, shares that know no modes, links or locks."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from chaitime_audio.errors import LockedError
from chaitime_audio.project.episode_folder import EpisodeFolder
from cli.conftest import CONFIG, Show, write_tones

BOM = b"\xef\xbb\xbf"


def as_windows_saves(text: str) -> bytes:
    """A text with a byte order mark in front and CRLF line ends."""
    return BOM + text.replace("\n", "\r\n").encode()


@pytest.fixture
def windows_show(show: Show) -> Show:
    """A show all of whose files a Windows editor has saved."""
    config = show.folder / "config"
    (config / "chaitime.toml").write_bytes(as_windows_saves(CONFIG))
    (config / "glossary.toml").write_bytes(as_windows_saves('[[terms]]\nspelling = "Chai Time"\n'))
    (config / "templates").mkdir()
    (config / "templates" / "show-notes.md.j2").write_bytes(as_windows_saves("own template\n"))
    episode = show.folder / "episodes" / "x"
    write_tones(episode / "source" / "talk.wav", 4)
    (episode / "episode.toml").write_bytes(
        as_windows_saves('# mine\ntitle = "Slow"\n\n[[people]]\nname = "Tom Ellery"\nrole = "guest"\n')
    )
    (episode / "corrections.toml").write_bytes(as_windows_saves(""))
    return show


def test_files_with_a_byte_order_mark_are_read_and_amended(windows_show: Show) -> None:
    """All five toml files and templates with BOM and CRLF work; amending keeps both, again and again."""
    brief = windows_show.folder / "episodes" / "x" / "episode.toml"
    for told in (["--number", "3"], ["--guest", "Ann Bell"], ["--title", "Other"]):
        code, _, err = windows_show.run("process", brief.parent, "-q", *told)
        assert (code, err) == (0, "")
        data = brief.read_bytes()
        assert data.startswith(BOM + b"# mine\r\n")
        assert data.count(BOM) == 1
        assert data.count(b"\n") == data.count(b"\r\n")
    assert windows_show.run("speakers", brief.parent, "--name", "S1=Maya Rao")[0] in (0, 2)
    assert not any(BOM in path.read_bytes() for path in (brief.parent / "out").glob("*.md"))


def test_a_file_in_another_encoding_is_named_with_what_to_do(show: Show) -> None:
    """PowerShell's UTF-16 and a Latin-1 file are refused with the file's name and: save it as UTF-8."""
    config = show.folder / "config" / "chaitime.toml"
    for data in (CONFIG.encode("utf-16"), CONFIG.replace("Tea", "Thé").encode("latin-1")):
        config.write_bytes(data)
        code, _, err = show.run("process", show.tones(seconds=3))
        assert code == 2
        assert "chaitime.toml" in err
        assert "UTF-8" in err


ENVIRONMENTS = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "ascii": {"PYTHONIOENCODING": "ascii", "COLUMNS": "40"},
    "C": {"LC_ALL": "C", "LANG": "", "TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "1"},
    "latin": {"PYTHONUTF8": "0", "LC_ALL": "en_US.ISO-8859-1", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_every_command_prints_on_any_console(show: Show, name: str) -> None:
    """Titles and names in any script are printed with ? where they must; exit codes stay what they are."""
    made = ("process", show.tones(seconds=4), "--out", "ep", "-q", "--title", "Čaj → ☕")
    assert show.run(*made, "--guest", "Łukasz Żółć", "--host", "Maya Rao")[0] == 0
    environment = {**os.environ, **ENVIRONMENTS[name]}
    lines = ("process ep", "status .", "notes ep --for apple", "speakers ep", "batch . --dry-run", "feed .")
    script = "import sys\nfrom chaitime_audio.cli import run\nfor line in sys.argv[1:]:\n"
    script += "    code = run(line.split())\n    assert code in (0, 2), (line, code)\n"
    ended = subprocess.run(
        [sys.executable, "-c", script, *lines],
        env=environment,
        capture_output=True,
        cwd=show.folder,
        check=False,
    )
    said = (ended.stdout + ended.stderr).decode(errors="replace")
    assert ended.returncode == 0, said
    assert "unexpected" not in said
    assert "Encode" not in said


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_share_without_locks_still_keeps_two_runs_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Where flock is refused a file takes the lock's place: one run, the second is told, nothing is left."""

    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refused)
    folder, problems = EpisodeFolder(tmp_path / "ep"), []

    def second() -> None:
        try:
            with folder.run_lock():
                problems.append("it was let in")
        except LockedError as problem:
            problems.append(str(problem))

    with folder.run_lock():
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    (said,) = problems
    assert "another run" in said
    with folder.run_lock():
        pass
    assert not list(folder.path.glob("*.held"))


def test_an_episode_is_made_on_a_share_without_locks(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole run, and one that finds everything made, where the file system knows no locks and no modes."""

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    for place, name in ((fcntl, "flock"), (os, "chmod"), (os, "link"), (os, "utime"), (os, "fchmod")):
        monkeypatch.setattr(place, name, refused)
    recording = show.tones(seconds=4)
    assert show.run("process", recording, "-q") == (0, "", "")
    assert "up to date" in show.run("batch", "episodes", "--dry-run")[1]


def test_a_read_only_folder_can_still_be_looked_at(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a read-only medium status, batch --dry-run and feed read; what must write says where it cannot."""
    assert show.run("process", show.tones(seconds=4), "-q")[0] == 0
    real = os.open

    def refused(path: str, flags: int, *rest: int, **more: int) -> int:
        if "/episodes/" in str(path) and flags & (os.O_CREAT | os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return real(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refused)
    assert show.run("status", "episodes")[0] == 0
    assert show.run("batch", "episodes", "--dry-run")[0] == 0
    assert show.run("feed", "episodes", "--base-url", "https://pod.example/x", "-q")[0] == 0
    code, _, err = show.run("process", show.episode, "-q")
    assert code == 6
    assert "Read-only" in err


def test_clocks_that_jump_change_nothing(show: Show) -> None:
    """Recordings from 1970, 1601 and 2107, as clocks without batteries write them, are made and stay made."""
    for at, seconds in enumerate((0, -11_644_473_600 // 10, 4_354_819_198)):
        path = show.tones(f"talk{at}x.wav", 3)
        os.utime(path, (seconds, seconds))
        assert show.run("process", path, "-q")[0] == 0
    _, out, err = show.run("batch", "episodes", "--dry-run", "--newest-first")
    assert out.count("up to date") == len(list((show.folder / "episodes").iterdir())), (out, err)
