"""No value of any setting or option ends in "unexpected"; the lists come from both."""

from __future__ import annotations

import tomllib
from pathlib import Path

import click
import pytest
from nasty import LONG, TYPED, WORST, options, settings, toml_values

from chaitime_audio.cli import chaitime
from chaitime_audio.cli.options import Asked
from chaitime_audio.cli.processing import process
from chaitime_audio.errors import ConfigError
from chaitime_audio.project.settings import load
from cli.conftest import CONFIG, Show

SETTINGS = [(section, name) for section, name, _ in settings()]
PARAMETERS = [
    (" ".join(path), parameter.name or "")
    for path, parameter in options(chaitime)
    if not getattr(parameter, "is_flag", False)
]
VALUES = sorted({value for _, _, kind in settings() for value in toml_values(kind)})
TROUBLE = (
    f'"{LONG}"',
    '"http://[::1"',
    '"\\u0000"',
    '"a\\u000ab"',
    '"klingon"',
    '"{{ 7 * 7 }}"',
    "1e308",
    "nan",
    "1",
    "-1",
)
"""Settings are tried with these on every run of the tests; with all others in the long ones."""
FEWEST = 4_000
"""So many values are tried at least: 51 settings and some 60 options and arguments, each with a list."""


def _seldom(value: str) -> tuple[pytest.MarkDecorator, ...]:
    return () if value in TROUBLE else (pytest.mark.hard,)


@pytest.fixture
def made(show: Show) -> Show:
    """A show with one finished episode of a few seconds."""
    assert show.run("process", show.tones(seconds=3), "-q")[0] == 0
    return show


def config_of(given: dict[tuple[str, str], str]) -> str:
    """The show's configuration with these settings: (section, name) to a value in TOML."""
    plain = tomllib.loads(CONFIG)
    all_of = {
        (part, name): f'"{value}"' for part, found in plain.items() for name, value in found.items()
    } | given
    rows: dict[str, list[str]] = {}
    for (part, name), value in all_of.items():
        rows.setdefault(part, []).append(f"{name} = {value}\n")
    return "".join(f"[{part}]\n{''.join(lines)}" for part, lines in rows.items())


def told(code: int, out: str, err: str) -> str:
    """What is wrong with how a command ended, if anything."""
    wrong = code == 1 or any(word in out + err for word in ("chaitime: unexpected", "Traceback"))
    return f"exit {code}: {err.strip().splitlines()[-1:]}" if wrong else ""


def refused(config: Path, given: dict[tuple[str, str], str]) -> str:
    """What is said of a configuration when it is read; nothing when it is taken."""
    config.write_text(config_of(given), encoding="utf-8")
    try:
        load(config)
    except ConfigError as problem:
        return str(problem)
    return ""


@pytest.mark.parametrize(("section", "name"), SETTINGS)
def test_a_setting_that_is_refused_is_named(tmp_path: Path, section: str, name: str) -> None:
    """Every value of every type is taken, or refused when the file is read in one line with the name."""
    kind = next(kind for part, field, kind in settings() if (part, field) == (section, name))
    for value in toml_values(kind):
        said = refused(tmp_path / "chaitime.toml", {(section, name): value})
        assert not said or name in said
        assert "\n" not in said or "\\u000a" in value


@pytest.mark.parametrize("value", [pytest.param(value, marks=_seldom(value)) for value in VALUES])
def test_no_setting_ends_in_unexpected(made: Show, value: str) -> None:
    """With a value for every setting that takes it, process and feed work, or refuse one setting by name.

    That one is left out then, and the others are tried again, until none is left that is not understood.
    """
    config = made.folder / "config" / "chaitime.toml"
    live = {place: value for place in SETTINGS if not refused(config, {place: value})}
    for command in (
        ("process", made.episode, "-q"),
        ("feed", "episodes", "-q"),
    ):
        while True:
            config.write_text(config_of(live), encoding="utf-8")
            code, out, err = made.run(*command)
            assert not told(code, out, err), (command[0], value)
            if code == 0:
                break
            named = [place for place in live if f"{place[0]}.{place[1]}" in err or f" {place[1]}" in err]
            assert named, (command[0], value, err)
            del live[named[0]]


BASES: dict[str, list[str]] = {
    "process": ["EPISODE", "-q"],
    "batch": ["FOLDER", "--dry-run"],
    "watch": ["FOLDER", "--once", "-q"],
    "status": ["FOLDER"],
    "render": ["EPISODE", "srt", "-q"],
    "feed": ["FOLDER", "--base-url", "https://pod.example/x", "-q"],
    "init": ["elsewhere"],
    "voices add": ["Maya Rao", "EPISODE"],
    "voices remove": ["Maya Rao"],
    "score": ["EPISODE", "--against", "words.txt"],
    "models pull": ["whisper-nobody"],
    "trust": ["."],
    "doctor": [],
    "voices list": [],
    "models verify": ["whisper-nobody"],
    "studio": ["EPISODE", "--no-browser"],
    "corrections add": ["EPISODE", 'find = "tea", replace = "chai"'],
    "corrections revert": ["EPISODE", "c1"],
    "import": ["EPISODE", "words.txt", "--dry-run"],
    "glossary add": ["Okafor"],
    "glossary apply": ["FOLDER", "--dry-run"],
    "relisten": ["EPISODE", "00:01-00:02"],
}


def process_unless_sample(asked: Asked) -> None:
    """Make an episode; the sample's would be made by real engines."""
    if not any("001-tom-ellery" in path.parts for path in asked.recordings):
        process(asked)


@pytest.fixture(autouse=True)
def nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The studio ends as soon as it could be looked at, and no browser is started."""

    async def over(*_: object) -> None:
        return None

    monkeypatch.setattr("chaitime_audio.studio.server._until_over", over)
    monkeypatch.setattr("webbrowser.open", lambda _address: True)
    monkeypatch.setattr("chaitime_audio.cli.processing.process", process_unless_sample)


def arguments(path: str, parameter: click.Parameter, value: str, show: Show) -> list[str]:
    """A command line in which one option or argument has a value and the others are sensible."""
    places = {"EPISODE": str(show.episode), "FOLDER": str(show.folder / "episodes")}
    base = [places.get(item, item) for item in BASES.get(path, ["EPISODE"])]
    if isinstance(parameter, click.Argument):
        named = [item.name for item in command_of(path).params if isinstance(item, click.Argument)]
        at, words, rest = named.index(parameter.name), base[: len(named)], base[len(named) :]
        return [*path.split(), *rest, "--", *words[:at], value, *words[at + 1 :]]
    return [*path.split(), *base, f"{parameter.opts[0]}={value}"]


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
