"""Where things stand in the text of a TOML file: statements, values, comments, by position.

The grammar is TOML 1.0 (https://toml.io/en/v1.0.0). Meaning is left to ``tomllib``; this only finds
the places, so that a program can change one value and leave every other character as it is.
Texts are taken to be valid: `statements` is only called on what ``tomllib`` has read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

KeyPath = tuple[str, ...]

_STRING = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"""(?:"{1,2})?'
    r"|'''[\s\S]*?'''(?:'{1,2})?"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
)
_COMMENT = re.compile(r"#[^\n]*")
_BLANK = re.compile(r"[ \t]*")
_SPACE = re.compile(r"\s*")
_CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class TextRange:
    """Half-open range of characters in the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One key with its value, or one table header.

    ``lines`` are the whole lines it stands on, with their line break; ``value`` is None for a
    header; ``array`` marks a ``[[header]]``.
    """

    path: KeyPath
    lines: TextRange
    value: TextRange | None = None
    array: bool = False

    @property
    def is_header(self) -> bool:
        """Whether it opens a table."""
        return self.value is None


def statements(text: str) -> tuple[Statement, ...]:
    """Return every key and every table header, in order."""
    return tuple(_statements(text))


def _statements(text: str) -> Iterator[Statement]:
    at = 0
    while at < len(text):
        first = _BLANK.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too
        if text[first : first + 1] in ("", "#", "\n", "\r"):
            at = line_end(text, first)
            continue
        statement = _header(text, at, first) if text[first] == "[" else _key(text, at, first)
        yield statement
        at = statement.lines.end


def elements(text: str, array: TextRange) -> tuple[TextRange, ...]:
    """Return the places of an array's elements."""
    found, at = list[TextRange](), array.start + 1
    while True:
        at = _past_filling(text, at)
        if text[at] == "]":
            return tuple(found)
        end = _value_end(text, at)
        found.append(TextRange(at, end))
        at = end


def members(text: str, table: TextRange) -> tuple[tuple[KeyPath, TextRange], ...]:
    """Return keys of an inline table with the places of their values."""
    found, at = list[tuple[KeyPath, TextRange]](), table.start + 1
    while True:
        at = _past_filling(text, at)
        if text[at] == "}":
            return tuple(found)
        equals = _equals(text, at)
        start = _SPACE.match(text, equals + 1).end()  # type: ignore[union-attr]
        end = _value_end(text, start)
        found.append((_path(text[at:equals]), TextRange(start, end)))
        at = end


def comments_in(text: str, place: TextRange) -> tuple[str, ...]:
    """Return the comments inside a stretch of text, each from its # on."""
    found, at = list[str](), place.start
    while at < place.end:
        if comment := _COMMENT.match(text, at):
            found.append(comment[0].rstrip("\r"))
        at = _past_token(text, at)
    return tuple(found)


def line_end(text: str, at: int) -> int:
    """Return where the next line begins, or the end of the text."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def comma_after(text: str, at: int) -> int | None:
    """Return where the comma is that follows an element; None when it is the last and has none."""
    while text[at].isspace() or text[at] == "#":
        at = _past_token(text, at)
    return at if text[at] == "," else None


def _header(text: str, line: int, first: int) -> Statement:
    array = text.startswith("[[", first)
    at = first + 1 + array
    while text[at] != "]":
        at = _past_token(text, at)
    path = _header_path(text[first + 1 + array : at])
    return Statement(path, TextRange(line, line_end(text, at)), array=array)


def _key(text: str, line: int, first: int) -> Statement:
    equals = _equals(text, first)
    start = _BLANK.match(text, equals + 1).end()  # type: ignore[union-attr]
    end = _value_end(text, start, inside=False)
    return Statement(_path(text[first:equals]), TextRange(line, line_end(text, end)), TextRange(start, end))


def _equals(text: str, at: int) -> int:
    while text[at] != "=":
        at = _past_token(text, at)
    return at


def _value_end(text: str, at: int, *, inside: bool = True) -> int:
    """Where a value ends; one ``inside`` an array or table also ends at their punctuation."""
    if string := _STRING.match(text, at):
        return string.end()
    if text[at] in _CLOSING:
        return _closing(text, at) + 1
    ends = re.compile(r"[,\]}#\n]" if inside else r"[#\n]").search(text, at)
    end = ends.start() if ends else len(text)
    return at + len(text[at:end].rstrip())


def _closing(text: str, at: int) -> int:
    open_: list[str] = []
    while True:
        if text[at] in _CLOSING:
            open_.append(_CLOSING[text[at]])
        elif open_ and text[at] == open_[-1]:
            open_.pop()
            if not open_:
                return at
        at = _past_token(text, at)


def _past_filling(text: str, at: int) -> int:
    """Past blanks, line breaks, commas and comments."""
    while text[at].isspace() or text[at] in ",#":
        at = _past_token(text, at)
    return at


def _past_token(text: str, at: int) -> int:
    """Past a whole string or comment, else past one character."""
    found = _STRING.match(text, at) or _COMMENT.match(text, at)
    return found.end() if found else at + 1


def _path(key: str) -> KeyPath:
    """Read a key, quoted or dotted, as TOML does."""
    return _only_path(tomllib.loads(f"{key} = 0"))


def _header_path(inner: str) -> KeyPath:
    return _only_path(tomllib.loads(f"[{inner}]"))


def _only_path(tree: object) -> KeyPath:
    path: list[str] = []
    while isinstance(tree, dict) and tree:
        (name,) = tree
        path.append(name)
        tree = tree[name]
    return tuple(path)
