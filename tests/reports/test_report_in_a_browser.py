"""The report in a real browser: a click on a place or on the picture plays the sound from there.

Needs a Chromium on the machine; see browser.py for what happens without one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))
sys.path.insert(0, str(Path(__file__).parents[1] / "site"))

from browser import Browser, browser, needs_browser
from example_episode import example

from chaitime_audio.audio.mastering.chain.encode import encode
from chaitime_audio.domain.quality import LoudnessCurve, QualityReport
from chaitime_audio.domain.sound import Loudness, PublishedMs
from chaitime_audio.reports.quality_page import page

pytestmark = [pytest.mark.integration, needs_browser]
SECONDS = 120
SILENCE = (PublishedMs(61_000), PublishedMs(65_500))


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of two minutes with two chapters and a silence, its MP3 beside it."""
    folder = tmp_path_factory.mktemp("out")
    episode = example()
    episode = replace(episode, master=replace(episode.master, duration_ms=SECONDS * 1000))
    measured = QualityReport(
        source=Loudness(-25.0, -3.0, 4.0),
        before=LoudnessCurve((-30.0,) * 118),
        after=LoudnessCurve((-16.0,) * 118),
        clipped=(),
        noise_floor_lufs=-62.0,
        silences=(SILENCE,),
        long_silence_ms=3000,
        duration_ms=SECONDS * 1000,
        envelope=(0.5,) * 946,
    )
    encode(iter([np.zeros((44_100, 1), np.float32)] * SECONDS), 1, 64, folder / f"{episode.slug}.mp3")
    path = folder / "report.html"
    path.write_text(page(episode, measured), encoding="utf-8")
    return path


def now(chrome: Browser) -> float:
    """Where the sound stands, in seconds."""
    return float(chrome.js("document.querySelector('audio').currentTime"))


def opened(chrome: Browser, path: Path) -> Browser:
    """Load the page anew and wait for its sound."""
    chrome.open(path.as_uri())
    chrome.wait("document.querySelector('audio').readyState > 0")
    return chrome


def test_a_click_on_a_place_plays_it(chrome: Browser, report: Path) -> None:
    """A silence is heard from a second before it, and the line of the picture stands there."""
    opened(chrome, report).click("a[data-start='60']")
    chrome.wait("document.querySelector('audio').currentTime >= 60")
    assert now(chrome) < 70
    chrome.wait("!document.querySelector('audio').paused")
    where = json.loads(
        chrome.js(
            "JSON.stringify([document.querySelector('.head').getBoundingClientRect().x,"
            "...['x', 'width'].map((name) => document.querySelector('.plot').getBoundingClientRect()[name])])"
        )
    )
    assert (where[0] - where[1]) / where[2] == pytest.approx(0.044 + 0.946 * 0.5, abs=0.06)
    assert not chrome.complaints


def test_a_click_on_the_picture_plays_what_stands_there(chrome: Browser, report: Path) -> None:
    """The middle of the waveform is the middle of the sound, not the middle of the paper."""
    opened(chrome, report).js("globalThis.went = null")
    chrome.js("document.querySelector('.plot').scrollIntoView({block: 'center'})")
    box = json.loads(chrome.js("JSON.stringify(document.querySelector('.plot').getBoundingClientRect())"))
    x, y = box["x"] + box["width"] * (0.044 + 0.946 * 0.25), box["y"] + box["height"] * 0.2
    chrome.js(
        "void (document.querySelector('audio').onseeked = (event) => { went ??= event.target.currentTime; })"
    )
    chrome.click_at(x, y)
    chrome.wait("went !== null")
    assert chrome.js("went") == pytest.approx(SECONDS / 4, abs=1)


def test_keys_reach_everything(chrome: Browser, report: Path) -> None:
    """The picture is a slider: arrows go by 5 s; a place that has the focus plays on Enter."""
    opened(chrome, report).js("document.querySelector('.plot').focus()")
    chrome.press("ArrowUp")
    chrome.wait("document.querySelector('audio').currentTime >= 4.9")
    chrome.press("ArrowUp")
    chrome.wait("document.querySelector('audio').currentTime >= 9.9")
    assert chrome.js("document.querySelector('.plot').getAttribute('aria-valuetext')") == "0:10"
    chrome.js("document.querySelector(\"a[data-start='60']\").focus()")
    chrome.press("Enter")
    chrome.wait("document.querySelector('audio').currentTime >= 60")


def test_the_chapter_that_is_heard_is_marked(chrome: Browser, report: Path) -> None:
    """One chapter at most has the mark, and it is the one in which the sound stands."""
    opened(chrome, report)
    starts = chrome.js("[...document.querySelectorAll('[data-chapter]')].map((link) => link.dataset.start)")
    chrome.click("li:last-child > [data-chapter]")
    chrome.wait("document.querySelectorAll('[data-chapter][aria-current=true]').length === 1")
    marked = chrome.js("document.querySelector('[aria-current=true]').dataset.start")
    assert marked == starts[-1]


def test_on_a_phone_the_picture_moves_to_what_is_heard(chrome: Browser, report: Path) -> None:
    """A place outside the part of the picture that is seen is brought into it; the page stays as wide."""
    with chrome.sized(390, 844):
        opened(chrome, report).click("a[data-start='60']")
        chrome.wait("document.querySelector('.wide').scrollLeft > 50")
        seen = chrome.js("document.querySelector('.head').getBoundingClientRect().x")
        assert 0 < seen < 390
        assert chrome.js("document.documentElement.scrollWidth") <= 390


def test_without_its_mp3_the_page_says_so(chrome: Browser, report: Path, tmp_path: Path) -> None:
    """A page that was sent alone hides its player and names the file; nothing is broken."""
    alone = tmp_path / "report.html"
    alone.write_bytes(report.read_bytes())
    chrome.open(alone.as_uri())
    chrome.wait("!document.querySelector('.gone').hidden")
    assert chrome.js("document.querySelector('audio').hidden") is True
    chrome.click("a[data-start='60']")
    assert not [said for said in chrome.complaints if "ERR_FILE_NOT_FOUND" not in said]


def test_no_other_script_runs(chrome: Browser, report: Path, tmp_path: Path) -> None:
    """Markup that got in somewhere would do nothing: the page allows its own script by its sum."""
    worse = tmp_path / "report.html"
    text = report.read_text(encoding="utf-8")
    worse.write_text(
        text.replace("</h1>", "</h1><script>hacked = 1</script><img src=x onerror='hacked = 1'>")
    )
    chrome.open(worse.as_uri())
    chrome.wait("!document.querySelector('.gone').hidden")
    assert chrome.js("typeof hacked") == "undefined"
    assert chrome.js("document.querySelector('.plot').getAttribute('role')") == "slider"


def test_it_asks_for_its_mp3_and_nothing_else(chrome: Browser, report: Path) -> None:
    """No picture, font or script of another place."""
    opened(chrome, report)
    asked = {address for address in chrome.asked_for if not address.startswith(("data:", "about:"))}
    assert asked == {report.as_uri(), report.with_name(f"{example().slug}.mp3").as_uri()}
