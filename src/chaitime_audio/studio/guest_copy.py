"""A talk as one page to mail to a guest: text and sound in a single file that loads nothing.

The guest reads and listens, strikes, corrects, comments, and saves a small JSON, which ``chaitime import``
takes. What is cut is neither in the text nor in the sound, and what the post leaves out is not in the text.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator
from hashlib import sha256
from html import escape
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..audio.compact import encode_compact
from ..domain.episode import Episode
from ..domain.sound import Span, span
from ..errors import DestinationError, UsageError
from ..pipeline.listening import listening_copy
from ..pipeline.run import RunOptions, open_episode, registry_for
from ..project.episode_folder import EpisodeFolder
from ..project.files import replacing
from .document import document

KBPS = 32
LEFT_OUT = 5
KEPT = RunOptions(only_kept=True, unworded=True, unmastered=True, force=True)
_ROOM = resources.files(__package__)
_BASE64_BLOCK = 3 << 18
"""A multiple of three bytes, so that the blocks join without padding between them."""


def write_guest_copy(
    folder: EpisodeFolder,
    config: Path | None,
    target: Path,
    progress: Callable[[float], None] = lambda _: None,
) -> int:
    """Write the page for a guest to ``target``; returns its size in bytes.

    Raises NotMadeError for an episode that was not made, UsageError for a target that is no page of its own,
    and DestinationError when it cannot be written.
    """
    if target.suffix.casefold() not in (".html", ".htm"):
        raise UsageError(f"{target} is no name for a page; it ends with .html")
    if target.resolve().is_relative_to(folder.source.resolve()):
        raise UsageError(f"{target} lies among the recordings; write it elsewhere")
    registry = registry_for(folder, config)
    with open_episode(folder, registry, KEPT) as made:
        episode = made.episode
    with TemporaryDirectory(prefix="chaitime-guest-") as room:
        raw, sound = Path(room) / "sound.s16", Path(room) / "sound.mp3"
        copied = listening_copy(folder, registry, raw, progress)
        told = guest_document(episode, copied.duration_ms)
        silent = tuple(span(start, end) for start, end, _ in document(episode, 0)["cuts"])
        encode_compact(_blocks(raw, silent, copied.sample_rate_hz), copied.sample_rate_hz, KBPS, sound)
        raw.unlink()
        try:
            with replacing(target) as temporary, temporary.open("wb") as writer:
                for part in _page(told, sound):
                    writer.write(part)
                return writer.tell()
        except OSError as cause:
            raise DestinationError(f"cannot write {target}: {cause.strerror}") from cause


def guest_document(episode: Episode, length_ms: int) -> dict[str, Any]:
    """Return what the page shows: the words that are published, with their times in the recording."""
    whole = document(episode, length_ms)
    gone = [span(start, end) for start, end, _ in whole["cuts"]]
    paragraphs = []
    for paragraph in whole["paragraphs"]:
        words = [word for word in paragraph["words"] if not word[LEFT_OUT] and not _inside(word, gone)]
        if words:
            paragraphs.append({"label": paragraph["label"], "words": [word[:4] for word in words]})
    names = {person["label"]: person["name"] for person in whole["people"]}
    told = {name: whole[name] for name in ("title", "show", "language", "blank", "length_ms")}
    return {**told, "episode": episode.brief.guid, "names": names, "paragraphs": paragraphs}


def _inside(word: list[Any], gone: list[Span]) -> bool:
    middle_ms = (word[2] + word[3]) // 2
    return any(middle_ms in one for one in gone)


def _blocks(raw: Path, silent: tuple[Span, ...], rate_hz: int) -> Iterator[bytes]:
    """The sound with nothing but silence where it is cut: what is cut must not be in anybody's mail."""
    spans = [(_byte(one.start_ms, rate_hz), _byte(one.end_ms, rate_hz)) for one in silent]
    at = 0
    with raw.open("rb") as reader:
        while block := reader.read(1 << 20):
            held = bytearray(block)
            for start, end in spans:
                first, last = max(start - at, 0), min(end - at, len(held))
                if first < last:
                    held[first:last] = bytes(last - first)
            yield bytes(held)
            at += len(block)


def _byte(at_ms: int, rate_hz: int) -> int:
    return 2 * (int(at_ms) * rate_hz // 1000)


def _page(told: dict[str, Any], sound: Path) -> Iterator[bytes]:
    """The page, piece by piece: one of an hour is 20 MB, which need not be held at once."""
    style, script = _text("guest/guest.css"), _script()
    policy = (
        f"default-src 'none'; script-src '{_sum(script)}'; style-src '{_sum(style)}'; media-src blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    fills = {
        "LANGUAGE": escape(str(told["language"]), quote=True),
        "TITLE": escape(str(told["title"])),
        "POLICY": policy,
        "STYLE": style,
        "DATA": data,
    }
    head, _, rest = _text("guest/guest.html").partition("{{SOUND}}")
    between, _, tail = rest.partition("{{SCRIPT}}")
    for name, value in fills.items():
        head = head.replace("{{" + name + "}}", value, 1)
    yield head.encode()
    with sound.open("rb") as reader:
        while block := reader.read(_BASE64_BLOCK):
            yield base64.b64encode(block)
    yield (between + script + tail).encode()


def _script() -> str:
    """The page's script in one piece: the words' difference as in the studio, and what is the page's own."""
    parts = [_text(name) for name in ("static/talk.js", "static/difference.js", "guest/guest.js")]
    lines = (line.removeprefix("export ") for line in os.linesep.join(parts).splitlines())
    return "\n".join(line for line in lines if not line.startswith("import ")) + "\n"


def _text(name: str) -> str:
    return _ROOM.joinpath(name).read_text(encoding="utf-8")


def _sum(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"
