"""No value of any setting or option ends in "unexpected"; the lists come from both."""

from __future__ import annotations

from collections.abc import Callable

import click
import pytest
from nasty import LONG, TYPED, WORST, options, settings, toml_values

from chaitime_audio.cli import chaitime
from chaitime_audio.errors import ChaitimeError
from chaitime_audio.project.settings import load
from cli.conftest import CONFIG, Show

SETTINGS = [(section, name) for section, name, _ in settings()]
PARAMETERS = [
    (" ".join(path), parameter.name or "")
    for path, parameter in options(chaitime)
    if not getattr(parameter, "is_flag", False)
]
TROUBLE = (LONG, "\\u000a", "http://[::1", "\\u0000", "klingon", "9999", "nan")
FEWEST = 4_000
"""So many values are tried at least: 51 settings and some 60 options and arguments, each with a list."""


@pytest.fixture
def made(show: Show) -> Show:
    """A show with one finished episode of a few seconds."""
    assert show.run("process", show.tones(seconds=3), "-q")[0] == 0
    return show


def with_setting(section: str, name: str, value: str) -> str:
    """The show's configuration with one more setting."""
    lines = [line for line in CONFIG.splitlines() if not line.startswith(f"{name} =")]
    return "\n".join([*lines, ""]).replace(f"[{section}]", f"[{section}]\n{name} = {value}") + (
        "" if f"[{section}]" in CONFIG else f"\n[{section}]\n{name} = {value}\n"
    )


def told(code: int, out: str, err: str) -> str:
    """What is wrong with how a command ended, if anything."""
    wrong = code == 1 or any(word in out + err for word in ("unexpected", "Traceback"))
    return f"exit {code}: {err.strip().splitlines()[-1:]}" if wrong else ""


def problems_of(made: Show, section: str, name: str, tried: Callable[[str], bool]) -> list[tuple[str, str]]:
    """What goes wrong with a setting: every value is read, and those that are taken and tried are run."""
    kind = next(kind for part, field, kind in settings() if (part, field) == (section, name))
    config, problems = made.folder / "config" / "chaitime.toml", []
    commands: list[tuple[object, ...]] = [("process", made.episode, "-q")]
    if section == "show":
        commands.append(("feed", "episodes", "--base-url", "https://pod.example/x", "-q"))
    for value in toml_values(kind):
        config.write_text(with_setting(section, name, value), encoding="utf-8")
        try:
            load(config)
        except ChaitimeError as problem:
            if problem.exit_code != 2 or name not in str(problem):
                problems.append((value[:60], str(problem)))
            continue
        for command in commands if tried(value) else ():
            if problem := told(*made.run(*command)):
                problems.append((value[:60], f"{command[0]}: {problem}"))
    return problems


@pytest.mark.parametrize(("section", "name"), SETTINGS)
def test_no_setting_ends_in_unexpected(made: Show, section: str, name: str) -> None:
    """Every value is refused in one line that names the setting; the worst of the others are run."""
    assert problems_of(made, section, name, lambda value: any(text in value for text in TROUBLE)) == []


@pytest.mark.hard
@pytest.mark.parametrize(("section", "name"), SETTINGS)
def test_no_setting_ends_in_unexpected_at_length(made: Show, section: str, name: str) -> None:
    """Every value that is not refused when it is read is run: process, and feed for the show's."""
    assert problems_of(made, section, name, lambda _: True) == []


BASES: dict[str, list[str]] = {
    "process": ["EPISODE", "-q"],
    "batch": ["FOLDER", "--dry-run"],
    "watch": ["FOLDER", "--once", "-q"],
    "status": ["FOLDER"],
    "feed": ["FOLDER", "--base-url", "https://pod.example/x", "-q"],
    "init": ["elsewhere"],
    "voices add": ["Maya Rao", "EPISODE"],
    "voices remove": ["Maya Rao"],
    "score": ["EPISODE", "--against", "words.txt"],
    "models pull": [],
    "trust": [],
    "doctor": [],
    "voices list": [],
    "models verify": [],
}


def arguments(path: str, parameter: click.Parameter, value: str, show: Show) -> list[str]:
    """A command line in which one option or argument has a value and the others are sensible."""
    base = [
        str(show.episode)
        if item == "EPISODE"
        else str(show.folder / "episodes")
        if item == "FOLDER"
        else item
        for item in BASES.get(path, ["EPISODE"])
    ]
    if isinstance(parameter, click.Argument):
        at = [item.name for item in command_of(path).params if isinstance(item, click.Argument)].index(
            parameter.name
        )
        before = [item for item in base if not item.startswith("-")]
        rest = base[len(before) :] if path != "score" else ["--against", "words.txt"]
        before = before[:1] if path == "score" else before
        words = [*before[:at], value, *before[at + 1 :]]
        return [*path.split(), *rest, "--", *words]
    return [
        *path.split(),
        *base,
        parameter.opts[0] + "=" + value if parameter.opts[0].startswith("--") else value,
    ]


def command_of(path: str) -> click.Command:
    """The click command at the end of a path of names."""
    found: click.Command = chaitime
    for name in path.split():
        assert isinstance(found, click.Group)
        below = found.get_command(click.Context(found), name)
        assert below is not None
        found = below
    return found


def problems_with(made: Show, path: str, name: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
    """What goes wrong when an option or argument has one of these values."""
    (made.folder / "words.txt").write_text("hello\n")
    parameter = next(item for item in command_of(path).params if item.name == name)
    ended = ((value, told(*made.run(*arguments(path, parameter, value, made)))) for value in values)
    return [(value[:40], problem) for value, problem in ended if problem]


@pytest.mark.parametrize(("path", "name"), PARAMETERS)
def test_no_option_ends_in_unexpected(made: Show, path: str, name: str) -> None:
    """The worst values are refused with an exit code that says why, or work."""
    assert problems_with(made, path, name, WORST) == []


@pytest.mark.hard
@pytest.mark.parametrize(("path", "name"), PARAMETERS)
def test_no_option_ends_in_unexpected_at_length(made: Show, path: str, name: str) -> None:
    """Every value is refused with an exit code that says why, or works."""
    assert problems_with(made, path, name, TYPED) == []


def test_how_many_values_are_tried() -> None:
    """The lists come from settings and commands themselves: a new one is tried without an edit here."""
    tried = sum(len(list(toml_values(kind))) for _, _, kind in settings()) + len(PARAMETERS) * len(TYPED)
    assert tried > FEWEST
