"""Whether a name that was only heard may be given to a voice: two signs, and no word against it.

A wrong name is worse than "Speaker 2". A sign is a remark: somebody says who he is, presents
somebody, calls somebody. A full name, and a greeting or "my name is" in front of a name, are signs
of their own. What is a place, a title, an interjection or a number is nobody's name.
"""

from __future__ import annotations

from math import prod

from ...domain.people import Person
from ..languages.editing import editing_for
from ..languages.naming import PARTICLES, Naming
from .evidence import Scene
from .spoken_names import Mention, closeness

ENOUGH = 2.0
_WEAK = 0.5
_UNSURE_SPELLING, _CLEARLY = 0.4, 2.0


def nobody(name: str, naming: Naming) -> bool:
    """Whether what looks like a name is none: a place, a title, a number, an interjection, a thing."""
    words = _words(name)
    bare = [word for word in words if word not in naming.titles]
    if not bare or words[0] == "st" or set(bare) <= naming.no_person:
        return True
    return bool(set(words) & naming.things) or (len(bare) == 1 and words[0] in naming.titles)


def signs(label: str, person: Person, scene: Scene, language: str) -> float:
    """How many signs there are that a voice is a person who was only heard of; remarks count once.

    A first name called out whose full name is said elsewhere is a sign more.
    """
    found: dict[int, float] = {}
    shorter = False
    for item in scene.said:
        if scene.means(item.name, person) and (sign := _sign(label, item, language)):
            found[item.at_ms] = max(found.get(item.at_ms, 0.0), sign)
            shorter |= " " in person.name and " " not in item.name
    return sum(found.values()) + shorter


def _sign(label: str, item: Mention, language: str) -> float:
    """What one remark says for a voice. Words of every day (Mark Page, Grace) say less than others."""
    words = _words(item.name)
    whole = len(words) > 1 and not set(words) <= editing_for(language).common_words | PARTICLES
    if item.way == "itself":
        return 0.0 if item.label != label else 2.0 if item.greeted or whole else 1.0
    if item.label == label or label not in (item.leader, item.follower):
        return 0.0
    return (2.0 if whole else 1.0) * (_WEAK if item.weak else 1.0)


def _words(name: str) -> list[str]:
    return [word.strip(".,'").casefold() for word in name.split()]


def spellings(person: Person, scene: Scene) -> tuple[tuple[str, ...], bool]:
    """Spellings of a first name as it was heard, likeliest first, and whether the first is clear.

    It is not where another is at least half as likely, each hearing taken at the recogniser's own
    probability, nor where the recogniser believed none of its hearings.
    """
    first = person.name.split(maxsplit=1)[0]
    own = [item for item in scene.said if closeness(item.name, person.name) > 0]
    heard = [(item.name.split(maxsplit=1)[0], min(max(item.probability, 0.01), 0.99)) for item in own]
    alike = [(word, belief) for word, belief in heard if word == first or closeness(word, first) == 1]
    if not alike:
        return (first,), True
    likely = {
        spelt: prod(belief if word == spelt else 1 - belief for word, belief in alike)
        for spelt in dict.fromkeys(word for word, _ in alike)
    }
    ranked = sorted(likely, key=lambda spelt: -likely[spelt])
    close = len(ranked) > 1 and likely[ranked[0]] < _CLEARLY * likely[ranked[1]]
    doubted = all(belief < _UNSURE_SPELLING for _, belief in alike)
    return tuple(ranked[:2] if close else ranked[:1]), not (close or doubted)
