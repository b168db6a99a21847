"""Writes docs/licences.md: the licence of every package of the default install, and of every model.

Taken from what each says of itself where it is installed; ``python scripts/licences.py``. With ``--check``
nothing is written, and a licence that we may not ship beside ends with 1.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
MODELS = ROOT / "src" / "chaitime_audio" / "model_files" / "manifest.toml"
REFUSED = re.compile(r"\b(?:AGPL|SSPL|BUSL|Commons Clause|NonCommercial|CC BY-NC)", re.IGNORECASE)
HEAD = """\
# Licences

What `chaitime` installs, and what each package says of its own licence. chaitime itself is MIT, its learned
editor for English CC BY-SA 4.0. Made by `python scripts/licences.py`.

| package | version | licence |
|---|---|---|
"""
MODELS_HEAD = """
## Models

| model | licence | what it does |
|---|---|---|
"""


def closure(name: str = "chaitime-audio") -> dict[str, importlib.metadata.Distribution]:
    """Every installed package that the default install of ``name`` needs, by name; itself left out."""
    found: dict[str, importlib.metadata.Distribution] = {}
    todo, environment = [name], {**default_environment(), "extra": ""}
    while todo:
        distribution = importlib.metadata.distribution(todo.pop())
        for text in distribution.requires or ():
            need = Requirement(text)
            key = canonicalize_name(need.name)
            if key in found or (need.marker and not need.marker.evaluate(environment)):
                continue
            try:
                found[key] = importlib.metadata.distribution(need.name)
            except importlib.metadata.PackageNotFoundError:
                continue
            todo.append(need.name)
    return dict(sorted(found.items()))


def licence_of(distribution: importlib.metadata.Distribution) -> str:
    """The licence a package names: as an expression, in a classifier, or in the old field's first line."""
    told = distribution.metadata
    if expression := told.get("License-Expression"):
        return expression
    classified = [
        text.rpartition(" :: ")[2]
        for text in told.get_all("Classifier") or ()
        if text.startswith("License ::") and not text.endswith("OSI Approved")
    ]
    first = (told.get("License") or "").strip().splitlines()[:1]
    return ", ".join(classified) or (first[0][:60] if first else "")


def rows() -> Iterator[str]:
    """A line of the table for each package."""
    for name, distribution in closure().items():
        yield f"| {name} | {distribution.version} | {licence_of(distribution).replace('|', '/')} |"


def models() -> Iterator[str]:
    """A line of the table for each model."""
    for name, told in tomllib.loads(MODELS.read_text(encoding="utf-8")).items():
        if isinstance(told, dict) and "licence" in told:
            yield f"| {name} | {told['licence']} | {told.get('about', '')} |"


if __name__ == "__main__":
    text = HEAD + "\n".join(rows()) + "\n" + MODELS_HEAD + "\n".join(models()) + "\n"
    refused = [row for row in text.splitlines() if REFUSED.search(row)]
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    print(
        "\n".join(refused) or f"{text.count(chr(10) + '| ')} rows, no licence that forbids shipping beside it"
    )
    sys.exit(bool(refused))
