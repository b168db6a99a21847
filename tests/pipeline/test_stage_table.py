"""A stage is one row, from which everybody who speaks of stages reads."""

from __future__ import annotations

import inspect
from typing import get_args, get_type_hints

import pytest

from chaitime_audio.batch.eta import WEIGHTS
from chaitime_audio.batch.status import OPTIONAL
from chaitime_audio.cli.console import TITLES
from chaitime_audio.cli.status_table import COLUMNS
from chaitime_audio.errors import UsageError
from chaitime_audio.pipeline import stages
from chaitime_audio.pipeline.stage_table import STAGE_NAMES, STAGES, StageRow, check_stages


def test_an_unknown_stage_is_refused_with_a_suggestion() -> None:
    """A misspelt --again names the nearest stage."""
    with pytest.raises(UsageError, match="did you mean “transcript”"):
        check_stages({"transcribt"})
    check_stages(STAGE_NAMES)


@pytest.mark.parametrize("row", STAGES, ids=lambda row: row.name)
def test_a_row_is_all_there_is_to_tell_of_a_stage(row: StageRow) -> None:
    """Each has a function of its name that makes what the row says, and is told under its title."""
    made = get_type_hints(getattr(stages, row.name), vars(stages))["return"]
    inside = {made, *get_args(made), *(inner for outer in get_args(made) for inner in get_args(outer))}
    assert row.makes in inside
    assert TITLES[row.name] == row.title
    assert (row.name in OPTIONAL) == row.optional
    assert COLUMNS.get(row.name, "") == row.column
    assert WEIGHTS.get(row.name, 0.0) == row.weight


def test_the_weights_are_parts_of_one_episode() -> None:
    """What stages weigh adds up to a whole episode."""
    assert sum(row.weight for row in STAGES) == pytest.approx(1.0)
    assert len(set(STAGE_NAMES)) == len(STAGES)


def test_every_stage_function_has_a_row() -> None:
    """A function that makes an artifact cannot be without a row: ``_stage`` knows rows only."""
    source = inspect.getsource(stages)
    assert source.count("once(stage,") == len(STAGES)
