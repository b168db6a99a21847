"""The text that a file was made from is found again among all that was decided since."""

from __future__ import annotations

import random

import pytest

from chaitime_audio.pipeline.import_base import nearest


@pytest.mark.parametrize("count", [1, 2, 3, 7, 40, 1000])
def test_the_text_with_fewest_changes_is_found_in_few_steps(count: int) -> None:
    """Every decision since the export is one more change; the search looks at few of them."""
    for base in {0, count // 3, count // 2, count - 1}:
        asked: list[int] = []

        def distance(back: int, base: int = base, asked: list[int] = asked) -> int:
            asked.append(back)
            return 5 + abs(back - base)

        assert nearest(distance, count) == base
        assert len(asked) == len(set(asked)) <= 4 * count.bit_length() + 2


def test_what_does_not_differ_is_not_looked_for() -> None:
    """A file of today's text costs one look; decisions that change no text are not gone back behind."""
    asked: list[int] = []
    assert nearest(lambda back: asked.append(back) or 0, 500) == 0
    assert asked == [0]
    assert nearest(lambda _back: 3, 500) == 0


def test_some_decisions_change_several_places_and_some_none() -> None:
    """Whatever each is worth, the text found is as near as any."""
    for seed in range(50):
        chance = random.Random(seed)
        worth = [chance.randint(1, 3) for _ in range(60)]
        base = chance.randint(0, 60)
        steps = [sum(worth[min(back, base) : max(back, base)]) for back in range(61)]
        assert nearest(lambda back, steps=steps: steps[back], 61) == base
