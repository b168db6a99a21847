"""Values that nobody means and somebody will type, for every setting and option there is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, get_args, get_origin, get_type_hints

import click

from chaitime_audio.project.settings import Settings

LONG = "Ü" * 300
TEXTS = (
    *("", " ", "-", "..", "/", "💥", "a\nb", "\u202eevil\u202c", "\x1b[31m", LONG, "../../../etc/passwd"),
    *(
        "C:\\talk.wav",
        "None",
        "nan",
        "klingon",
        "en-US",
        "http://[::1",
        "https://host:99999/x",
        "%",
        "{slug}",
    ),
    *("javascript:alert(1)", "https://x y/#?%", "{{ 7 * 7 }}", "x > y > z", "a@b@c", "é.pt"),
    "00000000-0000-0000-0000-00000000000g",
)
NUMBERS = ("0", "-1", "1", "999999999999999999999", "0.0", "-0.0", "1e308", "1e-308", "nan", "inf", "-inf")
TYPED = (
    *(text for text in TEXTS if text not in ("/", "..")),
    *(*NUMBERS, "\udcff", "/dev/null", "--", "2026-13-45", "0001-01-01", "9999-12-31", "auto", "1_0", "٣"),
)
"""What an option is given: no folder of the system, which would be searched.

Half a surrogate pair is what a name that is no UTF-8 becomes.
"""

WORST = (
    *("", "/dev/null", "a\nb", LONG, "http://[::1", "999999999999999999999"),
    *("nan", "inf", "\udcff", "--", "٣", "klingon"),
)
"""What has ended in trouble before: tried on every run of the tests; all of them in the long ones."""


def settings() -> Iterator[tuple[str, str, Any]]:
    """Every setting: section, name, type."""
    for section, kind in get_type_hints(Settings).items():
        hints = get_type_hints(kind)
        for field in dataclasses.fields(kind):
            yield section, field.name, hints[field.name]


def toml_values(kind: Any) -> Iterator[str]:
    """Values for a setting, as TOML: all of every type, so that wrong ones are among them."""
    quoted = [_quoted(text) for text in (*TEXTS, "\x00")]
    lists = [
        "[]",
        "[[]]",
        "[{}]",
        '[{ title = "", url = "x" }]',
        *(f"[{text}, {text}]" for text in quoted[:8]),
    ]
    plain = ["true", "{}", "{ a = 1 }", "2026-01-31", *NUMBERS[:-3], "nan", "inf"]
    values = [*quoted, *plain, *lists]
    if get_origin(kind) is tuple or kind in (bool, int, float) or get_args(kind):
        values = [*plain, *quoted[:6], *lists[:8]]
    yield from values


def _quoted(text: str) -> str:
    return (
        '"'
        + "".join(f"\\u{ord(mark):04x}" if ord(mark) < 32 or mark in '"\\' else mark for mark in text)
        + '"'
    )


def options(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Parameter]]:
    """Every parameter of a command and of the commands below it."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from options(below, (*path, name))
        return
    for parameter in command.params:
        yield path, parameter
