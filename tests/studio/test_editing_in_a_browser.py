"""Correcting in the studio, by keyboard, in a real browser; what is done is kept at once."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, browser, needs_browser
from desk import made, studio

from chaitime_audio.cli import run
from chaitime_audio.studio.server import Address

pytestmark = needs_browser
READY = "document.documentElement.dataset.ready === '1'"
TEXTS = "[...document.querySelectorAll('.paragraph > p')].map((text) => text.textContent)"
NAMES = "[...document.querySelectorAll('.who b')].map((name) => name.textContent)"
SAVED = "document.querySelector('#state').textContent === 'saved'"


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """One browser for all of them."""
    with browser() as found:
        yield found


class Desk:
    """An episode that is open in the studio."""

    def __init__(self, page: Browser, episode: Path, address: Address) -> None:
        self.page, self.episode, self.address = page, episode, address

    def open(self) -> None:
        self.page.open(self.address.shown)
        self.page.wait(READY)

    def write(self, number: int) -> None:
        """Put the caret at the start of a paragraph, by keyboard."""
        self.page.js(f"document.querySelectorAll('.paragraph > p')[{number}].focus()")
        self.page.press("Enter")

    def saved(self) -> None:
        self.page.wait(SAVED)

    def corrections(self) -> list[dict[str, Any]]:
        path = self.episode / "corrections.toml"
        found = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return list(found.get("corrections", []))


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with one episode, made once."""
    found = tmp_path_factory.mktemp("editing") / "show"
    made(found)
    return found


@pytest.fixture
def desk(tmp_path: Path, show: Path, started: Browser) -> Iterator[Desk]:
    """An episode of its own for each test, open in the browser."""
    episode = shutil.copytree(show, tmp_path / "show") / "episodes" / "talk"
    with studio(episode) as address:
        found = Desk(started, episode, address)
        found.open()
        yield found
        started.js("localStorage.clear()")


def rename_word(desk: Desk) -> None:
    """What → Which, in the first paragraph."""
    desk.write(0)
    for _ in range(4):
        desk.page.press("Delete")
    desk.page.type("Which")


def test_a_word_is_corrected_and_kept_as_it_is_typed(desk: Desk) -> None:
    """The correction has the old words, the new ones and when they are said; the render has it."""
    rename_word(desk)
    desk.saved()
    (found,) = desk.corrections()
    assert (found["find"], found["replace"], found["author"]) == ("What", "Which", "studio")
    desk.page.press("Escape")
    desk.open()
    assert desk.page.js(TEXTS)[0] == "Which is the answer to question 1?"
    assert run(["process", "--quiet", str(desk.episode)]) == 0
    assert "Which is the answer to question 1?" in (desk.episode / "out/transcript.md").read_text()
    assert not desk.page.complaints


def test_what_was_done_is_undone_after_a_reload(desk: Desk) -> None:
    """Undo reaches back beyond the page that did it, and redo forward again."""
    rename_word(desk)
    desk.saved()
    desk.open()
    desk.page.press("Control+z")
    desk.page.wait(f"({TEXTS})[0] === 'What is the answer to question 1?'")
    assert desk.corrections() == []
    desk.page.press("Control+Shift+z")
    desk.page.wait(f"({TEXTS})[0] === 'Which is the answer to question 1?'")


def test_a_paragraph_is_split_and_joined(desk: Desk) -> None:
    """Enter splits at the caret, Backspace at the start joins."""
    count = len(desk.page.js(TEXTS))
    desk.write(1)
    for _ in range(len("The answer ")):
        desk.page.press("ArrowRight")
    desk.page.press("Enter")
    desk.page.wait(f"({TEXTS}).length === {count + 1}")
    desk.saved()
    assert desk.page.js(TEXTS)[1:3] == ["The answer", "to question 1 is always tea, with milk."]
    assert "split_at" in desk.corrections()[-1]
    desk.page.press("Backspace")
    desk.page.wait(f"({TEXTS}).length === {count}")
    desk.saved()
    assert "join_at" in desk.corrections()[-1]


def test_a_turn_is_given_to_a_person_by_a_digit(desk: Desk) -> None:
    """1 to 9 stand for the people in the order of the list."""
    desk.write(1)
    desk.page.press("Escape")
    desk.page.press("1")
    desk.saved()
    assert desk.corrections()[-1]["speaker"] == "Maya Rao"
    desk.open()
    assert desk.page.js(NAMES)[0] == "Maya Rao"
    assert len(desk.page.js(NAMES)) < 8


def test_a_person_is_renamed_once_for_all(desk: Desk) -> None:
    """The name stands in episode.toml and over every turn."""
    desk.page.js("document.querySelector('#people').click()")
    desk.page.js(
        "(() => { const name = document.querySelector('#voices input'); name.value = 'Mara Ray';"
        "name.dispatchEvent(new Event('change')); })()"
    )
    desk.saved()
    desk.page.js("document.querySelector('#cast').close()")
    desk.page.wait(f"({NAMES}).includes('Mara Ray') && !({NAMES}).includes('Maya Rao')")
    assert 'name = "Mara Ray"' in (desk.episode / "episode.toml").read_text()


