"""The number of people, looked at a second time: by sound and by what the segmentation hears."""

from __future__ import annotations

import numpy as np
import pytest

from chaitime_audio.recognition.diarization.steps.cluster import grow, unit
from chaitime_audio.recognition.diarization.steps.embed import Points, points_of
from chaitime_audio.recognition.diarization.steps.frames import (
    FRAMES_PER_CHUNK,
    Frames,
    first_frame,
    join,
    middle_ms,
)
from chaitime_audio.recognition.diarization.steps.second_look import Look, look_again

Talk = list[tuple[int, int, int]]
"""(person, first ms, end ms)"""


def _heard(talk: Talk, people: np.ndarray, noise: float, slots: bool) -> tuple[Frames, Points]:
    """What the networks say of a talk; ``slots``: the segmentation gives each person a local voice."""
    seconds = talk[-1][2] // 1000 + 1
    chunks = 1 + max(0, -(-(seconds - 10) * 2 // 5))
    local = np.zeros((chunks, FRAMES_PER_CHUNK, 3), dtype=bool)
    for who, start_ms, end_ms in talk:
        for chunk in range(chunks):
            at_ms = middle_ms(first_frame(chunk)) + 16.875 * np.arange(FRAMES_PER_CHUNK)
            local[chunk, (at_ms >= start_ms) & (at_ms < end_ms), who if slots else 0] = True
    frames = join(local, seconds * 1000)
    rng, rows = np.random.default_rng(5), []
    for number, item in enumerate(frames.stretches):
        piece = rng.normal(scale=noise, size=192)
        for at_ms, _ in points_of((round(middle_ms(item.first)), round(middle_ms(item.end)))):
            who = next(who for who, start, end in talk if start - 60 <= at_ms < end + 60)
            rows.append((at_ms, number, people[who] + piece + rng.normal(scale=0.02, size=192)))
    at_ms, stretch, vectors = zip(*rows, strict=True)
    made = unit(np.array(vectors, dtype=np.float32))
    return frames, Points(np.array(at_ms), np.array(stretch, dtype=np.int32), made)


def _look(talk: Talk, alike: float, noise: float, *, slots: bool) -> Look:
    """Look at two people whose cosine is ``alike``."""
    frames, points = _heard(talk, _pair(alike), noise, slots)
    return look_again(frames, points, grow(points.vectors, points.stretch))


def _pair(alike: float) -> np.ndarray:
    made = np.zeros((2, 192))
    made[0, 0] = 1
    made[1, :2] = alike, (1 - alike**2) ** 0.5
    return made


def _in_turn(turns: int, turn_ms: int) -> Talk:
    return [
        (turn % 2, 500 + turn * (turn_ms + 600), 500 + turn * (turn_ms + 600) + turn_ms)
        for turn in range(turns)
    ]


def test_turns_that_answer_each_other_are_two_people() -> None:
    """Voices as alike as on a telephone are two people where the segmentation parts their turns, too."""
    look = _look(_in_turn(12, 2_500), 0.6, 0.03, slots=True)
    assert len(look.found.vectors) == 2
    assert look.sureness > 0.5


@pytest.mark.parametrize("noise", [0.0, 0.03, 0.05])
def test_one_reader_stays_one(noise: float) -> None:
    """One person's turns, however unlike themselves by noise, are one voice."""
    look = _look([(0, start, end) for _, start, end in _in_turn(12, 4_000)], 0.6, noise, slots=False)
    assert len(look.found.vectors) == 1
    assert look.sureness > 0.5


def test_what_is_plain_is_sure_and_what_is_not_is_less_so() -> None:
    """Voices far apart are surer to be two than voices that are nearly one."""
    far = _look(_in_turn(12, 2_500), 0.1, 0.03, slots=True)
    near = _look(_in_turn(12, 2_500), 0.62, 0.03, slots=False)
    assert far.sureness > 0.95 > near.sureness


def test_pieces_that_fit_no_voice_are_counted() -> None:
    """Short words of somebody who is no voice of his own stand out; a talk of the two voices has none."""
    people = np.vstack([_pair(0.1), np.zeros(192)])
    people[2, 2] = 1
    words = [(2, end + 100, end + 500) for _, _, end in _in_turn(12, 2_500)[::3]]
    for strange, least, most in ([], 0.0, 0.0), (words, 0.1, 0.3):
        talk = sorted([*_in_turn(12, 2_500), *strange], key=_begin)
        frames, points = _heard(talk, people, 0.03, slots=True)
        look = look_again(frames, points, grow(points.vectors, points.stretch))
        assert len(look.found.vectors) == 2
        assert least <= look.unlike <= most


def _begin(turn: tuple[int, int, int]) -> int:
    return turn[1]


def test_nothing_embedded_is_nobody() -> None:
    """Without a single embedding there is no voice, and nothing fails."""
    frames = join(np.zeros((1, FRAMES_PER_CHUNK, 3), dtype=bool), 5_000)
    points = Points(np.zeros(0), np.zeros(0, dtype=np.int32), np.zeros((0, 192), dtype=np.float32))
    assert not len(look_again(frames, points, grow(points.vectors, points.stretch)).found.vectors)
