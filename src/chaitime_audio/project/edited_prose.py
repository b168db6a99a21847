"""Reads who says what in running text: Markdown, plain text, or the paragraphs of a document.

A turn begins with ``Name: text``; the name may be bold, may have a time beside it, or stand on a line of its
own. What comes before the first name, headings and rules are not the talk.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from ..domain.imported import EditedText
from ..domain.scoring import Said
from ..domain.text import line

_TIME = r"[\[(]?\d{1,2}(?::\d{2}){1,2}(?:[.,]\d{1,3})?[\])]?"
_NAMED = re.compile(rf"^(?:{_TIME}\s*[-–—]?\s*)?([^:\n]{{1,80}}?)\s*(?:{_TIME})?\s*:(?:\s+(.*))?$", re.DOTALL)
_BOLD = re.compile(r"^(?:\*\*|__)(.{1,90}?)(?:\*\*|__)\s*(:?)\s*(.*)$", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\((?:[^()]|\([^()]{0,500}\)){0,2000}\)")
_SIGNS = re.compile(r"\\(.)|\*\*|__|(?<!\w)[*_]|[*_](?!\w)")
_RULE = re.compile(r"(?:[-*_] ?){3,}")
_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+", re.MULTILINE)
_PARTICLES = frozenset("de da di du del della van von der den zu bin al el la le y e of the".split())
MOST_NAME_WORDS, FEWEST_BLANKS, MOST_BLOCKS = 5, 0.05, 100_000


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its text, how many of its first characters are bold, whether it is a heading."""

    text: str
    bold: int = 0
    heading: bool = False


def same_name(name: str) -> str:
    """A name for comparing: small letters, single blanks."""
    return " ".join(line(name).casefold().split())


def looks_like_name(text: str) -> bool:
    """Whether a text could be somebody's name: up to five words with capitals, no figures."""
    words = text.split()
    if not 1 <= len(words) <= MOST_NAME_WORDS or any(char.isdigit() for char in text):
        return False
    return all(word in _PARTICLES or not word[:1].islower() for word in words) and text[:1].isalpha()


def markdown_blocks(text: str) -> tuple[list[Block], list[str]]:
    """The blocks of the talk, and those outside of it: before the first rule and behind the last one."""
    pieces = _few([piece.strip() for piece in re.split(r"\n[ \t]*\n", text) if piece.strip()])
    rules = [at for at, piece in enumerate(pieces) if _RULE.fullmatch(piece)]
    first, last = (rules[0], rules[-1]) if len(rules) > 1 else (-1, len(pieces))
    outside = [_plain(piece) for piece in (*pieces[: max(0, first)], *pieces[last + 1 :])]
    return [_markdown_block(piece) for piece in pieces[first + 1 : last]], outside


def _markdown_block(piece: str) -> Block:
    if _RULE.fullmatch(piece) or piece.startswith(("#", ">", "<!--")):
        return Block(_plain(piece.lstrip("#> ")), heading=True)
    bold = _BOLD.match(piece)
    if not bold:
        return Block(_plain(piece))
    inside, colon, rest = _plain(bold[1]), bold[2], _plain(bold[3])
    if not inside.endswith(":") and not colon and rest:
        return Block(_plain(piece))
    name = inside.removesuffix(":").rstrip()
    return Block(f"{name}: {rest}".rstrip() if colon or inside != name else name, len(name))


def plain_blocks(text: str) -> list[Block]:
    """The blocks of plain text: parted by blank lines, or each line where there are none."""
    rows = text.split("\n")
    blank = sum(not row.strip() for row in rows)
    single = len(rows) > 3 and blank < FEWEST_BLANKS * len(rows)
    pieces = rows if single else re.split(r"\n[ \t]*\n", text)
    found = _few([piece.strip() for piece in pieces if piece.strip()])
    return [
        Block(line(_ITEM.sub("", piece.lstrip("# "))), heading=piece.startswith("# "))
        for piece in found
        if piece
    ]


def _few(pieces: list[str]) -> list[str]:
    if len(pieces) > MOST_BLOCKS:
        raise ValueError(f"it has {len(pieces)} paragraphs; no transcript has more than {MOST_BLOCKS}")
    return pieces


def _plain(text: str) -> str:
    """A paragraph without Markdown's signs and list marks."""
    bare = _SIGNS.sub(lambda found: found[1] or "", _LINK.sub(r"\1", _ITEM.sub("", text)))
    return line(html.unescape(bare))


def said_in(blocks: Sequence[Block], names: Container[str], others: Container[str] = ()) -> EditedText:
    """Return what is said, an entry a paragraph, and the lines that are no talk and not known as such.

    ``names`` are those known, by `same_name`; ``others`` lines known to be no talk.
    """
    counts = Counter(same_name(found[1]) for block in blocks if (found := _NAMED.match(block.text)))
    said, outside, name = list[Said](), list[str](), ""
    for block in blocks:
        if block.text in others or block.heading or not block.text:
            outside += [block.text] if block.text and block.text not in others else []
            continue
        speaker, rest = _speaker(block, names, counts)
        name = speaker or name
        if name and rest:
            said.append(Said(name, rest))
        elif not name:
            outside.append(block.text)
    return EditedText("edited", tuple(said), tuple(outside))


def _speaker(block: Block, names: Container[str], counts: Counter[str]) -> tuple[str, str]:
    """The name that a block begins with, if it does, and what is said in it."""
    if same_name(block.text.removesuffix(":")) in names or (
        block.bold >= len(block.text) - 1 > 0 and looks_like_name(block.text.removesuffix(":"))
    ):
        return block.text.removesuffix(":").strip(), ""
    found = _NAMED.match(block.text)
    if not found:
        return "", block.text
    name, rest = found[1].strip(), found[2] or ""
    bold = block.bold >= len(name)
    sure = same_name(name) in names or bold
    twice = len(name.split()) > 1 or counts[same_name(name)] > 1
    return (name, rest) if sure or (looks_like_name(name) and twice) else ("", block.text)


def caption_speaker(text: str, names: Container[str], counts: Counter[str]) -> tuple[str, str]:
    """The name that a caption's text begins with (empty: none), and the rest of it."""
    return _speaker(Block(line(text)), names, counts)


def name_counts(texts: Sequence[str]) -> Counter[str]:
    """How often each text before a colon stands at the beginning of one."""
    return Counter(same_name(found[1]) for text in texts if (found := _NAMED.match(line(text))))


def items_joined(blocks: Sequence[tuple[Block, bool]]) -> Iterator[Block]:
    """Blocks with neighbouring items of a list as one; the flag says which are items."""
    waiting: list[str] = []
    for block, item in blocks:
        if item:
            waiting.append(block.text)
            continue
        if waiting:
            yield Block(" ".join(waiting))
            waiting = []
        yield block
    if waiting:
        yield Block(" ".join(waiting))
