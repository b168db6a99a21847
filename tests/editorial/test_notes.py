"""Notes: extracted from the talk, never made up."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from chaitime_audio.domain.brief import Brief
from chaitime_audio.domain.people import Cast, Link, Person, Voice
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.notes.annotate import annotate
from chaitime_audio.editorial.structure.chapters import chapters
from chaitime_audio.editorial.structure.exchanges import pair

RECORDINGS = ("short_two_voices", "british_men", "panel_three", "split_tracks")


@pytest.fixture
def noted(truth):
    def make(name, brief=Brief()):  # noqa: B008  (frozen)
        utterances, cast = truth(name)
        exchanges = pair(clean(utterances, "en"), cast, "en")
        found = chapters(exchanges, utterances[-1].span.end_ms + 1_000, "en")
        return annotate(exchanges, cast, found, brief, "en"), exchanges, cast

    return make


def guest_paragraphs(exchanges, cast):
    return [p for x in exchanges for r in x.remarks if cast.role(r.label) == "guest" for p in r.paragraphs]


@pytest.mark.parametrize("name", RECORDINGS)
def test_quotes_are_the_guests_words(noted, name):
    """Quotes stand word for word in a guest's paragraph: 12 to 40 words, ids and times of that place."""
    notes, exchanges, cast = noted(name)
    assert 1 <= len(notes.quotes) <= 5
    for quote in notes.quotes:
        assert 12 <= len(quote.text.split()) <= 40
        assert cast.role(quote.label) == "guest"
        (home,) = [p for p in guest_paragraphs(exchanges, cast) if set(quote.word_ids) <= set(p.word_ids)]
        assert quote.text in home.text
        assert home.span.start_ms <= quote.span.start_ms < quote.span.end_ms <= home.span.end_ms
        assert list(quote.word_ids) == sorted(quote.word_ids)


@pytest.mark.parametrize("name", RECORDINGS)
def test_claims_are_the_guests_own_sentences(noted, name):
    """Three to five claims, each a sentence that a guest said, spread over several answers."""
    notes, exchanges, cast = noted(name)
    said = " ".join(p.text for p in guest_paragraphs(exchanges, cast))
    assert 3 <= len(notes.claims) <= 5
    for claim in notes.claims:
        name_said, _, text = claim.partition(": ") if len(cast.guests) > 1 else ("", "", claim)
        assert not name_said or name_said in cast.guests
        assert text[1:] in said
        assert not text.endswith("?")


@pytest.mark.parametrize("name", RECORDINGS)
def test_summary_says_who_and_what(noted, name):
    """Every guest and host is named; quoted lines, figures and names were said."""
    notes, exchanges, cast = noted(name)
    said = " ".join(r.text for x in exchanges for r in x.remarks)
    assert all(person in notes.summary for person in (*cast.guests, *cast.hosts))
    for quoted in re.findall(r"“([^”]+)”", notes.summary):
        assert quoted[1:] in said
    assert all(figure in said for figure in re.findall(r"\d+", notes.summary))


@pytest.mark.parametrize("name", RECORDINGS)
def test_claims_and_quotes_differ(noted, name):
    """A listener does not read a line twice."""
    notes, _, _ = noted(name)
    lines = [claim.split(": ", 1)[-1] for claim in notes.claims]
    assert not any(line in quote.text for line in lines for quote in notes.quotes)
    assert not any(line in notes.summary for line in lines)


@pytest.mark.parametrize("name", RECORDINGS)
def test_keywords_were_said_and_are_no_names_of_the_cast(noted, name):
    """Keywords are words of the talk, and not who talks."""
    notes, exchanges, cast = noted(name)
    said = " ".join(r.text for x in exchanges for r in x.remarks)
    assert notes.keywords
    assert all(word in said for word in notes.keywords)
    people = " ".join((*cast.guests, *cast.hosts)).split()
    assert not {part for word in notes.keywords for part in word.split()} & set(people)


def test_guest_describes_herself(noted):
    """Who the guest is comes from speech when the brief has no biography."""
    notes, _, _ = noted("short_two_voices")
    assert notes.summary.startswith(
        "Tom Ellery looks after the forecasting models at a small energy company in Denver."
    )


def test_host_describes_the_guest(noted):
    """The host's words of introduction are used as they were said."""
    notes, _, _ = noted("british_men")
    assert notes.summary.startswith("Gareth Lowell, an engineer who has spent 23 years listening to things")


