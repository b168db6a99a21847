"""Which of the names that were said are people of this episode that nobody gave us by name."""

from __future__ import annotations

from ...domain.brief import Show
from ...domain.people import Person
from ..languages.naming import Naming
from .name_signs import nobody
from .spoken_names import ALIKE, Mention, alike

MOST_PEOPLE = 6


def heard_people(
    given: tuple[Person, ...], said: tuple[Mention, ...], full: tuple[str, ...], naming: Naming, show: Show
) -> tuple[Person, ...]:
    """People named only in what is said, each by the longest form heard; their role is found out later.

    ``full`` are the full names in the text: a first name that one of them begins with is a person's.
    """
    names = [person.name for person in given]
    found: list[Person] = []
    for mention in sorted(said, key=lambda item: (item.way != "itself", -len(item.name.split()))):
        longer = next((name for name in full if alike(mention.name, name)), mention.name)
        whole = mention.name if " " in mention.name else longer
        if nobody(whole, naming) or _is_show(whole, show) or any(alike(whole, name) for name in names):
            continue
        if whole != mention.name or _believable(mention, said, naming):
            names.append(whole)
            found.append(Person(whole, "guest"))
    return tuple(found)


def _is_show(name: str, show: Show) -> bool:
    """Whether a name is the show's own ("this is Fault Lines"), as far as a recogniser gets it right."""
    from rapidfuzz import fuzz

    return fuzz.ratio(name.casefold(), show.name.casefold().removeprefix("the ")) >= ALIKE


def _believable(mention: Mention, said: tuple[Mention, ...], naming: Naming) -> bool:
    """Whether a name may be a person's. Two words may; a lone one has to show more.

    Who says "I'm Maya" is Maya, but who says "I'm German" or "I'm VP" says no name. A lone word
    that is called out or presented (Google, London) takes a second time, in another remark.
    """
    if " " in mention.name:
        return True
    again = [item for item in said if item.at_ms != mention.at_ms and alike(mention.name, item.name)]
    if mention.way != "itself":
        return bool(again)
    odd = mention.name in naming.no_lone_names or (len(mention.name) > 1 and mention.name.isupper())
    return not odd or any(item.way == "address" and item.label != mention.label for item in again)
