"""What goes to a language model for better wording, and what comes back: proposals, to be guarded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """The extracted notes and the text they are from.

    ``text`` is the edited text, a turn a line. ``chapters`` are the titles that may be reworded,
    all distinct; those of the human and the opening are not among them.
    """

    language: str
    text: str
    guests: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    show: str = ""
    summary: str = ""
    claims: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """Lines a language model proposed; claims and chapters by position of the draft's.

    Empty lines mean: as it was. ``failure`` says why nothing came, in one sentence.
    """

    summary: str = ""
    claims: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    failure: str = ""
