"""``chaitime render``: texts anew, formats on request, edits shown."""

from __future__ import annotations

from .conftest import Show
from .test_process import times_made

PEOPLE = '\n[[corrections]]\nfind = "tea, with milk"\nreplace = "chai"\n'


def test_texts_follow_an_edit_and_no_engine_runs(show: Show) -> None:
    """After an edit of episode.toml the post is written again, from kept facts, and its files are named."""
    show.run("process", show.tones())
    facts = times_made(show.episode)
    brief = show.episode / "episode.toml"
    brief.write_text(brief.read_text() + PEOPLE)
    code, out, _ = show.run("render", show.episode)
    assert code == 0
    assert times_made(show.episode) == facts
    assert "chai" in (show.out / "transcript.md").read_text()
    assert str(show.out / "transcript.md") in out.splitlines()


def test_a_format_on_request_is_made_and_lives_on(show: Show) -> None:
    """What was asked for once is kept up to date by plain runs, until its file is removed."""
    show.run("process", show.tones())
    assert show.run("render", show.episode, "show-notes-html")[0] == 0
    page = show.out / "show-notes.html"
    assert page.is_file()
    show.run("process", show.episode, "--title", "Another title")
    assert "Another title" in page.read_text()
    page.unlink()
    show.run("process", show.episode)
    assert not page.exists()


def test_edits_are_shown_with_their_rules(show: Show) -> None:
    """Said, printed and rule stand side by side, without colours where there is no terminal."""
    show.run("process", show.tones())
    brief = show.episode / "episode.toml"
    brief.write_text(brief.read_text() + PEOPLE)
    code, out, err = show.run("render", show.episode, "--show-edits")
    assert code == 0
    assert "[-tea, with milk" in out
    assert "{+chai" in out
    assert "\x1b[" not in out
    assert str(show.out / "edits.html") in err
    assert (show.out / "edits.html").is_file()


def test_a_format_that_does_not_exist_is_named(show: Show) -> None:
    """An unknown format is a usage error that lists what there is; nothing is written."""
    show.run("process", show.tones())
    code, _, err = show.run("render", show.episode, "show-notes-pdf")
    assert code == 2
    assert "show_notes_pdf" in err
    assert "show_notes_html" in err


def test_formats_on_request_can_be_listed(show: Show) -> None:
    """`render EPISODE help` names them, one a line."""
    show.run("process", show.tones())
    code, out, _ = show.run("render", show.episode, "help")
    assert code == 0
    assert {"edits_html", "show_notes_html"} <= set(out.split())


GREETING = """
[[corrections]]
find = "What is the answer to question 2?"
replace = "Welcome to Tea Time. Why?"
"""


def test_small_talk_is_folded_when_the_show_says_so(show: Show) -> None:
    """`text.small_talk` alone decides; the texts are written again and nothing is listened to twice."""
    show.run("process", show.tones(seconds=20))
    facts = times_made(show.episode)
    brief = show.episode / "episode.toml"
    brief.write_text(brief.read_text() + GREETING)
    show.run("render", show.episode)
    assert "question 1?" in (show.out / "transcript.md").read_text()
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text() + '\n[text]\nsmall_talk = "fold"\n')
    assert show.run("render", show.episode)[0] == 0
    assert "question 1?" not in (show.out / "transcript.md").read_text()
    assert "<summary>Before the interview</summary>" in (show.out / "transcript.html").read_text()
    assert "question 1" in next(show.out.glob("*.srt")).read_text()
    assert times_made(show.episode) == facts
