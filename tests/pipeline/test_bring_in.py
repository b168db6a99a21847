"""The way back in: a file nobody edited changes nothing; what was edited comes out, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from edited_elsewhere import (
    FILES,
    IN_CAPTIONS,
    IN_PROSE,
    SPOKEN,
    Unit,
    breaks,
    derived,
    edit,
    episode,
    paragraphs,
    told,
    units_of,
    written,
)
from edited_elsewhere import text_of as exported

from chaitime_audio.domain.episode import Episode
from chaitime_audio.domain.people import Cast, Person, Voice
from chaitime_audio.pipeline.bring_in import Brought, bring_in


@pytest.fixture(scope="module")
def base() -> Episode:
    """The episode that files are taken from."""
    return episode()


def brought(base: Episode, path: Path, text: str | bytes, **asked: object) -> Brought:
    """What becomes of a file with this text."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return bring_in(base, path, lambda more: derived(base, more), **asked)  # type: ignore[arg-type]


def document(path: Path, units: list[Unit], *, bold: bool) -> bytes:
    """The talk as a Word document: a title, a paragraph each, names bold or not, and a table."""
    import docx

    made = docx.Document()
    made.add_heading("Nora Lindqvist on bells and wind", level=1)
    for text in paragraphs(units, "{}: {}"):
        named = next((name for name in ("Maya Rao:", "Nora Lindqvist:") if text.startswith(name)), "")
        into = made.add_paragraph()
        into.add_run(named).bold = bold
        into.add_run(text.removeprefix(named))
    made.add_table(rows=1, cols=2).cell(0, 0).text = "a table of the editor's"
    made.save(str(path))
    return path.read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_a_file_nobody_edited_changes_nothing(base: Episode, tmp_path: Path, name: str) -> None:
    """Neither as it was written, nor laid out anew with other line ends and a byte order mark."""
    text = exported(name, base)
    again = written(name, units_of(name, text), text)
    for shape in (text.encode(), again.encode(), b"\xef\xbb\xbf" + again.replace("\n", "\r\n").encode()):
        found = brought(base, tmp_path / name, shape)
        assert (found.corrections, found.plan.changes, found.plan.renames) == ((), (), ())
        assert (found.plan.unplaced, found.left_out) == ((), ())


@pytest.mark.parametrize("bold", [True, False])
def test_a_document_nobody_edited_changes_nothing(base: Episode, tmp_path: Path, bold: bool) -> None:
    """A title that we print too is no news; a table is not read, and that is said."""
    path = tmp_path / "talk.docx"
    units = units_of("transcript.txt", exported("transcript.txt", base))
    found = brought(base, path, document(path, units, bold=bold))
    assert (found.corrections, found.plan.unplaced) == ((), ())
    assert found.left_out == ("a table is not read",)


def after_import(base: Episode, path: Path, name: str, data: str | bytes) -> tuple[Brought, list[Unit]]:
    """What an import makes, and the units of the episode that then is."""
    found = brought(base, path, data)
    return found, units_of(name, exported(name, derived(base, found.corrections)))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", [*FILES, "talk.docx"])
def test_thirty_edits_come_out_and_nothing_else(base: Episode, tmp_path: Path, name: str, seed: int) -> None:
    """Words replaced, removed and put in, marks, struck sentences, other speakers, new paragraphs.

    Every word is then said by whom the file says it is; what does not come out is named.
    """
    ours = "transcript.txt" if name == "talk.docx" else name
    text = exported(ours, base)
    units, done = edit(units_of(ours, text), IN_CAPTIONS if name in SPOKEN else IN_PROSE, seed)
    path = tmp_path / name
    data = document(path, units, bold=True) if name == "talk.docx" else written(name, units, text)
    found, now = after_import(base, path, ours, data)
    assert len(done) >= 28
    assert len(found.plan.changes) + len(found.plan.unplaced) >= len(done)
    assert all(item.author == f"import {name}" for item in found.corrections)
    if found.plan.unplaced:  # named, and at no more than two places
        assert len(found.plan.unplaced) <= 2
    else:
        assert told(now) == told(units)
    if name not in SPOKEN and not found.plan.unplaced:
        assert breaks(now) == breaks(units)


@pytest.mark.parametrize("name", ["talk.vtt", "talk.srt", "transcript.md", "transcript.txt"])
def test_importing_twice_is_importing_once(base: Episode, tmp_path: Path, name: str) -> None:
    """What was taken over stands in our text, and differs no more."""
    text = exported(name, base)
    units, _ = edit(units_of(name, text), {"replaced": 5, "mark": 2, "removed": 3}, 1)
    first = brought(base, tmp_path / name, written(name, units, text))
    now = derived(base, first.corrections)
    again = bring_in(now, tmp_path / name, lambda more: derived(base, (*first.corrections, *more)))
    assert again.corrections == ()


@pytest.mark.parametrize("name", FILES)
def test_a_name_changed_wherever_it_stands_is_offered(base: Episode, tmp_path: Path, name: str) -> None:
    """A heading that was put right is a name to change, not hundreds of words of a stranger."""
    text = exported(name, base)
    units = [replace(one, name=one.name.replace("Lindqvist", "Lindkvist")) for one in units_of(name, text)]
    found = brought(base, tmp_path / name, written(name, units, text))
    assert [(one.old, one.new) for one in found.plan.renames] == [("Nora Lindqvist", "Nora Lindkvist")]
    assert found.corrections == ()


