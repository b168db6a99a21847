"""The pages in a real browser: what a listener clicks, presses and sees. Skipped where there is none."""

from __future__ import annotations

import math
import wave
from array import array
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from browser import Browser, browser, needs_browser
from example_episode import OURS, example, said

from chaitime_audio.domain.episode import Episode
from chaitime_audio.site.pages import SMALL_COVER_NAME, pages

pytestmark = needs_browser
SOUND = "document.querySelector('audio')"
NOW = "document.querySelector('.line[aria-current]')?.dataset.start"
HOSTILE = "<img src=x onerror=hacked=1><script>hacked=1</script>]]> \u202e" + "W" * 300


@pytest.fixture(scope="module")
def page() -> Iterator[Browser]:
    """One browser for all of them."""
    with browser() as started:
        yield started


def built(folder: Path, *episodes: Episode) -> str:
    """Write a site with twenty seconds of sound an episode; returns its address on disk."""
    from PIL import Image

    for name, text in pages(episodes[0].show, episodes, OURS).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    Image.new("RGB", (8, 8)).save(folder / SMALL_COVER_NAME)
    samples = array("h", (round(3000 * math.sin(at * 0.2)) for at in range(20 * 8000)))
    for episode in episodes:
        with wave.open(str(folder / episode.slug / f"{episode.slug}.mp3"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(samples.tobytes())
    return folder.as_uri()


def one(folder: Path, episode: Episode | None = None) -> str:
    """Return the address of the page of one episode."""
    made = episode or example()
    return f"{built(folder, made)}/{made.slug}/index.html"


def test_a_click_on_a_line_plays_it(page: Browser, tmp_path: Path) -> None:
    """The sound jumps to the line's time and runs; the line is marked, and the next one when it comes."""
    page.open(one(tmp_path))
    page.click(".line[data-start='15.00']")
    page.wait(f"!{SOUND}.paused && {SOUND}.currentTime > 15")
    assert page.js(f"{SOUND}.currentTime") < 16.9
    assert page.js(NOW) == "15.00"
    assert page.js("location.hash") == "#t=15.00"
    assert page.js("document.querySelector('.chapters [aria-current]').dataset.start") == "15.0"
    page.wait(f"{NOW} === '17.00'")
    assert page.complaints == []


def test_a_link_to_a_moment_opens_there(page: Browser, tmp_path: Path) -> None:
    """Seconds or a clock time behind the #, also when it changes; nothing plays unasked."""
    address = one(tmp_path)
    for fragment in ("#t=15.5", "#t=0:15.5", "#t=0:00:15.5"):
        page.open(address + fragment)
        page.wait(f"{SOUND}.currentTime === 15.5")
        assert (page.js(NOW), page.js(f"{SOUND}.paused")) == ("15.00", True)
    page.js("location.hash = '#t=6'")
    page.wait(f"{NOW} === '6.00' && {SOUND}.currentTime === 6")


def test_it_works_without_a_mouse(page: Browser, tmp_path: Path) -> None:
    """The transcript is one stop of the Tab key; arrows go from line to line, Enter plays."""
    page.open(one(tmp_path))
    assert (
        page.js("[...document.querySelectorAll('.line')].filter((line) => line.tabIndex === 0).length") == 1
    )
    assert page.js("document.querySelectorAll('.line').length") > 2
    page.js("document.querySelector('.line').focus()")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown"):
        page.press(key)
    chosen = page.js("document.activeElement.dataset.start")
    assert chosen == page.js("document.querySelectorAll('.line')[2].dataset.start")
    page.press("Enter")
    page.wait(f"!{SOUND}.paused && {SOUND}.currentTime >= {chosen}")


def test_one_episode_plays_at_a_time(page: Browser, tmp_path: Path) -> None:
    """Starting a second player of the index stops the first."""
    page.open(built(tmp_path, example(), replace(example(), slug="002-other")) + "/index.html")
    players = "document.querySelectorAll('audio')"
    page.js(f"{players}[0].play()")
    page.js(f"{players}[1].play()")
    page.wait(f"{players}[0].paused && !{players}[1].paused", seconds=5)  # long before its end
    assert page.complaints == []


def test_hostile_text_does_nothing(page: Browser, tmp_path: Path) -> None:
    """No script of a title runs, nothing outside is asked for, and the page is no wider than a phone."""
    address = one(tmp_path, said(example(), HOSTILE, name=HOSTILE, title=HOSTILE))
    with page.sized(375, 800):
        for target in (address, f"{tmp_path.as_uri()}/index.html"):
            page.open(target)
            assert page.js("typeof hacked") == "undefined"
            assert page.js("document.documentElement.scrollWidth") == 375
            assert not [url for url in page.asked_for if not url.startswith((tmp_path.as_uri(), "data:"))]
            assert page.complaints == []


def test_the_policy_stops_what_slips_through(page: Browser, tmp_path: Path) -> None:
    """Even markup that a template lets in runs no script and loads nothing from elsewhere."""
    address = one(tmp_path)
    path = next(tmp_path.glob("*/index.html"))
    slipped = "<script>hacked=1</script><img src='http://127.0.0.1:9/x' onerror='hacked=1'>"
    path.write_text(path.read_text(encoding="utf-8").replace("</main>", f"{slipped}</main>"))
    page.open(address)
    assert page.js("typeof hacked") == "undefined"
    told = " ".join(page.complaints)
    assert "Executing inline script violates" in told
    assert "Loading the image" in told


def test_sound_that_is_not_there_is_told(page: Browser, tmp_path: Path) -> None:
    """A listener reads why nothing plays."""
    address = one(tmp_path)
    next(tmp_path.glob("*/*.mp3")).unlink()
    page.open(address)
    page.wait("document.querySelector('#trouble').textContent.includes('cannot be loaded')")
