"""The studio killed in the middle of edits: what was answered is kept, and no file is torn."""

from __future__ import annotations

import http.client
import json
import random
import re
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from desk import made

from chaitime_audio.cli import run
from chaitime_audio.domain.correction import Correction
from chaitime_audio.project.decisions import decide
from chaitime_audio.project.episode_file import read_brief
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.journal import read_journal

KILLS, LATEST_S = 50, 0.4
COMMAND = "import sys; from chaitime_audio.cli import main; sys.argv[0] = 'chaitime'; main()"


class Studio:
    """A studio in a process of its own, and what a page would say to it."""

    def __init__(self, episode: Path) -> None:
        command = [sys.executable, "-c", COMMAND, "studio", str(episode), "--no-browser", "--stay"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        found = re.search(r"http://\S+", self.process.stderr.readline())
        assert found
        self.shown = found[0]
        self.key = self.shown.partition("key=")[2]
        self._address = urlsplit(found[0])
        self._page = http.client.HTTPConnection(str(self._address.netloc), timeout=10)
        self._page.request("GET", f"/?{self._address.query}")
        answer = self._page.getresponse()
        answer.read()
        self._cookie = str(answer.getheader("set-cookie")).partition(";")[0]

    def asked(self, method: str, path: str, body: object = None) -> dict[str, object]:
        """Ask for JSON, as the page does."""
        told = {"cookie": self._cookie, "origin": f"http://{self._address.netloc}"}
        told |= {"content-type": "application/json"} if body is not None else {}
        self._page.request(method, path, json.dumps(body) if body is not None else None, told)
        answer = self._page.getresponse()
        found: dict[str, object] = json.loads(answer.read())
        assert answer.status == 200, found
        return found

    def listen(self) -> None:
        """Listen for news, as an open page does."""
        self._page.request("GET", "/api/events", headers={"cookie": self._cookie})
        assert self._page.getresponse().read(6) == b"event:"

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stderr is not None
        self.process.stderr.close()
        self._page.close()


def test_ctrl_c_ends_it_at_once_with_one_line(tmp_path: Path) -> None:
    """With a page open, too, within two seconds, and without a word of how the server is built."""
    studio = Studio(made(tmp_path))
    try:
        studio.listen()
        began = time.monotonic()
        studio.process.send_signal(signal.SIGINT)
        assert studio.process.wait(5) == 130
        assert time.monotonic() - began < 2
        assert studio.process.stderr is not None
        said = studio.process.stderr.read().split("\n")
        assert [line for line in said if line] == [
            "chaitime: stopped; nothing is lost, run the same command again to go on"
        ]
    finally:
        studio.end()


@pytest.mark.hard
def test_a_studio_killed_at_any_moment_loses_no_saved_edit(tmp_path: Path) -> None:
    """Fifty times: every edit that was answered stands in the files, which can all be read."""
    episode, dice, kept = made(tmp_path), random.Random(5), list[str]()
    folder = EpisodeFolder(episode)
    for round_ in range(KILLS):
        studio = Studio(episode)
        late = f"import time, os; time.sleep({dice.uniform(0, LATEST_S)}); os.kill({studio.process.pid}, 9)"
        killer = subprocess.Popen([sys.executable, "-c", late])
        try:
            seen = studio.asked("GET", "/api/episodes/talk")["seen"]
            for number in range(1000):
                word = f"word {round_} {number}"
                change = {"operations": [{"find": word, "replace": "x"}], "seen": seen}
                seen = studio.asked("POST", "/api/episodes/talk/operations", change)["seen"]
                kept.append(word)
        except (OSError, http.client.HTTPException, ValueError):
            pass
        finally:
            killer.wait()
            studio.end()
        text = (episode / "corrections.toml").read_text(encoding="utf-8") if kept else ""
        there = {item["find"] for item in tomllib.loads(text).get("corrections", [])}
        assert there >= set(kept), "an edit that was answered is lost"
        assert len(there) <= len(kept) + round_ + 1, "only the one under way may be there unanswered"
        assert read_brief(folder)
        assert len(read_journal(episode).entries) >= len(kept)
    decide(folder, [Correction(find="tea", replace="chai")], "me")
    assert kept
    assert run(["process", "--quiet", str(episode)]) == 0
    assert not list(episode.glob(".*.part")), "the next run throws away what was being written"
