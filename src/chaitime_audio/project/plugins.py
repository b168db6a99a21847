"""Parts that other packages bring: found by entry point, loaded when taken, looked at before they are used.

A package names them in its ``pyproject.toml``: groups ``chaitime.formats``, ``chaitime.checks``,
``chaitime.commands``, and ``chaitime.engines`` with names like ``asr.parrot``. What stands behind a name is
a module like those of ours of the same kind (docs/plugins.md). One that cannot be used is left out, and
says why.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ..errors import ChaitimeError, ConfigError, UsageError

PREFIX = "chaitime."
FORMATS, CHECKS, COMMANDS, ENGINES = "formats", "checks", "commands", "engines"
ENGINE_KINDS = ("activity", "asr", "diarization", "mastering", "notes")
_MEMBERS = {
    FORMATS: ("FILE_NAME", "render"),
    CHECKS: ("TITLE", "findings"),
    COMMANDS: ("command",),
    **{f"{ENGINES}.{kind}": ("Engine",) for kind in ENGINE_KINDS},
}
"""The rooms that take plug-ins, and the names a part of each must have."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """One part of an installed package, not loaded yet.

    ``room`` is ``formats``, ``checks``, ``commands`` or ``engines.KIND``; ``package`` and ``version`` are
    those of the distribution, ``target`` is the module.
    """

    room: str
    name: str
    package: str
    version: str
    target: str

    def __str__(self) -> str:
        return f"{self.full_name} {self.version}"

    @property
    def full_name(self) -> str:
        """What asks for it in any case, also where a part of ours has its name: ``PACKAGE:NAME``."""
        return f"{self.package}:{self.name}"

    def part(self) -> Any:
        """Return the module. Raises ConfigError that says why it cannot be used."""
        if reason := self.fault:
            raise ConfigError(f"plug-in {self} cannot be used: {reason}; mend or uninstall {self.package}")
        return _loaded(self)[0]

    @property
    def fault(self) -> str:
        """Why it cannot be used, in one line; empty when it can."""
        return _loaded(self)[1]

    def failed(self, problem: BaseException) -> ConfigError:
        """Return what to raise when it failed while it was used."""
        return ConfigError(f"plug-in {self} failed: {_line(problem)}; mend or uninstall {self.package}")


@functools.cache
def found() -> tuple[Plugin, ...]:
    """Every plug-in that is installed, whether it can be used or not, sorted; none is loaded."""
    from importlib.metadata import entry_points

    every = entry_points()
    parts = (
        Plugin(
            *_place(group.removeprefix(PREFIX), point.name), point.dist.name, point.dist.version, point.value
        )
        for group in every.groups
        if group.startswith(PREFIX)
        for point in every.select(group=group)
        if point.dist
    )
    return tuple(sorted(parts, key=dataclasses.astuple))


def usable(room: str) -> tuple[Plugin, ...]:
    """Those of a room that can be used, each loaded to see it."""
    return tuple(one for one in found() if one.room == room and not one.fault)


def left_out() -> tuple[str, ...]:
    """A sentence for each format and each check that cannot be used, and so is missing from an episode."""
    rooms = (FORMATS, CHECKS)
    return tuple(
        f"plug-in {one} is left out: {one.fault}" for one in found() if one.room in rooms and one.fault
    )


def named(room: str, name: str) -> Plugin | None:
    """The plug-in of a room that is called so, by its name or as ``PACKAGE:NAME``; None when there is none.

    Raises UsageError when two packages bring one of this name.
    """
    package, _, bare = name.rpartition(":")
    of_name = [one for one in found() if one.room == room and one.name == plain_name(bare)]
    chosen = [one for one in of_name if not package or plain_name(one.package) == plain_name(package)]
    if len(chosen) > 1:
        full = " or ".join(one.full_name for one in chosen)
        raise UsageError(f"two plug-ins are called “{bare}”; write {full}")
    return chosen[0] if chosen else None


def preferred(room: str, names: Iterable[str]) -> dict[str, str]:
    """The whole names of plug-ins of a room that are asked for as ``PACKAGE:NAME``, by their bare names."""
    asked = (named(room, name) for name in names if ":" in name)
    return {one.name: one.full_name for one in asked if one and not one.fault}


def plain_name(name: str) -> str:
    """A name as it is compared: ``Tea-Plugin`` and ``tea_plugin`` are one."""
    return name.replace("-", "_").casefold()


@contextmanager
def blamed(plugin: Plugin | None) -> Iterator[None]:
    """Raise ConfigError that names the plug-in for whatever it raises that is none of ours."""
    try:
        yield
    except ChaitimeError:
        raise
    except Exception as problem:
        if plugin is None:
            raise
        raise plugin.failed(problem) from problem


def _place(group: str, name: str) -> tuple[str, str]:
    """Room and name of an entry point; an engine's kind stands before its name."""
    kind, _, bare = name.rpartition(".")
    return (f"{group}.{kind}", plain_name(bare)) if group == ENGINES and kind else (group, plain_name(name))


@functools.cache
def _loaded(plugin: Plugin) -> tuple[Any, str]:
    """The part and why it cannot be used; one of them is empty."""
    from importlib.metadata import EntryPoint

    members = _MEMBERS.get(plugin.room)
    if members is None:
        return None, f"there is no room {PREFIX}{plugin.room}; there is {', '.join(sorted(_MEMBERS))}"
    try:
        part = EntryPoint(plugin.name, plugin.target, PREFIX + plugin.room).load()
    except (Exception, SystemExit) as problem:
        return None, _line(problem)
    lacking = [name for name in members if not hasattr(part, name)]
    if lacking:
        return None, f"{plugin.target} has no {' and no '.join(lacking)}"
    return (None, fault) if (fault := _unlike_ours(plugin.room, part)) else (part, "")


def _unlike_ours(room: str, part: Any) -> str:
    """What of a part is not as parts of its room are; empty when all is well."""
    looks: dict[str, Callable[[Any], str]] = {
        FORMATS: _format_fault,
        CHECKS: _check_fault,
        COMMANDS: _command_fault,
    }
    try:
        return looks.get(room, _engine_fault)(part)
    except Exception as problem:  # attributes may do anything
        return _line(problem)


def _format_fault(part: Any) -> str:
    name = part.FILE_NAME.format(slug="slug") if isinstance(part.FILE_NAME, str) else ""
    if not name or name.startswith(("/", ".")) or "\\" in name or ".." in name.split("/"):
        return f"FILE_NAME = {part.FILE_NAME!r} names no file in out/"
    return "" if callable(part.render) else "render is no function"


def _check_fault(part: Any) -> str:
    fine = isinstance(part.TITLE, str) and part.TITLE and callable(part.findings)
    return "" if fine else "TITLE is no text, or findings no function"


def _command_fault(part: Any) -> str:
    import click

    return "" if isinstance(part.command, click.Command) else "command is no click command"


def _engine_fault(part: Any) -> str:
    engine = part.Engine
    if not (isinstance(engine, type) and dataclasses.is_dataclass(engine)):
        return "Engine is no dataclass"
    lacking = [name for name in ("revision", "receipt") if not hasattr(engine, name)]
    return f"Engine has no {' and no '.join(lacking)}" if lacking else ""


def _line(problem: BaseException) -> str:
    return " ".join(f"{type(problem).__name__}: {problem}".split())[:300]
