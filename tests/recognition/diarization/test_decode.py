from __future__ import annotations

import numpy as np

from chaitime_audio.recognition.diarization.steps.decode import activity, course, turns
from chaitime_audio.recognition.diarization.steps.frames import FRAMES_PER_CHUNK, join, middle_ms

VOICES = np.eye(2, 8, dtype=np.float32)


def _points(labels: list[int]) -> np.ndarray:
    return VOICES[labels] * 0.7


def test_change_inside_a_stretch_is_found() -> None:
    """Two people whom the segmentation joined in one stretch are parted where the sound changes."""
    labels = [0] * 15 + [1] * 15
    assert course(_points(labels), np.zeros(30, dtype=np.int32), VOICES).tolist() == labels


def test_odd_point_inside_a_stretch_changes_nothing() -> None:
    """A tenth of a second that sounds like the other is not believed in the middle of a stretch."""
    path = course(_points([0] * 10 + [1] + [0] * 10), np.zeros(21, dtype=np.int32), VOICES)
    assert set(path.tolist()) == {0}


def test_short_answer_of_its_own_stretch_is_believed() -> None:
    """Three tenths are enough where the segmentation heard a stretch of its own."""
    stretch = np.repeat([0, 1, 2], [10, 3, 10]).astype(np.int32)
    labels = [0] * 10 + [1] * 3 + [0] * 10
    assert course(_points(labels), stretch, VOICES).tolist() == labels


def test_points_without_embedding_go_with_their_neighbours() -> None:
    """NaN says nothing: the voice before and after it stays."""
    points = _points([0] * 12)
    points[5:7] = np.nan
    assert set(course(points, np.zeros(12, dtype=np.int32), VOICES).tolist()) == {0}


def test_no_points_no_course() -> None:
    """A recording without speech has an empty course."""
    assert course(np.zeros((0, 8), dtype=np.float32), np.zeros(0, dtype=np.int32), VOICES).tolist() == []


def test_both_are_active_in_an_overlap() -> None:
    """Where two speak at once both have a turn; words go to one of them."""
    local = np.zeros((1, FRAMES_PER_CHUNK, 3), dtype=bool)
    local[0, 50:200, 0] = local[0, 150:300, 2] = True
    frames = join(local, 10_000)
    main = np.full(len(frames.count), -1, dtype=np.int32)
    main[50:150], main[200:300] = 1, 0
    active, only = activity(frames, main, 2)
    assert active[[100, 175, 250, 400]].tolist() == [
        [False, True],
        [True, True],
        [True, False],
        [False, False],
    ]
    assert only[[100, 250, 400]].tolist() == [1, 0, -1]
    assert only[175] in (0, 1)


def test_words_under_a_backchannel_stay_with_the_speaker() -> None:
    """The other's "mm-hmm" over running speech takes no words, however much the other says elsewhere."""
    for speaker, listener in ((0, 1), (1, 0)):
        local = np.zeros((1, FRAMES_PER_CHUNK, 3), dtype=bool)
        local[0, 20:300, 0] = local[0, 140:170, 1] = local[0, 320:560, 1] = True
        frames = join(local, 10_000)
        main = np.full(len(frames.count), -1, dtype=np.int32)
        main[20:140] = main[170:300] = speaker
        main[320:560] = listener
        active, only = activity(frames, main, 2)
        assert active[150].all()
        assert set(only[20:300].tolist()) == {speaker}


def test_interruption_is_shared() -> None:
    """Where one breaks in on the other, half of the overlap is the first one's, half the other's."""
    local = np.zeros((1, FRAMES_PER_CHUNK, 3), dtype=bool)
    local[0, 20:300, 0] = local[0, 260:560, 1] = True
    frames = join(local, 10_000)
    main = np.full(len(frames.count), -1, dtype=np.int32)
    main[20:260], main[300:560] = 1, 0
    _, only = activity(frames, main, 2)
    assert only[262:278].tolist() == [1] * 16
    assert only[282:298].tolist() == [0] * 16


def test_local_voice_of_two_people_is_named_by_what_is_near() -> None:
    """Where one local voice is two people, an overlap goes to the one who speaks next to it."""
    local = np.zeros((1, FRAMES_PER_CHUNK, 3), dtype=bool)
    local[0, 0:100, 0] = local[0, 300:400, 0] = local[0, 380:440, 1] = local[0, 120:290, 1] = True
    frames = join(local, 10_000)
    main = np.full(len(frames.count), -1, dtype=np.int32)
    main[0:100], main[120:290], main[300:380], main[400:440] = 0, 1, 2, 1
    active, _ = activity(frames, main, 3)
    assert active[390].tolist() == [False, True, True]


def test_pauses_are_filled_only_where_nobody_speaks() -> None:
    """A breath does not end a turn; the other's "mm-hmm" in it does not become talking over each other."""
    active = np.zeros((200, 2), dtype=bool)
    active[10:50, 0] = active[60:90, 0] = True
    active[100:120, 0] = active[130:150, 0] = active[122:128, 1] = True
    found = turns(active, 300, 60_000)
    mine = [(start, end) for voice, start, end in found if voice == 0]
    assert mine == [
        (round(middle_ms(10)), round(middle_ms(120))),
        (round(middle_ms(130)), round(middle_ms(150))),
    ]
    assert [start for _, start, _ in found] == sorted(start for _, start, _ in found)


def test_turns_end_with_the_recording() -> None:
    """No turn reaches beyond the sound; one that would lie behind it is left out."""
    active = np.ones((100, 1), dtype=bool)
    assert turns(active, 300, 1_000) == [(0, 0, 1_000)]
    assert turns(active[:1], 300, 0) == []
