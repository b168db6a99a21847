"""The script and the shell pipeline in examples/ make, check and publish a folder of episodes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import CONFIG, write_tones

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
SCRIPT = [sys.executable, str(ROOT / "examples" / "publish_show.py")]
PIPELINE = [str(ROOT / "examples" / "publish_show.sh")]


@pytest.mark.parametrize(
    "command",
    [
        SCRIPT,
        pytest.param(PIPELINE, marks=pytest.mark.skipif(not shutil.which("jq"), reason="needs jq")),
    ],
    ids=["python", "shell"],
)
def test_nothing_is_published_until_every_episode_keeps_the_rules(tmp_path: Path, command: list[str]) -> None:
    """A voice without a name holds the site back; once it has one, both episodes are published."""
    (tmp_path / "config").mkdir()
    own = CONFIG + "\n[audio]\ntarget_lufs = -17.2\n"
    (tmp_path / "config" / "chaitime.toml").write_text(own, encoding="utf-8")
    for name, seconds in (("one", 12), ("two", 15)):
        write_tones(tmp_path / "inbox" / f"{name}.wav", seconds)

    shelf = tmp_path / "bin"
    shelf.mkdir()
    chaitime = shelf / "chaitime"
    chaitime.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m chaitime_audio "$@"\n')
    chaitime.chmod(0o755)

    def run() -> subprocess.CompletedProcess[str]:
        ways = {"PATH": f"{shelf}{os.pathsep}{os.environ['PATH']}"}
        path = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))))
        asked = [*command, "inbox", "site", "https://tea.example"]
        environment = {**os.environ, **ways, "PYTHONPATH": path}
        return subprocess.run(
            asked, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    first = run()
    assert first.returncode == 7, first.stderr
    said = [line for line in first.stdout.splitlines() if "voices-named" in line]
    assert ["one" in said[0], "two" in said[1], len(said)] == [True, True, 2]
    assert not (tmp_path / "site").exists()
    for name in ("one", "two"):
        brief = tmp_path / "episodes" / name / "episode.toml"
        brief.write_text(brief.read_text() + '\n[[people]]\nname = "Tom Ellery"\nrole = "guest"\n')
    second = run()
    assert second.returncode == 0, second.stdout + second.stderr
    assert second.stdout.splitlines()[-1] == "site/feed.xml"
    feed = (tmp_path / "site" / "feed.xml").read_text(encoding="utf-8")
    assert feed.count("<item>") == 2
