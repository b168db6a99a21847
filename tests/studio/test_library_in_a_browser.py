"""A folder of episodes in the browser: a recording is dropped, what is said is found, and it goes out."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Browser, browser, needs_browser
from desk import made, studio

from chaitime_audio.studio import library
from cli.conftest import write_tones

pytestmark = needs_browser
SERIOUS = ("serious", "critical")
FILES = "[...document.querySelectorAll('#files a')]"
FOUND_AGAIN = (
    "[...document.querySelectorAll('#cards button')].filter((b) => b.textContent === 'As it was found')"
)
READY = "document.documentElement.dataset.ready === '1'"


@pytest.fixture(scope="module")
def page() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one episode."""
    return made(tmp_path_factory.mktemp("library")).parent


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index lies elsewhere than the user's own."""
    monkeypatch.setattr(library, "cache_file", lambda _path: tmp_path / "cache" / "index.sqlite")


def test_a_dropped_recording_becomes_an_episode_and_is_found(shelf: Path, page: Browser) -> None:
    """Sent, made by a process of its own with progress told, searched, and opened at the second."""
    recording = write_tones(shelf.parent / "new talk.wav", 12)
    with studio(shelf) as address:
        page.open(address.shown)
        page.wait(READY)
        assert page.js("location.pathname") == "/library"
        assert not serious(page)
        page.page.set_input_files("#files", str(recording))
        page.js("document.querySelector('#guest').value = 'Ada Quinn'")
        page.js("document.querySelector('#number').value = '7'")
        page.js("document.querySelector('#make').click()")
        page.wait("document.querySelector('#episode-007-ada-quinn')")
        page.wait("document.querySelector('#state').textContent.endsWith(': made')", 60)
        assert not (shelf / ".chaitime-uploads").exists() or not list(
            (shelf / ".chaitime-uploads").rglob("*.*")
        )
        page.js("document.querySelector('#feed').click()")
        page.wait("document.querySelector('#state').textContent.includes('2 episodes')", 60)
        assert (shelf.parent / "site" / "feed.xml").is_file()
        page.js("document.querySelector('#needle').value = 'question always milk'")
        page.js("document.querySelector('#needle').dispatchEvent(new Event('input'))")
        page.wait("document.querySelectorAll('#hits a').length > 2")
        assert page.js("document.querySelector('#hits mark').textContent.toLowerCase()") in (
            "question",
            "always",
            "milk",
        )
        with page.sized(390, 800):
            assert page.js("document.documentElement.scrollWidth") <= 390
        with page.page.expect_navigation():
            page.js("[...document.querySelectorAll('#hits a')].find((a) => !a.href.endsWith('@0')).click()")
        page.wait(READY)
        page.wait("document.querySelector('#audio').currentTime > 0.5")
        ms = int(page.js("location.hash").split("@")[1])
        assert page.js("document.querySelector('#audio').currentTime") == pytest.approx(ms / 1000, abs=0.1)
    brief = tomllib.loads((shelf / "007-ada-quinn" / "episode.toml").read_text(encoding="utf-8"))
    assert (brief["number"], brief["people"][0]["name"]) == (7, "Ada Quinn")
    assert (shelf / "007-ada-quinn" / "out" / "007-ada-quinn.mp3").is_file()


