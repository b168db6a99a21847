"""What ``chaitime batch`` finds in a folder, and what it refuses before anything is made."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chaitime_audio.project import files, importing

from .conftest import Show


def test_a_dry_run_names_the_recording_and_its_folder(show: Show) -> None:
    """Of two namesakes one sees which is which; what a name does to a terminal is not done; a sum ends it."""
    show.tones("in/1/talk.wav")
    show.tones("in/2/\x1b[31m\n.wav", seconds=15)
    code, out, err = show.run("batch", "in", "--dry-run")
    assert code == 0
    assert out.splitlines()[0] == f"in/1/talk.wav → {show.folder.resolve()}/episodes/talk: new"
    assert len(out.splitlines()) == 2
    assert "\x1b" not in out
    assert err == "2 of 2 episodes to make\n"


def test_a_dry_run_tells_json_if_that_was_asked(show: Show) -> None:
    """The event with which a run begins, and nothing else."""
    show.tones("in/talk.wav")
    _, out, _ = show.run("batch", "in", "--dry-run", "--json")
    event = json.loads(out)
    assert event["event"] == "planned"
    assert event["plans"][0]["what"] == "new"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--again", "foo"), "no stage “foo”"),
        (("--config", "nope.toml"), "there is no nope.toml"),
        (("--only", "nobody"), "has “nobody” in its name"),
    ],
)
def test_what_would_fail_all_alike_is_said_once_and_first(
    show: Show, wrong: tuple[str, str], said: str
) -> None:
    """An unknown stage, name or configuration is one line with exit code 2, and nothing is made."""
    show.tones("in/talk.wav")
    code, out, err = show.run("batch", "in", *wrong)
    assert code == 2
    assert out == ""
    assert said in err
    assert not (show.folder / "episodes").exists()


def test_only_takes_a_name_as_its_owner_wrote_it(show: Show) -> None:
    """The recording's name with blanks and capitals finds its episode before and after it is made."""
    show.tones("in/My Talk.wav")
    show.tones("in/other.wav", seconds=15)
    for _ in range(2):
        code, out, _ = show.run("batch", "in", "--only", "My Talk", "-q")
        assert code == 0
        assert out.count("\n") in (1, 2)
        assert "other" not in out
    assert show.run("batch", "episodes", "--only", "My Talk.wav", "--dry-run")[1].endswith("up to date\n")
    assert show.run("batch", "in", "--only", "?y*", "--dry-run")[0] == 0
    assert show.run("batch", "in", "--only", "?z*", "--dry-run")[0] == 2


def test_a_link_to_a_recording_is_not_another_one(show: Show) -> None:
    """The recording keeps its own name, whichever comes first; a link that leads nowhere is passed over."""
    show.tones("in/talk.wav")
    (show.folder / "in" / "a.wav").symlink_to("talk.wav")
    (show.folder / "in" / "b.wav").symlink_to("nowhere.wav")
    (show.folder / "in" / "loop").symlink_to(".")
    out = show.run("batch", "in", "--dry-run")[1]
    assert out.count("\n") == 1
    assert "in/talk.wav" in out


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such names")
@pytest.mark.parametrize("link", [(), ("--link",)])
def test_a_name_that_is_no_utf_8_is_made_like_any_other(show: Show, link: tuple[str, ...]) -> None:
    """As old archives hold them: copied or pointed to, made once, and up to date the second time."""
    show.tones("in/talk.wav").rename(Path(os.fsdecode(os.fsencode(show.folder) + b"/in/gr\xfc\xdfe.wav")))
    code, out, _ = show.run("batch", "in", "-q", *link)
    assert code == 0, out
    assert "1 done" in out
    assert show.run("batch", "in", "-q", *link)[:2] == (0, "1 up to date\n")


