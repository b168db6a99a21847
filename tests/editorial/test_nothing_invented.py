"""No invented word, ever: what is printed was said, stands in a rule's table, or was written by a person."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chaitime_audio.domain.brief import Brief
from chaitime_audio.domain.people import Cast, Person, Voice
from chaitime_audio.domain.sound import Timeline, span
from chaitime_audio.domain.speech import Utterance, Word
from chaitime_audio.domain.sponsor import Sponsor
from chaitime_audio.editorial.certainty import certainty_of
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.languages.framing import framing_for
from chaitime_audio.editorial.languages.reading import keys, reading_for
from chaitime_audio.editorial.notes.annotate import annotate
from chaitime_audio.editorial.notes.gate import gate_for
from chaitime_audio.editorial.structure.chapters import chapters
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.editorial.structure.framed_chapters import framed
from chaitime_audio.editorial.structure.framing import frames, without

HOST, GUEST = "Dana Field", "Felix Moor"
SPOKEN = (
    "kettle kettles river um uh the the a of and and but so well you know I mean like wood saws we they "
    "it it's don't who that because serve keeps broke always never every people nobody Kettle Valley Anna "
    "twenty five percent two thousand nineteen dollars per cent brought to you by our sponsor promo code "
    "example dot org slash steam welcome to the show thank you for listening what how why is are do does "
    "did "
).split()
ENDS = (".", "?", ",", "", "", "", "…")
AMOUNTS = {"percent", "per", "cent", "dollars", "dot", "slash"}


@st.composite
def _talks(draw: st.DrawFn) -> tuple[tuple[Utterance, ...], list[str]]:
    number, now, out, said = 0, 0, [], []
    for turn in range(draw(st.integers(1, 8))):
        words = []
        for text in draw(st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=60)):
            printed = text + draw(st.sampled_from(ENDS))
            printed = printed[0].upper() + printed[1:] if draw(st.booleans()) and not words else printed
            words.append(Word(number, printed, span(now, now + 300), draw(st.sampled_from((0.3, 0.9, 1.0)))))
            said.append(text)
            number, now = number + 1, now + draw(st.sampled_from((300, 700, 1_600)))
        out.append(Utterance("S1" if turn % 2 == 0 else "S2", tuple(words)))
        now += 20_000
    return tuple(out), said


def _table() -> set[str]:
    """Words that the rules for English may print: of the summary, of chapters; no number is among them."""
    data, words = reading_for("en"), framing_for("en")
    texts = [text for _, text in data.summary]
    texts += [re.sub(r"\\", " ", text) for _, text in (*data.trims, *data.shortcuts, *data.unasked)]
    texts += [data.opening, words.sponsor, words.resumed, words.goodbye, HOST, GUEST, "guest", "host"]
    return {key for text in texts for key in keys(text)}


def _was_said(key: str, said: frozenset[str], table: set[str]) -> bool:
    if key in said or key in table or key.removesuffix("'s") in said:
        return True
    if any(map(str.isdigit, key)):  # a number, a year, an amount: its words were said
        return not said.isdisjoint({"twenty", "five", "two", "thousand", "nineteen"})
    parts = re.split(r"[./%-]", key)  # "example.org/steam" of "example dot org slash steam"
    return all(part in said or not part for part in parts)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_talks())
def test_every_word_of_post_and_notes_was_said(talk: tuple[tuple[Utterance, ...], list[str]]) -> None:
    """Post, chapters, summary, claims, quotes, clips, titles and keywords, of any talk whatever."""
    spoken, words = talk
    said, table = frozenset(key for word in words for key in keys(word)), _table()
    people = (("S1", Person(HOST, "host")), ("S2", Person(GUEST, "guest")))
    cast = Cast(tuple(Voice(label, person, True, (), 0) for label, person in people))
    sponsor = Sponsor("Kettle")
    post = pair(clean(spoken, "en"), cast, "en")
    aside = frames(post, cast, (sponsor,), "en")
    bare, gate = without(post, [one.span for one in aside]), gate_for("en", certainty_of(spoken))
    length_ms = int(spoken[-1].span.end_ms) + 1_000
    found = framed(
        chapters(bare, length_ms, "en", fits=gate.heads),
        aside,
        "en",
        length_ms,
        timeline=Timeline(),
        shortest_ms=30_000,
    )
    notes = annotate(bare, cast, found, Brief(), "en", certainty=gate.certainty)
    texts = [remark.text for item in post for remark in item.remarks]
    texts += [notes.summary, *notes.claims, *(one.text for one in notes.quotes), *notes.titles]
    texts += [*(one.title for one in notes.soundbites), *notes.keywords, *notes.mentions]
    texts += [title for one in found for title in (one.title, one.short)]
    invented = {key for text in texts for key in keys(text) if not _was_said(key, said, table)}
    assert invented == set()
