"""A bed before encoding: sample by sample, where the MP3 would blur what is to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.audio.mastering.chain.bed import ducked, laid_under
from chaitime_audio.audio.mastering.chain.clips import LevelledClip, levelled_clip
from chaitime_audio.audio.mastering.chain.meter import Levels
from chaitime_audio.domain.sound import Clip, span
from chaitime_audio.errors import ConfigError

pytestmark = pytest.mark.pure

RATE = 44_100
NOTHING = Levels(np.zeros(0), np.zeros(0))
SPEECH = (span(2_003, 4_017), span(6_101, 7_777))


def steady(seconds: float, channels: int = 1) -> LevelledClip:
    """A bed without any movement of its own: what moves in the result was done to it."""
    return LevelledClip(np.full((round(seconds * RATE), channels), 0.3, dtype=np.float32), NOTHING)


def blocks(sound: np.ndarray, size: int) -> Iterator[np.ndarray]:
    """A talk as it streams: in blocks that end anywhere."""
    yield from (sound[at : at + size] for at in range(0, len(sound), size))


def level_db(bed: np.ndarray, at_s: float) -> float:
    """Level of a steady bed at one moment, against that of its clip."""
    return float(20 * np.log10(np.abs(bed[round(at_s * RATE)]).max() / 0.3))


@pytest.mark.parametrize("channels", [1, 2])
def test_it_moves_without_a_click(channels: int) -> None:
    """Pieces of any length in milliseconds meet without a step, and none is lost."""
    bed = ducked(steady(12, channels), SPEECH, (), 20 * RATE)
    assert bed.shape == (12 * RATE, channels)
    assert np.abs(np.diff(bed, axis=0)).max() < 0.002


def test_it_is_down_at_the_first_word_and_up_again_later() -> None:
    """Ten decibels softer from the first word to the last, back half a second after it."""
    bed = ducked(steady(12), SPEECH, (), 20 * RATE)
    assert level_db(bed, 2.01) == pytest.approx(-20, abs=0.5)
    assert level_db(bed, 4.01) == pytest.approx(-20, abs=0.5)
    assert level_db(bed, 1.7) == pytest.approx(-10, abs=0.5)
    assert level_db(bed, 4.6) == pytest.approx(-10, abs=0.5)
    assert -19 < level_db(bed, 4.25) < -11


def test_the_talk_is_untouched_behind_it() -> None:
    """Where the bed has ended the talk's samples are its own, bit by bit; none is added or lost."""
    talk = np.random.default_rng(3).standard_normal((9 * RATE, 1)).astype(np.float32)
    bed = ducked(steady(4), SPEECH, (), len(talk))
    heard = np.concatenate(list(laid_under(blocks(talk, 10_007), bed)))
    assert len(heard) == len(talk)
    assert np.array_equal(heard[4 * RATE :], talk[4 * RATE :])
    assert not np.array_equal(heard[: 4 * RATE], talk[: 4 * RATE])


def test_it_is_the_same_whatever_the_blocks() -> None:
    """The result depends neither on the run nor on how the talk arrives."""
    talk = np.random.default_rng(4).standard_normal((5 * RATE, 1)).astype(np.float32)
    first, second = (
        np.concatenate(list(laid_under(blocks(talk, size), ducked(steady(4), SPEECH, (), len(talk)))))
        for size in (4_096, 33_333)
    )
    assert np.array_equal(first, second)


def test_one_longer_than_the_talk_is_faded_before_its_end() -> None:
    """It is cut to the talk and still ends in silence, not at a wall."""
    bed = ducked(steady(60), (), (), 10 * RATE)
    assert len(bed) == 10 * RATE
    assert level_db(bed, 6.9) == pytest.approx(-10, abs=0.5)
    assert -26 < level_db(bed, 9.0) < -12
    assert np.abs(bed[-5:]).max() < 0.001


def test_speech_that_was_cut_does_not_duck() -> None:
    """A span inside a cut is no speech of the published talk; one behind it comes earlier."""
    cuts = ((2 * RATE, 5 * RATE),)
    bed = ducked(steady(12), SPEECH, cuts, 20 * RATE)
    assert level_db(bed, 2.1) == pytest.approx(-10, abs=0.5)
    assert level_db(bed, 4.0) == pytest.approx(-20, abs=0.5)


@pytest.mark.integration
def test_one_that_cannot_be_read_is_the_configurations_fault(tmp_path: Path) -> None:
    """It names itself and counts as a wrong setting, not as a bad recording."""
    path = tmp_path / "bed.flac"
    path.write_bytes(b"fLaC and no more")
    with pytest.raises(ConfigError, match=r"bed\.flac"):
        levelled_clip(Clip(str(path), "", 5_000), 1, -16.0)
