"""A sample of each series of hard cases runs with `make test`, all of it with `make torture`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest


def sampled(cases: Iterable[Any], every: int, ids: Callable[[Any], str] = str) -> list[Any]:
    """All cases as parameters; all but one in so many are left to the long run."""
    return [
        pytest.param(case, id=ids(case), marks=() if at % every == 0 else pytest.mark.hard)
        for at, case in enumerate(cases)
    ]
