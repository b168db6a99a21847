from __future__ import annotations

import numpy as np
import pytest

from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Diarization, Turn
from chaitime_audio.recognition.diarization.steps.embed import HOP_MS, Points, points_of
from chaitime_audio.recognition.diarization.steps.frames import (
    FRAMES_PER_CHUNK,
    Frames,
    first_frame,
    join,
    middle_ms,
)
from chaitime_audio.recognition.diarization.steps.voices import sure_of_number, voices

PEOPLE = np.eye(3, 192, dtype=np.float32)


def _heard(talk: list[tuple[int, int, int]], seconds: int) -> tuple[Frames, Points]:
    """What the networks would say of people talking: (person, first ms, end ms); all as one local voice."""
    chunks = 1 + max(0, -(-(seconds - 10) * 2 // 5))
    local = np.zeros((chunks, FRAMES_PER_CHUNK, 3), dtype=bool)
    for _, start_ms, end_ms in talk:
        for chunk in range(chunks):
            at_ms = middle_ms(first_frame(chunk)) + 16.875 * np.arange(FRAMES_PER_CHUNK)
            local[chunk, (at_ms >= start_ms) & (at_ms < end_ms), 0] = True
    frames = join(local, seconds * 1000)
    rows = [
        (at_ms, number, PEOPLE[next(who for who, start, end in talk if start - 50 <= at_ms < end + 50)])
        for number, item in enumerate(frames.stretches)
        for at_ms, _ in points_of((round(middle_ms(item.first)), round(middle_ms(item.end))))
    ]
    at_ms, stretch, vectors = zip(*rows, strict=True)
    noise = np.random.default_rng(5).normal(scale=0.02, size=(len(rows), 192))
    made = np.array(vectors) + noise.astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return frames, Points(np.array(at_ms), np.array(stretch, dtype=np.int32), made.astype(np.float32))


def _labels(found: Diarization) -> list[str]:
    return [turn.label for turn in found.exclusive]


def test_two_people_in_one_local_voice_are_told_apart() -> None:
    """Turns follow the sound of the voices, though the segmentation heard only one."""
    talk = [(0, 500, 8_000), (1, 8_000, 15_000), (0, 16_000, 22_000), (1, 23_000, 29_000)]
    found = voices(*_heard(talk, 30), 0, 30_000)
    assert _labels(found) == ["S1", "S2", "S1", "S2"]
    for turn, (_, start_ms, end_ms) in zip(found.exclusive, talk, strict=True):
        assert abs(turn.span.start_ms - start_ms) <= 100
        assert abs(turn.span.end_ms - end_ms) <= 100


def test_labels_count_by_first_appearance() -> None:
    """Whoever is heard first is S1, also when the other talks far more."""
    found = voices(*_heard([(1, 500, 3_500), (0, 5_000, 28_000)], 30), 0, 30_000)
    assert _labels(found) == ["S1", "S2"]
    assert found.labels == ("S1", "S2")


def test_prints_are_unit_vectors_of_the_voices() -> None:
    """Each label has a print: length 1, close to the person's own, with the speech behind it."""
    found = voices(*_heard([(0, 500, 10_500), (2, 12_000, 28_000)], 30), 0, 30_000)
    assert [item.label for item in found.prints] == ["S1", "S2"]
    for item, person, speech_ms in zip(found.prints, (0, 2), (10_000, 16_000), strict=True):
        assert abs(np.linalg.norm(item.vector) - 1) < 1e-4
        assert item.vector[person] > 0.9
        assert abs(item.speech_ms - speech_ms) <= 2 * HOP_MS


def test_known_count_is_kept_to() -> None:
    """Told there is one person, it gives one."""
    found = voices(*_heard([(0, 500, 10_500), (2, 12_000, 28_000)], 30), 1, 30_000)
    assert found.labels == ("S1",)


def test_exclusive_turns_never_overlap() -> None:
    """Where two local voices overlap both have turns, but words have one owner."""
    local = np.zeros((1, FRAMES_PER_CHUNK, 3), dtype=bool)
    local[0, 10:300, 0] = local[0, 260:560, 1] = True
    frames = join(local, 10_000)
    spans = [(round(middle_ms(item.first)), round(middle_ms(item.end))) for item in frames.stretches]
    rows = [(at_ms, number) for number, part in enumerate(spans) for at_ms, _ in points_of(part)]
    vectors = np.array([PEOPLE[number] for _, number in rows])
    points = Points(np.array([at for at, _ in rows]), np.array([n for _, n in rows], dtype=np.int32), vectors)
    found = voices(frames, points, 0, 10_000)
    assert found.turns[0].span.overlap_ms(found.turns[1].span) > 500
    assert found.exclusive[0].span.overlap_ms(found.exclusive[1].span) == 0


def test_speech_too_short_to_embed_is_one_voice() -> None:
    """A lone word gives one label without a print rather than nothing."""
    local = np.zeros((1, FRAMES_PER_CHUNK, 3), dtype=bool)
    local[0, 10:20, 0] = True
    nothing = Points(
        np.array([300.0]), np.zeros(1, dtype=np.int32), np.full((1, 192), np.nan, dtype=np.float32)
    )
    found = voices(join(local, 1_000), nothing, 0, 1_000)
    assert (found.labels, found.prints) == (("S1",), ())


def test_silence_has_no_turns() -> None:
    """Nothing heard, nobody there."""
    frames = join(np.zeros((1, FRAMES_PER_CHUNK, 3), dtype=bool), 5_000)
    nothing = Points(np.zeros(0), np.zeros(0, dtype=np.int32), np.zeros((0, 192), dtype=np.float32))
    assert voices(frames, nothing, 0, 5_000) == Diarization((), ())


@pytest.mark.parametrize("parted", [0.0, 0.5, 0.75, 1.0])
def test_how_sure_the_number_is_depends_on_what_there_is_to_hear(parted: float) -> None:
    """More to hear makes it surer; pieces that fit no voice make it less so, whatever the search thinks."""

    def sure(seconds: float, voices: int, unlike: float = 0.0) -> float:
        each_ms = round(seconds * 1000 / voices)
        turns = (Turn(f"S{at}", span(at * each_ms, (at + 1) * each_ms)) for at in range(voices))
        return sure_of_number(parted, unlike, tuple(turns))

    assert sure(20, 6) < sure(20, 2) < sure(60, 2) <= sure(600, 2) < 1
    assert sure(20, 6, unlike=0.1) < 0.6 < sure(60, 2)
    assert sure(60, 2, unlike=0.2) < 0.6
    assert sure(0.1, 1) < 0.05
    assert sure_of_number(parted, 0.0, ()) < 0.05
