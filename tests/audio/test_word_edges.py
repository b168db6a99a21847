"""Cuts between words by the loudness of the sound: in the quiet, and into no word."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from chaitime_audio.audio.word_edges import AIR_MS, Read, quiet_place, quiet_span, reader
from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Word

NEAR_MS = 20
"""Half of the stretch that a level is measured over, and a step."""


def sound(*loud: tuple[int, int], length_ms: int = 3000, level: float = 0.3) -> NDArray[np.float32]:
    """Faint noise with a louder one in the stretches (ms) given."""
    chance = np.random.default_rng(7)
    made = chance.normal(0, 0.001, length_ms * 16)
    for start, end in loud:
        made[start * 16 : end * 16] += chance.normal(0, level, (end - start) * 16)
    return made.astype(np.float32)


def reading(samples: NDArray[np.float32]) -> Read:
    """What reads these samples."""
    return lambda start, end: samples[max(0, start) * 16 : max(0, end) * 16]


def test_an_end_that_came_early_is_found() -> None:
    """A word that sounds 200 ms longer than its times say ends where it fades, and a little air behind."""
    read = reading(sound((500, 1000), (1600, 2000)))
    found = quiet_place(span(500, 800), span(1580, 2000), read, keep="before")
    assert found == pytest.approx(1000 + AIR_MS, abs=NEAR_MS)


def test_a_start_that_came_late_is_found() -> None:
    """The same at the beginning of the word that stays."""
    read = reading(sound((500, 1000), (1600, 2000)))
    found = quiet_place(span(500, 980), span(1680, 2000), read, keep="after")
    assert found == pytest.approx(1600 - AIR_MS, abs=NEAR_MS)


def test_words_that_touch_are_parted_where_it_is_quietest() -> None:
    """Between words without a pause the cut is made in the dip of 40 ms, not where the times say."""
    read = reading(sound((500, 1000), (1040, 1500)))
    for keep in ("before", "after"):
        found = quiet_place(span(500, 940), span(940, 1500), read, keep=keep)
        assert 1000 - NEAR_MS <= found <= 1040 + NEAR_MS


def test_no_word_is_entered_beyond_its_middle() -> None:
    """However quiet a word is within, the cut stays between the middles of both words."""
    samples = sound((500, 1500))
    samples[560 * 16 : 620 * 16] = 0
    samples[1380 * 16 : 1440 * 16] = 0
    found = quiet_place(span(500, 900), span(900, 1500), reading(samples), keep="before")
    assert 700 <= found <= 1200


def test_a_stop_inside_a_word_is_no_pause() -> None:
    """A word ends in its pause, not in the 60 ms of silence before its last consonant."""
    read = reading(sound((500, 860), (920, 1000)))
    found = quiet_place(span(500, 950), None, read, keep="before")
    assert found == pytest.approx(1000 + AIR_MS, abs=NEAR_MS)


def test_a_long_pause_is_cut_by_the_word_that_stays() -> None:
    """What stays keeps its own air; a door that falls shut in the pause is not taken along."""
    read = reading(sound((500, 1000), (1400, 1500), (1900, 2400)))
    assert quiet_place(span(500, 1000), span(1900, 2400), read, keep="before") < 1100
    assert quiet_place(span(500, 1000), span(1900, 2400), read, keep="after") > 1800


def test_a_cut_takes_words_and_leaves_their_neighbours() -> None:
    """Cut: the neighbours sound whole. Clip: the words themselves do."""
    spoken = ((200, 500), (700, 1000), (1200, 1500), (1700, 2000))
    read = reading(sound(*spoken))
    words = [Word(at, "word", span(start, end - 60), 0.9) for at, (start, end) in enumerate(spoken)]
    gone = quiet_span(words, 1, 2, read, cut=True)
    assert 500 <= gone.start_ms <= 600
    assert 1600 <= gone.end_ms <= 1700
    kept = quiet_span(words, 1, 2, read, cut=False)
    assert 600 <= kept.start_ms <= 700
    assert 1500 <= kept.end_ms <= 1600


def test_the_first_and_the_last_word_have_edges_too() -> None:
    """Without a neighbour the cut lies beside the word, and never before the recording."""
    read = reading(sound((100, 2900)))
    words = [Word(0, "only", span(100, 2900), 0.9)]
    for cut in (False, True):
        found = quiet_span(words, 0, 0, read, cut=cut)
        assert 0 <= found.start_ms <= 100 + NEAR_MS
        assert 2900 - NEAR_MS <= found.end_ms <= 3000


def test_without_the_sound_the_times_are_stretched_within_the_gap() -> None:
    """Where work/ was swept the edges are the words' own and what they usually lack, never a neighbour's."""
    words = [
        Word(at, "word", span(start, end), 0.9) for at, (start, end) in enumerate(((0, 400), (420, 900)))
    ]
    assert quiet_span(words, 1, 1, None, cut=False) == span(420, 1100)
    assert quiet_span(words, 0, 0, None, cut=False) == span(0, 420)


def test_a_word_that_is_not_there_cannot_stay() -> None:
    """Asked to keep nothing, it refuses."""
    with pytest.raises(ValueError, match="not there"):
        quiet_place(None, span(0, 100), None, keep="before")


def test_decoded_sound_is_read_in_pieces(tmp_path: Path) -> None:
    """A stretch of work/decoded.s16 as floats; nothing is read where it is not there or empty."""
    decoded = tmp_path / "decoded.s16"
    assert reader(decoded) is None
    decoded.write_bytes(np.full(16_000, 16384, dtype="<i2").tobytes())
    read = reader(decoded)
    assert read is not None
    assert read(-50, 10).tolist() == [0.5] * 160
    assert len(read(990, 1200)) == 160
