"""Every page we make, as axe-core reads it: for people who use a screen reader, a keyboard, large type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Browser, browser, needs_browser
from desk import made, studio

from chaitime_audio.cli import run

pytestmark = needs_browser
SERIOUS = frozenset({"serious", "critical"})
VIEWS = ("", "find", "people", "changes", "help", "mode", "review")


@pytest.fixture(scope="module")
def episode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An episode with everything made of it: report, feed and site."""
    found = made(tmp_path_factory.mktemp("accessible"))
    assert run(["report", str(found)]) == 0
    told = ("--base-url", "https://example.org/tea", "--out", str(found.parents[1] / "site"))
    assert run(["feed", str(found.parent), *told]) == 0
    return found


@pytest.fixture(scope="module")
def page() -> Iterator[Browser]:
    """One browser for all of them."""
    with browser() as started:
        yield started


def serious(page: Browser) -> list[str]:
    """What axe-core finds by light and by dark that keeps somebody out."""
    found = []
    for scheme in ("light", "dark"):
        page.coloured(scheme)
        for item in Axe().run(page.page).response["violations"]:
            if item["impact"] in SERIOUS:
                found.append(f"{scheme}: {item['id']}: {item['nodes'][0]['html'][:200]}")
    return found


def test_the_studio_keeps_nobody_out(episode: Path, page: Browser) -> None:
    """The text, each dialog and both modes have names, roles and contrast, and fit a phone of 390 pixels."""
    with studio(episode) as address:
        page.open(address.shown)
        page.wait("document.documentElement.dataset.ready === '1'")
        change = "Correct the first word: "
        page.js("document.querySelector('.paragraph > p').focus()")
        page.press("Enter")
        page.type(change)
        page.press("Escape")
        page.wait("document.querySelector('#state').textContent === 'saved'")
        for view in VIEWS:
            if view:
                page.js(f"document.querySelector('#{view}').click()")
            if view == "changes":
                page.wait("document.querySelector('#changed-here li')")
            assert not serious(page), view
            with page.sized(390, 800):
                assert page.js("document.documentElement.scrollWidth") <= 390, view
                widest = "(document.querySelector('dialog[open]') ?? document.body).getBoundingClientRect()"
                assert page.js(f"{widest}.right") <= 390, view
            page.js("document.querySelector('dialog[open]')?.close()")


def test_nothing_moves_by_itself_where_motion_is_unwelcome(episode: Path, page: Browser) -> None:
    """With reduced motion the text jumps to its place instead of gliding there."""
    with studio(episode) as address:
        page.page.emulate_media(reduced_motion="reduce")
        page.open(address.shown)
        page.wait("document.documentElement.dataset.ready === '1'")
        gliding = "getComputedStyle(document.querySelector('#text')).scrollBehavior"
        assert page.js(gliding) == "auto"
        page.page.emulate_media(reduced_motion="no-preference")
        assert page.js(gliding) == "smooth"


@pytest.mark.parametrize("name", ["transcript.html", "report.html", "site"])
def test_a_page_that_is_published_keeps_nobody_out(episode: Path, page: Browser, name: str) -> None:
    """Post, report, and the pages of the site have nothing serious, by light and by dark."""
    site = episode.parents[1] / "site"
    paths = sorted(site.rglob("*.html")) if name == "site" else [episode / "out" / name]
    assert paths
    for path in paths:
        page.open(path.as_uri())
        assert not serious(page), path
