"""The limiter: a ceiling that holds, everywhere, whatever the blocks."""

from __future__ import annotations

import numpy as np
import pytest

from chaitime_audio.audio.mastering.chain.limiter import BETWEEN_SAMPLES, limited, lowered

pytestmark = pytest.mark.pure


def through(sound: np.ndarray, ceilings: np.ndarray, block: int = 5000, gain_db: float = 0.0) -> np.ndarray:
    pieces = (sound[start : start + block] for start in range(0, len(sound), block))
    return np.concatenate(list(limited(pieces, gain_db, ceilings)))


@pytest.mark.parametrize("frames", [1, 48, 49, 50, 400, 30_017])
@pytest.mark.parametrize("channels", [1, 2])
def test_nothing_passes_the_ceiling_and_nothing_is_lost(frames: int, channels: int) -> None:
    """Every sample stays below the ceiling; as many come out as went in."""
    noise = np.random.default_rng(frames).standard_normal((frames, channels)).astype(np.float32)
    out = through(noise, np.full(100, 0.5), gain_db=6)
    assert out.shape == noise.shape
    assert np.abs(out).max() <= 0.5 / BETWEEN_SAMPLES + 1e-6


def test_blocks_do_not_matter() -> None:
    """The same sound in other pieces comes out the same."""
    noise = np.random.default_rng(1).standard_normal((20_000, 1)).astype(np.float32)
    ceilings = np.full(50, 0.4)
    np.testing.assert_allclose(through(noise, ceilings, 37), through(noise, ceilings, 20_000), atol=1e-6)


def test_what_is_below_the_ceiling_is_left_alone() -> None:
    """A limiter that has nothing to do does nothing."""
    noise = (0.1 * np.random.default_rng(1).standard_normal((20_000, 1))).astype(np.float32)
    np.testing.assert_array_equal(through(noise, np.full(50, 0.9)), noise)


def test_the_gain_comes_down_before_a_peak_without_a_step() -> None:
    """A single peak is met by a smooth gain that begins to fall some ms before it."""
    sound = np.full((20_000, 1), 0.2, dtype=np.float32)
    sound[10_000] = 1.0
    gain = through(sound, np.full(50, 0.5)) / sound
    assert gain[10_000 - 100] < 0.99
    assert np.abs(np.diff(gain[:, 0])).max() < 0.02
    assert gain[-1] == pytest.approx(1.0)


def test_a_ceiling_is_lowered_only_where_it_was_passed() -> None:
    """What was measured too high is lowered there and close by, nowhere else."""
    ceilings = np.full(100, 0.8)
    changed = lowered(ceilings, {50: 1.0, 70: 0.5}, 0.9)
    assert changed[50] == pytest.approx(0.72)
    assert np.flatnonzero(changed < 0.8).tolist() == [48, 49, 50, 51, 52]
