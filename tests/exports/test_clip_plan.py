"""Which words a clip has, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from clip_episode import LIMITS, spoken
from example_episode import NOTES, example, with_cut, with_intro

from chaitime_audio.domain.episode import Notes, Quote, Soundbite
from chaitime_audio.domain.sound import Timeline, span
from chaitime_audio.errors import UsageError
from chaitime_audio.exports.clips import plan

TALK = spoken(
    ("S1", 1_000, "What do you do? Tell us."),
    ("S2", 4_000, "We rank them by money. Not by size."),
    ("S1", 5_000, "Mm-hmm."),
    ("S2", 8_000, "A model can wait. The city cannot."),
)


def made(episode, wish, **more):
    return plan.planned(episode, wish, LIMITS, None, **({"over_cuts": False} | more))


def test_a_stretch_becomes_whole_sentences():
    """A time inside of sentences takes those of which most lies in it, to the ends of their words."""
    clip = made(TALK, plan.wish_for_time(4_400, 6_000))
    assert clip.text == "We rank them by Mm-hmm. money. Not by size."
    assert clip.span.start_ms <= 4_000
    assert clip.span.end_ms >= 6_380


def test_a_listening_noise_ends_no_sentence():
    """What the other one says inside of a sentence belongs to the clip and does not cut it."""
    found = [
        one
        for one in plan.sentences(plan.said_words(TALK))
        if one.label == "S2" and one.span.start_ms == 4_000
    ]
    assert len(found[0].words) == 5


def test_times_are_those_of_the_mp3():
    """Behind an intro the same words are found later, and the clip begins there."""
    clip = made(with_intro(TALK, 5_000), plan.wish_for_time(13_000, 15_200))
    assert clip.text == "A model can wait. The city cannot."
    assert clip.span.start_ms <= 13_000 < 13_300 < clip.span.end_ms


def test_a_pick_is_what_the_notes_propose():
    """--pick takes the clip of that number, its title with it."""
    bite = Soundbite("The city cannot wait", "S2", (), span(8_000, 10_100))
    noted = replace(TALK, notes=replace(NOTES, soundbites=(bite,)))
    clip = made(noted, plan.wish_for_pick(noted, 1))
    assert (clip.title, clip.label, clip.name) == ("The city cannot wait", "S2", "clip-1")


def test_a_quote_grows_until_it_is_long_enough():
    """A short quote takes the sentences beside it, its own voice's first."""
    notes = Notes(quotes=(Quote("Not by size.", "S2", (), span(5_500, 6_380)),))
    clip = made(replace(TALK, notes=notes), plan.wish_for_quote(replace(TALK, notes=notes), 1))
    assert clip.text.startswith("Not by size.")
    assert clip.span.duration_ms >= LIMITS.shortest_ms


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (lambda: plan.wish_for_quote(TALK, 7), "no quote 7"),
        (
            lambda: plan.wish_for_quote(
                replace(TALK, notes=Notes(quotes=(Quote(" ", "S2", (), span(0, 0)),))), 1
            ),
            "no quote 1",
        ),
        (lambda: plan.wish_for_pick(TALK, 0), "no clip 0"),
        (lambda: made(TALK, plan.wish_for_time(15_000, 18_000)), "nobody speaks"),
        (lambda: made(TALK, plan.wish_for_time(9_300, 9_900)), "too short"),
        (lambda: made(TALK, plan.wish_for_time(1_000, 19_000)), "too long"),
    ],
)
def test_what_cannot_be_a_clip(wish, said):
    """A number that is not there, an empty quote, silence, too short or too long: one sentence says so."""
    with pytest.raises(UsageError, match=said):
        wish()


def test_a_clip_over_a_cut_of_speech_is_refused():
    """Where speech was taken out, a clip would join what was not said together; it can be allowed."""
    cut = with_cut(example(), span(6_000, 15_000))
    wish = plan.wish_for_time(1_000, 9_000)
    limits = plan.Limits(1_000, 30_000)
    with pytest.raises(UsageError, match="over a cut at 00:06.000"):
        plan.planned(cut, wish, limits, None, over_cuts=False)
    assert plan.planned(cut, wish, limits, None, over_cuts=True).text.endswith("baselines.")


def test_a_cut_of_silence_is_none():
    """A shortened silence inside of a clip is no reason to refuse it."""
    quiet = replace(
        TALK, timeline=Timeline(0, (span(7_000, 7_900),)), diarization=replace(TALK.diarization, exclusive=())
    )
    assert made(quiet, plan.wish_for_time(4_000, 9_000)).span.duration_ms > 4_000


def test_a_quote_that_was_cut_out_has_no_sound():
    """A quote whose words are gone from the MP3 is refused."""
    gone = with_cut(example(), span(5_800, 15_000))
    with pytest.raises(UsageError, match="cut out"):
        plan.wish_for_quote(gone, 1)
