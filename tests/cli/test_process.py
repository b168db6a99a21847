"""``chaitime process`` from the outside, with stand-in engines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chaitime_audio.project.artifacts import ArtifactStore
from chaitime_audio.project.episode_folder import EpisodeFolder

from .conftest import Show, write_tones


def times_made(episode: Path) -> dict[str, str]:
    """What tells a fact made anew from a kept one: its whole receipt and its file's time."""
    record = json.loads((episode / "episode.json").read_text())
    files = {path.name: str(path.stat().st_mtime_ns) for path in (episode / "facts").iterdir()}
    return {name: json.dumps(item) + files.get(item["file"], "") for name, item in record["receipts"].items()}


def test_everything_promised_is_made(show: Show) -> None:
    """One command makes every output, prints where, and leaves the recording as it was."""
    recording = show.tones()
    before = recording.read_bytes()
    code, out, _ = show.run("process", recording, "--title", "Four o'clock", "--guest", "Tom Ellery")
    assert code == 0
    assert recording.read_bytes() == before
    slug = show.episode.name
    made = {path.name for path in show.out.iterdir()}
    assert {"transcript.md", "transcript.html", "show-notes.md"} <= made
    assert {f"{slug}.{kind}" for kind in ("mp3", "srt", "vtt", "transcript.json", "rttm")} <= made
    assert f"results in {show.out}" in out
    assert "**Maya Rao:** What is the answer" in (show.out / "transcript.md").read_text()
    assert not (show.episode / "work").exists()


def test_the_second_run_makes_no_fact_and_changes_no_file(show: Show) -> None:
    """With the same settings nothing slow runs again and every output stays the very file it was."""
    recording = show.tones()
    show.run("process", recording)
    facts = times_made(show.episode)
    files = {path.name: path.stat().st_mtime_ns for path in show.out.iterdir()}
    assert show.run("process", recording)[0] == 0
    assert times_made(show.episode) == facts
    assert {path.name: path.stat().st_mtime_ns for path in show.out.iterdir()} == files


def test_a_new_name_only_renders_again(show: Show) -> None:
    """Another guest's name touches no fact, and stands in every output."""
    recording = show.tones()
    show.run("process", recording, "--guest", "Tom Ellery")
    facts = times_made(show.episode)
    assert show.run("process", show.episode, "--guest", "Ingrid Solberg")[0] == 0
    assert times_made(show.episode) == facts
    for name in ("transcript.md", f"{show.episode.name}.vtt", f"{show.episode.name}.transcript.json"):
        assert "Ingrid Solberg" in (show.out / name).read_text()
        assert "Tom Ellery" not in (show.out / name).read_text()


def test_again_makes_a_stage_anew(show: Show) -> None:
    """--again STAGE makes that stage and keeps the others."""
    show.run("process", show.tones())
    before = times_made(show.episode)
    assert show.run("process", show.episode, "--again", "transcript")[0] == 0
    after = times_made(show.episode)
    assert {name for name in before if before[name] != after[name]} == {"transcript"}


def test_an_edited_output_is_never_overwritten(show: Show) -> None:
    """A file a person changed stays; what is new goes beside it and the console says so."""
    show.run("process", show.tones(), "--guest", "Tom Ellery")
    post = show.out / "transcript.md"
    post.write_text("my own words")
    assert show.run("process", show.episode)[0] == 0
    assert not post.with_name("transcript.md.new").exists()
    _, out, _ = show.run("process", show.episode, "--guest", "Ingrid Solberg")
    assert post.read_text() == "my own words"
    assert "Ingrid Solberg" in post.with_name("transcript.md.new").read_text()
    assert "transcript.md was edited by hand" in out


