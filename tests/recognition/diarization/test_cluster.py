from __future__ import annotations

import numpy as np
import pytest

from chaitime_audio.recognition.diarization.steps import cluster
from chaitime_audio.recognition.diarization.steps.cluster import centroids, mean_vectors, unit


def _voices(count: int, seed: int = 1) -> np.ndarray:
    return unit(np.random.default_rng(seed).normal(size=(count, 192)).astype(np.float32))


def _talk(
    voices: np.ndarray, order: list[tuple[int, int]], noise: float = 0.04
) -> tuple[np.ndarray, np.ndarray]:
    """Points of voices talking in order: (voice, points), one stretch each."""
    rng = np.random.default_rng(3)
    stretch = np.repeat(np.arange(len(order)), [points for _, points in order]).astype(np.int32)
    clean = np.concatenate([np.repeat(voices[voice][None], points, axis=0) for voice, points in order])
    return unit(clean + rng.normal(scale=noise, size=clean.shape).astype(np.float32)), stretch


def _found(heard: np.ndarray, voices: np.ndarray) -> list[int]:
    """Which true voice each mean vector is closest to."""
    return (heard @ voices.T).argmax(axis=1).tolist()


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_number_of_voices_is_found(count: int) -> None:
    """As many voices as talk, each once, without being told."""
    voices = _voices(count)
    points, stretch = _talk(voices, [(turn % count, 60 + 10 * (turn % 4)) for turn in range(24)])
    assert sorted(_found(centroids(points, stretch), voices)) == list(range(count))


def test_a_line_that_makes_voices_alike_hides_nobody() -> None:
    """Two people on a telephone line, closer to each other than different people ever are, stay two."""
    voices = _voices(3)
    line = unit(np.stack([1.05 * voices[2] + voices[0], 1.05 * voices[2] + voices[1]]))
    points, stretch = _talk(line, [(turn % 2, 90) for turn in range(12)], noise=0.02)
    assert line[0] @ line[1] > 0.45
    assert sorted(_found(centroids(points, stretch), line)) == [0, 1]


def test_noise_makes_nobody() -> None:
    """One person in such noise that pieces of the same voice are far apart stays one."""
    voices = _voices(1)
    points, stretch = _talk(voices, [(0, 90)] * 12)
    pieces = np.random.default_rng(8).normal(scale=0.07, size=(12, 192)).astype(np.float32)
    points = unit(points + pieces[stretch])
    assert len(centroids(points, stretch)) == 1


def test_odd_piece_does_not_hide_two_people() -> None:
    """A laugh apart from two people who are alike is neither a third person nor makes them one."""
    voices = _voices(4)
    people = unit(
        np.stack([1.05 * voices[2] + voices[0], 1.05 * voices[2] + voices[1], voices[2] + voices[3]])
    )
    points, stretch = _talk(people, [(0, 300), (1, 300), (2, 40), (0, 300), (1, 300)], noise=0.02)
    assert sorted(_found(centroids(points, stretch), people[:2])) == [0, 1]


def test_scraps_are_no_voice() -> None:
    """A cough that sounds like nobody, 1.2 s in five minutes, does not become a person."""
    voices = _voices(3)
    points, stretch = _talk(voices, [(0, 300), (1, 300), (2, 12), (0, 300), (1, 300)])
    assert sorted(_found(centroids(points, stretch), voices)) == [0, 1]


def test_most_talkative_voice_comes_first() -> None:
    """Voices are ordered by how much of them there is."""
    voices = _voices(2)
    points, stretch = _talk(voices, [(0, 100), (1, 300)])
    assert _found(centroids(points, stretch), voices) == [1, 0]


def test_known_count_joins_and_parts() -> None:
    """A known count is kept to, also where the sound alone would say more or fewer."""
    far = _voices(3)
    near = unit(np.stack([far[0], far[0] + 0.55 * far[1]]))
    for voices, asked in ((far, 2), (near, 2)):
        points, stretch = _talk(voices, [(turn % len(voices), 80) for turn in range(12)])
        assert len(centroids(points, stretch, asked)) == asked
    assert len(centroids(points, stretch)) == 1


def test_known_count_is_not_filled_with_scraps() -> None:
    """Asked for two in a recording with a long cough, it gives the two people, not a person and a cough."""
    voices = _voices(3)
    near = unit(np.stack([voices[0], voices[0] + 0.9 * voices[1], voices[2]]))
    points, stretch = _talk(near, [(0, 300), (1, 300), (2, 14), (0, 300), (1, 300)])
    assert sorted(_found(centroids(points, stretch, 2), near)) == [0, 1]


def test_points_without_embedding_are_left_out() -> None:
    """NaN points change nothing; nothing but NaN gives no voice."""
    voices = _voices(2)
    points, stretch = _talk(voices, [(0, 100), (1, 100)])
    points[::3] = np.nan
    assert len(centroids(points, stretch)) == 2
    assert centroids(np.full((4, 192), np.nan, dtype=np.float32), np.zeros(4, dtype=np.int32)).shape == (
        0,
        192,
    )


def test_linkage_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the recording, the quadratic step sees a bounded number of units."""
    from scipy.cluster import hierarchy

    seen = []
    real = hierarchy.linkage
    monkeypatch.setattr(hierarchy, "linkage", lambda data, **kw: seen.append(len(data)) or real(data, **kw))
    monkeypatch.setattr(cluster, "_MOST_UNITS", 50)
    voices = _voices(2)
    points, stretch = _talk(voices, [(turn % 2, 60) for turn in range(100)])
    assert len(centroids(points, stretch)) == 2
    assert seen == [50]


def test_mean_vectors_are_unit_and_skip_nan() -> None:
    """The mean of each label's valid points, length 1."""
    points = np.array([[1, 0], [0, 1], [np.nan, np.nan], [0, 1]], dtype=np.float32)
    made = mean_vectors(points, np.array([0, 0, 0, 1]), 2)
    np.testing.assert_allclose(made, [[0.7071, 0.7071], [0, 1]], atol=1e-4)
