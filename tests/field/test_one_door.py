"""K1: what is a recording is decided once, by content; nothing in source/ is dropped without a word."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import wave
from pathlib import Path

import pytest

from chaitime_audio.audio.ffmpeg import ffmpeg_path
from chaitime_audio.project.recordings import recordings_in
from cli.conftest import Show, write_tones


def encoded(wav: Path, target: Path, *arguments: str) -> Path:
    """A recording in another container, made with ffmpeg."""
    subprocess.run(
        [ffmpeg_path(), "-v", "error", "-y", "-i", str(wav), *arguments, f"file:{target}"], check=True
    )
    return target


def seconds(show: Show, episode: Path) -> float:
    """How long the sound is that an episode was made from, as the stand-in mastering wrote it down."""
    record = json.loads((episode / "episode.json").read_text())
    return record["receipts"]["decoded"]["value"]["sample_count"] / 16_000


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("Call with Tom.3gp", ("-c:a", "aac", "-f", "3gp")),
        ("memo.qta", ("-c:a", "aac", "-f", "mp4")),
        ("Voice 001.3ga", ("-c:a", "aac", "-f", "mp4")),
        ("00001.mts", ("-c:a", "ac3", "-ar", "48000", "-f", "mpegts")),
        ("recording", ("-c:a", "aac", "-f", "mp4")),
        ("memo.zzz", ("-c:a", "pcm_s16be", "-f", "au")),
        ("call.bak", ("-c:a", "flac", "-f", "flac")),
    ],
)
def test_a_recording_is_one_whatever_it_is_called(show: Show, name: str, how: tuple[str, ...]) -> None:
    """Phones', cameras' and nameless files make an episode; batch lists them, or names the others."""
    (show.folder / "inbox").mkdir()
    path = encoded(show.tones("talk.wav", seconds=4), show.folder / "inbox" / name, *how)
    code, out, err = show.run("batch", show.folder / "inbox", "--dry-run")
    assert code == 0
    assert f"{name} → " in out or name.endswith(".bak"), (out, err)
    assert show.run("process", path, "-q")[0] == 0
    assert show.run("batch", show.folder, "--dry-run")[0] == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("talk-2.wav.part", "still being written"),
        ("talk-2.wav.crdownload", "still being written"),
        ("~syncthing~talk-2.wav.tmp", "still being written"),
        (".talk-2.wav.icloud", "not on this machine yet"),
        ("talk-2.zip", "archive"),
        ("talk-2.xyz", "talk-2.xyz"),
    ],
)
def test_what_is_no_recording_in_source_is_named(show: Show, name: str, said: str) -> None:
    """A piece that is still arriving, an archive and an unknown file end with 3 and its name."""
    source = show.folder / "episodes" / "x" / "source"
    write_tones(source / "talk-1.wav", 3)
    (source / name).write_bytes(b"\x01\x02" * 2000)
    code, _, err = show.run("process", source.parent, "-q")
    assert code == 3
    assert said in err
    assert name in err
    assert not (source.parent / "out").exists()


def test_known_companions_are_left_alone(show: Show) -> None:
    """Peaks, thumbnails, playlists, chats and notes beside a recording disturb nobody, and are told once."""
    source = show.folder / "episodes" / "x" / "source"
    write_tones(source / "talk.wav", 3)
    names = ["talk.wav.reapeaks", "Thumbs.db", "desktop.ini", ".DS_Store", "GMT-chat.txt", "playlist.m3u"]
    for name in [*names, "captions.vtt", "meta.json", "._talk.wav"]:
        (source / name).write_bytes(b"\x00\x01x")
    code, _, err = show.run("process", source.parent)
    assert code == 0
    assert "GMT-chat.txt" in err


def test_a_link_that_points_to_nothing_stops_and_out_stays(show: Show) -> None:
    """When the share with the second part is not there, the run ends with 3 and out/ keeps the whole."""
    nas, source = show.folder / "nas", show.folder / "episodes" / "ep" / "source"
    source.mkdir(parents=True)
    for number in (1, 2):
        path = write_tones(nas / f"talk-{number}.wav", 3 + number)
        (source / f"0{number}-talk.wav").symlink_to(path)
    (source.parent / "episode.toml").write_text('arrangement = "parts"\n')
    assert show.run("process", source.parent, "-q")[0] == 0
    before = {path: path.read_bytes() for path in (source.parent / "out").iterdir()}
    (nas / "talk-2.wav").rename(nas / "away")
    code, _, err = show.run("process", source.parent, "-q")
    assert code == 3
    assert "02-talk.wav" in err
    assert {path: path.read_bytes() for path in (source.parent / "out").iterdir()} == before


@pytest.mark.parametrize("command", ["process", "batch"])
def test_less_than_last_time_replaces_nothing(show: Show, command: str) -> None:
    """With a part taken away the run refuses and names it; --force makes the episode of what is there."""
    parts = [show.tones(f"talk-{number}.wav", seconds=3 + number) for number in (1, 2)]
    assert show.run("process", *parts, "--parts", "--out", "episodes/ep", "-q")[0] == 0
    episode = show.folder / "episodes" / "ep"
    before = {path: path.read_bytes() for path in (episode / "out").iterdir()}
    (episode / "source" / "02-talk-2.wav").unlink()
    place = episode if command == "process" else episode.parent
    code, out, err = show.run(command, place, "-q")
    assert code == (3 if command == "process" else 5)
    assert "02-talk-2.wav" in out + err
    assert {path: path.read_bytes() for path in (episode / "out").iterdir()} == before
    assert show.run(command, place, "-q", "--force")[0] == 0
    assert seconds(show, episode) == pytest.approx(4, abs=0.1)
    assert show.run(command, place, "-q")[0] == 0


def test_a_link_whose_target_moved_is_told_where_it_lies(show: Show) -> None:
    """The link is a person's and stays; the refusal names the place where the same content lies now."""
    source = show.folder / "episodes" / "ep" / "source"
    path = write_tones(show.folder / "nas" / "talk.wav", 4)
    source.mkdir(parents=True)
    (source / "talk.wav").symlink_to(path)
    assert show.run("process", source.parent, "-q")[0] == 0
    path.rename(show.folder / "nas" / "renamed.wav")
    code, _, err = show.run("process", source.parent, "-q")
    assert code == 3
    assert "renamed.wav" in err
    assert (source / "talk.wav").readlink() == path


