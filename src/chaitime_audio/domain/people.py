"""People: who the voices belong to, and why we think so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .sound import SourceMs

Role = Literal["host", "guest"]


@dataclass(frozen=True, slots=True)
class Link:
    """A titled address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks, as the human wrote it down or as we heard it.

    ``at`` holds source times at which this person speaks; they tie a name to a voice. ``photo`` is
    the address of a picture, or empty. ``level`` is how much of what this person says is tidied; empty:
    as the show has it.
    """

    name: str
    role: Role
    at: tuple[SourceMs, ...] = ()
    bio: str = ""
    links: tuple[Link, ...] = ()
    photo: str = ""
    level: Literal["", "verbatim", "clean", "edited"] = ""


@dataclass(frozen=True, slots=True)
class KnownVoice:
    """The voice of a person the show knows: the embedding of a `VoicePrint` of an earlier episode."""

    name: str
    vector: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice of the diarization tied to a person.

    ``evidence`` holds one sentence per reason for the name; ``named`` is False while the
    name is only "Speaker N". ``talk_ms`` is the exclusive talk time. ``maybe`` holds names that one
    sign alone speaks for, or spellings that are about as likely as each other: a person has to say.
    """

    label: str
    person: Person
    named: bool
    evidence: tuple[str, ...]
    talk_ms: int
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cast:
    """All voices of an episode, by first appearance."""

    voices: tuple[Voice, ...]

    def name(self, label: str) -> str:
        """Full name for a label; ``Unknown speaker`` for one that belongs to nobody."""
        return next((v.person.name for v in self.voices if v.label == label), "Unknown speaker")

    def role(self, label: str) -> Role:
        """Role for a label; guest when nothing is known."""
        return next((v.person.role for v in self.voices if v.label == label), "guest")

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names of all hosts, by first appearance."""
        return tuple(dict.fromkeys(v.person.name for v in self.voices if v.person.role == "host"))

    @property
    def guests(self) -> tuple[str, ...]:
        """Names of all guests, by first appearance."""
        return tuple(dict.fromkeys(v.person.name for v in self.voices if v.person.role == "guest"))
