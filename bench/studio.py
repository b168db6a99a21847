"""How fluid the studio is on a long talk, in a real Chromium: opening, keys, Enter, scrolling, saving.

The facts of a talk (long_talk.py) are kept as its engines would leave them, the studio serves it in a process
of its own, and a headless browser does what a person does: key events are real ones, times the browser's own.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chaitime_audio.domain.brief import Brief
from chaitime_audio.domain.timecode import exact_clock
from chaitime_audio.project.corrections_text import plain_of
from chaitime_audio.project.toml_edit import literal

from .derive import kept
from .long_talk import talk

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES, QUICK = (30_000, 60_000), (3_000,)
KEYS, ENTERS, EDITS = 60, 12, 12
NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = ("--no-sandbox", "--mute-audio", "--enable-precise-memory-info")
COMMAND = "import sys; from chaitime_audio.cli import main; sys.argv[0] = 'chaitime'; main()"
CONFIG = """
[show]
name = "Chai Time"
host = "Maya Rao"
vocabulary = ["PyTorch", "librosa"]

[engines]
asr = "standin"
diarization = "standin"
activity = "standin"
mastering = "standin"
"""
SETTLED_S = 60
SAVED = "document.querySelector('#state').textContent === 'saved'"
WATCH = """() => {
  window.long = [];
  new PerformanceObserver((list) => window.long.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ type: "longtask" });
  window.keyed = [];
  let began = 0;
  const done = (event) => {
    document.activeElement.getBoundingClientRect();  // what was changed is laid out
    const spent = performance.now() - began;
    if (event.type === "keydown") window.keyed.push(spent);
    else window.keyed[window.keyed.length - 1] = spent;
  };
  addEventListener("keydown", () => (began = performance.now()), true);
  addEventListener("keydown", done);
  addEventListener("input", done);
  window.answers = [];
  const asked = window.fetch;
  window.fetch = async (...what) => {
    const sent = performance.now(), answer = await asked(...what);
    if (what[1]?.method === "POST") window.answers.push(performance.now() - sent);
    return answer;
  };
}"""
SCROLL = """() => new Promise((done) => {
  const room = document.querySelector("#text");
  room.style.scrollBehavior = "auto";
  room.scrollTop = 0;
  window.long.length = 0;
  let step = 0;
  const on = () => {
    room.scrollBy(0, room.scrollHeight / 240);
    if (++step < 240) requestAnimationFrame(on);
    else setTimeout(() => done(Math.max(0, ...window.long)), 200);
  };
  requestAnimationFrame(on);
})"""


@dataclass(frozen=True, slots=True)
class Row:
    """What one talk costs: milliseconds (medians, and the most), and the page's memory in MB.

    ``derived_s`` passes from the command to its address; ``open_ms`` from asking for the page to its first
    input; ``long_ms`` is the longest task while scrolling (0 where none took 50 ms).
    """

    name: str
    words: int
    derived_s: float
    open_ms: float
    key_ms: float
    longest_key_ms: float
    enter_ms: float
    longest_enter_ms: float
    long_ms: float
    answer_ms: float
    longest_answer_ms: float
    heap_mb: float
    nodes: int


def measure(*, quick: bool = False) -> Iterator[Row]:
    """Yield a row for each length. Raises RuntimeError where there is no Chromium."""
    for size in QUICK if quick else SIZES:
        with tempfile.TemporaryDirectory(prefix="bench-studio-") as place, _page() as page:
            episode, began = _episode(size, Path(place)), time.monotonic()
            with _served(episode) as address:
                yield _row(page, address, size, time.monotonic() - began)


def _episode(words: int, place: Path) -> Path:
    """An episode of so many words, with what its human wrote; returns its folder."""
    told = talk(words)
    folder, _ = kept(told, place)
    (place / "config" / "chaitime.toml").write_text(CONFIG, encoding="utf-8")
    folder.brief.write_text(_written(told.brief), encoding="utf-8")
    return folder.path


def _written(brief: Brief) -> str:
    """A brief of people, cuts and corrections as a person would write it."""
    lines = [f"number = {brief.number}"]
    for person in brief.people:
        lines += ["[[people]]", f"name = {literal(person.name)}", f"role = {literal(person.role)}"]
    for cut in brief.cuts:
        lines += ["[[cuts]]", f"start = {literal(exact_clock(cut.start_ms))}"]
        lines += [f"end = {literal(exact_clock(cut.end_ms))}"]
    for item in brief.corrections:
        lines += ["[[corrections]]", *(f"{key} = {literal(value)}" for key, value in plain_of(item).items())]
    return "\n".join(lines) + "\n"


@contextmanager
def _page() -> Iterator[Page]:
    """A page of the Chromium that is found."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise RuntimeError("there is no Chromium here; install it with: apt-get install chromium")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=found, args=list(SWITCHES))
        try:
            yield started.new_page()
        finally:
            started.close()