def test_two_voices_are_merged_by_ear(desk: Desk) -> None:
    """Ten seconds of each are heard, then one is said to be the other: every turn is that person's."""
    desk.page.wait("!document.querySelector('#play').disabled")
    desk.page.js("document.querySelector('.paragraph > p').focus()")
    desk.page.press("p")
    audio = "document.querySelector('#audio')"
    for row, first in ((1, 0), (2, 1)):
        desk.page.js(f"document.querySelector('#voices li:nth-child({row}) button').focus()")
        desk.page.press("Enter")
        desk.page.wait(f"!{audio}.paused")
        assert desk.page.js(f"{audio}.currentTime") >= first
        desk.page.wait(f"{audio}.paused", 15)
    desk.page.js("document.querySelector('#voices li:nth-child(2) select:last-of-type').focus()")
    desk.page.press("ArrowDown")
    desk.page.wait("!document.querySelector('#cast').open")
    desk.saved()
    assert len(desk.corrections()[-1]["merge"]) == 2
    desk.page.wait(f"({NAMES}).length === 1")
    assert desk.page.js("document.querySelector('#problem').hidden"), "the MP3 needs not be made for it"


def test_all_places_are_replaced_at_once(desk: Desk) -> None:
    """The places are shown before, and one correction does it."""
    desk.page.press("Control+h")
    desk.page.type("milk")
    assert desk.page.js("document.querySelector('#hits').textContent") == "4 places"
    desk.page.press("Tab")
    desk.page.type("ginger")
    desk.page.js("document.querySelector('#replace-all').click()")
    desk.saved()
    desk.page.wait(f"({TEXTS}).join(' ').includes('ginger') && !({TEXTS}).join(' ').includes('milk')")
    assert len(desk.corrections()) == 1


def test_a_spelling_reaches_the_glossary(desk: Desk) -> None:
    """With the box checked, other episodes learn it as well."""
    desk.page.press("Control+h")
    desk.page.type("milk")
    desk.page.press("Tab")
    desk.page.type("Milch")
    desk.page.js("document.querySelector('#also-glossary').click()")
    desk.page.js("document.querySelector('#replace-all').click()")
    desk.page.wait("document.querySelector('#state').textContent.includes('the glossary knows')")
    assert desk.corrections()[0]["spelling"] == "Milch"
    assert 'spelling = "Milch"' in (desk.episode.parents[1] / "config/glossary.toml").read_text()


def test_the_border_between_two_people_moves_by_a_word(desk: Desk) -> None:
    """[ and ] move the change of speaker above the paragraph, back and forth, and it is derived so."""
    before = desk.page.js(TEXTS)
    desk.write(1)
    desk.page.press("Escape")
    for key, texts in (("[", ["1?"]), ("]", []), ("]", ["The"])):
        desk.page.press(key)
        desk.saved()
        desk.page.wait(f"({TEXTS})[1] !== {json.dumps(before[1])} || {len(texts)} === 0")
        assert {"border", "to"} <= desk.corrections()[-1].keys()
        now = desk.page.js(TEXTS)
        if texts == ["1?"]:
            assert (now[0], now[1]) == ("What is the answer to question", f"1? {before[1]}")
        elif texts:
            assert (now[0], now[1]) == (f"{before[0]} The", before[1].removeprefix("The "))
        else:
            assert now == before
    desk.open()
    assert desk.page.js(TEXTS)[0].split()[-1].casefold() == "the"


def test_a_paragraph_is_struck_from_the_post(desk: Desk) -> None:
    """X takes it out of the post; it stays on the page, marked."""
    desk.write(1)
    desk.page.press("Escape")
    desk.page.press("x")
    desk.saved()
    assert "drop" in desk.corrections()[-1]
    assert run(["process", "--quiet", str(desk.episode)]) == 0
    assert "question 1 is always tea" not in (desk.episode / "out/transcript.md").read_text()


def test_somebody_else_wrote_meanwhile(desk: Desk) -> None:
    """Nothing of either is lost: the difference is shown, and the page has both afterwards."""
    told = 'find = "milk", replace = "lemon"'
    brief = desk.episode / "episode.toml"
    brief.write_text(brief.read_text() + f"\n[[corrections]]\n{told.replace(', ', chr(10))}\n")
    rename_word(desk)
    desk.page.wait("!document.querySelector('#problem').hidden")
    shown = desk.page.js("document.querySelector('#problem').textContent")
    assert "changed meanwhile" in shown
    assert "+replace = " in shown


def test_two_pages_see_each_other(desk: Desk) -> None:
    """What one page does, the other shows; neither loses an edit."""
    with desk.page.another() as other:
        other.open(desk.address.shown)
        other.wait(READY)
        rename_word(desk)
        desk.saved()
        other.wait(f"({TEXTS})[0].startsWith('Which')")
        second = Desk(other, desk.episode, desk.address)
        second.write(1)
        for _ in range(3):
            other.press("Delete")
        other.type("One")
        other.wait(SAVED)
    assert len(desk.corrections()) == 2


def test_what_is_written_is_never_code(desk: Desk) -> None:
    """Script, mark-up and TOML in an edit are text: on the page, in the file, and in the post."""
    evil = '<img src=x onerror=hacked=1>"""]] [[people]]'
    desk.write(0)
    desk.page.type(f"{evil} ")
    desk.saved()
    desk.page.press("Escape")
    desk.open()
    assert desk.page.js("window.hacked") is None
    assert evil.split(maxsplit=1)[0] in desk.page.js(TEXTS)[0]
    assert len(desk.corrections()) == 1
    assert run(["process", "--quiet", str(desk.episode)]) == 0
    assert "<img src=x" not in (desk.episode / "out/transcript.html").read_text()
