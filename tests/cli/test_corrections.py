"""Corrections and the glossary from the outside: the text changes, no engine runs again."""

from __future__ import annotations

import json

from .conftest import Show
from .test_process import times_made


def told(show: Show, text: str, name: str = "episode.toml") -> None:
    path = show.episode / name
    path.write_text((path.read_text() if path.exists() else "") + text, encoding="utf-8")


def test_a_corrected_word_stands_everywhere(show: Show) -> None:
    """A replacement reaches captions, JSON, post and tags; every fact is kept."""
    show.run("process", show.tones(), "--guest", "Tom Ellery")
    facts = times_made(show.episode)
    told(show, '\n[[corrections]]\nfind = "tea, with milk"\nreplace = "chai, with ginger"\n')
    code, out, _ = show.run("process", show.episode)
    assert code == 0
    assert times_made(show.episode) == facts
    slug = show.episode.name
    for name in ("transcript.md", f"{slug}.vtt", f"{slug}.srt", f"{slug}.transcript.json"):
        text = (show.out / name).read_text()
        assert "ginger" in text, name
        assert "milk" not in text, name
    assert "chai, with ginger".encode("utf-16-le") in (show.out / f"{slug}.mp3").read_bytes() or (
        b"chai, with ginger" in (show.out / f"{slug}.mp3").read_bytes()
    )
    assert "words replaced" in out
    assert "note: correction" not in out


def test_a_correction_that_finds_nothing_is_noted_and_not_fatal(show: Show) -> None:
    """The console names it; everything else is made."""
    show.run("process", show.tones())
    told(show, '\n[[corrections]]\nfind = "coffee"\nreplace = "tea"\nat = "00:02.0"\n')
    code, out, _ = show.run("process", show.episode)
    assert code == 0
    assert "note: correction “coffee” to “tea” at 00:02 was not made" in out


def test_a_merge_makes_the_master_again_and_nothing_else(show: Show) -> None:
    """One voice instead of two: levelling follows, listening does not."""
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace('mastering = "standin"', 'mastering = "ffmpeg"'))
    show.run("process", show.tones())
    before = times_made(show.episode)
    told(show, '\n[[corrections]]\nmerge = ["00:01", "00:04"]\n')
    assert show.run("process", show.episode)[0] == 0
    after = times_made(show.episode)
    assert {name for name in before if before[name] != after[name]} == {"master"}
    turns = (show.out / f"{show.episode.name}.rttm").read_text().splitlines()
    assert len({line.split()[7] for line in turns}) == 1


def test_a_dropped_passage_leaves_the_post_alone_not_the_captions(show: Show) -> None:
    """The post and the notes lose it; captions say what is heard."""
    show.run("process", show.tones())
    told(show, '\n[[corrections]]\ndrop = ["The answer to question 1 is always tea"]\n')
    assert show.run("process", show.episode)[0] == 0
    assert "question 1 is always tea" not in (show.out / "transcript.md").read_text()
    spoken = json.loads((show.out / f"{show.episode.name}.transcript.json").read_text())
    assert "question 1 is always tea" in " ".join(
        " ".join(item["body"].split()) for item in spoken["segments"]
    )


def test_reviewed_corrections_are_made_too(show: Show) -> None:
    """``corrections.toml`` beside episode.toml is read, and yields to it."""
    show.run("process", show.tones())
    told(show, '\n[[corrections]]\nfind = "milk"\nreplace = "honey"\n')
    told(
        show,
        '[[corrections]]\nfind = "milk"\nreplace = "salt"\nauthor = "Tom"\n'
        '[[corrections]]\nfind = "tea"\nreplace = "chai"\n',
        "corrections.toml",
    )
    code, out, _ = show.run("process", show.episode)
    assert code == 0
    assert "chai, with honey" in (show.out / "transcript.md").read_text()
    assert "(by Tom) was not made" in out
    assert show.run("process", show.episode, "--minutes", "0.2")[0] == 0
    assert "chai, with honey" in (show.episode / "try" / "out" / "transcript.md").read_text()


def test_the_glossary_rewrites_without_listening_again(show: Show) -> None:
    """A new term is written as the glossary says and linked when mentioned; the kept transcript stays."""
    show.run("process", show.tones())
    facts = times_made(show.episode)
    glossary = show.folder / "config" / "glossary.toml"
    glossary.write_text(
        '[[terms]]\nspelling = "Darjeeling"\nheard = ["tea"]\nlink = "https://example.org/darjeeling"\n'
        '[[terms]]\nspelling = "Assam"\nlink = "https://example.org/assam"\n',
        encoding="utf-8",
    )
    assert show.run("process", show.episode)[0] == 0
    assert times_made(show.episode) == facts
    assert "always Darjeeling, with milk" in (show.out / "transcript.md").read_text()
    notes = (show.out / "show-notes.md").read_text()
    assert "https://example.org/darjeeling" in notes
    assert "https://example.org/assam" not in notes
    glossary.write_text('[[terms]]\nspeling = "Darjeeling"\n', encoding="utf-8")
    code, _, err = show.run("process", show.episode)
    assert code == 2
    assert "did you mean “spelling”" in err
