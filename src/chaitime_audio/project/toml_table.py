"""Changes one key of one table of a TOML file that a person wrote; every other character stays.

The table may be written in every way TOML has: under a ``[header]``, inline, with dotted keys, and a list
of tables in it as ``[[header.key]]``, which becomes a list on lines of its own when a program changes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .toml_edit import (
    Edit,
    applied,
    before_first_header,
    below_statement,
    blanks_above,
    comment_lines,
    inserted,
    key_text,
    line_break,
    literal,
    removed,
)
from .toml_text import KeyPath, Statement, TextRange, members, statements

LONGEST_LINE = 100


def set_in_table(text: str, table: str, name: str, value: Any) -> str:
    """Give a key of a table a value; a table that is not there comes at the end of the file."""
    found = statements(text)
    if inline := _inline(found, table):
        return applied(text, _set_inline(text, inline, name, value))
    if (at := _whole(found).get((table, name))) is not None:
        return applied(text, _changed(text, found[at], value))
    text = _without_headers(text, (table, name))
    found = statements(text)
    written = _lines(name, value, line_break(text))
    header = next((at for at, item in enumerate(found) if item.is_header and item.path == (table,)), None)
    if header is not None:
        own = before_first_header(found[header + 1 :])
        return inserted(text, below_statement(text, own[-1] if own else found[header], found), written)
    dotted = [item for item in before_first_header(found) if item.path[0] == table]
    if dotted:
        return inserted(text, below_statement(text, dotted[-1], found), f"{key_text(table)}.{written}")
    return inserted(text, len(text), f"[{key_text(table)}]", written, blank_before=bool(text.strip()))


def drop_from_table(text: str, table: str, name: str) -> str:
    """Take a key out of a table, however it is written; its comments stay."""
    found = statements(text)
    if inline := _inline(found, table):
        return applied(text, _dropped_inline(text, inline, name))
    if (at := _whole(found).get((table, name))) is not None:
        return applied(text, [removed(text, found[at])])
    return _without_headers(text, (table, name))


def _inline(found: Sequence[Statement], table: str) -> Statement | None:
    """The statement of an inline table."""
    return next((item for item in before_first_header(found) if item.path == (table,)), None)


def _set_inline(text: str, statement: Statement, name: str, value: Any) -> list[Edit]:
    place = _value(statement)
    there = members(text, place)
    old = next((at for path, at in there if path == (name,)), None)
    if old is not None:
        return [_comments_above(text, statement, old), Edit(old, literal(value))]
    fresh = f"{key_text(name)} = {literal(value)}"
    if not there:
        return [Edit(place, "{ " + fresh + " }")]
    end = there[-1][1].end
    return [Edit(TextRange(end, end), f", {fresh}")]


def _dropped_inline(text: str, statement: Statement, name: str) -> list[Edit]:
    place = _value(statement)
    there = members(text, place)
    gone = [at for path, at in there if path == (name,)]
    kept = [
        f"{'.'.join(map(key_text, path))} = {text[at.start : at.end]}" for path, at in there if at not in gone
    ]
    if not gone:
        return []
    written = "{ " + ", ".join(kept) + " }" if kept else "{}"
    return [_comments_above(text, statement, gone[0]), Edit(place, written)]


def _comments_above(text: str, statement: Statement, place: TextRange) -> Edit:
    """Comments inside a stretch of a statement, above it."""
    start = statement.lines.start
    return Edit(TextRange(start, start), comment_lines(text, statement, place))


def _value(statement: Statement) -> TextRange:
    assert statement.value is not None
    return statement.value


def _whole(found: Sequence[Statement]) -> dict[KeyPath, int]:
    """The statement of each key by its path from the top; keys of lists of tables are not in it."""
    places, above, listed = dict[KeyPath, int](), KeyPath(), False
    for at, item in enumerate(found):
        if item.is_header:
            above, listed = item.path, item.array
        elif not listed:
            places[(*above, *item.path)] = at
    return places


def _without_headers(text: str, path: KeyPath) -> str:
    """A text without the tables, and lists of tables, under a path."""
    edits, inside = list[Edit](), False
    for item in statements(text):
        if item.is_header:
            inside = item.path[: len(path)] == path
            if inside:
                edits.append(Edit(blanks_above(text, item), ""))
        if inside:
            edits.append(removed(text, item))
    return applied(text, edits)


def _changed(text: str, statement: Statement, value: Any) -> list[Edit]:
    """Another value; comments inside the old one go above it."""
    place, end = _value(statement), line_break(text)
    fresh = _literal(value, statement.path[-1], end)
    return [_comments_above(text, statement, place), Edit(place, fresh)]


def _lines(name: str, value: Any, end: str) -> str:
    return f"{key_text(name)} = {_literal(value, name, end)}"


def _literal(value: Any, name: str, end: str) -> str:
    """A value as TOML; a list that is long, or of tables, with a line for each of its elements."""
    flat = literal(value)
    if not isinstance(value, tuple | list) or not value:
        return flat
    if len(name) + len(flat) < LONGEST_LINE and not any(isinstance(item, Mapping) for item in value):
        return flat
    return f"[{end}" + "".join(f"  {literal(item)},{end}" for item in value) + "]"
