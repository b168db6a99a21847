"""From speech to a transcript: one retry, no silent hole, nothing invented, the same whoever works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from chaitime_audio.domain.sound import Span, span
from chaitime_audio.recognition.asr.windowed.batches import Batch, WindowResult, pack, unpack

Say = Callable[[Batch, Span], WindowResult]
TALK = (span(1_000, 20_000), span(21_000, 44_000), span(46_000, 70_000))


def test_words_are_numbered_and_in_order(listen: Any, filled: Say) -> None:
    """Word ids count from 0 over the whole transcript, times never run backwards, all speech is covered."""
    transcript, _ = listen(filled, TALK)
    words = transcript.words
    assert [word.id for word in words] == list(range(len(words)))
    assert all(a.span.end_ms <= b.span.start_ms for a, b in pairwise(words))
    assert transcript.coverage == 1.0
    assert transcript.dropped == ()


def test_no_speech_is_an_empty_transcript(listen: Any, filled: Say) -> None:
    """Without speech nothing is decoded and nothing is said."""
    transcript, given = listen(filled, ())
    assert transcript.segments == ()
    assert transcript.coverage == 1.0
    assert given == []


@pytest.mark.parametrize("terms", [(), ("Tom Ellery",)])
def test_a_doubtful_window_is_decoded_once_more(
    listen: Any, filled: Say, spoken: Any, terms: tuple[str, ...]
) -> None:
    """A loop is decoded a second time, with time stamps and told nothing, and the second text is taken."""

    def say(item: Batch, window: Span) -> WindowResult:
        loops = not item.stamped and window.start_ms > 40_000
        return spoken(item, window, *["la"] * 40) if loops else filled(item, window)

    transcript, given = listen(say, TALK, terms=terms)
    retried = [item for item in given if item.stamped]
    assert [len(item.windows) for item in retried] == [1]
    assert retried[0].terms == ()
    assert "la" not in [word.text for word in transcript.words]


@pytest.mark.parametrize("better", [True, False])
def test_a_window_that_skips_speech_is_decoded_with_stamps(listen: Any, filled: Say, better: bool) -> None:
    """Where a window passes over speech, its text with time stamps is taken if that passes over less."""

    def say(item: Batch, window: Span) -> WindowResult:
        whole = filled(item, window)
        until_ms = 11_000 if item.stamped and better else 14_000
        kept = tuple(word for word in whole.words if not 8_000 < word[1] < until_ms)
        return replace(whole, words=kept) if window.duration_ms > 9_000 else replace(whole, words=())

    transcript, given = listen(say, TALK[:1])
    assert [item.stamped for item in given] == [False, True, False]
    starts = [word.span.start_ms for word in transcript.words]
    assert any(11_000 <= start < 14_000 for start in starts) is better


def test_nothing_is_decoded_a_third_time(listen: Any, spoken: Any) -> None:
    """A window that loops for ever is decoded twice, then dropped with its reason, and shows in coverage."""

    def say(item: Batch, window: Span) -> WindowResult:
        return spoken(item, window, *["la"] * 40)

    transcript, given = listen(say, TALK[:1])
    windows = [window for item in given for window in item.windows]
    assert len(windows) == 2
    assert transcript.words == ()
    assert [one.reason for one in transcript.dropped] == ["loop"]
    assert transcript.coverage == 0.0


def test_a_hole_is_listened_to_again(listen: Any, filled: Say, spoken: Any) -> None:
    """Speech without words, with stamps too, is decoded alone; its words land between the known ones."""

    def say(item: Batch, window: Span) -> WindowResult:
        whole = filled(item, window)
        if window.duration_ms < 9_000:
            return spoken(item, window, "found", "again")
        return replace(whole, words=tuple(word for word in whole.words if not 8_000 < word[1] < 14_000))

    transcript, given = listen(say, TALK[:1])
    assert [item.stamped for item in given] == [False, True, False]
    texts = [word.text for word in transcript.words]
    at = texts.index("found")
    assert texts[at + 1] == "again"
    assert texts[at - 1] == "w15"
    assert transcript.coverage > 0.9


def test_a_hole_never_repeats_its_neighbours(listen: Any, filled: Say, spoken: Any) -> None:
    """Words at the edge of a hole that repeat the known neighbour are left out."""

    def say(item: Batch, window: Span) -> WindowResult:
        whole = filled(item, window)
        if window.duration_ms < 9_000:
            return spoken(item, window, "W15,", "found", "w28.")
        return replace(whole, words=tuple(word for word in whole.words if not 8_000 < word[1] < 14_000))

    texts = [word.text for word in listen(say, TALK[:1])[0].words]
    assert texts.count("found") == 1
    assert [text for text in texts if text in ("W15,", "w28.")] == []


def test_words_where_nobody_speaks_are_dropped(listen: Any, spoken: Any) -> None:
    """Text laid over a gap without speech is taken out and listed with where and why."""
    activity = (span(1_000, 5_000), span(7_900, 12_000))

    def say(item: Batch, window: Span) -> WindowResult:
        words = (("real", 4_000, 4_500, 0.9), ("ghost", 6_200, 6_600, 0.9), ("too", 8_000, 8_300, 0.9))
        return replace(spoken(item, window, "x"), words=words)

    transcript, _ = listen(say, activity)
    assert "ghost" not in [word.text for word in transcript.words]
    (dropped,) = transcript.dropped
    assert (dropped.text, dropped.reason) == ("ghost", "nobody speaks there")
    assert dropped.span == span(6_200, 6_600)


def test_a_leaked_prompt_is_decoded_without_it(listen: Any, spoken: Any) -> None:
    """Where a window says only what it was told, it is heard again without being told; that text counts."""

    def say(item: Batch, window: Span) -> WindowResult:
        return spoken(item, window, *(("Tom", "Ellery.") if item.terms else ("one", "two", "three", "four")))

    transcript, given = listen(say, (span(1_000, 4_000),), terms=("Tom Ellery",))
    assert [item.terms for item in given] == [("Tom Ellery",), ()]
    assert "Ellery." not in [word.text for word in transcript.words]


def test_the_language_is_voted_on_by_all_batches(listen: Any, filled: Say) -> None:
    """Without a language every batch finds its own, the most speech wins, and who was wrong listens again."""
    talk = tuple(span(at, at + 20_000) for at in range(0, 400_000, 24_000))

    def say(item: Batch, window: Span) -> WindowResult:
        wrong = window.start_ms > 370_000
        guess = ("cy", 0.9) if wrong else ("de", 0.7)
        known = {} if item.language else {"language": guess[0], "language_probability": guess[1]}
        return replace(filled(item, window), **known)

    transcript, given = listen(say, talk, seconds=430, language="")
    assert transcript.language == "de"
    assert 0.6 < transcript.language_probability < 0.7
    asked = [item for item in given if not item.language]
    told = [item for item in given if item.language]
    assert sorted(window for item in asked for window in item.windows) == sorted(
        {window for item in given for window in item.windows}
    )
    assert {item.language for item in told} == {"de"}
    assert all(window.start_ms > 370_000 for item in told for window in item.windows)


def test_a_given_language_is_not_questioned(listen: Any, filled: Say) -> None:
    """A language from the settings or the brief goes to every batch."""
    transcript, given = listen(filled, TALK, language="fr")
    assert {item.language for item in given} == {"fr"}
    assert (transcript.language, transcript.language_probability) == ("fr", 1.0)


def test_batches_depend_on_the_windows_alone(listen: Any, filled: Say) -> None:
    """Which windows share a batch is the same in every run, so that results cannot depend on the pool."""
    talk = tuple(span(at, at + 11_000 + at % 7_000) for at in range(0, 400_000, 23_000))
    _, first = listen(filled, talk, seconds=430)
    _, second = listen(filled, talk, seconds=430)
    assert [item.windows for item in first] == [item.windows for item in second]
    assert max(len(item.windows) for item in first) == 4


def test_what_was_heard_survives_keeping(spoken: Any, make_sound: Any) -> None:
    """A kept batch reads back exactly as it was written."""
    batch = Batch(make_sound([0.0] * 16), (span(0, 900),), "en", True, ("Ølver “Ø”",))
    heard = (spoken(batch, span(0, 900), "Grüße,", "日本"), spoken(batch, span(0, 900)))
    assert unpack(pack(heard)) == heard


def test_a_kept_batch_is_found_by_everything_it_depends_on(make_sound: Any) -> None:
    """Another sound, window, language or term, or time stamps, mean another key."""
    base = Batch(make_sound([0.0] * 16), (span(0, 900),), "en", False, ("Tom",))
    others = [
        replace(base, sound=make_sound([0.0] * 17)),
        replace(base, windows=(span(0, 901),)),
        replace(base, language="de"),
        replace(base, stamped=True),
        replace(base, terms=()),
    ]
    assert len({repr(one.content()) for one in (base, *others)}) == 6
