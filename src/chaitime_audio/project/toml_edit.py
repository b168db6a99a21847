"""Changes a TOML file that a person wrote, and leaves every other character as it is.

Each verb takes a text and returns a text. What a person sees as one stays together: comment lines
directly above a key or a table belong to it, those directly below a key (and not above another)
to that key, the one behind a value to that line. Where a key or a table is taken away, its comments stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tomlkit

from .toml_text import Statement, TextRange, comma_after, comments_in, elements, line_end, members, statements


@dataclass(frozen=True, slots=True)
class Edit:
    """What takes the place of a stretch of text."""

    place: TextRange
    text: str


def literal(value: Any) -> str:
    """Write a value as TOML, on one line."""
    if isinstance(value, Mapping):
        if not value:
            return "{}"
        return "{ " + ", ".join(f"{key_text(name)} = {literal(item)}" for name, item in value.items()) + " }"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return str(tomlkit.item(value).as_string())


def key_text(name: str) -> str:
    """Write a key as TOML, in quotes where it needs them."""
    return tomlkit.key(name).as_string()


def set_key(text: str, name: str, value: Any) -> str:
    """Give a key outside all tables a value; a new one goes behind the others, above the first table."""
    found = statements(text)
    own = before_first_header(found)
    if there := _named(own, name):
        return applied(text, _changed(text, there, value))
    line = f"{key_text(name)} = {literal(value)}"
    if own:
        return inserted(text, below_statement(text, own[-1], found), line)
    if not found:
        return inserted(text, len(text), line)
    at = _above(text, found[0])
    return inserted(text, at, line, blank_behind=True)


def set_field(text: str, array: str, index: int, name: str, value: Any) -> str:
    """Give a key of one table of an array of tables a value. The array may be written inline."""
    found = statements(text)
    if inline := _named(before_first_header(found), array):
        return _set_inline_field(text, elements(text, _value(inline))[index], name, value)
    entry = _entries(found, array)[index]
    own = _own_keys(entry)
    if there := _named(own, name):
        return applied(text, _changed(text, there, value))
    line = f"{_indent(text, own[-1] if own else entry[0])}{key_text(name)} = {literal(value)}"
    return inserted(text, below_statement(text, own[-1] if own else entry[0], found), line)


def drop_fields(text: str, array: str, index: int, gone: Callable[[str], bool]) -> str:
    """Take keys whose name is ``gone`` out of one table of an array of tables, as values or sub-tables."""
    found = statements(text)
    if inline := _named(before_first_header(found), array):
        place = elements(text, _value(inline))[index]
        kept = [(path, at) for path, at in members(text, place) if not gone(path[0])]
        written = ", ".join(
            f"{'.'.join(map(key_text, path))} = {text[at.start : at.end]}" for path, at in kept
        )
        return applied(text, [Edit(place, _set_free(text, place) + "{ " + written + " }")])
    edits, below = list[Edit](), ""
    for item in _entries(found, array)[index][1:]:
        below = item.path[1] if item.is_header else below
        if gone(below or item.path[0]):
            edits.append(removed(text, item))
    return applied(text, edits)


def append_table(text: str, array: str, values: Mapping[str, Any]) -> str:
    """Add a table to an array of tables, behind its last one; the first one of all at the end of the file."""
    found = statements(text)
    if inline := _named(before_first_header(found), array):
        return _append_inline(text, _value(inline), values)
    lines = [
        f"[[{key_text(array)}]]",
        *(f"{key_text(name)} = {literal(item)}" for name, item in values.items()),
    ]
    entries = _entries(found, array)
    at = (
        below_statement(text, max((item for entry in entries for item in entry), key=_start), found)
        if entries
        else len(text)
    )
    return inserted(text, at, *lines, blank_before=bool(text.strip()))


def remove_table(text: str, array: str, index: int) -> str:
    """Take one table out of an array of tables, with its sub-tables; its comments stay."""
    found = statements(text)
    if inline := _named(before_first_header(found), array):
        place = elements(text, _value(inline))[index]
        comma = comma_after(text, place.end)
        commas = [] if comma is None else [Edit(TextRange(comma, comma + 1), "")]
        return applied(text, [Edit(place, _set_free(text, place)), *commas])
    entry = _entries(found, array)[index]
    edits = [removed(text, item) for item in entry]
    return applied(text, [Edit(blanks_above(text, entry[0]), ""), *edits])


def before_first_header(found: Sequence[Statement]) -> list[Statement]:
    """Return the statements before a table's header; all where there is none."""
    first = next((at for at, item in enumerate(found) if item.is_header), len(found))
    return list(found[:first])