def test_two_findings_are_mended_from_the_page(shelf: Path, page: Browser) -> None:
    """A title that repeats the show and a missing text are mended; notes and files are there to take."""
    episode = shelf / "talk"
    brief = episode / "episode.toml"
    brief.write_text('title = "Tea Time: On milk"\n' + brief.read_text(encoding="utf-8"), encoding="utf-8")
    (episode / "out" / "transcript.md").unlink()
    with studio(episode) as address:
        page.open(address.shown)
        page.wait(READY)
        page.open(address.shown.split("?", maxsplit=1)[0] + "publish#talk")
        page.wait(READY)
        assert not serious(page)
        page.wait("document.querySelector('[data-rule=files-transcript] button')")
        page.js("document.querySelector('[data-rule=files-transcript] button').click()")
        page.wait("document.querySelector('[data-rule=files-transcript]').className === 'pass'", 60)
        assert (episode / "out" / "transcript.md").is_file()
        page.js("document.querySelector('[data-rule=title-plain] input').value = 'On milk'")
        page.js("document.querySelector('[data-rule=title-plain] button').click()")
        page.wait("document.querySelector('[data-rule=title-plain]').className === 'pass'", 60)
        page.wait("document.querySelector('#title').textContent === 'On milk'")
        edit_cards(page, episode)
        assert page.js("document.querySelector('#platform').options.length") > 3
        assert "milk" in page.js("document.querySelector('#notes').textContent")
        names = json.loads(page.js(f"JSON.stringify({FILES}.map((a) => a.textContent))"))
        assert {"talk.mp3", "transcript.md"} <= set(names)
        with page.page.expect_download() as download:
            page.js(f"{FILES}.find((a) => a.textContent === 'transcript.md').click()")
        assert download.value.path().read_bytes() == (episode / "out" / "transcript.md").read_bytes()
        for outside in (
            "..%2fepisode.toml",
            "../episode.toml",
            "%2e%2e/episode.toml",
            "%2fetc%2fpasswd",
            "talk",
        ):
            answer = page.js(f"fetch('/api/episodes/talk/files/{outside}').then((it) => it.status)")
            assert answer in (400, 404, 405), outside
        with page.sized(390, 800):
            assert page.js("document.documentElement.scrollWidth") <= 390


def edit_cards(page: Browser, episode: Path) -> None:
    """A summary is written and given back, titles are written and moved; each is in episode.toml."""
    type_into(page, "summary", "They talk about milk.")
    page.wait(f"{FOUND_AGAIN}.length")
    assert notes(episode)["summary"] == "They talk about milk."
    page.js(f"{FOUND_AGAIN}[0].click()")
    page.wait(f"!{FOUND_AGAIN}.length")
    assert "summary" not in notes(episode)
    for field, value in (
        ("nonsense", ""),
        ("titles", [7]),
        ("quotes", [{}]),
        ("found", ["x"]),
        ("title", "!"),
    ):
        assert sent(page, field, value) == 422
    assert sent(page, "titles", ["First", '\u202eSecond """ [[x]]']) == 200
    page.page.reload()
    page.wait(READY)
    page.js("document.querySelector('[data-card=titles-1-up]').click()")
    page.wait("document.querySelector('[data-card=titles-1]').value === 'First'")
    assert notes(episode)["titles"][1] == "First"


def sent(page: Browser, field: str, value: object) -> int:
    """The status of a change that no button of the page makes."""
    body = json.dumps(json.dumps({"field": field, "value": value}))
    told = f"{{method: 'POST', headers: {{'content-type': 'application/json'}}, body: {body}}}"
    return int(page.js(f"fetch('/api/episodes/talk/cards', {told}).then((it) => it.status)"))


def type_into(page: Browser, card: str, text: str) -> None:
    page.js(f"document.querySelector('[data-card={card}]').value = '{text}'")
    page.js(f"document.querySelector('[data-card={card}]').dispatchEvent(new Event('change'))")


def notes(episode: Path) -> dict[str, Any]:
    return dict(tomllib.loads((episode / "episode.toml").read_text(encoding="utf-8")).get("notes", {}))


def serious(page: Browser) -> list[str]:
    """What axe-core finds, by light and by dark, that keeps somebody out."""
    found = []
    for scheme in ("light", "dark"):
        page.coloured(scheme)
        rows = Axe().run(page.page).response["violations"]
        found += [f"{one['id']}: {one['nodes'][0]['html']}" for one in rows if one["impact"] in SERIOUS]
    return found