def test_a_crash_costs_only_the_stage_it_was_in(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a crash in mastering, the rerun makes the master and nothing else."""
    recording = show.tones()
    with monkeypatch.context() as patch:
        patch.setattr("chaitime_audio.audio.mastering.standin.Engine.master", lambda *_: 1 / 0)
        code, _, err = show.run("process", recording)
    assert code == 1
    assert err.count("\n") == 1 or "ZeroDivisionError" in err.splitlines()[-1]
    kept = times_made(show.episode)
    assert set(kept) == {"recording", "decoded", "activity", "transcript", "diarization"}
    assert show.run("process", recording)[0] == 0
    after = times_made(show.episode)
    assert {name: after[name] for name in kept} == kept


def test_a_template_of_the_show_wins(show: Show) -> None:
    """A template in config/templates/ replaces ours, and a broken one is named."""
    templates = show.folder / "config" / "templates"
    templates.mkdir()
    show.run("process", show.tones())
    facts = times_made(show.episode)
    (templates / "transcript.md.j2").write_text("mine")
    assert show.run("process", show.episode)[0] == 0
    assert (show.out / "transcript.md").read_text().strip() == "mine"
    assert times_made(show.episode) == facts
    (templates / "transcript.md.j2").write_text("{% if %}")
    code, _, err = show.run("process", show.episode)
    assert code == 2
    assert "transcript.md.j2" in err


def test_minutes_touches_neither_out_nor_facts(show: Show) -> None:
    """--minutes works in try/ and leaves the episode as it was."""
    show.run("process", show.tones(seconds=30))
    before = {path: path.stat().st_mtime_ns for path in show.episode.rglob("*") if path.is_file()}
    assert show.run("process", show.episode, "--minutes", "0.2")[0] == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert (show.episode / "try" / "out" / "transcript.md").exists()


def test_parts_are_one_recording_in_order(show: Show) -> None:
    """Numbered files are taken as parts, told so, and follow one another in time."""
    parts = [show.tones(f"talk-{number}.wav", seconds=5 + number) for number in (1, 2)]
    code, _, err = show.run("process", *parts)
    assert code == 0
    assert "as parts, in this order" in err
    turns = (show.out / f"{show.episode.name}.rttm").read_text().splitlines()
    assert max(float(line.split()[3]) for line in turns) > 6


def test_an_episode_in_use_is_refused(show: Show) -> None:
    """While one run holds the episode, a second one ends with 75 and says why."""
    show.run("process", show.tones())
    with EpisodeFolder(show.episode).run_lock():
        code, _, err = show.run("process", show.episode)
    assert code == 75
    assert "another run is working" in err


def test_a_speechless_recording_is_published_only_with_force(show: Show) -> None:
    """Silence is refused with 3; --force makes the MP3 without text."""
    import wave

    path = show.folder / "silence.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 16_000 * 5))
    code, _, err = show.run("process", path)
    assert code == 3
    assert "no speech" in err
    assert show.run("process", path, "--force")[0] == 0
    assert (show.out / f"{show.episode.name}.mp3").stat().st_size > 1000


def test_auto_stays_what_it_was(show: Show) -> None:
    """The engine behind a kept fact is on record, so that ``auto`` resolves to it again."""
    show.run("process", show.tones())
    assert ArtifactStore(EpisodeFolder(show.episode)).engine_of("transcript") == "standin"


def test_one_file_per_person_makes_one_episode(show: Show) -> None:
    """--tracks takes several files as one talk; who speaks comes from the tracks themselves."""
    files = [
        write_tones(show.folder / f"{name}.wav", 24, every=2, first=turn)
        for turn, name in enumerate(("maya", "tom"))
    ]
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace('diarization = "standin"', 'diarization = "auto"'))
    code, _, err = show.run("process", "--tracks", *files)
    assert code == 0, err
    record = json.loads((show.episode / "episode.json").read_text())
    assert record["receipts"]["diarization"]["engine"] == "tracks"
    assert len(list((show.episode / "source").iterdir())) == 2
    facts = times_made(show.episode)
    assert show.run("process", show.episode)[0] == 0
    assert times_made(show.episode) == facts


@pytest.mark.parametrize("arguments", [("--parts", "--tracks", "a.wav", "b.wav"), ("--tracks", "a.wav")])
def test_tracks_that_cannot_be_meant_are_refused(show: Show, arguments: tuple[str, ...]) -> None:
    """--tracks with --parts, or with a single file, is asked about."""
    for name in ("a.wav", "b.wav"):
        show.tones(name)
    assert show.run("process", *arguments)[0] == 2


def test_a_cut_leaves_every_text_and_the_facts_of_the_sound(show: Show) -> None:
    """A passage cut in episode.toml is gone from post and captions; only the master is made again."""
    recording = show.tones(seconds=30)
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace('mastering = "standin"', 'mastering = "ffmpeg"'))
    show.run("process", recording)
    before = times_made(show.episode)
    captions = (show.out / f"{show.episode.name}.srt").read_text()
    brief = show.episode / "episode.toml"
    brief.write_text(brief.read_text() + '\n[[cuts]]\nstart = "00:06"\nend = "00:12"\n')
    assert show.run("process", show.episode)[0] == 0
    after = times_made(show.episode)
    assert {name for name in before if before[name] != after[name]} == {"master"}
    assert len((show.out / f"{show.episode.name}.srt").read_text()) < len(captions)
