"""Our tests see what they are for: a bug planted in any room fails one of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from planted import BUGS, PACKAGE, Planted

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.file)
def test_it_can_be_planted(bug: Planted) -> None:
    """The place that is to be broken is there, once, and so are the tests that are to see it."""
    assert (PACKAGE / bug.file).read_text(encoding="utf-8").count(bug.right) == 1
    assert bug.wrong != bug.right
    assert (TESTS / bug.tests).exists()


def test_every_room_has_one() -> None:
    """At least fifteen, in as many rooms as decide anything."""
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert len(BUGS) >= 15
    assert rooms - {bug.room for bug in BUGS} <= {"api", "exports", "delivery"}


@pytest.mark.hard
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.file)
def test_a_planted_bug_is_seen(bug: Planted, tmp_path: Path) -> None:
    """With the bug in its place, and in a copy of the package, the tests fail; not for want of an import."""
    copy = Path(shutil.copytree(PACKAGE, tmp_path / PACKAGE.name))
    broken = copy / bug.file
    broken.write_text(broken.read_text(encoding="utf-8").replace(bug.right, bug.wrong), encoding="utf-8")
    order = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", str(TESTS / bug.tests)]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        order, cwd=TESTS.parent, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 1, done.stdout[-2000:]
    assert "FAILED" in done.stdout
