"""Names in receipts: what a name of the code is called in ``episode.json`` and inside keys.

A key hashes the names of an engine, of its options, and of the fields of the values handed in.
So a name that was ever hashed stays what it was on disk, its *wire name*, whatever the code calls
it today. Only what was renamed stands here; everything else is called the same in both places.
How to rename: docs/architecture.md, "Names in receipts".
"""

from __future__ import annotations

from collections.abc import Mapping

STAGES: dict[str, str] = {}
"""Stage in the code → stage on disk."""

ENGINES: dict[tuple[str, str], str] = {}
"""(stage in the code, engine in the code) → engine on disk and in keys."""

OPTIONS: dict[tuple[str, str], str] = {}
"""(stage in the code, option in the code) → option on disk and in keys."""

LATER_OPTIONS: dict[tuple[str, str], str] = {}
"""(stage in the code, option on disk) → the value that stands for what was done before there was
this option; with it the option is left out of keys."""

FIELDS: dict[str, dict[str, str]] = {}
"""Dataclass in the code → its fields in the code → on disk and in keys."""

LATER_FIELDS: dict[str, frozenset[str]] = {
    "Passages": frozenset({"asked"}),
    "Record": frozenset({"remembered"}),
    "Transcript": frozenset({"others"}),
}
"""Dataclass in the code → its fields that came later: left out as long as they have their default."""


def stage_on_disk(stage: str) -> str:
    """What a stage is called in ``episode.json``."""
    return STAGES.get(stage, stage)


def stage_here(name: str) -> str:
    """What the code calls a stage of ``episode.json``."""
    return next((here for here, there in STAGES.items() if there == name), name)


def engine_on_disk(stage: str, engine: str) -> str:
    """What an engine of a stage is called in receipts and keys."""
    return ENGINES.get((stage, engine), engine)


def engine_here(stage: str, name: str) -> str:
    """What the code calls an engine of a receipt."""
    found = (here for (where, here), there in ENGINES.items() if (where, there) == (stage, name))
    return next(found, name)


def options_on_disk(stage: str, options: Mapping[str, str]) -> dict[str, str]:
    """The options of an engine as receipts and keys have them."""
    named = {OPTIONS.get((stage, name), name): value for name, value in options.items()}
    return {name: value for name, value in named.items() if LATER_OPTIONS.get((stage, name)) != value}
