"""Notes as data: what a person decides about them is written where it belongs, and nothing else changes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaitime_audio.domain.own_notes import OwnClip, OwnQuote
from chaitime_audio.domain.people import Link
from chaitime_audio.domain.sound import SourceMs
from chaitime_audio.errors import ConfigError, ConflictError, UsageError
from chaitime_audio.project.decisions import look, redo, undo
from chaitime_audio.project.episode_file import read_brief
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.own_notes import (
    drop_chapter,
    moved,
    put,
    release_notes,
    set_chapter,
    set_notes,
    set_title,
    without,
)
from chaitime_audio.project.toml_table import drop_from_table, set_in_table

WRITTEN = """\
# mine
title = "A talk"  # so there

# Chapters as agreed.
[[chapters]]
at = "00:10"  # his first answer
"""
WAYS = (
    "",
    'title = "x"  # <1>\n',
    '[notes]  # <1>\n# <2>\nsummary = "s"  # <3>\n# <4>\n\n[[chapters]]\nat = "00:10"\n',
    '# <1>\nnotes = { summary = "s", claims = ["a"] }  # <2>\n[[chapters]]  # <3>\nat = "00:10"\n',
    'notes = { titles = ["t"], claims = [ # <1>\n "a", # <2>\n] }  # <3>\n[show]\n',
    'notes.summary = "s"  # <1>\nnotes.claims = [\n  "a", # <2>\n]\n# <3>\n'
    '[[people]]\nname = "t"\nrole = "host"\n',
    '[[notes.quotes]]  # <1>\nstart = "00:01"\nend = "00:02"\n# <2>\n'
    '[[notes.quotes]]\nstart = "00:03"\nend = "00:04"\n',
    '[notes]\nclaims = ["b", # <1>\n"c"]\n[[notes.clips]]\nstart = "00:01"\nend = "00:02"\n# <2>\n'
    '[[cuts]]\nstart = "00:01"\nend = "00:02"\n',
    'number = 3\r\n# <1>\r\n[notes]\r\nclaims = ["x"]\r\n',
)
QUOTE = OwnQuote(SourceMs(11_000), SourceMs(14_500), "It took us “six” weeks.")
VALUES = {
    "summary": 'Say "what" it is.\nIn two lines # no comment',
    "titles": ("One", "Two"),
    "claims": ("It was slow.", "It held."),
    "quotes": (QUOTE, OwnQuote(SourceMs(1), SourceMs(2))),
    "clips": (OwnClip(SourceMs(0), SourceMs(20_000), "The start"),),
    "links": (Link("The law", "https://example.org/law"),),
}


@pytest.fixture
def folder(tmp_path: Path) -> EpisodeFolder:
    (tmp_path / "episode.toml").write_text(WRITTEN, encoding="utf-8")
    return EpisodeFolder(tmp_path)


@pytest.mark.parametrize("field", VALUES)
def test_every_field_is_read_as_it_was_written_and_undone_byte_for_byte(folder, field) -> None:
    """Times are clocks, texts any text; what a person wrote stays; undo leaves no trace, redo is the same."""
    set_notes(folder, field, VALUES[field], "studio")
    text = folder.brief.read_text(encoding="utf-8")
    assert text.startswith(WRITTEN)
    assert getattr(read_brief(folder).notes, field) == VALUES[field]
    assert read_brief(folder).notes.told == (field,)
    undo(folder, "studio")
    assert folder.brief.read_text(encoding="utf-8") == WRITTEN
    redo(folder, "studio")
    assert folder.brief.read_text(encoding="utf-8") == text


def test_an_empty_list_is_no_list_at_all_and_release_gives_it_back(folder) -> None:
    """Nothing of a kind is a decision; as found is another one."""
    set_notes(folder, "claims", (), "you")
    assert read_brief(folder).notes.claims == ()
    release_notes(folder, "claims", "you")
    assert read_brief(folder).notes.claims is None


def test_a_change_of_notes_is_made_to_what_was_read(folder) -> None:
    """Somebody who wrote meanwhile is not overwritten."""
    seen = look(folder)
    set_notes(folder, "titles", ("Theirs",), "other")
    with pytest.raises(ConflictError):
        set_notes(folder, "titles", ("Mine",), "you", seen)
    assert read_brief(folder).notes.titles == ("Theirs",)


def test_titles_and_chapters_are_written_where_they_stand(folder) -> None:
    """A chapter within 3 s of a wish is that one; its comment stays; another one is added, or left out."""
    set_title(folder, "title", "Six weeks", "you")
    set_chapter(folder, 11_500, "Weeks", "you")
    set_chapter(folder, 60_000, "Law", "you")
    drop_chapter(folder, 90_000, "you")
    text = folder.brief.read_text(encoding="utf-8")
    wishes = [(item.at, item.title, item.drop) for item in read_brief(folder).chapters]
    assert wishes == [(10_000, "Weeks", False), (60_000, "Law", False), (90_000, "", True)]
    assert 'title = "Six weeks"  # so there' in text
    assert "# his first answer" in text
    set_chapter(folder, 90_000, "So there", "you")
    assert read_brief(folder).chapters[-1].title == "So there"
    drop_chapter(folder, 60_000, "you")
    assert [item.at for item in read_brief(folder).chapters if item.drop] == [60_000]


def test_a_byte_order_mark_stays(folder) -> None:
    """A file that an editor of Windows saved is written, too."""
    folder.brief.write_bytes(b"\xef\xbb\xbf" + WRITTEN.encode())
    set_notes(folder, "summary", "So.", "you")
    assert folder.brief.read_bytes().startswith(b"\xef\xbb\xbf# mine")
    assert read_brief(folder).notes.summary == "So."


def test_lists_are_put_moved_and_shortened() -> None:
    """One element changes its place or its words; the others stay; an index that is not there is said."""
    items = ("a", "b", "c")
    assert put(items, 1, "x") == ("a", "x", "c")
    assert put(items, 3, "x") == ("a", "b", "c", "x")
    assert moved(items, 2, 0) == ("c", "a", "b")
    assert moved(items, 0, 1) == ("b", "a", "c")
    assert without(items, 0) == ("b", "c")
    for wrong in (lambda: put(items, 4, "x"), lambda: moved(items, 0, 3), lambda: without((), 0)):
        with pytest.raises(UsageError, match="there is no number"):
            wrong()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("claims", ("…",), "says nothing"),
        ("quotes", ({"start": "00:02", "end": "00:01"},), "start must be before end"),
        ("clips", ({"start": "00:02"},), "end is missing"),
        ("summary", ("a",), "text in quotes"),
    ],
)
def test_what_a_field_cannot_have_is_refused_before_writing(folder, field, value, said) -> None:
    """Half a quote, or a list where a text belongs, is named; the file stays."""
    with pytest.raises(ConfigError, match=said):
        set_notes(folder, field, value, "you")
    assert folder.brief.read_text(encoding="utf-8") == WRITTEN


FIELD = st.sampled_from(sorted(VALUES))
TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).map(lambda text: f"a{text}")
CHANGE = st.one_of(
    st.tuples(st.just("summary"), TEXT),
    st.tuples(st.sampled_from(["titles", "claims"]), st.lists(TEXT, max_size=3)),
    st.tuples(
        st.sampled_from(["quotes", "clips"]),
        st.lists(st.fixed_dictionaries({"start": st.just("00:01"), "end": st.just("00:09")}), max_size=2),
    ),
    st.tuples(FIELD, st.none()),
)


@given(st.sampled_from(WAYS), st.lists(CHANGE, max_size=6))
@settings(max_examples=150, deadline=None)
def test_however_a_person_writes_the_table_only_the_key_changes(start: str, changes) -> None:
    """In every way TOML has of writing a table: the key has the value, all others stay, and every comment."""
    text, wanted = start, tomllib.loads(start)
    for field, value in changes:
        text = (
            drop_from_table(text, "notes", field)
            if value is None
            else set_in_table(text, "notes", field, value)
        )
        own = {**wanted.get("notes", {}), field: value}
        wanted["notes"] = {name: item for name, item in own.items() if item is not None}
        found = tomllib.loads(text)
        assert found.get("notes", {}) == wanted["notes"]
        assert {**found, "notes": {}} == {**wanted, "notes": {}}
        assert all(f"<{number}>" in text for number in range(1, start.count("# <") + 1))
        assert start.count("\r\n") == 0 or "\n" not in text.replace("\r\n", "") or "\\n" in text
