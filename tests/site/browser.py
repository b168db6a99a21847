"""A Chromium that a test drives over the DevTools protocol, through two pipes: no library is needed."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
FOUND = next(filter(None, map(shutil.which, NAMES)), None) if shutil.which("bash") else None
SWITCHES = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--mute-audio"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"),
    *("--disable-extensions", "--autoplay-policy=no-user-gesture-required", "--disable-dev-shm-usage"),
)


class Browser:
    """One page of a headless Chromium; ``heard`` keeps what it reported: errors, requests."""

    def __init__(self, process: subprocess.Popen[bytes], read: int, write: int) -> None:
        self._process, self._read, self._write = process, read, write
        self._left, self._count, self._session = b"", 0, ""
        self.heard: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **given: Any) -> Any:
        """Send one command and return its result. Raises AssertionError when it is refused."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": given}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                return answer["result"]
            self.heard.append(answer)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            ready, _, _ = select.select([self._read], [], [], 60)
            more = os.read(self._read, 1 << 16) if ready else b""
            assert more, "the browser is gone, or says nothing"
            self._left += more
        one, _, self._left = self._left.partition(b"\0")
        found: dict[str, Any] = json.loads(one)
        return found

    def open(self, address: str) -> None:
        """Load a page and wait until it is complete; what was heard before is forgotten."""
        self.heard.clear()
        if "#" in address:  # another fragment of the same page would not load it again
            self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=address)
        bare = address.partition("#")[0]
        self.wait(f"location.href.startsWith({bare!r}) && document.readyState === 'complete'")

    def js(self, code: str) -> Any:
        """Return what an expression is, promises awaited."""
        told = self.call("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def wait(self, code: str, seconds: float = 20) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + seconds
        while not self.js(code):
            assert time.monotonic() < end, f"never true: {code}"
            time.sleep(0.05)

    def press(self, key: str) -> None:
        """Press and let go one key."""
        code = {"Enter": 13, "Tab": 9, "ArrowDown": 40, "ArrowUp": 38}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            pressed = text if kind == "keyDown" else {}
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **pressed
            )

    def click(self, selector: str) -> None:
        """Scroll the first element that matches into sight and click its first line with the mouse."""
        place = self.js(
            f"(() => {{ const found = document.querySelector({selector!r});"
            "found.scrollIntoView({ block: 'center' }); const box = found.getClientRects()[0];"
            "return [box.x + Math.min(8, box.width / 2), box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call(
                "Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1
            )

    @property
    def complaints(self) -> list[str]:
        """Errors of scripts, of the console, and of the page's own policy."""
        kinds = ("Runtime.exceptionThrown", "Log.entryAdded")
        return [json.dumps(item["params"]) for item in self.heard if item.get("method") in kinds]

    @property
    def asked_for(self) -> list[str]:
        """Addresses that the page asked for."""
        sent = (item for item in self.heard if item.get("method") == "Network.requestWillBeSent")
        return [item["params"]["request"]["url"] for item in sent]


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are none of 3 and 4, which the browser wants."""
    ends = os.pipe()
    moved = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return moved[0], moved[1]


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the Chromium that is found; it and its folder are gone afterwards."""
    assert FOUND
    theirs_in, ours_out = _pipe()
    ours_in, theirs_out = _pipe()
    home = tempfile.mkdtemp(prefix="browser-")
    wired = f'exec "$0" "$@" 3<&{theirs_in} 4>&{theirs_out}'
    process = subprocess.Popen(
        ["bash", "-c", wired, FOUND, *SWITCHES, f"--user-data-dir={home}", "about:blank"],
        pass_fds=(theirs_in, theirs_out),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        yield Browser(process, ours_in, ours_out)
    finally:
        os.close(ours_out)  # the browser ends when nobody can speak to it any more
        os.close(ours_in)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
        shutil.rmtree(home, ignore_errors=True)