def test_a_folder_that_nobody_can_look_into_is_a_failure_and_no_silence(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There may be episodes in it: plan, run and status name it with the reason; the rest is made."""
    show.tones("in/talk.wav")
    closed = show.folder / "in" / "closed"
    closed.mkdir()
    scan = os.scandir

    def denied(path: Any) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", denied)
    assert "cannot look into in/closed: Permission denied" in show.run("batch", "in", "--dry-run")[1]
    code, out, _ = show.run("batch", "in", "-q")
    assert code == 5
    assert "✗ closed: failed: cannot look into in/closed: Permission denied" in out
    assert out.endswith("1 done, 1 failed\n")
    assert "cannot look into in/closed" in show.run("status", "in")[1]


def test_a_copy_that_was_broken_off_goes_on_in_its_folder(show: Show) -> None:
    """A run killed while it copied a recording in leaves no second folder and, in the end, no temporary."""
    show.tones("in/talk.wav")
    left = show.folder / "episodes" / "talk" / "source" / ".talk.wav.abc123.part"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    assert show.run("batch", "in", "-q")[0] == 0
    assert [path.name for path in (show.folder / "episodes").iterdir() if path.is_dir()] == ["talk"]
    assert [path.name for path in left.parent.iterdir()] == ["talk.wav"]


@pytest.mark.parametrize("link", [(), ("--link",)])
def test_a_folder_with_another_recording_is_not_taken(show: Show, link: tuple[str, ...]) -> None:
    """Not even without an episode.toml: somebody has put a recording of the same name there by hand."""
    show.tones("in/talk.wav")
    source = show.folder / "episodes" / "talk" / "source"
    source.mkdir(parents=True)
    if link:
        (source / "talk.wav.link").write_text(str(show.tones("elsewhere/talk.wav", seconds=15)))
    else:
        show.tones("episodes/talk/source/talk.wav", seconds=15)
    assert show.run("batch", "in", "-q", *link)[0] == 0
    assert (show.folder / "episodes" / "talk-2" / "episode.toml").is_file()
    assert not (show.folder / "episodes" / "talk" / "episode.toml").exists()


def test_a_report_that_cannot_be_written_hides_no_failure(show: Show) -> None:
    """Exit code 5 stands for the episode that failed; without one, 6 for the report."""
    show.tones("in/talk.wav")
    (show.folder / "in" / "bad.wav").write_bytes(b"x")
    (show.folder / "episodes" / "batch-report.json").mkdir(parents=True)
    assert show.run("batch", "in", "-q")[0] == 5
    (show.folder / "in" / "bad.wav").unlink()
    assert show.run("batch", "in", "-q", "--again", "master")[0] == 6


def test_one_that_cannot_be_looked_at_does_not_hide_the_others(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a share that hangs: a file that does not say what it is, and one that cannot be compared."""
    for name in ("bad", "worse", "good"):
        show.tones(f"in/{name}.wav", seconds=12 + len(name))
    assert show.run("batch", "in", "-q", "--only", "worse")[0] == 0
    is_file = Path.is_file

    def stale(path: Path) -> bool:
        if path.name == "bad.wav":
            raise OSError(errno.ESTALE, "Stale file handle", str(path))
        return is_file(path)

    def unreadable(_ours: Path, theirs: Path) -> bool:
        raise OSError(errno.EIO, "Input/output error", str(theirs))

    monkeypatch.setattr(Path, "is_file", stale)
    monkeypatch.setattr(importing, "same_file", unreadable)
    lines = show.run("batch", "in", "--dry-run")[1].splitlines()
    assert "in/bad.wav: cannot run: cannot look into in/bad.wav: Stale file handle" in lines
    assert "in/worse.wav: cannot run: cannot read in/worse.wav: Input/output error" in lines
    assert len(lines) == 3


def test_a_recording_that_is_still_being_written_is_not_taken(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that grows while it is copied in fails with that reason, and is made once it is complete."""
    talk = show.tones("in/talk.wav")
    blocks = files.blocks

    def growing(path: Path) -> Iterator[bytes]:
        yield from blocks(path)
        with path.open("ab") as writer:
            writer.write(b"more")

    with monkeypatch.context() as patch:
        patch.setattr(files, "blocks", growing)
        code, out, _ = show.run("batch", "in", "-q")
    assert code == 5
    assert "talk.wav is still being written" in out
    assert show.run("batch", "in", "-q")[0] == 0
    home = show.folder / "episodes" / "talk"
    assert (home / "source" / "talk.wav").read_bytes() == talk.read_bytes()
