"""A part is found by its file name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from chaitime_audio.errors import UsageError
from chaitime_audio.project.discovery import load_module, module_names


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "shelf_example"
    folder.mkdir()
    for name in ("__init__.py", "_private.py", "second_one.py", "first.py"):
        (folder / name).write_text("LOADED = __name__\n")
    (folder / "broken.py").write_text("import no_such_library_anywhere\n")
    (folder / "notes.txt").write_text("no module")
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder.name


def test_modules_are_on_the_shelf(package: str) -> None:
    """Every module is a part, sorted; one that starts with an underscore is the room's own."""
    assert module_names(package) == ("broken", "first", "second_one")


def test_parts_are_loaded_when_taken(package: str) -> None:
    """Looking at the shelf imports no part; taking one imports that one alone."""
    module_names(package)
    assert f"{package}.first" not in sys.modules
    taken = load_module(package, "first")
    assert vars(taken)["LOADED"].endswith(".first")
    assert f"{package}.second_one" not in sys.modules


def test_dashes_stand_for_underscores(package: str) -> None:
    """A person may write ``second-one``."""
    assert load_module(package, "second-one").LOADED.endswith(".second_one")


@pytest.mark.parametrize("name", ["frist", "_private", "", "..first", "first.LOADED"])
def test_unknown_names_are_refused(package: str, name: str) -> None:
    """What is not on the shelf cannot be taken, and a near miss gets a suggestion."""
    with pytest.raises(UsageError, match="there is no"):
        load_module(package, name)
    with pytest.raises(UsageError, match="did you mean “first”"):
        load_module(package, "frist")


def test_a_fault_inside_a_part_is_not_hidden(package: str) -> None:
    """A missing library of a part is told as such, not as an unknown name."""
    with pytest.raises(ModuleNotFoundError, match="no_such_library_anywhere"):
        load_module(package, "broken")
