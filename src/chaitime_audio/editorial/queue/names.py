"""Names that no glossary knows, each once, however often and in however many spellings it is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from ...domain.scripts import ends_sentence, join_words
from ..corrections.phonetics import initial, ratio, sound_of
from ..corrections.swap import parts
from ..languages.editing import editing_for, zipf
from .doubt import COMMON_NAME_ZIPF, Doubted
from .item import Item
from .suggesting import Spellings, bare, place_of

SEVERAL_WAYS = 0.85
"""How likely something is wrong where one name seems to be spelt in several ways."""
FEWEST_LETTERS, ALIKE, ALIKE_SOUND, SAME_NAME = 4, 70.0, 80.0, 60.0
"""From which likeness (0 to 100) on two rare names may be one; less is enough beside the same second name."""


def name_items(talk: Sequence[Sequence[Doubted]], language: str, known: Spellings) -> Iterator[Item]:
    """Yield an item per name; ``talk`` is what is said, utterance by utterance."""
    runs = [run for utterance in talk for run in _runs(utterance)]
    for group in _groups(runs, language):
        yield _item(group, known)


def _runs(utterance: Sequence[Doubted]) -> Iterator[tuple[Doubted, ...]]:
    """Names that stand side by side: "Harriet Sloan"."""
    run: list[Doubted] = []
    for item in utterance:
        if run and (not item.name or _apart(run[-1])):
            yield tuple(run)
            run = []
        if item.name:
            run.append(item)
    if run:
        yield tuple(run)


def _apart(item: Doubted) -> bool:
    """Whether the next word cannot belong to the same name."""
    behind = parts(item.word.text)[2]
    return ends_sentence(item.word.text) or "," in behind or "'" in behind or "’" in behind


def _groups(runs: Sequence[tuple[Doubted, ...]], language: str) -> list[list[tuple[Doubted, ...]]]:
    """Runs that mean the same person or thing: they share a word, or have words all but alike."""
    leader = {key: key for run in runs for key in _keys(run)}

    def found(key: str) -> str:
        while leader[key] != key:
            key = leader[key]
        return key

    for run in runs:
        rare = [key for key in _keys(run) if zipf(key, language) < COMMON_NAME_ZIPF] or _keys(run)
        for key in rare[1:]:
            leader[found(key)] = found(rare[0])
    for one, other in _alike(leader, language):
        leader[found(one)] = found(other)
    groups: dict[str, list[tuple[Doubted, ...]]] = {}
    for run in runs:
        rare = [key for key in _keys(run) if zipf(key, language) < COMMON_NAME_ZIPF] or _keys(run)
        groups.setdefault(found(rare[0]), []).append(run)
    return list(groups.values())


def _keys(run: Iterable[Doubted]) -> list[str]:
    return [item.key for item in run]


def _alike(names: Iterable[str], language: str) -> Iterator[tuple[str, str]]:
    """Pairs of rare names that may be one, heard twice."""
    phonetic = editing_for(language).sounds_english
    beginning: dict[str, list[str]] = {}
    for name in names:
        if len(name) >= FEWEST_LETTERS and zipf(name, language) < COMMON_NAME_ZIPF:
            beginning.setdefault(initial(name), []).append(name)
    for those in beginning.values():
        for one, other in combinations(those, 2):
            sounds = not phonetic or ratio(sound_of(one), sound_of(other)) >= ALIKE_SOUND
            if ratio(one, other) >= ALIKE and sounds:
                yield one, other


def _item(group: Sequence[tuple[Doubted, ...]], known: Spellings) -> Item:
    """The longest form of a name stands for all: whoever knows it knows its parts."""
    spelt = Counter(join_words(bare(item.word.text) for item in run) for run in group)
    texts = sorted(spelt, key=lambda text: (len(text.split()), spelt[text]), reverse=True)
    chance, why = max(item.wrong for run in group for item in run), "a name no glossary knows"
    ways = _ways(group)
    if ways:
        chance, why = max(chance, SEVERAL_WAYS), f"a name heard in several ways: {', '.join(ways)}"
    places = sorted(map(place_of, group), key=lambda place: (place.text != texts[0], place.span))
    others = (*texts[1:], *known.near(texts[0]))
    return Item("name", texts[0], why, chance, tuple(places), tuple(dict.fromkeys(others)))


def _ways(group: Sequence[tuple[Doubted, ...]]) -> list[str]:
    """Spellings of one word of the name, where there are several that are all but alike."""
    texts = {item.key: bare(item.word.text) for run in group for item in run}
    for one, other in combinations(texts, 2):
        if initial(one) == initial(other) and len(one) >= FEWEST_LETTERS and ratio(one, other) >= SAME_NAME:
            return [texts[one], texts[other]]
    return []
