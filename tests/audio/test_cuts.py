"""Cuts: exactly as long as said, at quiet places, nothing clicks."""

from __future__ import annotations

import numpy as np
import pytest

from chaitime_audio.audio.mastering.chain.cuts import OVERLAP_FRAMES, as_spans, settled, spliced, wished
from chaitime_audio.audio.mastering.chain.pcm import Reader
from chaitime_audio.domain.sound import span
from chaitime_audio.errors import ConfigError

pytestmark = pytest.mark.pure

RATE = 44_100


def in_blocks(sound: np.ndarray, size: int):
    return (sound[start : start + size] for start in range(0, len(sound), size))


@pytest.mark.parametrize("block", [100, 4096, 10**6])
@pytest.mark.parametrize(
    "cuts",
    [
        ((RATE, 2 * RATE),),
        ((RATE, 2 * RATE), (3 * RATE, 3 * RATE + 5000)),
        ((0, RATE),),
        ((3 * RATE, 5 * RATE),),
        ((0, 9000), (RATE, RATE + 4000), (4 * RATE, 5 * RATE)),
    ],
)
def test_exactly_the_cut_is_missing(cuts, block: int) -> None:
    """Length is what it was less the cuts, and what stays is where it belongs to the sample."""
    sound = np.random.default_rng(0).uniform(0.1, 1, (5 * RATE, 1)).astype(np.float32)
    out = np.concatenate(list(spliced(in_blocks(sound, block), cuts, len(sound))))
    assert len(out) == len(sound) - sum(end - start for start, end in cuts)
    kept = np.ones(len(sound), dtype=bool)
    untouched = np.ones(len(sound), dtype=bool)
    for start, end in cuts:
        kept[start:end] = False
        untouched[max(0, start - OVERLAP_FRAMES) : end + OVERLAP_FRAMES] = False
    same = untouched[kept]
    np.testing.assert_array_equal(out[same], sound[kept][same])


def test_the_ends_are_laid_over_each_other() -> None:
    """Across a cut the level neither drops out nor jumps."""
    steady = np.random.default_rng(0).standard_normal((4 * RATE, 1)).astype(np.float32)
    out = np.concatenate(list(spliced(in_blocks(steady, 5000), ((RATE, 2 * RATE),), len(steady))))
    across = out[RATE - OVERLAP_FRAMES // 2 : RATE + OVERLAP_FRAMES // 2]
    assert 0.8 < float(across.std()) < 1.2


def test_a_cut_moves_to_the_quiet_place_beside_it() -> None:
    """A border in the middle of sound goes to a pause within 12 ms, at a zero crossing."""
    sound = np.sin(2 * np.pi * 200 * np.arange(4 * RATE) / RATE).astype(np.float32)[:, None]
    pause = RATE + 300
    sound[pause - 150 : pause + 150] *= 0.001
    near = RATE * 40 // 1000
    around = {at: sound[at - near : at + near] for at in (RATE, 3 * RATE)}
    ((start, end),) = settled(((RATE, 3 * RATE),), around, len(sound))
    assert abs(start - pause) < 150
    assert abs(end - 3 * RATE) <= RATE * 14 // 1000
    assert np.signbit(sound[end, 0]) != np.signbit(sound[end - 1, 0])


def test_cuts_that_touch_become_one() -> None:
    """Overlapping and neighbouring cuts are one; order does not matter; empty ones vanish."""
    made = wished((span(2000, 3000), span(1000, 2010), span(3020, 4000), span(6000, 6000)))
    assert as_spans(made) == (span(1000, 4000),)


def test_a_cut_inside_another_leaves_it_whole() -> None:
    """The longer one counts to its end, whichever comes first."""
    assert wished((span(1000, 5000), span(2000, 3000))) == wished((span(1000, 5000),))


def test_what_lies_beyond_the_recording_is_no_cut() -> None:
    """A cut past the end ends with the recording; one wholly beyond it is left out."""
    silence = np.zeros((2 * RATE * 40 // 1000, 1), dtype=np.float32)
    asked = wished((span(1000, 9000), span(20_000, 21_000)))
    around = {at: silence for cut in asked for at in cut}
    ((start, end),) = settled(asked, around, 4 * RATE)
    assert abs(start - RATE) <= RATE * 14 // 1000
    assert end == 4 * RATE


def test_cutting_everything_is_refused() -> None:
    """Cuts that leave nothing are the human's mistake, and are told so."""
    with pytest.raises(ConfigError, match="leave nothing"):
        list(spliced(in_blocks(np.zeros((RATE, 1), np.float32), 100), ((0, RATE),), RATE))


def test_a_reader_gives_what_is_asked_for() -> None:
    """Frames come in order, in any portions, and end when the stream ends."""
    sound = np.arange(1000, dtype=np.float32)[:, None]
    reader = Reader(in_blocks(sound, 64))
    first = reader.take(100)
    reader.skip(50)
    rest = np.concatenate([*reader.pieces(300), *reader.rest()])
    np.testing.assert_array_equal(np.concatenate([first, rest])[:, 0], np.r_[0:100, 150:1000])
    assert len(reader.take(5)) == 0