def test_words_of_a_stranger_are_named(base: Episode, tmp_path: Path) -> None:
    """A name that nobody has, at one place: no voice is guessed."""
    text = exported("talk.vtt", base).replace(
        "<v Nora Lindqvist>", "<v &lt;script&gt;alert(1)&lt;/script&gt;>", 1
    )
    found = brought(base, tmp_path / "talk.vtt", text)
    assert found.corrections == ()
    assert len(found.plan.unplaced) == 1


@pytest.mark.parametrize("whole_turn", [True, False])
def test_a_turn_or_its_end_is_given_to_somebody_who_speaks_elsewhere(
    base: Episode, tmp_path: Path, whole_turn: bool
) -> None:
    """A third person, heard at the end only, gets a turn in the middle, or its last cue."""
    ada = Voice("S3", Person("Ada Berg", "guest"), True, (), 0)
    spoken = (*base.spoken[:-1], replace(base.spoken[-1], label="S3"))
    three = derived(replace(base, spoken=spoken, cast=Cast((*base.cast.voices, ada))), ())
    units = units_of("talk.vtt", exported("talk.vtt", three))
    turns = (at for at in range(20, len(units)) if units[at].name != units[at - 1].name)
    long = (at for at in turns if units[at - 2].name == units[at - 1].name)  # of two cues or more
    stop = next(at for at in long if len(units[at].words) > 3)  # a listening noise ends no turn
    start = next(at for at in range(stop - 1, 0, -1) if units[at].name != units[at - 1].name)
    start = start if whole_turn else stop - 1
    units[start:stop] = [replace(one, name="Ada Berg") for one in units[start:stop]]
    found, now = after_import(three, tmp_path / "talk.vtt", "talk.vtt", written("talk.vtt", units, ""))
    assert [item.kind for item in found.corrections] == ["give" if whole_turn else "split"]
    assert (told(now), found.plan.unplaced) == (told(units), ())


@pytest.mark.parametrize("seed", range(6))
def test_words_inside_a_turn_go_to_whom_the_file_names(seed: int, base: Episode, tmp_path: Path) -> None:
    """From the first of them to where the turn goes on; it comes out as in the file, word for word."""
    text = exported("talk.vtt", base)
    units, done = edit(units_of("talk.vtt", text), {"handed": 2}, seed)
    found = brought(base, tmp_path / "talk.vtt", written("talk.vtt", units, text))
    assert [item.kind for item in found.corrections] == ["give"] * len(done)
    assert all(item.until is not None for item in found.corrections)
    now = units_of("talk.vtt", exported("talk.vtt", derived(base, found.corrections)))
    assert (told(now), found.plan.unplaced) == (told(units), ())


def test_only_the_kinds_that_were_asked_for(base: Episode, tmp_path: Path) -> None:
    """The others are counted."""
    text = exported("talk.vtt", base)
    units, _ = edit(units_of("talk.vtt", text), {"given": 2, "replaced": 3}, 2)
    found = brought(base, tmp_path / "talk.vtt", written("talk.vtt", units, text), kinds=("speakers",))
    assert {one.kind for one in found.plan.changes} == {"speakers"}
    assert found.declined == 3


def test_a_file_with_half_of_the_talk_strikes_nothing(base: Episode, tmp_path: Path) -> None:
    """Whoever sends back their answers alone does not strike the rest; two signs are needed."""
    text = exported("transcript.md", base)
    half = units_of("transcript.md", text)[:50]
    found = brought(base, tmp_path / "transcript.md", written("transcript.md", half, text))
    assert [one for one in found.plan.changes if not one.after and len(one.before.split()) > 9] == []
    assert "more than a third" in found.left_out[0]
    meant = brought(
        base,
        tmp_path / "transcript.md",
        written("transcript.md", half, text),
        kinds=("strikes",),
        strikes=True,
    )
    assert meant.corrections


WISHES = {
    "format": "chaitime-guest",
    "version": 1,
    "author": "Nora Lindqvist",
    "strikes": [{"start_ms": 60_000, "end_ms": 62_000, "text": "as it read"}],
    "corrections": [{"start_ms": 0, "end_ms": 1_000, "old": "not said", "new": "said"}],
    "comments": [{"start_ms": 30_000, "end_ms": 31_000, "text": "Is this public?"}],
    "colour": "blue",
}


def test_a_guests_wishes_are_placed_by_span(base: Episode, tmp_path: Path) -> None:
    """A strike becomes a passage left out; what is not said there, and every comment, is named."""
    found = brought(base, tmp_path / "nora.json", json.dumps(WISHES))
    (strike,) = found.corrections
    assert strike.drop
    assert strike.author == "Nora Lindqvist, import nora.json"
    assert [text for text in found.plan.unplaced if "“not said” is not said there" in text]
    assert [text for text in found.plan.unplaced if "comment: Is this public?" in text]
    assert found.left_out == ("the field “colour” means nothing here",)
