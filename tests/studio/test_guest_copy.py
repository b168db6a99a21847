"""A page for the guest: one file that loads nothing, and what comes back of it."""

from __future__ import annotations

import base64
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Browser, browser, needs_browser
from desk import made

from chaitime_audio.cli import run

pytestmark = needs_browser
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def episode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An episode in which a passage is cut, with a title that wants to be a script."""
    found = made(tmp_path_factory.mktemp("guest"))
    brief = found / "episode.toml"
    text = brief.read_text(encoding="utf-8")
    brief.write_text('title = "</script><script>alert(1)</script>"\nguid = "tea-1"\n' + re.sub(
        r"(?m)^(title|guid) = .*\n", "", text
    ), encoding="utf-8")  # fmt: skip
    cut = 'cut = ["00:06", "00:08.5"]'
    assert run(["corrections", "add", str(found), cut]) == 0
    assert run(["process", "-q", str(found)]) == 0
    return found


@pytest.fixture(scope="module")
def copy(episode: Path) -> Path:
    """The page."""
    target = episode.parents[1] / "for-tom.html"
    assert run(["studio", str(episode), "--guest-copy", str(target)]) == 0
    return target


@pytest.fixture(scope="module")
def page() -> Iterator[Browser]:
    with browser() as found:
        yield found


def test_the_page_holds_what_is_published_and_nothing_more(copy: Path) -> None:
    """Text and sound in one small file; what is cut is in neither; no name in it closes the script."""
    text = copy.read_text(encoding="utf-8")
    found = re.search(r'id="sound">([^<]*)<', text)
    data = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    assert data
    told = json.loads(data[1])
    sound = base64.b64decode(found[1], validate=True)
    assert sound[:1] == b"\xff"
    assert len(text) < 24 / 3600 * 20_000_000 + 40_000  # of an hour 20 MB, and the page itself
    words = [word for paragraph in told["paragraphs"] for word in paragraph["words"]]
    assert words
    assert not [word for word in words if 6_000 <= (word[2] + word[3]) / 2 < 8_500]
    assert text.count("<script") == 3
    assert "http" not in re.sub(r"http-equiv", "", text.replace(found[1], ""))


def test_what_a_guest_wishes_comes_back(copy: Path, episode: Path, page: Browser, tmp_path: Path) -> None:
    """Heard, corrected, struck, commented, saved, imported: every wish is made or listed, once."""
    page.open(copy.as_uri())
    page.wait("document.documentElement.dataset.ready === '1'")
    page.wait("document.querySelector('#audio').duration > 20")
    assert not serious(page)
    page.js("document.querySelector('#audio').currentTime = 10")
    page.wait("Math.abs(document.querySelector('#audio').currentTime - 10) < 0.5")
    page.js("document.querySelectorAll('.paragraph > p')[1].focus()")
    page.press("Home")
    for _ in range(3):
        page.press("Delete")
    page.type("An")
    page.js("document.querySelectorAll('.paragraph')[2].querySelector('[data-kind=strike]').click()")
    page.js("document.querySelectorAll('.paragraph')[0].querySelector('[data-kind=comment]').click()")
    page.type("Is <b>this</b> for the public?")
    page.js("document.querySelector('#asking button[value=keep]').click()")
    page.wait("document.querySelector('#count').textContent === '3 wishes'")
    page.js("document.querySelector('#author').value = 'Tom Ellery'")
    with page.page.expect_download() as download:
        page.js("document.querySelector('#save').click()")
    wishes = tmp_path / "tom.wishes.json"
    download.value.save_as(wishes)
    told = json.loads(wishes.read_text(encoding="utf-8"))
    assert (told["format"], told["author"], told["episode"]) == ("chaitime-guest", "Tom Ellery", "tea-1")
    before = len(corrections(episode))
    assert run(["import", str(episode), str(wishes)]) == 0
    fresh = corrections(episode)[before:]
    assert [sorted(set(one) - {"id", "author", "said"}) for one in fresh] == [
        ["at", "find", "replace"],
        ["drop"],
    ]
    assert fresh[0]["replace"].startswith("An")
    assert all("Tom Ellery" in one["author"] for one in fresh)


def test_a_page_that_is_opened_again_has_its_wishes(copy: Path, page: Browser) -> None:
    """What was wished is kept by the browser, and one strike more takes itself back."""
    page.open(copy.as_uri())
    page.wait("document.documentElement.dataset.ready === '1'")
    page.wait("document.querySelector('#count').textContent === '3 wishes'")
    page.js("document.querySelectorAll('.paragraph')[2].querySelector('[data-kind=strike]').click()")
    page.wait("document.querySelector('#count').textContent === '2 wishes'")
    with page.sized(390, 800):
        assert page.js("document.documentElement.scrollWidth") <= 390


def test_a_page_goes_to_no_strange_place(episode: Path, tmp_path: Path) -> None:
    """A name that is no page, and a place among the recordings, are refused."""
    assert run(["studio", str(episode), "--guest-copy", str(tmp_path / "page.mp3")]) == 2
    assert run(["studio", str(episode), "--guest-copy", str(episode / "source" / "page.html")]) == 2
    assert not list(tmp_path.rglob("*.mp3"))


def corrections(episode: Path) -> list[dict[str, str]]:
    return list(tomllib.loads((episode / "corrections.toml").read_text(encoding="utf-8"))["corrections"])


def serious(page: Browser) -> list[str]:
    """What axe-core finds, by light and by dark, that keeps somebody out."""
    found = []
    for scheme in ("light", "dark"):
        page.coloured(scheme)
        rows = Axe().run(page.page).response["violations"]
        found += [f"{one['id']}: {one['nodes'][0]['html']}" for one in rows if one["impact"] in SERIOUS]
    return found
