"""Languages: a folder each, complete in itself, and named nowhere else."""

from __future__ import annotations

import ast
import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

import chaitime_audio
from chaitime_audio.editorial import languages
from chaitime_audio.editorial.languages.editing import NEUTRAL as NO_EDITING
from chaitime_audio.editorial.languages.editing import editing_for
from chaitime_audio.editorial.languages.naming import NEUTRAL as NO_NAMING
from chaitime_audio.editorial.languages.naming import naming_for
from chaitime_audio.editorial.languages.reading import NEUTRAL as NO_READING
from chaitime_audio.editorial.languages.reading import reading_for

FOLDER = Path(languages.__file__).parent
CODES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and not path.name.startswith("_"))
EDITORIAL = Path(chaitime_audio.__file__).parent / "editorial"
PARTS: tuple[tuple[str, Any], ...] = (
    ("editing", editing_for),
    ("naming", naming_for),
    ("reading", reading_for),
)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("purpose", "part_for"), PARTS)
def test_a_language_says_what_its_files_hold(code: str, purpose: str, part_for: Any) -> None:
    """A file for a purpose is read under the folder's code, region or not; words are in small letters."""
    part = part_for(code)
    assert part_for(f"{code.upper()}-XX") == part
    if not (FOLDER / code / f"{purpose}.py").exists():
        assert part in (NO_EDITING, NO_NAMING, NO_READING)
        return
    assert getattr(part, "code", code) == code
    if purpose == "naming":
        return
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        if isinstance(value, frozenset):
            assert all(word == word.casefold() or "ß" in word for word in value), field.name


def test_what_a_language_lacks_is_done_without() -> None:
    """A language without a folder, or a code that is none, gets empty words, and no error."""
    for code in ("xx", "", "..", "en.numbers"):
        assert (editing_for(code), naming_for(code), reading_for(code)) == (NO_EDITING, NO_NAMING, NO_READING)


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(EDITORIAL.rglob("*.py")) if path.parent.parent != FOLDER],
    ids=lambda path: path.relative_to(EDITORIAL).as_posix(),
)
def test_nothing_else_names_a_language(path: Path) -> None:
    """Outside its folder no module of the editor imports a language or compares with its code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and path.parent != FOLDER:
            assert node.value not in CODES, f"line {node.lineno}"
        if isinstance(node, ast.ImportFrom):
            named = ".".join([node.module or "", *(alias.name for alias in node.names)])
            assert not re.search(rf"\blanguages\.({'|'.join(CODES)})\b", named), f"line {node.lineno}"
