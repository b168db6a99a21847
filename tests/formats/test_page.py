"""What templates get: one label a turn, headings and quotes in their places, nothing twice."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

from example_episode import MAYA, TOM, example, remark

from chaitime_audio.domain.episode import Chapter, Episode, Exchange, Quote
from chaitime_audio.domain.people import Link
from chaitime_audio.domain.sound import SourceMs, span
from chaitime_audio.formats.rendering.page import Page, PagePerson, PageShow, page
from chaitime_audio.formats.rendering.page_turns import PageChapter, PageQuote, PageTurn
from chaitime_audio.formats.rendering.templates import OURS as OUR_TEMPLATES

SENTENCE = "It rained on the models for a whole week and nobody at the office saw why. "


def long_episode() -> Episode:
    """Twelve questions, 100 words each, a minute apart; a chapter at every third."""
    post = tuple(
        Exchange(
            remark("S1", (f"Question number {i}?", i * 60_000, i * 60_000 + 3000)),
            (remark("S2", (f"Answer {i}. {SENTENCE * 7}".strip(), i * 60_000 + 4000, i * 60_000 + 50_000)),),
        )
        for i in range(12)
    )
    chapters = tuple(Chapter(f"Topic {i}", SourceMs(i * 60_000 + (400 if i else 0))) for i in range(0, 12, 3))
    master = replace(example().master, duration_ms=720_000)
    return replace(example(), post=post, chapters=chapters, master=master)


def test_a_long_post_has_headings_at_chapters() -> None:
    """Chapter titles stand over the question that opens them; none before the greeting."""
    turns = page(long_episode()).turns
    assert [(number, turn.heading) for number, turn in enumerate(turns) if turn.heading] == [
        (6, "Topic 3"),
        (12, "Topic 6"),
        (18, "Topic 9"),
    ]


def test_a_short_post_has_no_headings() -> None:
    """Below 1,000 words headings only interrupt."""
    assert not any(turn.heading for turn in page(example()).turns)


def test_pull_quotes_are_word_for_word_and_few() -> None:
    """About one per 1,000 words, in the turn that says it; a quote that no turn says is not printed large."""
    quotes = tuple(
        Quote(text, "S2", (), span(0, 1000))
        for text in ("Nobody said this.", "Answer 4. It rained", "Answer 7. It rained", "Answer 9. It rained")
    )
    episode = long_episode()
    turns = page(replace(episode, notes=replace(episode.notes, quotes=quotes))).turns
    assert [(number, turn.quote) for number, turn in enumerate(turns) if turn.quote] == [
        (9, "Answer 4. It rained")
    ]


def test_one_label_a_turn() -> None:
    """Neighbouring remarks of one name, though of two voices, are one turn."""
    cast = example().cast
    twin = replace(cast.voices[1], label="S3")
    post = (
        Exchange(
            remark("S1", ("Well?", 0, 500)),
            (remark("S2", ("One.", 600, 900)), remark("S3", ("Two.", 950, 1200))),
        ),
    )
    turns = page(replace(example(), cast=replace(cast, voices=(*cast.voices, twin)), post=post)).turns
    assert [(turn.name, turn.paragraphs) for turn in turns] == [
        ("Maya Rao", ("Well?",)),
        ("Dr. Tom Ellery", ("One.", "Two.")),
    ]


def test_a_biography_is_not_printed_twice() -> None:
    """Where the summary opens with the biography, the intro does not repeat it; the notes still have it."""
    episode = example()
    notes = replace(episode.notes, summary=f"{TOM.bio} He talks about the wind.")
    values = page(replace(episode, notes=notes))
    assert values.intro == (f"{TOM.bio} He talks about the wind.",)
    assert values.guests[0].bio == (TOM.bio,)


def test_an_episode_without_summary_opens_with_who_talks() -> None:
    """There is always a first sentence that names host and guest."""
    episode = example()
    assert page(replace(episode, notes=replace(episode.notes, summary=""))).summary == (
        "Maya Rao in conversation with Dr. Tom Ellery.",
    )


def test_each_link_stands_once() -> None:
    """A link that belongs to a person is not listed again among those mentioned, nor is one twice."""
    episode = example()
    mine = MAYA.links[0]
    links = (mine, Link("One", "https://example.org/one"), Link("The same", "https://example.org/one/"))
    values = page(replace(episode, notes=replace(episode.notes, links=links)))
    assert [link.title for link in values.links] == ["One"]


def test_part_line_and_date() -> None:
    """``Part N of …`` only with a number; dates in words only where we know the language's."""
    episode = example()
    assert page(episode).part_line == "Part 1 of Interviews with people who build things that learn"
    bare = replace(episode, brief=replace(episode.brief, number=0), language="de")
    assert page(bare).part_line == "Interviews with people who build things that learn"
    assert (page(episode).date, page(bare).date) == ("2 November 2026", "2026-11-02")


def test_the_manual_names_every_value() -> None:
    """A template's author finds each value, and each field of the lists, in docs/templates.md."""
    manual = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
    assert [field.name for field in fields(Page) if f"`page.{field.name}`" not in manual] == []
    for kind in (PageShow, PagePerson, PageQuote, PageChapter, PageTurn):
        assert [field.name for field in fields(kind) if f"`{field.name}`" not in manual] == []


def test_the_manual_names_every_template_and_block() -> None:
    """No template, and no block of one that is meant to be extended, is a secret."""
    manual = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
    for path in OUR_TEMPLATES.glob("*.j2"):
        assert f"`{path.name}`" in manual
        for block in re.findall(r"{% block (\w+) %}", path.read_text(encoding="utf-8")):
            assert f"`{block}`" in manual


def test_direction_follows_the_language() -> None:
    """A page in Hebrew or Arabic runs from right to left."""
    assert [page(replace(example(), language=code)).direction for code in ("he", "ar", "en", "")] == [
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]