@pytest.mark.parametrize("how", ["--parts", "--tracks", ""])
def test_a_recording_that_was_cut_short_replaces_nothing(show: Show, how: str) -> None:
    """Less sound under the same name is refused and named until --force; a trim of a second is not."""
    names = ("maya", "tom") if how else ("tom",)
    given = [
        write_tones(show.folder / "in" / f"{name}.wav", 12, every=2, first=name == "tom") for name in names
    ]
    assert show.run("process", *given, *[how][: bool(how)], "--out", "episodes/ep", "-q")[0] == 0
    episode = show.folder / "episodes" / "ep"
    before = {path: path.read_bytes() for path in (episode / "out").iterdir()}
    cut = sorted(path for path in (episode / "source").iterdir() if path.suffix == ".wav")[-1]
    write_tones(cut, 5, every=2, first=1)
    for _ in range(2):
        code, _, err = show.run("process", episode, "-q")
        assert code == 3
        assert cut.name in err
        assert {path: path.read_bytes() for path in (episode / "out").iterdir()} == before
    assert show.run("batch", episode.parent, "-q")[0] == 5
    write_tones(cut, 11, every=2, first=1)
    assert show.run("process", episode, "-q")[0] == 0
    write_tones(cut, 5, every=2, first=1)
    assert show.run("process", episode, "-q", "--force")[0] == 0
    assert show.run("process", episode, "-q")[0] == 0


def test_parts_in_two_containers_are_both_heard(show: Show) -> None:
    """A WAV and a 3GP handed in as parts make an episode as long as both."""
    one = show.tones("talk-1.wav", seconds=4)
    two = encoded(show.tones("b.wav", seconds=5), show.folder / "talk-2.3gp", "-c:a", "aac", "-f", "3gp")
    assert show.run("process", one, two, "--parts", "--out", "ep", "-q")[0] == 0
    assert seconds(show, show.folder / "ep") == pytest.approx(9, abs=0.2)


def test_a_run_that_was_killed_while_it_brought_parts_in_is_no_whole_episode(show: Show) -> None:
    """What was brought in only in part is refused until the rest has come, by process and by batch."""
    parts = [show.tones(f"talk-{number}.wav", seconds=3 + number) for number in (1, 2)]
    source = show.folder / "episodes" / "talk-1" / "source"
    source.mkdir(parents=True)
    shutil.copy2(parts[0], source / "01-talk-1.wav")
    (source / ".incoming").write_text("")
    assert show.run("process", source.parent, "-q")[0] == 3
    assert show.run("batch", show.folder / "episodes", "-q")[0] == 5
    assert show.run("process", *parts, "-q")[0] == 0
    assert len(recordings_in(source)) == 2


