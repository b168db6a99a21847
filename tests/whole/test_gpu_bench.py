"""The script that measures a GPU, which no machine of its makers has: it must at least run."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.models


def test_the_whole_way_is_gone_on_the_cpu() -> None:
    """Both engines hear the sample's first seconds, and words and errors are counted by kind."""
    from bench.gpu import rehearse

    rows = list(rehearse("tiny.en"))
    assert [row.name for row in rows] == ["CTranslate2, tiny.en, cpu", "openai-whisper, tiny.en, cpu"]
    for row in rows:
        (kind,) = row.words
        assert row.words[kind] > 10
        assert row.errors[kind] <= row.words[kind] / 5
        assert row.wall_per_s > 0
