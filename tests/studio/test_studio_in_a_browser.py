"""The studio in a real browser: read, seek and listen. Skipped where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, browser, needs_browser
from desk import made, studio

pytestmark = needs_browser
READY = "document.documentElement.dataset.ready === '1'"
AUDIO = "document.querySelector('#audio')"
PLAYABLE = "!document.querySelector('#play').disabled"
WORDS = "[...document.querySelectorAll('.paragraph > p')].map((text) => text.textContent)"
SOUNDING = (
    "[...CSS.highlights.get('sounding') ?? []]"
    ".map((range) => range.startContainer.textContent.slice(range.startOffset, range.endOffset)).join()"
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser, on a talk of 24 seconds."""
    with studio(made(tmp_path_factory.mktemp("studio"))) as address, browser() as started:
        started.open(address.shown)
        started.wait(READY)
        started.wait(PLAYABLE)
        yield started


def test_the_talk_is_there_and_nothing_is_complained_about(page: Browser) -> None:
    """The page shows who said what, under its own strict policy, and asks nobody but the studio."""
    assert page.js(WORDS)[0] == "What is the answer to question 1?"
    assert page.js("document.querySelector('.who b').textContent") == "Maya Rao"
    assert "key=" not in page.js("location.href")
    assert not page.complaints
    assert all(address.startswith(page.js("location.origin")) for address in page.asked_for)


def test_a_click_on_a_word_is_heard_there_and_the_word_is_marked(page: Browser) -> None:
    """The sound goes on from the word that was clicked, and the sounding word is marked."""
    page.click(".paragraph:nth-child(2) > p")
    page.wait(f"!{AUDIO}.paused")
    assert 2.5 < page.js(f"{AUDIO}.currentTime") < 4.5
    page.wait(f"({SOUNDING}) !== ''")
    page.press("Tab")
    page.wait(f"{AUDIO}.paused")
    page.press("Escape")
    assert page.js("document.activeElement.getAttribute('contenteditable')") is None


def test_keys_move_the_sound(page: Browser) -> None:
    """Space plays and pauses, arrows go three seconds, j and l change the speed and not the pitch."""
    page.js("document.activeElement.blur()")
    page.js(f"{AUDIO}.currentTime = 10")
    page.press("ArrowRight")
    page.wait(f"Math.abs({AUDIO}.currentTime - 13) < 0.2")
    page.press("ArrowLeft")
    page.wait(f"Math.abs({AUDIO}.currentTime - 10) < 0.2")
    page.press("Space")
    page.wait(f"!{AUDIO}.paused")
    assert page.js(f"{AUDIO}.currentTime") < 9.5, "resuming goes two seconds back"
    page.press("l")
    assert page.js(f"{AUDIO}.playbackRate") == 1.1
    page.press("j")
    page.press("k")
    page.wait(f"{AUDIO}.paused")
    assert page.js(f"[{AUDIO}.playbackRate, {AUDIO}.preservesPitch]") == [1, True]


def test_a_phone_is_wide_enough(page: Browser) -> None:
    """At 390 pixels nothing stands beyond the edge, and the player is in sight."""
    with page.sized(390, 800):
        assert page.js("document.documentElement.scrollWidth") <= 390
        assert page.js("document.querySelector('#play').getBoundingClientRect().bottom") <= 800


def test_another_address_of_this_machine_shows_nothing(page: Browser, tmp_path: Path) -> None:
    """Without the cookie of this run, a page gets the reason and no word of the talk."""
    assert tmp_path
    answer = page.js("fetch('/api/episodes', { credentials: 'omit' }).then((answer) => answer.status)")
    assert answer == 401
    walked = page.js("fetch('/static/..%2f..%2fcli%2f__init__.py').then((answer) => answer.status)")
    assert walked == 404
    changed = page.js(
        "fetch('/api/episodes', { method: 'POST', body: '{}' }).then((answer) => answer.status)"
    )
    assert changed == 415
