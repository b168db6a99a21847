"""Attacks on the studio by what stands in an episode, and by whoever else uses the machine."""

from __future__ import annotations

import http.client
import os
import stat
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import Browser, browser, needs_browser
from desk import made, studio
from test_killed import Studio

from chaitime_audio.cli import run
from chaitime_audio.project.toml_edit import literal

READY = "document.documentElement.dataset.ready === '1'"
SAVED = "document.querySelector('#state').textContent === 'saved'"
TEXTS = "[...document.querySelectorAll('.paragraph > p')].map((text) => text.textContent)"
MADE_OF_TEXT = "document.querySelectorAll('img, iframe, object, svg script, body script').length"
EVIL = "<img src=x onerror=hacked=1><script>hacked=1</script>"
INJECTED = '"""\n\n[[corrections]]\nfind = "tea"\nreplace = "poison"\n#'


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, Path]]:
    """An episode with script in its title, a name, the glossary, and a file of captions brought in."""
    episode = made(tmp_path_factory.mktemp("attacks"))
    post = (episode / "out" / "transcript.txt").read_text(encoding="utf-8")
    brought = episode.parents[1] / "brought.txt"
    brought.write_text(post.replace("always", "<svg/onload=hacked=1> always", 1), encoding="utf-8")
    assert run(["import", str(episode), str(brought)]) == 0
    brief = episode / "episode.toml"
    text = brief.read_text(encoding="utf-8").replace("Tom Ellery", "Tom <b onclick=hacked=1>Ellery</b>")
    brief.write_text(f"title = {literal(EVIL)}\n{text}", encoding="utf-8")
    glossary = episode.parents[1] / "config" / "glossary.toml"
    glossary.write_text(f'[[terms]]\nspelling = {literal(EVIL)}\nheard = ["milk"]\n', encoding="utf-8")
    with studio(episode) as address, browser() as page:
        page.open(address.shown)
        page.wait(READY)
        yield page, episode


@needs_browser
def test_script_in_names_words_glossary_title_and_imported_files_is_text(room: tuple[Browser, Path]) -> None:
    """It stands on the page letter for letter, in the text and in every dialog, and nothing of it runs."""
    page, _ = room
    assert page.js("document.querySelector('#title').textContent") == EVIL
    shown = " ".join(page.js(TEXTS))
    assert EVIL in shown, "the glossary's spelling"
    assert "<svg/onload=hacked=1>" in shown, "what was imported"
    assert "Tom <b onclick" in page.js("document.querySelector('#text').textContent")
    for view in ("people", "changes", "find", "help"):
        page.js(f"document.querySelector('#{view}').click()")
        page.wait("document.querySelector('dialog[open]')")
        if view == "find":
            page.js(
                "(() => { const needle = document.querySelector('#needle'); needle.value = 'hacked';"
                "needle.dispatchEvent(new Event('input')); })()"
            )
        assert page.js(MADE_OF_TEXT) == 0, view
        page.js("document.querySelector('dialog[open]').close()")
    page.js("document.querySelector('.who b').click()")
    assert page.js("window.hacked") is None
    assert not page.complaints


@needs_browser
def test_an_edit_writes_no_toml_of_its_own(room: tuple[Browser, Path]) -> None:
    """Quotes, line ends and tables in a correction or a name are its text: one entry, nothing beside it."""
    page, episode = room
    seen = "fetch('/api/episodes/talk').then((answer) => answer.json()).then(({ seen }) => seen)"
    post = (
        "(what, body) => fetch(`/api/episodes/talk/${what}`, { method: 'POST', headers:"
        " { 'content-type': 'application/json' }, body: JSON.stringify(body) })"
        ".then((answer) => answer.status)"
    )
    before = tomllib.loads((episode / "corrections.toml").read_text(encoding="utf-8"))["corrections"]
    told = {"operations": [{"find": "question 2", "replace": INJECTED}], "seen": page.js(seen)}
    assert page.page.evaluate(f"([what, body]) => ({post})(what, body)", ["operations", told]) == 200
    now = tomllib.loads((episode / "corrections.toml").read_text(encoding="utf-8"))["corrections"]
    assert len(now) == len(before) + 1
    assert now[-1]["replace"] == INJECTED
    label = page.js("fetch('/api/episodes/talk').then((a) => a.json()).then((talk) => talk.people[0].label)")
    name = {"label": label, "name": f'Maya"\n{INJECTED}', "role": "host", "seen": page.js(seen)}
    status = page.page.evaluate(f"([what, body]) => ({post})(what, body)", ["people", name])
    assert status in (200, 422)
    written = tomllib.loads((episode / "episode.toml").read_text(encoding="utf-8"))
    assert "corrections" not in written
    for wrong in ("../x", "..%2fx", "%2e%2e%2fcorrections.toml", "talk%2f..%2ftalk", "talk%00"):
        told = f"fetch('/api/episodes/{wrong}').then((answer) => answer.status)"
        assert page.js(told) in (400, 404, 405), wrong


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no list of processes here")
def test_another_user_of_the_machine_finds_no_key(tmp_path: Path) -> None:
    """Not among arguments or in a file that others may read; the port alone gets a refusal, and no log."""
    episode = made(tmp_path)
    os.environ["TMPDIR"], before = str(tmp_path / "tmp"), os.environ.get("TMPDIR")
    (tmp_path / "tmp").mkdir(mode=0o755)
    tempfile.tempdir = None
    try:
        running = Studio(episode)
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before
        tempfile.tempdir = None
    try:
        arguments = Path(f"/proc/{running.process.pid}/cmdline").read_bytes().decode()
        assert running.key not in arguments
        (temporary,) = (tmp_path / "tmp").glob("chaitime-studio-*")
        assert stat.S_IMODE(temporary.stat().st_mode) == 0o700, "the sound is the person's alone"
        kept = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert not [path for path in kept if running.key.encode() in path.read_bytes()]
        others = http.client.HTTPConnection(str(urlsplit(running.shown).netloc), timeout=10)
        for path in ("/", "/?key=guess", "/api/episodes", "/api/episodes/talk/sound", "/static/main.js"):
            others.request("GET", path)
            answer = others.getresponse()
            answer.read()
            assert answer.status == 401, path
        others.close()
        assert running.asked("GET", "/api/episodes")
        running.process.terminate()
        running.process.wait(10)
        assert running.process.stderr is not None
        said = running.process.stderr.read()
        assert running.key not in said, "it was printed once, and is in no log"
        assert "GET" not in said
    finally:
        running.end()
