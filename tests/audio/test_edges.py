"""Quiet at both ends is cut, long silences are shortened, the ends fade; all times follow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.audio.mastering.ffmpeg import Engine
from chaitime_audio.audio.probe import probe
from chaitime_audio.domain.sound import Master, MixPlan, SourceMs, Timeline, span

RATE = 44_100


@pytest.fixture
def mastered(tmp_path: Path, silent, sounds):
    """Master a sound and return what is claimed and what is heard."""

    def run(sound: np.ndarray, plan: MixPlan | None = None, **options) -> tuple[Master, np.ndarray]:
        path = sounds.write_wav(tmp_path / "talk.wav", sound)
        target = tmp_path / "master.mp3"
        master = Engine(**options).master(
            probe((path,), "single"), (path,), plan or MixPlan(), target, silent
        )
        return master, sounds.pcm(target)[:, 0]

    return run


def room(seconds: float, loud: float = 3e-4) -> np.ndarray:
    """The noise of an empty room."""
    return (np.random.default_rng(7).standard_normal(round(seconds * RATE)) * loud).astype(np.float32)


def talk(sounds, before_s: float, after_s: float, pause_s: float = 0.0) -> np.ndarray:
    """Four seconds of one voice and of another, room noise before, between and after."""
    one, two = sounds.speech(4, seed=2), sounds.speech(4, 180, seed=5)
    sound = [np.zeros(round(before_s * RATE)), one, np.zeros(round(pause_s * RATE)), two]
    whole = np.concatenate([*sound, np.zeros(round(after_s * RATE))])
    return (whole + room(len(whole) / RATE + 1)[: len(whole)]).astype(np.float32)


def place_of(piece: np.ndarray, sound: np.ndarray) -> int:
    """Where a piece of sound lies in another, by correlation; milliseconds."""
    from scipy.signal import correlate

    return round(1000 * int(np.argmax(correlate(sound, piece, "valid"))) / RATE)


def test_quiet_before_and_after_goes_except_a_margin(sounds, mastered) -> None:
    """Ten quiet seconds before and five after leave a third of a second and less than one."""
    master, heard = mastered(talk(sounds, 10, 5))
    first, last = master.cuts
    assert first.start_ms == 0
    assert 9_500 < first.end_ms < 10_300
    assert last.end_ms == 23_000
    assert master.duration_ms == pytest.approx(23_000 - first.duration_ms - last.duration_ms, abs=2)
    assert np.abs(heard[: RATE // 4]).max() < 0.05


def test_what_speaks_or_sounds_is_never_trimmed(sounds, mastered) -> None:
    """Music before the first word stays, and so does a whisper of which only the diarization knows."""
    time = np.arange(3 * RATE) / RATE
    music = np.sin(2 * np.pi * 440 * time) * 0.05
    sound = np.concatenate([music, np.zeros(4 * RATE), sounds.speech(4), np.zeros(4 * RATE)])
    master, _ = mastered(sound.astype(np.float32), MixPlan(speaker_spans=(("S1", span(13_000, 14_500)),)))
    assert all(cut.start_ms >= 14_500 for cut in master.cuts)


def test_trimming_can_be_turned_off(sounds, mastered) -> None:
    """Without it the MP3 is as long as the recording, and nothing is cut or faded."""
    master, _ = mastered(talk(sounds, 5, 5), trim=False)
    assert master.cuts == ()
    assert master.duration_ms == 18_000


def test_a_long_silence_is_shortened_to_what_was_asked(sounds, mastered) -> None:
    """Of seven quiet seconds two are left, and a published time is where its sound is."""
    sound = talk(sounds, 0, 0, pause_s=7)
    master, heard = mastered(sound, longest_silence_s=2.0)
    (cut,) = [cut for cut in master.cuts if cut.start_ms > 1000]
    assert cut.duration_ms == pytest.approx(5_000, abs=400)
    timeline = Timeline(master.intro_ms, master.cuts)
    for at_ms in (1_500, 12_500):
        piece = sound[at_ms * RATE // 1000 :][: RATE // 2]
        assert place_of(piece, heard) == pytest.approx(timeline.published(SourceMs(at_ms)), abs=30)


def test_short_pauses_stay_and_silences_stay_unless_asked(sounds, mastered) -> None:
    """A pause under the limit is not touched; by default no silence inside the talk is."""
    assert mastered(talk(sounds, 0, 0, pause_s=1.5), longest_silence_s=2.0)[0].cuts == ()
    assert mastered(talk(sounds, 0, 0, pause_s=7))[0].cuts == ()


def test_quiet_beside_a_humans_cut_joins_it(sounds, mastered) -> None:
    """A cut that ends in quiet before the first word becomes one cut with that quiet."""
    plan = MixPlan(cuts=(span(0, 3_000),))
    master, _ = mastered(talk(sounds, 8, 0), plan)
    assert len(master.cuts) == 1
    assert master.cuts[0].end_ms > 7_000


def test_nothing_but_quiet_stays_as_it_is(mastered) -> None:
    """A recording in which nothing sounds is not trimmed to nothing."""
    master, _ = mastered(np.zeros(5 * RATE, dtype=np.float32))
    assert master.duration_ms == 5_000


def test_the_ends_fade_but_not_over_a_word(sounds, mastered) -> None:
    """A talk that begins at full sound loses ten milliseconds to the fade, not its first syllable."""
    time = np.arange(3 * RATE) / RATE
    tone = (np.sin(2 * np.pi * 300 * time) * 0.2).astype(np.float32)
    _, heard = mastered(tone)
    loud = np.abs(heard).max()
    assert np.abs(heard[: RATE // 500]).max() < 0.3 * loud
    assert np.abs(heard[RATE // 40 : RATE // 20]).max() > 0.9 * loud