def test_biography_of_the_brief_wins(noted):
    """What the human wrote about the guest comes first."""
    brief = Brief(people=(Person("Tom Ellery", "guest", bio="Tom Ellery keeps bees. He lives in Denver."),))
    notes, _, _ = noted("short_two_voices", brief)
    assert notes.summary.startswith("Tom Ellery keeps bees. ")


def test_spoken_address_becomes_a_link(noted):
    """An address that was said is listed; nothing else is."""
    notes, _, _ = noted("short_two_voices")
    assert notes.links == (Link("example.org/baselines", "https://example.org/baselines"),)
    assert noted("short_two_voices")[0] == notes


def test_link_of_the_brief_names_a_spoken_address(noted):
    """The brief's links come first, and an address said that is among them is not listed twice."""
    own = Link("Tom's notes", "https://www.example.org/baselines/")
    brief = replace(Brief(), links=(Link("The paper", "https://example.com/paper"), own))
    notes, _, _ = noted("short_two_voices", brief)
    assert notes.links == brief.links


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("It is at example dot org slash notes, really.", ["https://example.org/notes"]),
        ("See https://example.org/a?b=1.", ["https://example.org/a?b=1"]),
        ("Mail me at tom@example.org, e.g. at 5 p.m. or 3.5 days later.", []),
        ("I said so.And then it broke.", []),
    ],
)
def test_only_addresses_are_links(say, cast_of, text, urls):
    """Mail addresses, abbreviations, decimals and missing blanks are no links."""
    cast = cast_of(host={"S1": "Maya Rao"}, guest={"S2": "Tom Ellery"})
    exchanges = pair(clean(say(("S1", "Where is it?"), ("S2", text)), "en"), cast, "en")
    assert [link.url for link in annotate(exchanges, cast, (), Brief(), "en").links] == urls


def test_silent_or_guestless_talk_has_empty_notes(say, cast_of):
    """No guest, no claims, no quotes, no summary; nothing fails."""
    cast = cast_of(host={"S1": "Maya Rao"})
    exchanges = pair(clean(say(("S1", "Why are we here? Nobody knows it at all.")), "en"), cast, "en")
    notes = annotate(exchanges, cast, (), Brief(), "en")
    assert (notes.summary, notes.claims, notes.quotes) == ("", (), ())
    assert annotate((), cast, (), Brief(), "xx").keywords == ()


def test_unnamed_voice_is_the_guest(say):
    """A voice that nobody named is “the guest” in the summary, never “Speaker 2”."""
    voices = (
        Voice("S1", Person("Maya Rao", "host"), True, (), 0),
        Voice("S2", Person("Speaker 2", "guest"), False, (), 0),
    )
    spoken = say(
        ("S1", "Let's talk about joining telescopes together. Why not build one enormous dish?"),
        ("S2", "Beyond a hundred metres a dish starts to sag under its own weight."),
    )
    exchanges = pair(clean(spoken, "en"), Cast(voices), "en")
    summary = annotate(exchanges, Cast(voices), (), Brief(), "en").summary
    assert summary.startswith("The guest talks with Maya Rao about joining telescopes together.")
    assert "Speaker" not in summary


def test_who_and_what_was_named_is_listed(noted):
    """People and titles without a link are listed for the editor; the cast is not."""
    title = "Quiet Failures in Deployed Forecasts"
    assert noted("short_two_voices")[0].mentions == (title, "Ingrid Solberg")
    paper = Link(title, "https://example.com/paper")
    assert noted("short_two_voices", Brief(links=(paper,)))[0].mentions == ("Ingrid Solberg",)


def test_everyday_capitals_name_nobody(say, cast_of):
    """Sentence starts, one-word names, weekdays and the cast are no mentions; German nouns neither."""
    cast = cast_of(host={"S1": "Maya Rao"}, guest={"S2": "Tom Ellery"})
    text = "Yes, Maya Rao knows. On Monday I met Bob. The Model broke. Last Christmas I saw Oak Ridge in May."
    exchanges = pair(clean(say(("S1", "Who came, Tom Ellery?"), ("S2", text)), "en"), cast, "en")
    assert annotate(exchanges, cast, (), Brief(), "en").mentions == ("Oak Ridge",)
    german = pair(
        clean(say(("S1", "Wer kam?"), ("S2", "Die Neue Welle und das Große Haus.")), "de"), cast, "de"
    )
    assert annotate(german, cast, (), Brief(), "de").mentions == ()
