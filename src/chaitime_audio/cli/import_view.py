"""How an import is shown: changes by kind, names, and what cannot be placed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from ..domain.imported import CHANGE_KINDS, Change, ChangeKind
from ..domain.text import quoted, terminal
from ..domain.timecode import clock
from ..editorial.imports.plan import shortened
from ..errors import UsageError
from ..pipeline.bring_in import Brought
from ..project.serialization import nearest
from .phrases import counted


def kinds_of(only: str | None) -> tuple[tuple[ChangeKind, ...], bool]:
    """The kinds that ``--only`` names, all without it; and whether it names strikes.

    Raises UsageError with a suggestion for one that does not exist.
    """
    if only is None:
        return CHANGE_KINDS, False
    asked = [name.strip() for name in only.split(",") if name.strip()]
    for name in asked:
        if name not in CHANGE_KINDS:
            near = nearest(name, CHANGE_KINDS)
            raise UsageError(f"--only {name}: there is {', '.join(CHANGE_KINDS)}{near}")
    if not asked:
        raise UsageError(f"--only names kinds: {', '.join(CHANGE_KINDS)}")
    return tuple(kind for kind in CHANGE_KINDS if kind in asked), "strikes" in asked


def show(found: Brought, *, renaming: bool, dry_run: bool) -> None:
    """Print changes by kind on stdout; what is left over and the sum of it on stderr."""
    for text in _lines(found):
        click.echo(terminal(text))
    for text in _left(found, renaming=renaming):
        click.echo(terminal(text), err=True)
    count = len(found.plan.changes)
    if not (count or found.plan.renames or found.plan.unplaced):
        click.echo("nothing differs; there is nothing to take over", err=True)
    elif dry_run:
        click.echo(f"{counted(count, 'change')} would be taken over; nothing was written", err=True)
    else:
        kept = counted(len(found.corrections), "correction")
        click.echo(f"{counted(count, 'change')} taken over as {kept} in corrections.toml", err=True)


def plain_of(found: Brought, *, written: bool) -> dict[str, Any]:
    """What an import comes to, as JSON; times run in the recording."""
    changes = [
        {"kind": one.kind, "at_ms": one.at_ms, "before": one.before, "after": one.after}
        for one in found.plan.changes
    ]
    return {
        "written": written and bool(found.corrections),
        "changes": changes,
        "renames": [{"label": one.label, "old": one.old, "new": one.new} for one in found.plan.renames],
        "unplaced": list(found.plan.unplaced),
        "declined": found.declined,
        "notes": list(found.left_out),
        "corrections": len(found.corrections),
    }


def _lines(found: Brought) -> Iterator[str]:
    for kind in CHANGE_KINDS:
        own = [one for one in found.plan.changes if one.kind == kind]
        if own:
            yield f"{kind}: {len(own)}"
            yield from map(_line, own)


def _line(change: Change) -> str:
    at = clock(change.at_ms)
    before, after = quoted(shortened(change.before)), quoted(shortened(change.after))
    if change.kind == "speakers":
        return f"{at} {before} is said by {change.after}"
    if change.kind == "paragraphs":
        return f"{at} a paragraph begins: {change.after}" if not change.before else f"{at} joined: {before}"
    return f"{at} {before} → {after}" if change.after else f"{at} {before} goes"


def _left(found: Brought, *, renaming: bool) -> Iterator[str]:
    for one in found.plan.renames:
        doing = "is called" if renaming else "is called in the file (--rename takes that over):"
        yield f"name: {one.old} {doing} {one.new}"
    for text in found.plan.unplaced:
        yield f"not placed: {text}"
    if found.declined:
        yield f"not asked for: {counted(found.declined, 'change')} of other kinds"
    for text in found.left_out:
        yield f"note: {text}"