@contextmanager
def _served(episode: Path) -> Iterator[str]:
    """Serve an episode while the block lasts; its address."""
    command = [sys.executable, "-c", COMMAND, "studio", str(episode), "--no-browser", "--stay"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            found = re.search(r"http://\S+", line)
            if found is None:
                raise RuntimeError(f"the studio said: {line}{process.stderr.read()}")
            yield found[0]
        finally:
            process.kill()


def _row(page: Page, address: str, size: int, derived_s: float) -> Row:
    page.goto(address)
    page.wait_for_timeout(200)  # the first page of a browser warms it up
    page.goto(address)
    _until(page, "document.documentElement.dataset.ready === '1'")
    open_ms = page.evaluate("performance.getEntriesByName('ready')[0].startTime")
    page.evaluate(f"({WATCH})()")
    _until(page, "!document.querySelector('#play').disabled")
    long_ms = page.evaluate(f"({SCROLL})()")
    keys = _typed(page)
    enters = _split(page)
    answers = _edited(page)
    page.evaluate("window.gc?.()")
    told = page.context.new_cdp_session(page)
    told.send("Performance.enable")
    found = {item["name"]: item["value"] for item in told.send("Performance.getMetrics")["metrics"]}
    return Row(
        f"{size:,} words",
        page.evaluate("document.querySelector('#text').textContent.split(' ').length"),
        derived_s,
        open_ms,
        statistics.median(keys),
        max(keys),
        statistics.median(enters),
        max(enters),
        long_ms,
        statistics.median(answers),
        max(answers),
        found["JSHeapUsedSize"] / 1e6,
        int(found["Nodes"]),
    )


def _until(page: Page, code: str, seconds: float = SETTLED_S) -> None:
    end = time.monotonic() + seconds
    while not page.evaluate(code):
        if time.monotonic() > end:
            raise RuntimeError(f"never true: {code}")
        page.wait_for_timeout(50)


def _written_in(page: Page, share: float) -> None:
    """Put the caret into a paragraph somewhere in the talk, by keyboard."""
    page.evaluate(
        "(share) => { const all = document.querySelectorAll('.paragraph > p');"
        "const at = [...all].findIndex((one, at) => at > share * all.length && one.textContent.length > 200);"
        "all[at].scrollIntoView({ block: 'center' }); all[at].focus(); }",
        share,
    )
    page.keyboard.press("Enter")
    page.evaluate("window.keyed.length = 0")


def _typed(page: Page) -> list[float]:
    """What keys cost in the middle of the talk."""
    _written_in(page, 0.5)
    page.keyboard.type("and this was typed in the middle of a very long talk indeed "[:KEYS], delay=40)
    found: list[float] = page.evaluate("[...window.keyed]")
    _until(page, SAVED)
    page.keyboard.press("Escape")
    return found


def _split(page: Page) -> list[float]:
    """What Enter costs, between words of several paragraphs."""
    found: list[float] = []
    for at in range(ENTERS):
        _written_in(page, (at + 1) / (ENTERS + 2))
        for _ in range(3):
            page.keyboard.press("Control+ArrowRight")
        page.evaluate("window.keyed.length = 0")
        page.keyboard.press("Enter")
        found += page.evaluate("[...window.keyed]")
        _until(page, SAVED)
        page.keyboard.press("Escape")
    return found


def _edited(page: Page) -> list[float]:
    """How long a corrected word takes to be answered, once the page is quiet."""
    page.wait_for_timeout(15_000)
    _until(page, SAVED)
    page.evaluate("window.answers.length = 0")
    for at in range(EDITS):
        _written_in(page, (at + 0.5) / EDITS)
        page.keyboard.type("Well ", delay=10)
        page.keyboard.press("Escape")
        _until(page, f"window.answers.length > {at}")
    found: list[Any] = page.evaluate("window.answers")
    return [float(one) for one in found]
