"""Per-speaker levelling: as loud as each other, no pumping, nothing lifted that is not speech."""

from __future__ import annotations

import numpy as np
import pytest

from chaitime_audio.audio.mastering.chain.gains import level, voices
from chaitime_audio.audio.mastering.chain.meter import Levels, Meter, integrated
from chaitime_audio.domain.sound import span

TURNS = (
    ("S1", span(0, 6000)),
    ("S2", span(6000, 12_000)),
    ("S1", span(12_200, 16_000)),
    ("S2", span(20_000, 26_000)),
)


@pytest.fixture
def dialogue(sounds):
    """Two voices, the second one softer by so many dB, with room noise throughout; 28 s."""

    def make(softer_db: float) -> np.ndarray:
        sound = np.random.default_rng(5).standard_normal(28 * 44_100) * 1e-4
        for label, turn in TURNS:
            first, last = (at * 44_100 // 1000 for at in (turn.start_ms, turn.end_ms))
            voice = sounds.speech(turn.duration_ms / 1000, 110 if label == "S1" else 190)
            sound[first:last] += voice * (1.0 if label == "S1" else 10 ** (-softer_db / 20))
        return sound.astype(np.float32)[:, None]

    return make


def levels_of(sound: np.ndarray) -> Levels:
    meter = Meter(44_100)
    meter.add(sound)
    meter.close()
    return meter.levels(((1.0, 0.0),))


def unlimited(levels: Levels) -> Levels:
    return levels


@pytest.mark.parametrize("softer_db", [3, 12, 20])
def test_voices_become_equally_loud(softer_db: float, dialogue) -> None:
    """Host and guest end within 1 LU of each other, from 20 dB apart."""
    levels = levels_of(dialogue(softer_db))
    curve = level(levels, TURNS, unlimited)
    assert curve is not None
    before, after = voices(levels.energies, TURNS), voices(levels.lifted(10 ** (curve / 20)).energies, TURNS)
    assert before["S1"] - before["S2"] == pytest.approx(softer_db, abs=1.5)
    assert abs(after["S1"] - after["S2"]) < 1.0


def test_the_gain_never_jumps(dialogue) -> None:
    """No more than 3 dB within 50 ms, even where one voice follows the other at once."""
    curve = level(levels_of(dialogue(20)), TURNS, unlimited)
    assert np.abs(curve[5:] - curve[:-5]).max() <= 3.0


def test_a_loud_voice_never_gets_the_soft_ones_gain(dialogue) -> None:
    """The gain is down before the loud voice begins, not after."""
    curve = level(levels_of(dialogue(12)), TURNS, unlimited)
    assert curve[1220:1590].max() < 0.5
    assert curve[640:1150].min() > 10


def test_a_long_pause_is_not_lifted(dialogue) -> None:
    """Room noise between two turns keeps its level."""
    curve = level(levels_of(dialogue(20)), TURNS, unlimited)
    assert curve[1700:1900].max() < 0.5


def test_a_wrong_label_does_not_hurt_the_ears(dialogue) -> None:
    """Where the diarization gives the loud voice the soft one's name, it is not made far louder."""
    wrong = (*TURNS[:2], ("S2", span(12_200, 14_000)), ("S1", span(14_000, 16_000)), TURNS[3])
    levels = levels_of(dialogue(20))
    curve = level(levels, wrong, unlimited)
    lifted = levels.lifted(10 ** (curve / 20)).energies
    assert integrated(lifted[1230:1390]) - integrated(levels.energies[0:600]) < 5


def test_a_voice_with_sharp_peaks_gets_what_the_limiter_will_take(dialogue) -> None:
    """Voices are equal after the limiter, which is where they are heard."""
    levels = levels_of(dialogue(0))

    def hard_on_the_second(given: Levels) -> Levels:
        factor = np.ones(len(given.peaks))
        for label, turn in TURNS:
            factor[turn.start_ms // 10 : turn.end_ms // 10] = 0.7 if label == "S2" else 1.0
        return given.lifted(factor)

    curve = level(levels, TURNS, hard_on_the_second)
    after = voices(hard_on_the_second(levels.lifted(10 ** (curve / 20))).energies, TURNS)
    assert abs(after["S1"] - after["S2"]) < 1.0


@pytest.mark.parametrize("turns", [(), TURNS[:1], (("S1", span(0, 500)), ("S2", span(6000, 6500)))])
def test_nothing_to_level_changes_nothing(turns, dialogue) -> None:
    """Without two voices that can be measured, every gain is left alone."""
    assert level(levels_of(dialogue(12)), turns, unlimited) is None


def test_equal_voices_are_left_alone(dialogue) -> None:
    """Half a decibel is not worth a change."""
    same = (("S1", span(0, 3000)), ("S2", span(3000, 6000)))
    levels = levels_of(dialogue(0))
    doubled = Levels(np.tile(levels.energies[:300], 2), np.tile(levels.peaks[:300], 2))
    assert level(doubled, same, unlimited) is None
