"""CONTRIBUTING.md: its recipes work as printed, and touch the files they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
PARTS = ("src", "tests", "docs", "scripts", "pyproject.toml", "CONTRIBUTING.md")
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PATH = re.compile(r"`((?:src|config)/[\w./-]+\.\w+)`")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
RECIPES = re.findall(r"^### (.*?)$(.*?)(?=^##)", TEXT, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a contributor would check out and change; every recipe is tried in the same one."""
    folder = tmp_path_factory.mktemp("checkout")
    left_out = shutil.ignore_patterns("__pycache__", ".*")
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=left_out)
        else:
            shutil.copy(source, folder / name)
    (folder / "tests" / "project" / Path(__file__).name).unlink()
    return folder


def run(checkout: Path, command: list[str]) -> str:
    ways = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    environment = {**os.environ, **ways, "PYTHONPATH": str(checkout / "src")}
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


def state(checkout: Path) -> dict[str, bytes]:
    """Every file of the program and of the show by its path."""
    return {
        path.relative_to(checkout).as_posix(): path.read_bytes()
        for part in ("src", "config")
        for path in (checkout / part).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def follow(checkout: Path, title: str) -> set[str]:
    """Do what a recipe says, word for word; returns the files of src and config that it touched."""
    text = next(body for heading, body in RECIPES if heading.startswith(title))
    before = state(checkout)
    for block in BLOCK.finditer(text):
        if block[1] == "console":
            for line in block[2].splitlines():
                run(checkout, ["bash", "-c", line])
        else:
            file = checkout / PATH.findall(text, 0, block.start())[-1]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block[2], encoding="utf-8")
    after = state(checkout)
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_every_recipe_is_tried_here() -> None:
    """A recipe without a test would be a promise that nobody keeps."""
    titles = [heading.partition(":")[0] for heading, _ in RECIPES]
    tried = [name for name in globals() if name.startswith(("test_a_new_", "test_another_"))]
    assert len(titles) == len(tried) == 5


def test_a_new_format_is_one_file(checkout: Path) -> None:
    """The file as printed, then the commands as printed: an expected text comes, tests and ruff pass."""
    assert follow(checkout, "A new output format") == {"src/chaitime_audio/formats/words.py"}
    expected = checkout / "tests" / "formats" / "expected" / "001-tom-ellery.words.txt"
    assert expected.read_text(encoding="utf-8").startswith("Welcome,\n")


def test_a_new_recogniser_is_one_file_and_its_option_reaches_it(checkout: Path) -> None:
    """Neither settings, registry nor doctor is edited: a configuration fills the engine's own field."""
    touched = follow(checkout, "A new speech recogniser")
    assert touched == {"src/chaitime_audio/recognition/asr/parrot.py", "config/chaitime.toml"}
    code = (
        "from pathlib import Path\n"
        "from chaitime_audio.domain.brief import Brief\n"
        "from chaitime_audio.pipeline.registry import Registry\n"
        "from chaitime_audio.project.settings import load\n"
        "registry = Registry(load(Path('config/chaitime.toml')))\n"
        "print(registry.transcriber(Brief()).options['phrase'], registry.model_names())\n"
    )
    assert run(checkout, [sys.executable, "-c", code]) == ("Pretty Polly ('segmentation-3.0', 'campplus')\n")


def test_a_new_platform_is_one_file(checkout: Path) -> None:
    """Its template, which tells its limits: notes are printed for it, and checks know it."""
    template = "src/chaitime_audio/formats/templates/notes-forum.html.j2"
    assert follow(checkout, "Notes for a new platform") == {template}


def test_a_new_language_is_one_folder(checkout: Path) -> None:
    """What its folder says is used: a filler goes, and percent has the gap of the language."""
    folder = "src/chaitime_audio/editorial/languages/sv"
    assert follow(checkout, "A new language") == {f"{folder}/__init__.py", f"{folder}/editing.py"}
    code = (
        "from chaitime_audio.editorial.languages.editing import editing_for\n"
        "print(sorted(editing_for('sv-FI').fillers), editing_for('sv').quotes)\n"
    )
    assert run(checkout, [sys.executable, "-c", code]) == "['eh', 'öh', 'öhm'] ('”', '”')\n"


def test_another_look_is_a_template_of_the_show(checkout: Path) -> None:
    """The show's own template wins over ours, and no code is touched."""
    own = checkout / "config" / "templates" / "transcript.html.j2"
    assert follow(checkout, "Another look") == {own.relative_to(checkout).as_posix()}
    own.write_text(own.read_text(encoding="utf-8") + "<!-- ours -->\n", encoding="utf-8")
    code = (
        "import sys; sys.path.insert(0, 'tests/formats')\n"
        "from pathlib import Path\n"
        "from example_episode import example\n"
        "from chaitime_audio.formats import Templates, render_one\n"
        "(text,) = render_one('transcript_html', example(), Templates(Path('config/templates'))).values()\n"
        "print(text[-14:])\n"
    )
    assert run(checkout, [sys.executable, "-c", code]).strip() == "<!-- ours -->"
