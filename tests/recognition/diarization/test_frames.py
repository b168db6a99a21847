from __future__ import annotations

import numpy as np

from chaitime_audio.recognition.diarization.steps import frames as _frames
from chaitime_audio.recognition.diarization.steps.frames import chunk_count, first_frame, join, runs

FRAMES = _frames.FRAMES_PER_CHUNK


def _speech(chunks: int, spans: list[tuple[int, int, int]]) -> np.ndarray:
    """Chunks that hear local voice ``slot`` in global frames ``first`` to ``end``."""
    voices = np.zeros((chunks, FRAMES, 3), dtype=bool)
    for slot, first, end in spans:
        for chunk in range(chunks):
            shift = first_frame(chunk)
            voices[chunk, max(0, first - shift) : max(0, end - shift), slot] = True
    return voices


def test_chunks_cover_every_sample() -> None:
    """One chunk for anything up to 10 s, one more for each 2.5 s begun."""
    seconds = [0, 1, 10, 10.0000625, 12.5, 12.6, 3600]
    assert [chunk_count(round(length * 16_000)) for length in seconds] == [1, 1, 1, 2, 2, 3, 1437]


def test_local_voices_are_matched_across_chunks() -> None:
    """A voice stays one line although the network numbers it differently in every chunk."""
    voices = _speech(4, [(0, 100, 500), (1, 520, 900)])
    voices[1] = voices[1][:, [2, 0, 1]]
    voices[3] = voices[3][:, [1, 2, 0]]
    frames = join(voices, 17_500)
    assert len({int(label) for label in frames.alone[110:490]}) == 1
    assert len({int(label) for label in frames.alone[530:890]}) == 1
    assert frames.alone[300] != frames.alone[700]


def test_count_says_how_many_speak() -> None:
    """Frames of two voices count two and belong to nobody alone."""
    frames = join(_speech(3, [(0, 100, 400), (1, 300, 500)]), 15_000)
    assert frames.count[[50, 200, 350, 450]].tolist() == [0, 1, 2, 1]
    assert frames.alone[[50, 350]].tolist() == [-1, -1]


def test_line_ends_with_the_recording() -> None:
    """Padding after the end is not heard: nothing lies behind the recording's last frame."""
    frames = join(np.ones((1, FRAMES, 3), dtype=bool), 1_000)
    assert _frames.middle_ms(len(frames.count) - 1) <= 1_000


def test_short_pauses_do_not_cut_a_stretch() -> None:
    """A stretch goes on over a pause of 0.15 s, and ends at a longer one or another voice."""
    frames = join(_speech(3, [(0, 100, 200), (0, 207, 300), (0, 340, 400), (1, 400, 450)]), 15_000)
    assert [(item.first, item.end) for item in frames.stretches] == [(100, 300), (340, 400), (400, 450)]


def test_runs_leave_out_nobody() -> None:
    """Runs of equal values, the negative ones left out."""
    assert runs(np.array([-1, 2, 2, 0, -1, -1, 0])) == [(1, 3), (3, 4), (6, 7)]
    assert runs(np.array([], dtype=int)) == []
