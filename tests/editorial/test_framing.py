"""Sponsors' messages and the goodbye are no part of the talk: not quoted, clipped or claimed."""

from __future__ import annotations

from itertools import pairwise

import pytest

from chaitime_audio.domain.brief import Brief
from chaitime_audio.domain.episode import Chapter
from chaitime_audio.domain.sound import SourceMs, Timeline
from chaitime_audio.domain.sponsor import Sponsor
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.notes.annotate import annotate
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.editorial.structure.framed_chapters import framed
from chaitime_audio.editorial.structure.framing import frames, unnamed, without

READ = (
    "This episode is brought to you by Kettle Cloud. Kettle Cloud keeps every kettle in the valley warm. "
    "Go to kettle dot example and use the code STEAM for a free trial. Now back to the show. "
)
READ_DE = (
    "Diese Folge wird unterstützt durch Kesselwolke, unser Sponsor heißt heute Kesselwolke. "
    "Mit dem Code DAMPF bekommt ihr zehn Prozent Rabatt. Zurück zum Gespräch. "
)
TALK = (
    ("S1", "Welcome to the show. How do you dry the wood?"),
    ("S2", "Every plank rests in the attic for seven winters before anybody cuts the plate."),
    ("S1", READ + "How long does the varnish take?"),
    ("S2", "The varnish takes three summers, and the sun does most of the work."),
    ("S1", "Thanks so much, and thank you for listening to the show."),
    ("S2", "The pleasure was mine and every listener makes the workshop warmer."),
)


@pytest.fixture
def told(say, cast_of):
    def make(turns, language="en"):
        cast = cast_of(host={"S1": "Dana Field"}, guest={"S2": "Felix Moor"})
        return pair(clean(say(*turns), language), cast, language), cast

    return make


def text_of(post):
    return " ".join(" ".join(remark.text.split()) for item in post for remark in item.remarks)


@pytest.mark.parametrize(("language", "read"), [("en", READ), ("de", READ_DE)])
def test_a_message_is_recognised_by_two_signs(told, language, read):
    """Announced and with an offer: from its first sentence to the one that leads back, and nothing else."""
    post, cast = told(
        (("S1", "Woher kommt das Holz?"), ("S2", "Aus dem Tal."), ("S1", read + "Wie lange?")), language
    )
    found = [one for one in frames(post, cast, (), language) if one.message]
    assert len(found) == 1
    left = text_of(without(post, [one.span for one in found]))
    assert left.endswith("Wie lange?")
    assert not any(word in left for word in ("Kettle", "Kesselwolke", "code", "Code"))
    assert "[[sponsor]]" in unnamed(found)[0]


@pytest.mark.parametrize(
    "one_sign",
    [
        "This episode is brought to you by a long night and a cold stove. What broke first?",
        "Go to the attic with me. What stands there?",
        "Some people want a free trial of everything. What do you tell them?",
    ],
)
def test_one_sign_is_too_little(told, one_sign):
    """What only sounds like a message stays in the talk."""
    post, cast = told((("S1", one_sign), ("S2", "The old saw broke, and the bench held.")))
    assert frames(post, cast, (), "en") == ()


def test_a_guest_who_speaks_of_sponsors_is_quoted_as_ever(told):
    """Only who leads the show reads messages."""
    post, cast = told((("S1", "Who pays for it?"), ("S2", READ)))
    assert not any(one.message for one in frames(post, cast, (), "en"))


def test_a_persons_mark_needs_no_sign(told):
    """Times in episode.toml decide, and nothing is said about it; a name is one of the two signs."""
    post, cast = told(TALK)
    second = post[1].question.span if post[1].question else None
    marked = Sponsor("Kettle Cloud", SourceMs(second.start_ms), SourceMs(second.start_ms + 5_000))
    found = [one for one in frames(post, cast, (marked,), "en") if one.message]
    assert [(one.title, one.span, one.sponsor) for one in found] == [
        ("Sponsor: Kettle Cloud", marked.span, marked)
    ]
    assert unnamed(found) == ()
    named = [one for one in frames(post, cast, (Sponsor("Kettle Cloud"),), "en") if one.message]
    assert [one.sponsor for one in named] == [Sponsor("Kettle Cloud")]


def test_nothing_of_a_frame_is_printed_large(told):
    """Neither the message nor what is said from the goodbye on is a quote, a claim, a clip or a keyword."""
    post, cast = told(TALK)
    aside = frames(post, cast, (), "en")
    assert [one.message for one in aside] == [True, False]
    notes = annotate(without(post, [one.span for one in aside]), cast, (), Brief(), "en")
    large = " ".join((notes.summary, *notes.claims, *(one.text for one in notes.quotes), *notes.keywords))
    assert notes.claims
    assert not any(word in large for word in ("Kettle", "STEAM", "listener", "pleasure"))


def test_a_long_message_is_a_chapter_of_its_own():
    """It begins and ends a chapter; one within it or too near gives way, and each is 30 s long."""
    found = (
        Chapter("Introduction", SourceMs(0)),
        Chapter("Wood", SourceMs(110_000)),
        Chapter("Oil", SourceMs(300_000)),
    )
    message = frames((), None, (Sponsor("Kettle", SourceMs(100_000), SourceMs(160_000)),), "en")  # type: ignore[arg-type]
    whole = framed(found, message, "en", 400_000, timeline=Timeline(), shortest_ms=30_000)
    assert [(one.title, one.start_ms) for one in whole] == [
        ("Introduction", 0),
        ("Sponsor: Kettle", 100_000),
        ("Back to the conversation", 160_000),
        ("Oil", 300_000),
    ]
    assert all(b.start_ms - a.start_ms >= 30_000 for a, b in pairwise(whole))
    short = frames((), None, (Sponsor("Kettle", SourceMs(100_000), SourceMs(110_000)),), "en")  # type: ignore[arg-type]
    assert framed(found, short, "en", 400_000, timeline=Timeline(), shortest_ms=30_000) == found


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "needs name"),
        ({"name": "Kettle", "start": SourceMs(5)}, "both start and end"),
        ({"start": SourceMs(9), "end": SourceMs(5)}, "ends behind its start"),
        ({"name": "Kettle", "url": "kettle.example"}, "not a web address"),
    ],
)
def test_half_a_sponsor_is_refused(fields, says):
    """Each slip in [[sponsor]] has a sentence of its own."""
    with pytest.raises(ValueError, match=says):
        Sponsor(**fields)
