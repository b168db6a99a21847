"""Windows: all speech, none of the silence, borders where nobody speaks."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from chaitime_audio.domain.sound import Span, SpeechActivity, span
from chaitime_audio.recognition.asr.windowed.windows import (
    LONGEST_GAP_MS,
    LONGEST_MS,
    PAD_MS,
    settled,
    windows,
)
from chaitime_audio.recognition.context import Sound


def _random_spans(seed: int, end_ms: int) -> tuple[Span, ...]:
    chance, at, found = random.Random(seed), 0, []
    while at < end_ms:
        start = at + chance.choice((40, 200, 700, 2_000, 9_000))
        end = start + chance.choice((90, 800, 4_000, 15_000, 45_000))
        if end > end_ms:
            break
        found.append(span(start, end))
        at = end
    return tuple(found)


@pytest.mark.parametrize("seed", range(12))
def test_windows_hold_all_speech_once(make_sound: Callable[..., Sound], seed: int) -> None:
    """All speech lies in exactly one window each; windows are in order, inside, and fit Whisper."""
    noise = np.random.default_rng(seed).normal(0, 0.1, 300 * 16_000)
    sound, spans = make_sound(noise), _random_spans(seed, 300_000)
    found = windows(sound, SpeechActivity(spans))
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(found))
    assert all(0 <= one.start_ms < one.end_ms <= sound.duration_ms for one in found)
    assert all(one.duration_ms <= LONGEST_MS + 2 * PAD_MS <= 30_000 for one in found)
    for item in spans:
        assert sum(item.overlap_ms(one) for one in found) == item.duration_ms


@pytest.mark.parametrize("seed", range(12))
def test_settled_windows_are_never_taken_back(make_sound: Callable[..., Sound], seed: int) -> None:
    """What is settled after any part of the speech is how all windows begin in the end, and it grows."""
    noise = np.random.default_rng(seed).normal(0, 0.1, 300 * 16_000)
    sound, spans = make_sound(noise), _random_spans(seed, 300_000)
    whole, known = windows(sound, SpeechActivity(spans)), 0
    for until_ms in range(0, 300_001, 20_000):
        early = settled(sound, [item for item in spans if item.start_ms < until_ms], until_ms)
        assert early == whole[: len(early)]
        assert len(early) >= known
        known = len(early)
    assert known >= len(whole) - 4


def test_silence_is_skipped(make_sound: Callable[..., Sound]) -> None:
    """A silence longer than three seconds lies in no window; no speech means no window."""
    sound = make_sound(np.zeros(60 * 16_000))
    found = windows(sound, SpeechActivity((span(1_000, 5_000), span(5_100 + LONGEST_GAP_MS, 12_000))))
    assert [(one.start_ms, one.end_ms) for one in found] == [(600, 5_400), (7_700, 12_400)]
    assert windows(sound, SpeechActivity(())) == ()


def test_a_long_span_is_cut_where_it_is_quiet(make_sound: Callable[..., Sound]) -> None:
    """Speech without any pause is cut at the quietest place of the last ten seconds that fit."""
    samples = np.random.default_rng(1).normal(0, 0.1, 50 * 16_000)
    samples[int(21.3 * 16_000) : int(21.6 * 16_000)] *= 0.01
    first, second = windows(make_sound(samples), SpeechActivity((span(0, 50_000),)))[:2]
    assert first.end_ms == second.start_ms
    assert 21_300 <= first.end_ms <= 21_600


def test_borders_lie_in_long_pauses(make_sound: Callable[..., Sound]) -> None:
    """Of two ways with equally many windows, the one that cuts in the longer pause is taken."""
    spans = (span(0, 12_000), span(12_800, 26_000), span(26_050, 30_000), span(30_050, 40_000))
    found = windows(make_sound(np.zeros(41 * 16_000)), SpeechActivity(spans))
    assert len(found) == 2
    assert 12_000 <= found[0].end_ms <= found[1].start_ms <= 12_800
