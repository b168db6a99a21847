"""People, papers, projects and books that were named: for the editor, who may know an address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...domain.scripts import sentences
from ..languages.reading import Reading, keys

FEWEST_WORDS, LONGEST = 2, 80
_QUOTED = re.compile(r"[“„]([^“”„]{3,80})[”“]")
_INNER = frozenset("of the de van von der du la le".split())


def mentions(passages: Sequence[str], data: Reading, known: frozenset[str]) -> tuple[str, ...]:
    """Return names of two words or more and quoted titles, by first appearance.

    ``known`` holds words (in small letters) that name nobody new: the cast, what has a link.
    Where a language writes every noun with a capital only quoted titles are found.
    """
    found: dict[str, None] = {}
    for passage in passages:
        for line in sentences(passage):
            named = [] if data.capital_nouns else list(_names(line, data))
            for text in (*_titles(line), *named):
                if not set(keys(text)) <= known and not any(text in other for other in found):
                    found[text] = None
    return tuple(found)


def _titles(line: str) -> Iterator[str]:
    for match in _QUOTED.finditer(line):
        said = match[1].strip(" ,.!?").split()
        if len(said) >= FEWEST_WORDS and 2 * sum(word[:1].isupper() for word in said) > len(said):
            yield " ".join(said)


def _names(line: str, data: Reading) -> Iterator[str]:
    """Runs of words with a capital, small words between them allowed."""
    run: list[str] = []
    for number, word in enumerate([*line.split(), ""]):
        bare = word.strip("“”„‘()[],.;:!?…—")
        low = bare.casefold().replace("’", "'")
        first = number == 0 and low in data.light | data.replies | data.lead_ins
        capital = bare[:1].isupper() and not first and low not in data.addressed and "’" not in bare
        if capital or (run and low in _INNER):
            run.append(bare)
        if not (capital or (run and low in _INNER)) or word.endswith(
            (",", ".", ";", ":", "!", "?", "—", "”")
        ):
            while run and run[-1] in _INNER:
                run.pop()
            if sum(part[:1].isupper() for part in run) >= FEWEST_WORDS:
                yield " ".join(run)[:LONGEST]
            run = []
