"""What is printed stands alone: no follow-up as a chapter, no claim that needs the sentence before it."""

from __future__ import annotations

from itertools import pairwise

from chaitime_audio.domain.brief import Brief
from chaitime_audio.domain.sound import Timeline, span
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.notes.annotate import annotate
from chaitime_audio.editorial.structure.chapters import chapters
from chaitime_audio.editorial.structure.exchanges import pair

FILLER = "The copper kettle warms slowly over a small flame while the morning fog leaves the valley. " * 4


def exchanges_of(spoken, cast):
    return pair(clean(spoken, "en"), cast, "en")


def starts(found, exchanges):
    at = {item.question.span.start_ms: item.question.text for item in exchanges if item.question}
    return [at[chapter.start_ms] for chapter in found[1:]]


def test_a_follow_up_gives_way_to_a_new_topic(truth):
    """Of two questions near each other, the one that takes up the answer's words opens no chapter."""
    spoken, cast = truth("british_men")
    exchanges = exchanges_of(spoken, cast)
    found = starts(chapters(exchanges, spoken[-1].span.end_ms + 1_000, "en"), exchanges)
    assert not any("louder things" in question for question in found)


def test_lengths_are_those_of_the_published_file(say, cast_of):
    """After a cut chapters are still far enough apart in what is published."""
    turns = []
    for topic in ("kettles", "trains", "violins", "glaciers", "bread", "lighthouses", "bees", "maps", "salt"):
        turns += [
            ("S1", f"Let’s talk about {topic}. Why do {topic} matter?"),
            ("S2", f"{topic} matter. {FILLER}"),
        ]
    spoken, cast = say(*turns), cast_of(host={"S1": "Dana Field"}, guest={"S2": "Felix Moor"})
    exchanges, end_ms = exchanges_of(spoken, cast), spoken[-1].span.end_ms + 1_000
    cuts = tuple(
        span(spoken[at].span.start_ms + 1_000, spoken[at].span.end_ms - 1_000) for at in (1, 3, 7, 9)
    )
    timeline, kept_ms = Timeline(0, cuts), end_ms - sum(cut.duration_ms for cut in cuts)
    found = chapters(exchanges, kept_ms, "en", timeline=timeline)
    heard = [timeline.published(chapter.start_ms) for chapter in found]
    assert len(found) >= 3
    assert all(later - before >= 30_000 for before, later in pairwise(heard))


def test_no_claim_leans_or_hedges(truth):
    """A claim opens with no "Most", "Perhaps", "Instead", and has no "so to speak" in it."""
    for name in ("british_men", "panel_three", "split_tracks"):
        spoken, cast = truth(name)
        exchanges = exchanges_of(spoken, cast)
        claims = annotate(exchanges, cast, (), Brief(), "en").claims
        assert 3 <= len(claims) <= 5
        for claim in claims:
            first = claim.rpartition(": ")[2].split()[0].casefold()
            assert first not in {"most", "some", "perhaps", "instead"}
            assert "so to speak" not in claim


def test_where_to_find_it_is_no_claim(say, cast_of):
    """A sentence with an address goes to the links; fewer claims are better than a plug."""
    plugs = "The slowest loops that nobody needs, but memory loves, are at example.org/loops. "
    points = (
        "Slow loops wait for memory that nobody asked for. "
        "Fast loops ask for little memory and wait for none. "
        "The best compiler removes the loops that nobody needs. "
        "Memory is never the bottleneck that people expect. "
    )
    spoken = say(
        ("S1", "Why are loops slow?"), ("S2", points + plugs), ("S1", "What is next?"), ("S2", FILLER)
    )
    cast = cast_of(host={"S1": "Dana Field"}, guest={"S2": "Ada Hill"})
    notes = annotate(exchanges_of(spoken, cast), cast, (), Brief(), "en")
    assert not any("example.org" in claim for claim in notes.claims)
    assert [link.title for link in notes.links] == ["example.org/loops"]


def test_every_guest_is_in_the_summary(say, cast_of):
    """Where one guest is introduced and another is not, both are named all the same."""
    spoken = say(
        (
            "S1",
            "Welcome. Ada Hill teaches compilers in the north of England. "
            "Let’s talk about slow loops. Why are loops slow?",
        ),
        ("S2", f"Slow loops wait for memory that nobody asked for. {FILLER}"),
        ("S1", "Let’s talk about dead code. Why does dead code matter?"),
        ("S3", f"Dead code hides the mistakes that hurt the most. {FILLER}"),
    )
    cast = cast_of(host={"S1": "Dana Field"}, guest={"S2": "Ada Hill", "S3": "Felix Moor"})
    found = annotate(exchanges_of(spoken, cast), cast, (), Brief(), "en").summary
    assert "Ada Hill" in found
    assert "Felix Moor" in found


def test_a_speech_has_claims_of_whoever_holds_it(say, cast_of):
    """One voice alone, whom nobody asks anything, is whom one came for, whatever its role."""
    said = (
        "The old pump in the valley broke in the first winter. Nobody in the valley had ever mended a pump. "
    )
    spoken, cast = say(("S1", said * 3)), cast_of(host={"S1": "Dana Field"})
    assert annotate(exchanges_of(spoken, cast), cast, (), Brief(), "en").claims
