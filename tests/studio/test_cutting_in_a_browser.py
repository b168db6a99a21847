"""Cutting the sound in the studio, by keyboard and mouse: what is cut is skipped at once."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, browser, needs_browser
from desk import made, studio

pytestmark = needs_browser
READY = "document.documentElement.dataset.ready === '1'"
SAVED = "document.querySelector('#state').textContent === 'saved'"
AUDIO = "document.querySelector('#audio')"
PLAYABLE = "!document.querySelector('#play').disabled"
MODE = "document.documentElement.dataset.mode"
CUT = (
    "[...CSS.highlights.get('cut') ?? []]"
    ".map((range) => range.startContainer.textContent.slice(range.startOffset, range.endOffset)).join(' ')"
)
HEARD = f"""new Promise((done) => {{
  const heard = [];
  const look = () => {{
    heard.push({AUDIO}.currentTime);
    if (heard.at(-1) > UNTIL || {AUDIO}.ended) {{ {AUDIO}.pause(); done(heard); }}
    else requestAnimationFrame(look);
  }};
  {AUDIO}.currentTime = FROM;
  {AUDIO}.play().then(look);
}})"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, Path]]:
    """One episode of tones, open in a browser; each test leaves nothing cut."""
    episode = made(tmp_path_factory.mktemp("cutting"))
    with studio(episode) as address, browser() as page:
        page.open(address.shown)
        page.wait(READY)
        page.wait(PLAYABLE)
        yield page, episode


def cuts(episode: Path) -> list[dict[str, Any]]:
    """The cuts that are kept."""
    path = episode / "corrections.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return [item for item in found.get("corrections", []) if "cut" in item]


def saved(page: Browser, episode: Path, count: int) -> None:
    """Wait until so many cuts are kept and the page has read the talk anew."""
    page.wait(SAVED)
    assert len(cuts(episode)) == count


def test_the_two_modes_are_told_apart_and_nothing_is_typed_while_cutting(room: tuple[Browser, Path]) -> None:
    """A key and a button change the mode; the button says which it is, a banner too; keys type nothing."""
    page, episode = room
    assert page.js(f"{MODE} ?? 'correct'") == "correct"
    page.js("document.querySelector('.paragraph > p').focus()")
    page.press("c")
    pressed = "document.querySelector('#mode').getAttribute('aria-pressed')"
    assert page.js(f"[{MODE}, {pressed}, document.querySelector('#banner').hidden]") == ["cut", "true", False]
    before = page.js("document.querySelector('#text').textContent")
    page.click(".paragraph > p")
    page.type("q")
    page.press("Enter")
    page.press("1")
    assert page.js("document.querySelector('#text').textContent") == before
    assert page.js("document.querySelectorAll('[contenteditable]').length") == 0
    page.press("Escape")
    assert page.js(f"[{MODE}, {pressed}, document.querySelector('#banner').hidden]") == [
        "correct",
        "false",
        True,
    ]
    page.click("#mode")
    assert page.js(MODE) == "cut"
    page.click("#correct")
    assert page.js(MODE) == "correct"
    assert not cuts(episode)


def test_words_that_are_cut_are_skipped_at_once_and_come_back(room: tuple[Browser, Path]) -> None:
    """By keyboard: three words are selected and cut, struck, skipped by the player; undo brings them back."""
    page, episode = room
    page.js("document.querySelectorAll('.paragraph > p')[1].focus()")
    page.press("c")
    page.press("ArrowRight")
    page.press("ArrowRight")
    page.press("Shift+ArrowRight")
    page.press("Shift+ArrowRight")
    assert page.js("String(getSelection())") == "answer to question"
    page.press("Delete")
    assert page.js(CUT) == "answer to question"
    saved(page, episode, 1)
    assert page.js("document.querySelectorAll('#strip .cut').length") == 1
    start, end = (float(time.rpartition(":")[2]) for time in cuts(episode)[0]["cut"])
    told = HEARD.replace("FROM", str(start - 0.4)).replace("UNTIL", str(end + 0.1))
    heard = page.js(told)
    inside = [at for at in heard if start + 0.1 < at < end - 0.02]
    assert not inside, f"{inside} was heard of {start} to {end}"
    assert heard[0] < start
    assert heard[-1] > end
    page.press("Control+z")
    page.wait(f"({CUT}) === ''")
    saved(page, episode, 0)
    page.press("Escape")


def test_a_click_on_a_cut_puts_it_back_and_a_turn_is_cut_by_one_key(room: tuple[Browser, Path]) -> None:
    """Without a selection the paragraph is cut, also after a reload it is shown, and a click restores it."""
    page, episode = room
    page.js("document.querySelectorAll('.paragraph > p')[1].focus()")
    page.press("c")
    page.press("x")
    assert page.js(CUT).startswith("The answer to question")
    saved(page, episode, 1)
    page.open(page.js("location.href"))
    page.wait(READY)
    page.wait(f"({CUT}).startsWith('The answer')")
    assert page.js("document.querySelectorAll('.paragraph > p')[1].getAttribute('aria-description')") == "cut"
    page.wait(PLAYABLE)
    page.press("c")
    page.click(".paragraph:nth-child(2) > p")
    page.wait(f"({CUT}) === ''")
    saved(page, episode, 0)
    page.press("Escape")
    assert not page.complaints


def test_what_is_cut_in_the_page_is_derived_without_a_new_mp3(room: tuple[Browser, Path]) -> None:
    """The page reads the whole talk anew after a cut, though the MP3 has not been made again."""
    page, episode = room
    page.js("document.querySelectorAll('.paragraph > p')[1].focus()")
    page.press("c")
    page.press("x")
    saved(page, episode, 1)
    asked = "fetch('/api/episodes/talk').then((answer) => answer.json())"
    told = page.js(f"{asked}.then((talk) => [talk.cuts.length, talk.paragraphs[1].text])")
    assert told[0] == 1
    assert told[1].startswith("The answer to question"), json.dumps(told)
    page.press("Control+z")
    page.wait(f"({CUT}) === ''")
    page.press("Escape")
