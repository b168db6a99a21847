"""Recordings that take their time: one of 1.2 GB comes in with flat memory, one is corrected meanwhile."""

from __future__ import annotations

import http.client
import json
import re
import tomllib
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import browser, needs_browser
from desk import studio

from chaitime_audio.audio.reading import excerpt
from chaitime_audio.cli import run
from chaitime_audio.pipeline.listening import wave_header
from chaitime_audio.studio import library

SAMPLE = Path(__file__).parents[2] / "episodes" / "001-tom-ellery" / "source" / "tom-ellery.flac"
LARGE, BLOCK = 1_200_000_000, 1 << 20
MOST_MORE_KB = 100_000
READY = "document.documentElement.dataset.ready === '1'"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index lies elsewhere than the user's own."""
    monkeypatch.setattr(library, "cache_file", lambda _path: tmp_path / "cache" / "index.sqlite")


def resident_kb() -> int:
    """The most memory this process has had."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))
    assert found
    return int(found[1])


@pytest.mark.hard
@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="needs /proc")
def test_a_recording_of_1200_mb_streams_in_with_flat_memory(tmp_path: Path) -> None:
    """The server, in this process, holds a piece of it at a time; it arrives whole."""
    shows = tmp_path / "shows"
    shows.mkdir()
    with (
        studio(shows) as address,
        closing(http.client.HTTPConnection(urlsplit(address.shown).netloc, timeout=60)) as link,
    ):
        told = urlsplit(address.shown)
        link.request("GET", f"/?{told.query}")
        answer = link.getresponse()
        answer.read()
        cookie = str(answer.headers["set-cookie"]).partition(";")[0]
        before = resident_kb()
        head, zeros = wave_header((LARGE - 44) // 2, 16_000), bytes(BLOCK)

        def body():
            yield head
            left = LARGE - len(head)
            while left:
                yield zeros[: min(left, BLOCK)]
                left -= min(left, BLOCK)

        headers = {
            "cookie": cookie,
            "origin": f"http://{told.netloc}",
            "content-type": "application/octet-stream",
            "content-length": str(LARGE),
        }
        link.request("POST", "/api/uploads?name=long.wav", body(), headers)
        answer = link.getresponse()
        token = json.loads(answer.read())["token"]
        assert answer.status == 200
        assert (shows / ".chaitime-uploads" / token / "long.wav").stat().st_size == LARGE
        more_kb = resident_kb() - before
        assert more_kb < MOST_MORE_KB
    assert not list(shows.iterdir())


@needs_browser
@pytest.mark.hard
@pytest.mark.models
def test_a_talk_is_corrected_while_the_rest_is_made(tmp_path: Path) -> None:
    """Dropped, heard by tiny.en and pyannote, read before the MP3 is made, corrected; the texts have it."""
    shows = tmp_path / "episodes"
    (tmp_path / "config").mkdir()
    shows.mkdir()
    (tmp_path / "config" / "chaitime.toml").write_text(
        '[show]\nname = "Chai Time"\nhost = "Maya Rao"\n\n[engines]\nmodel = "tiny.en"\n', encoding="utf-8"
    )
    recording = tmp_path / "talk.flac"
    excerpt(SAMPLE, recording, 60_000)
    with studio(shows) as address, browser() as page:
        page.open(address.shown)
        page.wait(READY)
        page.page.set_input_files("#files", str(recording))
        page.js("document.querySelector('#guest').value = 'Tom Ellery'")
        page.js("document.querySelector('#make').click()")
        page.wait("document.querySelector('#episode-tom-ellery progress, #state')")
        page.wait("/can be read|: made$/.test(document.querySelector('#library').textContent)", 300)
        before = (shows / "tom-ellery" / "out" / "tom-ellery.mp3").exists()
        with page.another() as desk:
            desk.open(address.shown)
            desk.wait(READY)
            desk.open(address.shown.split("?", maxsplit=1)[0] + "#tom-ellery")
            desk.wait(f"location.pathname === '/' && {READY}", 120)
            desk.js("document.querySelectorAll('.paragraph > p')[0].focus()")
            desk.press("Enter")
            desk.press("Home")
            for _ in "Welcome":
                desk.press("Delete")
            desk.type("Greetings")
            desk.press("Escape")
            desk.wait("document.querySelector('#state').textContent === 'saved'")
        page.wait("document.querySelector('#state').textContent.endsWith(': made')", 300)
    decided = tomllib.loads((shows / "tom-ellery" / "corrections.toml").read_text(encoding="utf-8"))
    assert decided["corrections"]
    assert not before
    assert run(["process", "-q", str(shows / "tom-ellery")]) == 0  # the edit may have come behind the run
    text = (shows / "tom-ellery" / "out" / "transcript.txt").read_text(encoding="utf-8")
    assert "Greetings to" in text
