"""Reads a text that a person corrected: captions, a JSON transcript, or the post.

Captions and JSON hold what was spoken, the post what was edited; times are published time.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from ..domain.scoring import Said, TextKind
from ..errors import InputRefusedError, UsageError
from .caption_file import read_captions

_NAMED = re.compile(r"^(?:\*\*|__)?([^:*_\n]{1,80}?):(?:\*\*|__)?\s+(.*)$", re.DOTALL)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SIGNS = re.compile(r"\\(.)|\*\*|__|(?<!\w)[*_]|[*_](?!\w)")
_RULE = re.compile(r"(?:[-*_] ?){3,}")
_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+", re.MULTILINE)


def read_reference(path: Path) -> tuple[tuple[Said, ...], TextKind]:
    """Return what is said in a .vtt, .srt, .json or .md file, and which of our texts it corrects.

    Raises UsageError when the file is not there or of another kind, InputRefusedError, naming it,
    when it cannot be read as what its name says.
    """
    if not path.is_file():
        raise UsageError(f"there is no {path}; check the name")
    readers: dict[str, tuple[Callable[[str], Iterator[Said]], TextKind]] = {
        ".vtt": (_captions, "spoken"),
        ".srt": (_captions, "spoken"),
        ".json": (_segments, "spoken"),
        ".md": (_post, "edited"),
    }
    if path.suffix.lower() not in readers:
        raise UsageError(f"{path.name}: a corrected text is one of {', '.join(readers)}")
    reader, kind = readers[path.suffix.lower()]
    try:
        found = tuple(item for item in reader(path.read_text(encoding="utf-8-sig")) if item.text)
    except (OSError, ValueError, KeyError, TypeError) as cause:
        raise InputRefusedError(f"{path} cannot be read as {path.suffix}: {cause}") from cause
    if not found:
        raise InputRefusedError(f"{path} has no lines of the form “Name: text”, captions or segments")
    return found, kind


def _captions(text: str) -> Iterator[Said]:
    """Cues; the name is the voice tag, or stands before a colon, and holds until the next one."""
    name = ""
    for cue in read_captions(text):
        said = " ".join(" ".join(cue.lines).split())
        named = None if cue.voice else _NAMED.match(said)
        name = cue.voice or (named[1] if named else name)
        yield Said(name, named[2] if named else said, cue.start_ms)


def _segments(text: str) -> Iterator[Said]:
    """Segments of a Podcasting 2.0 JSON transcript."""
    for item in json.loads(text)["segments"]:
        start = item.get("startTime")
        yield Said(
            str(item.get("speaker", "")), str(item["body"]), None if start is None else round(1000 * start)
        )


def _post(text: str) -> Iterator[Said]:
    """Paragraphs that begin with a name, and those after them, up to a heading or a rule.

    What stands before the first rule and behind the last one is not the talk.
    """
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text)]
    rules = [at for at, block in enumerate(blocks) if _RULE.fullmatch(block)]
    if len(rules) > 1:  # head, talk, closing
        blocks = blocks[rules[0] : rules[-1]]
    name = ""
    for part in blocks:
        if part.startswith("#") or _RULE.fullmatch(part):
            name = ""
        elif part.startswith((">", "<!--")):
            continue
        elif named := _NAMED.match(part):
            name = _plain(named[1])
            yield Said(name, _plain(named[2]))
        elif name:
            yield Said(name, _plain(part))


def _plain(text: str) -> str:
    """A paragraph without Markdown's signs and list marks."""
    bare = _SIGNS.sub(lambda found: found[1] or "", _LINK.sub(r"\1", _ITEM.sub("", text)))
    return " ".join(html.unescape(bare).split())
