"""A headless Chromium that tests drive by Playwright, which brings its driver; the browser is the system's.

Without one, browser tests are skipped; with ``CHAITIME_BROWSER=required`` in the environment they fail.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
FOUND = next(filter(None, map(shutil.which, NAMES)), None)
REQUIRED = os.environ.get("CHAITIME_BROWSER") == "required"
SWITCHES = ("--no-sandbox", "--mute-audio", "--autoplay-policy=no-user-gesture-required")
USUAL_SIZE = (1280, 720)

needs_browser = pytest.mark.skipif(FOUND is None and not REQUIRED, reason="no Chromium on this machine")


class Browser:
    """One page; it keeps what was complained about and what was asked for."""

    def __init__(self, page: Page) -> None:
        self.page = self._page = page
        self.complaints: list[str] = []
        self.asked_for: list[str] = []
        page.on("pageerror", lambda problem: self.complaints.append(str(problem)))
        page.on("console", self._said)
        page.on("request", lambda request: self.asked_for.append(request.url))

    def _said(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def open(self, address: str) -> None:
        """Load a page anew and wait until it is complete; what was heard before is forgotten."""
        self._page.goto("about:blank")
        self.complaints.clear()
        self.asked_for.clear()
        self._page.goto(address, wait_until="load")

    def js(self, code: str) -> Any:
        """Return what an expression is, promises awaited."""
        return self._page.evaluate(code)

    def wait(self, code: str, seconds: float = 20) -> None:
        """Wait until an expression is true; by asking again, as the pages' own policy forbids more."""
        end = time.monotonic() + seconds
        while not self.js(code):
            assert time.monotonic() < end, f"never true: {code}"
            self._page.wait_for_timeout(50)

    def press(self, key: str) -> None:
        """Press and let go one key."""
        self._page.keyboard.press(key)

    @contextmanager
    def another(self) -> Iterator[Browser]:
        """Another page beside this one, as in another browser."""
        driver = self._page.context.browser
        assert driver is not None
        page = driver.new_page()
        try:
            yield Browser(page)
        finally:
            page.close()

    def type(self, text: str) -> None:
        """Type a text, key by key."""
        self._page.keyboard.type(text)

    def click(self, selector: str) -> None:
        """Scroll the first element that matches into sight and click its first line with the mouse."""
        x, y = self.js(
            f"(() => {{ const found = document.querySelector({selector!r});"
            "found.scrollIntoView({ block: 'center' }); const box = found.getClientRects()[0];"
            "return [box.x + Math.min(8, box.width / 2), box.y + box.height / 2]; })()"
        )
        self.click_at(x, y)

    def click_at(self, x: float, y: float) -> None:
        """Click a place of the window."""
        self._page.mouse.click(x, y)

    def coloured(self, scheme: Any) -> None:
        """Prefer ``light`` or ``dark`` from now on."""
        self._page.emulate_media(color_scheme=scheme)

    @contextmanager
    def sized(self, width: int, height: int) -> Iterator[None]:
        """Make the window as large as a phone's for a while."""
        self._page.set_viewport_size({"width": width, "height": height})
        try:
            yield
        finally:
            self._page.set_viewport_size({"width": USUAL_SIZE[0], "height": USUAL_SIZE[1]})


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the Chromium that is found. Fails where none is and one is required."""
    from playwright.sync_api import sync_playwright

    if FOUND is None:
        pytest.fail("no Chromium here; install it with: apt-get install --no-install-recommends chromium")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=FOUND, args=list(SWITCHES))
        try:
            yield Browser(started.new_page())
        finally:
            started.close()
