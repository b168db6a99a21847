"""The docs site can be built: every page of its menu is there, and no link of ours leads nowhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as `make docs` lays them out."""
    spec = importlib.util.spec_from_file_location("scripts_reference", ROOT / "scripts" / "reference.py")
    assert spec
    assert spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.BUILD = tmp_path_factory.mktemp("site") / "docs"
    module.lay_out()
    return Path(module.BUILD)


def pages(entry: object) -> list[str]:
    """The pages of a menu, at any depth."""
    if isinstance(entry, dict):
        return [page for value in entry.values() for page in pages(value)]
    return [page for item in entry for page in pages(item)] if isinstance(entry, list) else [str(entry)]


def test_every_page_is_in_the_menu_once(site: Path) -> None:
    """No page of docs/ is hidden, and none of the menu is missing."""
    menu = pages(yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"])
    there = {path.relative_to(site).as_posix() for path in site.rglob("*.md")}
    assert sorted(menu) == sorted(there)


def test_links_lead_somewhere(site: Path) -> None:
    """Every relative link of every page names a file that is there."""
    broken = [
        f"{path.relative_to(site)}: {target}"
        for path in site.rglob("*.md")
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists()
    ]
    assert not broken


def test_the_reference_names_what_there_is(site: Path) -> None:
    """Commands, settings, files and exit codes stand in it."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (site / "reference").glob("*.md")}
    assert "## chaitime process" in texts["commands"]
    assert "### chaitime corrections undo" in texts["commands"]
    assert "`target_lufs`" in texts["settings"]
    assert "`{slug}.vtt`" in texts["files"]
    assert "| 75 | `LockedError`" in texts["exit-codes"]
