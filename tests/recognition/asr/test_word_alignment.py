"""Word times from attention: the cheapest path, the running median, whole words."""

from __future__ import annotations

import numpy as np
import pytest

from chaitime_audio.recognition.asr.windowed.word_alignment import (
    _whole_words,
    dtw,
    heard_frames,
    median_of_7,
)


def _cheapest(cost: np.ndarray) -> float:
    total = np.full((cost.shape[0] + 1, cost.shape[1] + 1), np.inf)
    total[0, 0] = 0
    for row in range(cost.shape[0]):
        for column in range(cost.shape[1]):
            before = min(total[row, column], total[row, column + 1], total[row + 1, column])
            total[row + 1, column + 1] = cost[row, column] + before
    return float(total[-1, -1])


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 1), (5, 30), (12, 12), (30, 8)])
def test_the_path_is_the_cheapest(shape: tuple[int, int]) -> None:
    """The warping path is monotone, joins the corners, and costs what plain dynamic programming finds."""
    cost = np.random.default_rng(sum(shape)).normal(size=shape).astype(np.float32)
    rows, columns = dtw(cost)
    assert (rows[0], columns[0]) == (0, 0)
    assert (rows[-1] + 1, columns[-1] + 1) == shape
    steps = {(int(a), int(b)) for a, b in zip(np.diff(rows), np.diff(columns), strict=True)}
    assert steps <= {(0, 1), (1, 0), (1, 1)}
    assert float(cost[rows, columns].sum()) == pytest.approx(_cheapest(cost), abs=1e-4)


@pytest.mark.parametrize("width", [1, 3, 4, 7, 50])
@pytest.mark.models
def test_the_running_median_is_the_median(width: int) -> None:
    """The sorting network gives numpy's median of each seven neighbours, edges mirrored."""
    import torch

    values = np.random.default_rng(width).normal(size=(3, width)).astype(np.float32)
    found = median_of_7(torch.from_numpy(values)).numpy()
    if width < 4:
        assert (found == values).all()
        return
    wide = np.pad(values, ((0, 0), (3, 3)), mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(wide, 7, axis=-1)
    assert (found == np.median(windows, axis=-1).astype(np.float32)).all()


def test_pieces_go_back_on_their_word() -> None:
    """Punctuation, thousands and hyphens stay on their word; opening quotes on the next one."""
    pieces = [" “", "Yes", ",", " 1", ",200", " well", "-known", ".", "”"]
    timed = [(piece, at * 100, at * 100 + 100, 0.5) for at, piece in enumerate(pieces)]
    assert [word for word, *_ in _whole_words(timed, spaced=True)] == ["“Yes,", "1,200", "well-known.”"]


def test_languages_without_blanks_keep_their_pieces() -> None:
    """Where words are not set apart by blanks, each piece stays a word of its own."""
    timed = [("你", 0, 100, 0.5), ("好", 100, 200, 0.5), ("。", 200, 300, 0.5)]
    assert [word for word, *_ in _whole_words(timed, spaced=False)] == ["你", "好。"]


def test_text_that_ends_early_lies_before_its_end() -> None:
    """When Whisper stops in the middle of a window, no word of its text is placed after where it stopped."""

    class Tokenizer:
        timestamp_begin = 1_000

    assert heard_frames(Tokenizer, [1_000, 7, 8, 1_125], 20_000) == 125 + 25
    assert heard_frames(Tokenizer, [1_000, 7, 8, 1_990], 20_000) == 1_000
    assert heard_frames(Tokenizer, [1_000, 7, 8], 20_000) == 1_000
    assert heard_frames(Tokenizer, [], 45_000) == 1_500
