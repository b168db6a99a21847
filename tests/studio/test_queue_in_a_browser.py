"""Checking first what may be wrong, by keyboard alone, in a real browser."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Browser, browser, needs_browser
from desk import made, studio

from chaitime_audio.editorial.queue import words

pytestmark = needs_browser
SERIOUS = ("serious", "critical")
READY = "document.documentElement.dataset.ready === '1'"
STANDING = "document.querySelector('#standing').textContent"
ANSWER = "document.querySelector('#answer').value"


@pytest.fixture(scope="module")
def page() -> Iterator[Browser]:
    """One browser for all of them."""
    with browser() as found:
        yield found


def corrections(episode: Path) -> list[dict[str, Any]]:
    path = episode / "corrections.toml"
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["corrections"]) if path.exists() else []


def test_the_queue_is_answered_by_keyboard_alone(
    tmp_path: Path, page: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Right as it is, another word here, and everywhere with the glossary; each plays, and each is kept."""
    monkeypatch.setattr(words, "SEED", 0.01)  # the stand-in is 90 % sure of all it says
    monkeypatch.setattr(words, "JOINED", 1.0)
    episode = made(tmp_path)
    with studio(episode) as address:
        page.open(address.shown)
        page.wait(READY)
        parts_of_names(page)
        page.wait("!document.querySelector('#play').disabled")
        page.press("q")
        page.wait("document.querySelector('#queue').open && document.querySelector('#answer').value")
        assert page.js(STANDING).startswith("0 % of the risk settled")
        page.wait(
            "!document.querySelector('#audio').paused || document.querySelector('#audio').currentTime > 0"
        )
        assert not serious(page)
        with page.sized(390, 800):
            assert page.js("document.documentElement.scrollWidth") <= 390
            assert page.js("document.querySelector('#queue').getBoundingClientRect().top") >= 0
        first = page.js(ANSWER)
        page.press("Enter")
        page.wait("document.querySelector('#state').textContent === 'saved'")
        assert {"keep"} == {key for one in corrections(episode) for key in one} - {"id", "author", "said"}
        assert not page.js(STANDING).startswith("0 % ")
        second = page.js(ANSWER)
        assert second != first
        page.type("Darjeeling")
        page.press("Enter")
        page.wait(f"{STANDING} !== '' && document.querySelector('#state').textContent === 'saved'")
        page.wait(f"{ANSWER} !== 'Darjeeling'")
        third = page.js(ANSWER)
        page.type("Oolong")
        page.press("Control+Enter")
        page.wait(f"{ANSWER} !== 'Oolong'")
        page.wait("document.querySelector('#state').textContent.includes('glossary knows')")
        page.press("Escape")
        page.wait(
            "[...document.querySelectorAll('.paragraph > p')].some((p) => p.textContent.includes('Oolong'))"
        )
    decided = corrections(episode)
    assert any(one.get("find") == second and one["replace"] == "Darjeeling" for one in decided)
    assert any(one.get("spelling") == "Oolong" and one["heard"] == [third] for one in decided)
    glossary = episode.parents[1] / "config" / "glossary.toml"
    assert "Oolong" in glossary.read_text(encoding="utf-8")


def parts_of_names(page: Browser) -> None:
    """Who spells the whole name has spelt its parts; another person of that name keeps the rest."""
    page.js("window.found = null; import('/static/queue.js').then((it) => { window.found = it; })")
    page.wait("window.found")
    said = "window.found.answered"
    assert page.js(f"{said}('Garret Lowell', 'Garath Lowell', 'Gareth Lowell')") == "Gareth Lowell"
    assert page.js(f"{said}('Lowell', 'Garath Lowell', 'Gareth Powell')") == "Powell"
    assert page.js(f"{said}('Dr. Lowell Smith', 'Garath Lowell', 'Gareth Powell')") == "Dr. Powell Smith"
    assert page.js(f"{said}('Lowell', 'Garath Lowell', 'Gareth')") == "Lowell"


def serious(page: Browser) -> list[str]:
    """What axe-core finds, by light and by dark, that keeps somebody out."""
    found = []
    for scheme in ("light", "dark"):
        page.coloured(scheme)
        rows = Axe().run(page.page).response["violations"]
        found += [f"{one['id']}: {one['nodes'][0]['html']}" for one in rows if one["impact"] in SERIOUS]
    return found