def _entries(found: Sequence[Statement], array: str) -> list[list[Statement]]:
    """The statements of each table of an array: its header, its keys, its sub-tables wherever they stand."""
    entries: list[list[Statement]] = []
    inside = False
    for item in found:
        if item.is_header:
            inside = item.path[0] == array
            if item.path == (array,):
                entries.append([])
        if inside and entries:
            entries[-1].append(item)
    return entries


def _own_keys(entry: Sequence[Statement]) -> list[Statement]:
    return before_first_header(entry[1:])


def _named(found: Sequence[Statement], name: str) -> Statement | None:
    return next((item for item in found if item.path == (name,)), None)


def _value(statement: Statement) -> TextRange:
    assert statement.value is not None
    return statement.value


def _start(statement: Statement) -> int:
    return statement.lines.start


def _changed(text: str, statement: Statement, value: Any) -> list[Edit]:
    """Another value; comments inside the old one go above it."""
    place = _value(statement)
    return [
        Edit(TextRange(statement.lines.start, statement.lines.start), comment_lines(text, statement, place)),
        Edit(place, literal(value)),
    ]


def removed(text: str, statement: Statement) -> Edit:
    """Return the edit that takes a statement away and leaves its comments."""
    return Edit(statement.lines, comment_lines(text, statement, statement.lines))


def _set_free(text: str, element: TextRange) -> str:
    """Comments of an array's element on lines of their own, which may stand anywhere in the array."""
    found = comments_in(text, element)
    return "".join(f"\n{comment}" for comment in found) + ("\n" if found else "")


def blanks_above(text: str, statement: Statement) -> TextRange:
    """The blank lines directly above a statement."""
    end = at = statement.lines.start
    while at and not text[text.rfind("\n", 0, at - 1) + 1 : at].strip():
        at = text.rfind("\n", 0, at - 1) + 1
    return TextRange(at, end)


def comment_lines(text: str, statement: Statement, place: TextRange) -> str:
    """Return the comments inside a stretch, as lines of their own with a statement's indent."""
    indent, end = _indent(text, statement), line_break(text)
    return "".join(f"{indent}{comment}{end}" for comment in comments_in(text, place))


def _indent(text: str, statement: Statement) -> str:
    line = text[statement.lines.start : statement.lines.end]
    return line[: len(line) - len(line.lstrip())]


def _set_inline_field(text: str, table: TextRange, name: str, value: Any) -> str:
    there = members(text, table)
    for path, place in there:
        if path == (name,):
            loose = Edit(TextRange(table.start, table.start), _set_free(text, place))
            return applied(text, [loose, Edit(place, literal(value))])
    fresh = f"{key_text(name)} = {literal(value)}"
    if not there:
        return applied(text, [Edit(table, "{ " + fresh + " }")])
    at = there[-1][1].end
    return applied(text, [Edit(TextRange(at, at), f", {fresh}")])


def _append_inline(text: str, array: TextRange, values: Mapping[str, Any]) -> str:
    there = elements(text, array)
    at = there[-1].end if there else array.start + 1
    return applied(text, [Edit(TextRange(at, at), (", " if there else "") + literal(values))])


def _above(text: str, statement: Statement) -> int:
    """Where the comment lines directly above a statement begin."""
    at = statement.lines.start
    while at:
        line = text.rfind("\n", 0, at - 1) + 1
        if not text[line:at].lstrip().startswith("#"):
            return at
        at = line
    return at


def below_statement(text: str, statement: Statement, found: Sequence[Statement]) -> int:
    """Behind a statement and the comment lines directly below it, unless those stand above the next one."""
    end = at = statement.lines.end
    while text[at : line_end(text, at)].lstrip().startswith("#"):
        at = line_end(text, at)
    return end if at != end and any(item.lines.start == at for item in found) else at


def inserted(text: str, at: int, *lines: str, blank_before: bool = False, blank_behind: bool = False) -> str:
    """Put whole lines at the beginning of a line."""
    end = line_break(text)
    before, behind = text[:at], text[at:]
    if before and not before.endswith("\n"):
        before += end
    if blank_before and not before.endswith(("\n\n", "\n\r\n")):
        before += end
    gap = (
        end
        if blank_behind or (blank_before and behind.strip() and behind.lstrip(" \t")[0] not in "\r\n")
        else ""
    )
    return before + "".join(line + end for line in lines) + gap + behind


def line_break(text: str) -> str:
    """Return the line break of a text, by its first one."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def applied(text: str, edits: Sequence[Edit]) -> str:
    """Make the changes from the back, so that places hold."""
    for edit in sorted(edits, key=lambda edit: (edit.place.start, edit.place.end), reverse=True):
        text = text[: edit.place.start] + edit.text + text[edit.place.end :]
    return text
