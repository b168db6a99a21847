"""Names in what is said: who names himself, who presents whom, who is spoken to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ...domain.sound import SourceMs
from ...domain.speech import UNKNOWN, Utterance
from ..languages.naming import NAME, Naming

Way = Literal["itself", "other", "address"]
ALIKE = 82
_GREETING_CHARS = 40


@dataclass(frozen=True, slots=True)
class Mention:
    """A name said by a voice. ``follower`` is the voice heard next, ``leader`` the one before.

    ``greeted``: a greeting or "my name is" leads up to it. ``weak``: it only opens a sentence, as
    other words do. ``probability`` (0-1) is the recogniser's for the first word of the name.
    """

    way: Way
    name: str
    label: str
    leader: str
    follower: str
    at_ms: SourceMs
    words: str
    greeted: bool = False
    weak: bool = False
    probability: float = 1.0


def mentions(utterances: tuple[Utterance, ...], naming: Naming) -> tuple[Mention, ...]:
    """Return every mention, in order of time; a name said once counts once, however many patterns fit."""
    found = []
    spoken = [item for item in utterances if item.label != UNKNOWN and not item.backchannel]
    for at, item in enumerate(spoken):
        leader = spoken[at - 1].label if at else ""
        follower = spoken[at + 1].label if at + 1 < len(spoken) else ""
        for said in _in_text(item.text, naming):
            found.append(
                Mention(
                    said.way,
                    said.name,
                    item.label,
                    leader,
                    follower,
                    item.span.start_ms,
                    said.words,
                    said.greeted,
                    said.weak,
                    item.words[item.text.count(" ", 0, said.place)].probability,
                )
            )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Said:
    """A name in a text: by which way, at which character, in which words."""

    way: Way
    name: str
    place: int
    words: str
    greeted: bool
    weak: bool


@lru_cache(maxsize=5_000)  # naming asks, and the doubts about it
def _in_text(text: str, naming: Naming) -> tuple[_Said, ...]:
    return tuple(_searched(text, naming))


def _searched(text: str, naming: Naming) -> Iterator[_Said]:
    plain = text.replace("’", "'")
    ways: tuple[tuple[Way, tuple[str, ...], bool], ...] = (
        ("itself", naming.itself, False),
        ("other", naming.other, False),
        ("address", naming.address, False),
        ("address", naming.vocative, True),
    )
    counted = set()
    for way, patterns, weak in ways:
        for pattern in patterns:
            for match in re.finditer(pattern, plain):
                name = trimmed(match["name"], naming)
                place = plain.find(name.split()[0].rstrip("."), match.start("name")) if name else -1
                if name and place not in counted:
                    counted.add(place)
                    before = plain[max(0, match.start() - _GREETING_CHARS) : place].casefold()
                    greeted = any(re.search(rf"\b{word}\b", before) for word in naming.greetings)
                    yield _Said(way, name, place, match[0].strip(" .,!?"), greeted, weak)


def trimmed(name: str, naming: Naming) -> str:
    """Leave out what opens or ends a capitalised run but is no name."""
    words = [word.strip(".,'") for word in name.split()]
    words = [word.removesuffix("'s") for word in words if word]
    while words and words[0].partition("'")[0] in naming.no_names:
        words = words[1:]
    kept = []
    for word in words:
        if word.partition("'")[0] in naming.no_names:
            break
        kept.append(word)
    return " ".join([f"{word}." if _shortened(word) else word for word in kept[:-1]] + kept[-1:])


def _shortened(word: str) -> bool:
    """Whether a word of a name takes a full stop: an initial or a title."""
    return len(word) == 1 or word in ("Dr", "Prof", "Mr", "Mrs", "Ms", "St")


def full_names(utterances: Iterable[Utterance], naming: Naming) -> tuple[str, ...]:
    """Return capitalised runs of two to four words that may be full names, most frequent first."""
    counts: dict[str, int] = {}
    for item in utterances:
        for match in re.finditer(NAME, item.text.replace("’", "'")):
            name = trimmed(match["name"], naming)
            if len(name.split()) >= 2:
                counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts, key=lambda name: -counts[name]))


def alike(heard: str, name: str) -> bool:
    """Whether two names may be one person's: the first names look or sound the same.

    Family names are what a recogniser gets wrong most, and two people of one first name in
    one interview are rare; a lone family name counts too.
    """
    return closeness(heard, name) > 0


@lru_cache(maxsize=20_000)
def closeness(heard: str, name: str) -> int:
    """How alike two names are: 0 not at all, 1 they look or sound alike, 2 the same word, 3 all the same."""
    ours, theirs = _keys(heard), _keys(name)
    if not ours or not theirs:
        return 0
    if ours == theirs:
        return 3
    if len(ours) == 1 or len(theirs) == 1:
        pairs = [(one, other) for one in (ours[0], ours[-1]) for other in (theirs[0], theirs[-1])]
        return max(_same_word(one, other) for one, other in pairs)
    return _same_word(ours[0], theirs[0])


def _same_word(one: str, other: str) -> int:
    from rapidfuzz import fuzz

    if one == other:
        return 2
    looks = min(len(one), len(other)) >= 4 and fuzz.ratio(one, other) >= ALIKE
    return int(looks or _same_sound(one, other))


def _same_sound(one: str, other: str) -> bool:
    from jellyfish import metaphone

    ours, theirs = metaphone(one), metaphone(other)
    return bool(ours) and len(ours) >= 2 and ours == theirs


def _keys(name: str) -> list[str]:
    return [
        word
        for word in re.sub(r"[^\w' ]", " ", name.casefold()).split()
        if word not in ("dr", "prof", "mr", "ms")
    ]
