"""``chaitime notes``: the text asked for on stdout, where it lies on stderr."""

from __future__ import annotations

import pytest

PLATFORMS = ("feed", "apple", "spotify", "youtube", "newsletter", "social")


def made(show, seconds=12):
    assert show.run("process", "--guest", "Tom Ellery", show.tones(seconds=seconds))[0] == 0
    return show.episode


def test_the_web_page_is_the_usual_one(show):
    """Without ``--for`` the show notes in Markdown are printed, and nothing else, on stdout."""
    episode = made(show)
    code, out, err = show.run("notes", episode)
    assert code == 0
    assert out == (show.out / "show-notes.md").read_text(encoding="utf-8")
    assert "show-notes.md" in err


@pytest.mark.parametrize("platform", PLATFORMS)
def test_one_platform(show, platform):
    """What is printed is the file in out/notes/, letter for letter."""
    episode = made(show)
    code, out, _ = show.run("notes", episode, "--for", platform)
    (file,) = (show.out / "notes").iterdir()
    assert (code, out) == (0, file.read_text(encoding="utf-8"))
    assert platform in file.name


def test_all_writes_and_prints_none(show):
    """``--for all`` writes every one; stdout stays empty, since several texts in a row help nobody."""
    episode = made(show)
    code, out, err = show.run("notes", episode, "--for", "all")
    assert (code, out) == (0, "")
    names = {path.stem for path in (show.out / "notes").iterdir()}
    assert set(PLATFORMS) <= names
    assert all(name in err for name in names)


def test_what_was_asked_for_is_kept_up_to_date(show):
    """A later plain run renews it and does not sweep it away; once removed it stays away."""
    episode = made(show)
    show.run("notes", episode, "--for", "youtube")
    file = show.out / "notes" / "youtube.txt"
    show.run("process", episode, "--guest", "Ada Byron")
    assert "Ada Byron" in file.read_text(encoding="utf-8")
    file.unlink()
    show.run("process", episode)
    assert not file.exists()


def test_an_edited_file_stays(show):
    """A text that a person changed is never overwritten; the console says so, the news is printed."""
    episode = made(show)
    show.run("notes", episode, "--for", "feed")
    file = show.out / "notes" / "feed.html"
    file.write_text("mine", encoding="utf-8")
    show.run("process", episode, "--guest", "Ada Byron")
    code, out, err = show.run("notes", episode, "--for", "feed")
    assert (code, file.read_text(encoding="utf-8")) == (0, "mine")
    assert "Ada Byron" in out
    assert "edited" in err


def test_quiet_and_mistakes(show):
    """``-q`` prints the text alone; an unknown platform and a missing episode are usage errors."""
    episode = made(show)
    assert show.run("notes", episode, "--for", "spotify", "-q")[2] == ""
    assert show.run("notes", episode, "--for", "myspace")[0] == 2
    assert show.run("notes", show.folder / "nowhere")[0] == 2


def test_chapters_of_the_human(show):
    """``[[chapters]]`` end up in the notes at once, in published time; no engine runs again."""
    episode = made(show, seconds=90)
    brief = episode / "episode.toml"
    wish = '\n[[cuts]]\nstart = "00:06"\nend = "00:09"\n[[chapters]]\nat = "00:45"\ntitle = "Tea at last"\n'
    brief.write_text(brief.read_text(encoding="utf-8") + wish, encoding="utf-8")
    _, out, _ = show.run("notes", episode, "--for", "youtube")
    assert "00:00 Introduction" in out
    assert "00:42 Tea at last" in out


def test_notes_as_data_are_set_listed_undone_and_given_back(show):
    """What is written under [notes] is in the texts at once and is listed as yours; undo takes it back."""
    episode = made(show)
    notes = show.out / "show-notes.md"
    before = notes.read_bytes()
    code, _, err = show.run("notes", episode, "--set", 'summary = "My own words."\nclaims = ["A, and B."]')
    assert (code, err) == (0, "")
    text = notes.read_text(encoding="utf-8")
    assert "My own words." in text
    assert "A, and B." in text
    code, out, _ = show.run("notes", episode, "--list")
    assert code == 0
    assert "summary (yours): 1" in out
    assert "titles (found)" in out
    assert show.run("notes", episode, "--found", "claims")[0] == 0
    assert "A, and B." not in notes.read_text(encoding="utf-8")
    for _ in range(3):
        assert show.run("corrections", "undo", episode)[0] == 0
    assert notes.read_bytes() == before


def test_a_quote_is_set_by_its_words_and_followed(show):
    """Its times are found where it is printed; a correction in it is named, and it follows."""
    episode = made(show)
    line = next(text for text in (show.out / "transcript.txt").read_text().splitlines() if "milk" in text)
    words = " ".join(line.split()[-5:])
    code, _, err = show.run("notes", episode, "--set", f"quotes = [{words!r}]")
    assert (code, err) == (0, "")
    assert "text =" in (episode / "episode.toml").read_text()
    show.run("corrections", "add", episode, 'find = "milk", replace = "ginger"')
    _, out, err = show.run("process", episode)
    assert "follows what is said there now" in out + err
    assert show.run("notes", episode, "--set", 'quotes = ["never said"]')[0] == 2
    assert show.run("notes", episode, "--set", "quots = []")[0] == 2
