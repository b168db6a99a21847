"""The page of edits: everything that was changed, with its rule; text on it is only text."""

from __future__ import annotations

from dataclasses import replace

import html5lib
from example_episode import OURS, example

from chaitime_audio.domain.correction import Replacement
from chaitime_audio.domain.editing import EditMark, MarkedTurn
from chaitime_audio.domain.sound import SourceMs
from chaitime_audio.formats import render_all, render_one
from chaitime_audio.formats.edits_html import rule_counts

TURNS = (
    MarkedTurn(
        "S1",
        SourceMs(1_000),
        (
            EditMark("S1", "Um,", "", ("filler",)),
            EditMark("S1", "it fell by", "It fell by", ()),
            EditMark("S1", "five percent.", "5%.", ("percent",)),
            EditMark("S2", "Mm-hmm.", "", ("backchannel",)),
        ),
    ),
    MarkedTurn("S2", SourceMs(9_000), (EditMark("S2", "Indeed.", "Indeed.", ()),)),
)
SWAPPED = Replacement("sounds like", "Ellerie", "Ellery", (3,), SourceMs(4_000))


def _page(**changes):
    return render_one("edits_html", replace(example(), **changes), OURS)["edits.html"]


def test_what_went_and_what_came_stand_with_their_rules() -> None:
    """Left out is struck, changed is struck and set anew, another voice is named, rules are counted."""
    text = _page(edits=TURNS, replacements=(SWAPPED,))
    assert "<del>Um,</del><small>filler</small>" in text
    assert "<del>five percent.</del> <ins>5%.</ins><small>percent</small>" in text
    assert ": Mm-hmm.]</del><small>backchannel</small>" in text
    assert "<del>Ellerie</del></td><td><ins>Ellery</ins></td><td>sounds like</td>" in text
    counts = dict(rule_counts(replace(example(), edits=TURNS, replacements=(SWAPPED,))))
    assert counts == {"filler": 1, "percent": 1, "backchannel": 1, "sounds like": 1}


def test_turns_without_an_edit_are_faint() -> None:
    """A turn in which nothing was done is there, for context, and marked as such."""
    text = _page(edits=TURNS)
    assert text.count('class="turn same"') == 1
    assert text.count('class="turn"') == 1


def test_the_page_is_valid_and_its_text_harmless() -> None:
    """A parser finds no fault, and nothing in a word, a rule or a title becomes an element."""
    evil = "<script>alert(1)</script>"
    turns = (
        MarkedTurn(
            "S1", SourceMs(0), (EditMark("S1", evil, evil, (evil,)), EditMark("S1", evil, "", ("x",)))
        ),
    )
    text = _page(edits=turns, title=evil, replacements=(replace(SWAPPED, before=evil, rule=evil),))
    html5lib.HTMLParser(strict=True).parse(text)
    assert "<script" not in text


def test_it_is_made_only_when_asked_for() -> None:
    """An editor's page is nothing that every episode leaves in out/."""
    found = replace(example(), edits=TURNS)
    assert "edits.html" not in render_all(found, OURS)
    assert "edits.html" in render_all(found, OURS, asked={"edits_html"})
