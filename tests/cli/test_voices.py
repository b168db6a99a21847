"""``chaitime voices``: enrolled in one episode, recognised in the next, never guessed."""

from __future__ import annotations

import tomllib

from .conftest import Show

NAMED = '\n[[people]]\nname = "Tom Ellery"\nrole = "guest"\nat = ["00:04"]\n'


def enrolled(show: Show) -> None:
    """One episode in which Tom is named by hand, and his voice kept from it."""
    show.run("process", show.tones("one.wav", 60))
    brief = show.episode / "episode.toml"
    brief.write_text(brief.read_text() + NAMED)
    code, out, err = show.run("voices", "add", "Tom Ellery", show.episode)
    assert code == 0, err
    assert "Tom Ellery: " in out


def test_a_voice_of_one_episode_is_named_in_the_next(show: Show) -> None:
    """Somebody enrolled is named by sound, with the evidence; no fact of the other episode changes."""
    enrolled(show)
    code, out, _ = show.run("process", show.tones("two.wav", 66), "--out", show.folder / "two")
    assert code == 0
    assert "sounds like Tom Ellery in an earlier episode (cosine 1.00)" in " ".join(out.split())
    assert "**Tom Ellery:**" in (show.folder / "two" / "out" / "transcript.md").read_text()


def test_a_print_of_another_model_is_not_compared(show: Show) -> None:
    """Prints of different embedding models cannot be compared: nobody is named by such a one."""
    enrolled(show)
    (path,) = (show.folder / "config" / "voices").iterdir()
    model = tomllib.loads(path.read_text())["prints"][0]["model"]
    path.write_text(path.read_text().replace(model, "f" * 64))
    _, out, _ = show.run("process", show.tones("two.wav", 66), "--out", show.folder / "two")
    assert "sounds like" not in " ".join(out.split())


def test_voices_are_listed_and_removed(show: Show) -> None:
    """The list says who and from where; after removal nobody is known; a stranger cannot be removed."""
    enrolled(show)
    code, out, _ = show.run("voices", "list")
    assert code == 0
    assert out.startswith("Tom Ellery")
    assert "one (" in out
    code, _, err = show.run("voices", "remove", "Ada")
    assert code == 2
    assert "known: Tom Ellery" in err
    assert show.run("voices", "remove", "tom ellery")[0] == 0
    assert show.run("voices", "list")[1] == ""


def test_a_second_print_of_an_episode_replaces_the_first(show: Show) -> None:
    """Enrolling again from the same episode keeps one print of it."""
    enrolled(show)
    assert show.run("voices", "add", "Tom Ellery", show.episode, "--at", "00:04")[0] == 0
    (path,) = (show.folder / "config" / "voices").iterdir()
    assert len(tomllib.loads(path.read_text())["prints"]) == 1


def test_an_unclear_voice_is_asked_about(show: Show) -> None:
    """A name that no voice has, a time at which nobody speaks and a bad time are usage errors with help."""
    show.run("process", show.tones("one.wav", 60))
    code, _, err = show.run("voices", "add", "Ada Lovelace", show.episode)
    assert code == 2
    assert "name it with --label or --at: S1 (" in err
    assert show.run("voices", "add", "Ada", show.episode, "--at", "00:02.9")[0] == 2
    assert show.run("voices", "add", "Ada", show.episode, "--at", "soon")[0] == 2
    assert show.run("voices", "add", "...", show.episode, "--label", "S1")[0] == 2


def test_a_torn_voice_file_is_named(show: Show) -> None:
    """A file in voices/ that cannot be used is named, with its key; nothing is guessed."""
    enrolled(show)
    (path,) = (show.folder / "config" / "voices").iterdir()
    path.write_text(path.read_text().replace("speech_ms", "speach_ms"))
    code, _, err = show.run("process", show.episode)
    assert code == 2
    assert path.name in err
    assert "speech_ms" in err
