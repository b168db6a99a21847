"""Parts of other packages: the example is used; what is broken, doubled or hidden is said, and no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import ROOT, Run

pytestmark = pytest.mark.integration

Package = Callable[..., Path]
COMMAND = "import click\n@click.command()\ndef command():\n    {body}\n"


def test_the_example_is_used_as_it_is_installed(installed: Path, tmp_path: Path, run: Run) -> None:
    """Its recogniser is heard, its format written, its check made and its command run, all by their names."""
    config = tmp_path / "config" / "chaitime.toml"
    own = 'asr = "parrot"\nasr_options = { phrase = "Polly wants tea." }'
    config.write_text(config.read_text().replace('asr = "standin"', own))
    made = run("process", "talk.wav", on_path=(installed,))
    assert made.returncode == 0, made.stderr
    out = tmp_path / "episodes" / "talk" / "out"
    assert "Polly wants tea." in (out / "transcript.md").read_text()
    shares = (out / "talk.shares.txt").read_text()
    assert shares == " 50%  Speaker 1\n 50%  Speaker 2\n"
    checked = run("check", "episodes/talk", on_path=(installed,))
    assert "House rules\n  ok    title-length" in checked.stdout
    assert run("who-talks", "episodes/talk", on_path=(installed,)).stdout == shares
    said = run("--help", on_path=(installed,)).stdout
    assert "who-talks" in said.partition("More:")[2]
    listed = json.loads(run("plugins", "--json", on_path=(installed,)).stdout)["plugins"]
    assert [(one["room"], one["name"], one["version"], one["state"]) for one in listed] == [
        ("checks", "house_rules", "1.2.0", "ready"),
        ("commands", "who_talks", "1.2.0", "ready"),
        ("engines.asr", "parrot", "1.2.0", "ready"),
        ("formats", "shares", "1.2.0", "ready"),
    ]


def test_an_engine_s_package_and_version_are_on_its_receipt(
    installed: Path, tmp_path: Path, run: Run
) -> None:
    """Another version makes the words outdated, another package makes them anew: as with engines of ours."""
    config = tmp_path / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace('asr = "standin"', 'asr = "chaitime-tea:parrot"'))
    assert run("process", "talk.wav", on_path=(installed,)).returncode == 0
    kept = json.loads((tmp_path / "episodes" / "talk" / "episode.json").read_text())
    receipt = kept["receipts"]["transcript"]
    assert receipt["engine"] == "parrot"
    assert receipt["made"]["options"].items() >= {"plugin": "chaitime-tea", "plugin_version": "1.2.0"}.items()
    again = run("process", "episodes/talk", on_path=(installed,))
    assert "recognise" not in again.stderr
    metadata = installed / "chaitime_tea-1.2.0.dist-info" / "METADATA"
    before = metadata.read_text()
    try:
        metadata.write_text(before.replace("Version: 1.2.0", "Version: 1.3.0"))
        newer = run("process", "episodes/talk", on_path=(installed,))
    finally:
        metadata.write_text(before)
    assert newer.returncode == 0, newer.stderr
    assert "kept from an older version (--upgrade makes it again)" in newer.stderr


def test_a_cluster_s_worker_tells_which_plug_in_it_has(installed: Path) -> None:
    """What is asked at the door names package and version; a worker without it is unlike us."""
    code = (
        "from chaitime_audio.pipeline.registry import Registry\n"
        "from chaitime_audio.project.settings import EngineSettings, Settings\n"
        "names = EngineSettings('parrot', activity='standin', diarization='standin')\n"
        "equipment = Registry(Settings(engines=names)).equipment(masters=False)\n"
        "import pickle; open('asked', 'wb').write(pickle.dumps(equipment))\n"
        "print(equipment())\n"
    )
    asking = "import pickle; print(pickle.load(open('asked', 'rb'))())"
    source = str(ROOT / "src")

    def said(code: str, path: str) -> str:
        command = [sys.executable, "-P", "-c", code]
        environment = {**os.environ, "PYTHONPATH": path}
        done = subprocess.run(
            command, cwd=installed, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert said(code, f"{installed}:{source}") == "{'plug-in parrot': 'chaitime-tea:parrot 1.2.0'}\n"
    assert said(asking, source) == "{'plug-in parrot': 'absent'}\n"


@pytest.mark.parametrize(
    ("place", "text", "reason"),
    [
        ("commands/brew", "import no_such_library", "ModuleNotFoundError: No module named 'no_such_library'"),
        ("commands/brew", "raise SystemExit(3)", "SystemExit: 3"),
        ("commands/brew", "command = 3", "command is no click command"),
        ("formats/brew", "FILE_NAME = 'a.txt'", "broken_tea has no render"),
        ("formats/brew", "FILE_NAME = '../a.txt'\nrender = str", "names no file in out/"),
        ("formats/brew", "FILE_NAME = '{slag}'\nrender = str", "KeyError: 'slag'"),
        ("checks/brew", "TITLE = ''\nfindings = str", "TITLE is no text"),
        ("engines/asr.brew", "class Engine: pass", "Engine is no dataclass"),
        ("engines/ars.brew", "", "there is no room chaitime.engines.ars"),
        ("format/brew", "", "there is no room chaitime.format"),
    ],
)
def test_a_broken_one_is_listed_with_its_reason(
    package: Package, run: Run, place: str, text: str, reason: str
) -> None:
    """``--help`` is as ever, and ``chaitime plugins`` says what is wrong with it."""
    folder = package("broken_tea", {place: "broken_tea"}, text)
    listed = run("plugins", on_path=(folder,))
    assert (listed.returncode, "broken" in listed.stdout) == (0, True)
    assert reason in listed.stdout
    if place.startswith("commands"):
        said = run("--help", on_path=(folder,))
        assert (said.returncode, "brew" in said.stdout, said.stderr) == (0, False, "")
        asked = run("brew", on_path=(folder,))
        assert asked.returncode == 2
        assert f"plug-in broken_tea:brew 1.0 cannot be used: {reason}" in asked.stderr


def test_a_broken_format_is_left_out_and_said(package: Package, run: Run, tmp_path: Path) -> None:
    """The episode is made all the same, and its warnings tell what is missing."""
    folder = package("broken_tea", {"formats/brew": "broken_tea"}, "import no_such_library")
    made = run("process", "talk.wav", on_path=(folder,))
    assert made.returncode == 0
    assert "plug-in broken_tea:brew 1.0 is left out" in " ".join((made.stdout + made.stderr).split())
    assert (tmp_path / "episodes" / "talk" / "out" / "transcript.md").is_file()


def test_one_that_fails_in_use_is_blamed(package: Package, run: Run) -> None:
    """A format that fails ends the run with its name, a check becomes a finding, a command says so itself."""
    points = {"checks/brew": "hot_tea", "commands/brew": "hot_tea"}
    text = COMMAND.format(body="1 / 0") + "TITLE = 'Brewing'\ndef findings(sight):\n    yield 1 / 0\n"
    folder = package("hot_tea", points, text)
    assert run("process", "talk.wav").returncode == 0
    brewed = run("brew", on_path=(folder,))
    assert (brewed.returncode, brewed.stderr) == (
        2,
        "chaitime: plug-in hot_tea:brew 1.0 failed: ZeroDivisionError: division by zero; "
        "mend or uninstall hot_tea\n",
    )
    checked = run("check", "episodes/talk", on_path=(folder,))
    assert checked.returncode == 7
    assert "Brewing\n  FAIL  plug-in" in checked.stdout
    format_ = package("cold_tea", {"formats/brew": "cold_tea"}, "FILE_NAME = 'a'\nrender = lambda *_: 1 / 0")
    rendered = run("render", "episodes/talk", on_path=(format_,))
    assert rendered.returncode == 2
    assert "plug-in cold_tea:brew 1.0 failed: ZeroDivisionError" in rendered.stderr


def test_ours_wins_unless_the_plug_in_is_asked_for(package: Package, run: Run, tmp_path: Path) -> None:
    """PACKAGE:NAME asks for it: on the command line once, in engines.prefer for good."""
    text = COMMAND.format(body="print('theirs')")
    text += "FILE_NAME = '{slug}.vtt'\ndef render(episode, templates):\n    return 'theirs'\n"
    folder = package("other_tea", {"commands/status": "other_tea", "formats/vtt": "other_tea"}, text)
    vtt = tmp_path / "episodes" / "talk" / "out" / "talk.vtt"
    assert run("process", "talk.wav", on_path=(folder,)).returncode == 0
    assert vtt.read_text().startswith("WEBVTT")
    assert "theirs" not in run("status", ".", on_path=(folder,)).stdout
    assert run("other_tea:status", on_path=(folder,)).stdout == "theirs\n"
    assert run("render", "episodes/talk", "other-tea:vtt", on_path=(folder,)).returncode == 0
    assert vtt.read_text() == "theirs"
    assert "hidden: ours is called so, too; ask for other_tea:vtt" in run("plugins", on_path=(folder,)).stdout
    config = tmp_path / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace("[engines]", '[engines]\nprefer = ["other_tea:vtt"]'))
    assert run("process", "episodes/talk", on_path=(folder,)).returncode == 0
    assert vtt.read_text() == "theirs"
    assert "preferred: takes the place of ours" in run("plugins", on_path=(folder,)).stdout
    gone = run("process", "episodes/talk")
    assert (gone.returncode, "no plug-in “other_tea:vtt” is installed" in gone.stderr) == (2, True)


def test_two_of_one_name_are_asked_for_by_their_packages(package: Package, run: Run) -> None:
    """Neither is taken by accident: the error names both, and the whole name works."""
    text = COMMAND.format(body="print(__name__)")
    folders = tuple(package(name, {"commands/brew": name}, text) for name in ("green_tea", "black_tea"))
    assert "brew" not in run("--help", on_path=folders).stdout
    unclear = run("brew", on_path=folders)
    assert unclear.returncode == 2
    assert "two plug-ins are called “brew”; write black_tea:brew or green_tea:brew" in unclear.stderr
    assert run("green_tea:brew", on_path=folders).stdout == "green_tea\n"
