"""The levels that the strip draws."""

from __future__ import annotations

import numpy as np
import pytest

from chaitime_audio.studio.loudness import COLUMNS, Loudness

pytestmark = pytest.mark.pure


def levels(samples: np.ndarray, block: int = 1_000) -> list[int]:
    """Read in blocks, as from a file."""
    found = Loudness(len(samples))
    for at in range(0, len(samples), block):
        found.add(samples[at : at + block].astype("<i2").tobytes())
    return found.levels()


def test_a_quiet_half_is_low_and_blocks_make_no_difference() -> None:
    """The level follows the sound wherever blocks end; a half as loud is half as high."""
    samples = np.concatenate([np.full(60_000, 4_000), np.full(60_000, -8_000)])
    found = levels(samples)
    assert found == levels(samples, 7_777) == levels(samples, 120_000)
    assert (len(found), found[10], found[-10]) == (COLUMNS, 50, 100)


@pytest.mark.parametrize("count", [0, 1, 1_199, 1_201, 5_003])
def test_any_length_has_a_level_for_every_stretch(count: int) -> None:
    """Nothing, one sample, and lengths that do not divide."""
    found = levels(np.full(count, 500))
    assert 1 <= len(found) <= COLUMNS
    assert all(0 <= one <= 100 for one in found)


def test_silence_is_flat() -> None:
    """No division by what is not there."""
    assert set(levels(np.zeros(4_000))) == {0}
