"""What was changed is listed and put back, keys are chosen, the strip and the notes: on one page."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, browser, needs_browser
from desk import made, studio

from chaitime_audio.studio import own_keys

pytestmark = needs_browser
READY = "document.documentElement.dataset.ready === '1'"
SAVED = "document.querySelector('#state').textContent === 'saved'"
AUDIO = "document.querySelector('#audio')"
TEXTS = "[...document.querySelectorAll('.paragraph > p')].map((text) => text.textContent)"
HERE = "[...document.querySelectorAll('#changed-here li')].map((row) => row.textContent)"
ELSEWHERE = "[...document.querySelectorAll('#changed-all li')].map((row) => row.textContent)"
RUDE = 'find = "milk"\nreplace = "shit"'


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, Path]]:
    """One episode in which a person has written something that is masked, and something in vain."""
    episode = made(tmp_path_factory.mktemp("changes"))
    config = episode.parents[1] / "config" / "chaitime.toml"
    config.write_text(config.read_text() + '\n[text]\nprofanity = "mask"\n')
    vain = 'find = "never said"\nreplace = "x"'
    brief = episode / "episode.toml"
    brief.write_text(f"{brief.read_text()}\n[[corrections]]\n{RUDE}\n\n[[corrections]]\n{vain}\n")
    with studio(episode) as address, browser() as page:
        page.open(address.shown)
        page.wait(READY)
        yield page, episode


def decided(episode: Path) -> list[dict[str, Any]]:
    """What stands in corrections.toml."""
    path = episode / "corrections.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return list(found.get("corrections", []))


def typed(page: Browser, number: int, text: str) -> None:
    """Write at the start of a paragraph, by keyboard, and wait until it is kept."""
    page.js(f"document.querySelectorAll('.paragraph > p')[{number}].focus()")
    page.press("Enter")
    page.type(text)
    page.press("Escape")
    page.wait(f"{SAVED} && document.querySelectorAll('.paragraph > p')[{number}].isContentEditable === false")


def test_words_are_shown_as_heard_though_the_show_masks_them(room: tuple[Browser, Path]) -> None:
    """Who corrects sees what was said; what derivation has to say is shown, too."""
    page, _ = room
    assert "shit" in page.js(TEXTS)[1]
    assert "never said" in page.js("document.querySelector('#notes').textContent")
    assert "to know" in page.js("document.querySelector('#notes summary').textContent")


def test_one_change_and_a_whole_paragraph_are_put_back(room: tuple[Browser, Path]) -> None:
    """The list says what, where, by whom and when; each is put back whatever came after it."""
    page, episode = room
    before = page.js(TEXTS)
    typed(page, 1, "Well ")
    typed(page, 3, "So ")
    typed(page, 1, "Now ")
    page.js("document.querySelectorAll('.paragraph > p')[3].focus()")
    page.press("h")
    page.wait(f"({HERE}).length === 1")
    assert "studio" in page.js(HERE)[0]
    assert any("never said" in row and "episode.toml" in row for row in page.js(ELSEWHERE))
    page.js("document.querySelector('#changed-here li button:last-child').click()")
    page.wait(f"({HERE}).length === 0")
    page.press("Escape")
    page.wait(f"({TEXTS})[3] === {json.dumps(before[3])}")
    assert page.js(TEXTS)[1].startswith("Now Well The")
    page.js("document.querySelectorAll('.paragraph > p')[1].focus()")
    page.press("h")
    page.wait("!document.querySelector('#put-back').hidden")
    page.js("document.querySelector('#put-back').click()")
    page.wait("document.querySelector('#put-back').hidden")
    page.press("Escape")
    page.wait(f"({TEXTS})[1] === {json.dumps(before[1])}")
    assert not decided(episode)


def test_a_foot_pedal_plays_once_its_key_was_pressed_in_the_list(room: tuple[Browser, Path]) -> None:
    """A key is changed by pressing another, kept for the machine, and loses what it did before."""
    page, _ = room
    page.wait("!document.querySelector('#play').disabled")
    page.js("document.querySelector('.paragraph > p').focus()")
    page.press("?")
    page.js("document.querySelector('.key[data-action=toggle][data-place=outside]').click()")
    page.press("F4")
    page.wait("document.querySelector('#keys-said').textContent === 'kept'")
    page.js("document.querySelector('.key[data-action=help][data-place=outside]').click()")
    page.press("k")
    page.wait("document.querySelector('#keys-said').textContent.includes('Pause')")
    page.js("document.querySelector('#keys').close()")
    assert own_keys.read_keys()["toggle"] == ["F4", "Tab", "Space"]
    page.open(page.js("location.href"))
    page.wait(READY)
    page.wait("!document.querySelector('#play').disabled")
    page.js("document.querySelector('.paragraph > p').focus()")
    page.press("F4")
    page.wait(f"!{AUDIO}.paused")
    page.press("F4")
    page.wait(f"{AUDIO}.paused")
    page.press("k")
    page.wait("document.querySelector('#keys').open")
    page.js("document.querySelector('#usual-keys').click()")
    page.wait("document.querySelector('#keys-said').textContent.includes('usual')")
    page.js("document.querySelector('#keys').close()")
    assert own_keys.read_keys() == {}


def test_the_strip_draws_the_sound_in_the_colours_of_the_speakers(room: tuple[Browser, Path]) -> None:
    """A line for each voice, made of what was read from the sound."""
    page, _ = room
    page.wait("document.querySelectorAll('#strip path').length >= 2")
    colours = page.js("[...document.querySelectorAll('#strip path')].map((path) => path.className.baseVal)")
    assert len(set(colours)) == len(colours)
    assert {"voice-0", "voice-1"} <= set(colours)
    assert not page.complaints
