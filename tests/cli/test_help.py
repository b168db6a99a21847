"""Help that reads at a glance, and completion in the shell."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from chaitime_audio.cli.command_list import HOME
from chaitime_audio.cli.sections import SECTIONS, in_sections, phrase_of
from chaitime_audio.project.discovery import module_names

from .conftest import Show

COMMANDS = [name.replace("_", "-") for name in module_names(HOME)]


@pytest.mark.pure
def test_every_command_stands_under_one_heading() -> None:
    """None is listed twice or lost, and a phrase is short enough for one line."""
    listed = [name for names in in_sections(COMMANDS).values() for name in names]
    assert sorted(listed) == sorted(COMMANDS)
    phrases = [phrase for known in SECTIONS.values() for phrase in known.values()]
    assert len({name for known in SECTIONS.values() for name in known}) == len(phrases)
    assert max(map(len, phrases)) <= 64


def test_help_is_one_screen_under_headings(show: Show) -> None:
    """Four headings, one line for each command, within 80 columns, all phrases in one column."""
    code, out, _ = show.run("--help")
    assert code == 0
    assert [title for title in SECTIONS if f"{title}:\n" in out] == list(SECTIONS)
    lines = out.splitlines()
    assert len(lines) <= 50
    assert max(map(len, lines)) <= 80
    columns = {
        len(found[1]) for name in COMMANDS if (found := re.search(rf"^(  {name} +)\S", out, re.MULTILINE))
    }
    assert len(columns) == 1
    assert all(phrase_of(name) in out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_group_helps(show: Show, name: str) -> None:
    """``chaitime NAME --help`` says what it does; a group lists what is in it."""
    code, out, _ = show.run(name, "--help")
    assert (code, f"Usage: chaitime {name}" in out or "Usage: main" in out) == (0, True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion(show: Show, shell: str) -> None:
    """One command prints it, where to put it is said beside; bash takes it without an error."""
    code, out, news = show.run("completion", shell)
    assert (code, "_CHAITIME_COMPLETE" in out) == (0, True)
    assert f"chaitime completion {shell}" in news
    if shell == "bash":
        assert subprocess.run(["bash", "-n"], input=out, text=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("chaitime stu", "studio"), ("chaitime models v", "verify"), ("chaitime check --js", "--json")],
)
def test_completion_knows_commands_and_options(show: Show, words: str, wanted: str) -> None:
    """What the shell asks is answered: names of commands, of what is in a group, options."""
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), "_CHAITIME_COMPLETE": "bash_complete"}
    code = "import sys; sys.argv = ['chaitime']; from chaitime_audio.cli import main; main()"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert f"plain,{wanted}" in done.stdout.splitlines()


def test_a_command_that_is_misspelt_gets_the_nearest_name(show: Show) -> None:
    """Exit code 2, and one line with what may be meant; a broken plug-in is not needed for that."""
    code, _, err = show.run("proces", "talk.wav")
    assert (code, "did you mean “process”" in err) == (2, True)
    assert show.run("qqqqqq")[0] == 2