def test_all_commands_look_equally_deep(show: Show) -> None:
    """An episode two folders down is seen by batch, status, watch and feed alike."""
    home = show.folder / "episodes" / "season-2" / "007-deep"
    assert show.run("process", show.tones(seconds=3), "--out", home, "-q")[0] == 0
    assert "up to date" in show.run("batch", "episodes", "--dry-run")[1]
    assert "1 of 1 up to date" in show.run("status", "episodes")[1]
    assert show.run("watch", "episodes", "--once", "-q")[0] == 0
    assert show.run("feed", "episodes", "--base-url", "https://pod.example/x", "-q")[0] == 0
    assert "007-deep" in (show.folder / "site" / "feed.xml").read_text()


def test_an_episode_folder_is_one_for_batch_too(show: Show) -> None:
    """A folder with source/ and no episode.toml is one episode for process and for batch, not one a file."""
    source = show.folder / "episodes" / "ep" / "source"
    for number in (1, 2):
        write_tones(source / f"talk-{number}.wav", 3 + number)
    assert "1 of 1 episodes to make" in show.run("batch", "episodes", "--dry-run")[2]
    assert show.run("batch", "episodes", "-q")[0] == 0
    assert [path.name for path in (show.folder / "episodes").iterdir() if path.is_dir()] == ["ep"]
    assert seconds(show, source.parent) == pytest.approx(9, abs=0.1)


def test_a_published_site_is_no_place_of_recordings(show: Show) -> None:
    """The MP3s of our own site are not made into episodes again."""
    show.run("process", show.tones("inbox/talk.wav", seconds=3), "-q")
    show.run("feed", "episodes", "--base-url", "https://pod.example/x", "-q")
    _, out, _ = show.run("batch", show.folder, "--dry-run")
    assert f"{show.folder}/site" not in out
    assert out.splitlines() == [f"{show.folder}/episodes/talk: up to date"]


def test_a_linked_recording_that_moved_is_found_by_its_content(show: Show) -> None:
    """A recording that lies elsewhere now, under another name, is found again and said; else it is named."""
    path = write_tones(show.folder / "recordings" / "talk.wav", 4)
    assert show.run("process", path, "--link", "--out", "episodes/ep", "-q")[0] == 0
    moved = show.folder / "archive" / "2026" / "renamed.wav"
    moved.parent.mkdir(parents=True)
    path.rename(moved)
    write_tones(show.folder / "archive" / "talk.wav", 5)  # of the same name, and another talk
    code, out, err = show.run("process", "episodes/ep")
    assert code == 0
    assert "found again" in out + err
    moved.unlink()
    code, _, err = show.run("process", "episodes/ep", "-q")
    assert code == 3
    assert "renamed.wav" in err


def test_a_show_that_moved_as_a_whole_is_found(show: Show, tmp_path: Path) -> None:
    """On another machine, at another path, a show with linked recordings goes on as before."""
    old, new = tmp_path / "old", tmp_path / "elsewhere" / "new"
    (old / "config").mkdir(parents=True)
    shutil.copy2(show.folder / "config" / "chaitime.toml", old / "config")
    path = write_tones(old / "recordings" / "talk.wav", 4)
    assert show.run("process", path, "--link", "-q")[0] == 0
    new.parent.mkdir()
    old.rename(new)
    assert show.run("batch", new / "episodes", "-q")[0] == 0
    assert os.fsdecode((new / "episodes" / "talk" / "source" / "talk.wav.link").read_bytes()).startswith(
        str(new)
    )


def test_a_pipe_in_source_is_named_and_not_waited_for(show: Show) -> None:
    """What is no file at all is refused by name instead of being opened, which would wait for ever."""
    source = show.folder / "episodes" / "x" / "source"
    write_tones(source / "talk.wav", 3)
    os.mkfifo(source / "live.wav")
    code, _, err = show.run("process", source.parent, "-q")
    assert code == 3
    assert "live.wav" in err


def test_recordings_in_a_folder_inside_source_are_named(show: Show) -> None:
    """A recorder's folder copied into source/ as it was is not passed over; a NAS's own folders are."""
    source = show.folder / "episodes" / "x" / "source"
    write_tones(source / "talk.wav", 3)
    (source / "@eaDir").mkdir()
    (source / "@eaDir" / "talk.wav").write_bytes(b"")
    assert show.run("process", source.parent, "-q")[0] == 0
    with wave.open(str(write_tones(source / "ZOOM0001" / "more.wav", 3))) as file:
        assert file.getnframes()
    code, _, err = show.run("process", source.parent, "-q")
    assert code == 3
    assert "more.wav" in err
