"""CONTRIBUTING.md: what it prints is what works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("src", "tests", "docs", "pyproject.toml", "CONTRIBUTING.md")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a contributor would check out and change."""
    for name in PARTS:
        source = ROOT / name
        left_out = shutil.ignore_patterns("__pycache__", ".*")
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=left_out)
        else:
            shutil.copy(source, tmp_path / name)
    return tmp_path


@pytest.mark.integration
def test_the_first_recipe_works_as_printed(checkout: Path) -> None:
    """The file as printed, then the commands as printed: an expected text comes, tests and ruff pass."""
    text = (checkout / "CONTRIBUTING.md").read_text(encoding="utf-8")
    recipe = text[text.index("**A new output format.**") : text.index("**A new speech recogniser.**")]
    path = re.search(r"`(src/[\w/]+\.py)`", recipe)
    code = re.search(r"```python\n(.*?)```", recipe, re.DOTALL)
    commands = re.search(r"```console\n(.*?)```", recipe, re.DOTALL)
    assert path
    assert code
    assert commands
    (checkout / path[1]).write_text(code[1], encoding="utf-8")
    (checkout / "tests" / "project" / Path(__file__).name).unlink()
    ways = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    environment = {**os.environ, **ways, "PYTHONPATH": str(checkout / "src")}
    for line in commands[1].splitlines():
        done = subprocess.run(
            ["bash", "-c", line], cwd=checkout, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    expected = checkout / "tests" / "formats" / "expected" / "001-tom-ellery.words.txt"
    assert expected.read_text(encoding="utf-8").startswith("Welcome,\n")
