"""What cannot become an episode is refused in one line with the right exit code; what can, becomes one."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from bad_inputs import CASES, BadInput
from samples import sampled

from cli.conftest import Show


def sums(path: Path) -> dict[str, str]:
    """The sum of every recording that was handed in."""
    paths = [path] if path.is_file() else [one for one in path.rglob("source/*") if one.is_file()]
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in paths}


@pytest.mark.parametrize("case", sampled(CASES, every=6, ids=lambda case: case.name))
def test_bad_input(case: BadInput, show: Show) -> None:
    """The exit code is the right one, one line names what is wrong, sources stay, nothing is left lying."""
    path = case.make(show.folder)
    before = sums(path)
    code, _, err = show.run("process", "-q", path)
    assert code == case.code, err
    assert "Traceback" not in err
    assert "unexpected" not in err
    if code:
        assert case.said in err.strip().splitlines()[-1]
        assert len([line for line in err.splitlines() if line.startswith("chaitime: ")]) == 1
    assert before.items() <= sums(path).items()
    assert not [one for one in show.folder.rglob("*") if one.name.endswith(".part")]
    assert os.access(show.folder, os.W_OK)


def test_there_are_enough() -> None:
    """At least forty-eight cases, each with its own name."""
    assert len({case.name for case in CASES}) == len(CASES) >= 48
