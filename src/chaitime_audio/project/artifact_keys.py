"""What an artifact is made by and from: its key, its version, and what changed since it was made."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from . import serialization, wire
from .manifest import Receipt

_HINTS = ("revision", "vocabulary", "plugin_version")
Fact = TypeVar("Fact")


class Kept(ABC):
    """An artifact as an input of another one: its stage, and the hash of its content."""

    @property
    @abstractmethod
    def stage(self) -> str:
        """Name of the stage that makes it."""

    @property
    @abstractmethod
    def digest(self) -> str:
        """Content hash; may wait until it is made."""


@dataclass(frozen=True, slots=True)
class Stage(Generic[Fact]):
    """One slow step: its name, what it makes, and the engine's receipt.

    Entries of ``options`` ending in ``sha256`` or named ``revision`` form the version, and so does
    ``vocabulary``, a hint that a new name alone must not pay for again, and a plug-in's version; all others
    form the key.
    ``large`` facts get a file of their own; ``file_name`` names a file in facts/ that the step
    leaves besides its value, ``more_file_names`` further ones.
    """

    name: str
    kind: type[Fact]
    engine: str
    options: Mapping[str, str]
    large: bool = False
    file_name: str = ""
    more_file_names: tuple[str, ...] = ()

    @property
    def wire_engine(self) -> str:
        """The engine as receipts and keys name it, whatever the code calls it now."""
        return wire.engine_on_disk(self.name, self.engine)

    @property
    def wire_options(self) -> dict[str, str]:
        """The options as receipts and keys name them."""
        return wire.options_on_disk(self.name, self.options)


def key_of(stage: Stage[Any], inputs: tuple[object, ...]) -> str:
    """Hash of the engine, its options and the exact values handed in: one artifact per key."""
    options = _part(stage.wire_options, version=False)
    return serialization.digest([stage.wire_engine, options, [_digest(item) for item in inputs]])


def version_of(stage: Stage[Any]) -> str:
    """Hash of the engine's revision and of its models' checksums."""
    return serialization.digest(_part(stage.wire_options, version=True))


_INPUTS = {
    "int": "the number of speakers",
    "MixPlan": "cuts, clips or who speaks when",
    "Draft": "the text",
    "Passages": "turns without words, or passages to hear again",
}


def why(
    stage: Stage[Any],
    receipt: Receipt | None,
    inputs: tuple[object, ...],
    asked: frozenset[str] = frozenset(),
) -> str:
    """Say in a few words why a fact must be made: what differs from what its receipt was written for."""
    if receipt is None:
        return "not made yet"
    if stage.name in asked:
        return "asked for"
    if receipt.engine != stage.wire_engine:
        return f"engine {wire.engine_here(stage.name, receipt.engine)} → {stage.engine}"
    before = receipt.made.get("options", {})
    for name, value in _part(stage.wire_options, version=False).items():
        if before.get(name) != value:
            return f"{name} {before.get(name, 'unset')} → {value}"
    known = receipt.made.get("inputs", {})
    changed = [name for name, total in named_digests(inputs).items() if known.get(name) != total]
    return f"changed: {', '.join(changed)}" if known and changed else "its file is gone or was changed"


def named_digests(inputs: tuple[object, ...]) -> dict[str, str]:
    """The digest of each input under a name that says something to a person."""
    names = [
        item.stage if isinstance(item, Kept) else _INPUTS.get(type(item).__name__, "the recordings")
        for item in inputs
        if item is not None
    ]
    return dict(zip(names, (_digest(item) for item in inputs if item is not None), strict=True))


def _part(options: Mapping[str, str], *, version: bool) -> dict[str, str]:
    return {
        name: text for name, text in options.items() if (name in _HINTS or name.endswith("sha256")) is version
    }


def _digest(item: object) -> str:
    return item.digest if isinstance(item, Kept) else serialization.digest(item)
