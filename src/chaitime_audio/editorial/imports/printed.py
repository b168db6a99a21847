"""Our own text as a format prints it, each word with the recognised words behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...domain.episode import Episode, Sentence
from ...domain.imported import PrintedToken
from ...domain.scoring import Said, TextKind
from ...domain.speech import Word
from .alignment import Block, aligned, tokens

LEAST_OURS = 0.5


@dataclass(frozen=True, slots=True)
class _Derived:
    text: str
    ids: tuple[int, ...]
    label: str


def printed(
    episode: Episode, kind: TextKind, said: Sequence[Said]
) -> tuple[tuple[PrintedToken, ...], frozenset[int]]:
    """Return our text word by word, and the numbers of the parts of it that are no talk.

    ``said`` is what a reader makes of our own file, so that whatever a format does to a text (escapes, links,
    lists) is on both sides of a comparison.
    """
    shown = [(token, part.name, at) for at, part in enumerate(said) for token in tokens(part.text)]
    derived = list(_spoken(episode) if kind == "spoken" else _edited(episode))
    blocks = aligned([item[0] for item in shown], [item.text for item in derived])
    out: list[PrintedToken] = []
    mine: dict[int, list[bool]] = {}
    for group in clusters(blocks):
        a, a_stop, b, b_stop = group[0].a, group[-1].a_stop, group[0].b, group[-1].b_stop
        equal = group[0].tag == "equal"
        whole = tuple(dict.fromkeys(number for item in derived[b:b_stop] for number in item.ids))
        for at in range(a, a_stop):
            text, name, part = shown[at]
            ids = derived[b + at - a].ids if equal else whole
            label = derived[b + at - a].label if equal else (derived[b].label if b < b_stop else _label(out))
            out.append(PrintedToken(text, ids, name, label, part))
            mine.setdefault(part, []).append(equal)
    strange = frozenset(part for part, known in mine.items() if sum(known) < LEAST_OURS * len(known))
    return tuple(item for item in out if item.part not in strange), strange


def clusters(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Each equal block by itself, and neighbours that are not equal together."""
    waiting: list[Block] = []
    for block in blocks:
        if block.tag != "equal":
            waiting.append(block)
            continue
        if waiting:
            yield waiting
            waiting = []
        yield [block]
    if waiting:
        yield waiting


def _label(out: Sequence[PrintedToken]) -> str:
    return out[-1].label if out else ""


def _spoken(episode: Episode) -> Iterator[_Derived]:
    for utterance in episode.spoken:
        for word in utterance.words:
            for token in tokens(word.text):
                yield _Derived(token, (word.id,), utterance.label)


def _edited(episode: Episode) -> Iterator[_Derived]:
    words = {word.id: word for utterance in episode.spoken for word in utterance.words}
    for exchange in episode.post:
        for remark in exchange.remarks:
            for paragraph in remark.paragraphs:
                for sentence in paragraph.sentences:
                    yield from _of_sentence(sentence, remark.label, words)


def _of_sentence(sentence: Sentence, label: str, words: dict[int, Word]) -> Iterator[_Derived]:
    """The words of a printed sentence; those that cleaning changed stand for all that they came from."""
    shown = tokens(sentence.text)
    heard = [
        (token, number)
        for number in sentence.word_ids
        if number in words
        for token in tokens(words[number].text)
    ]
    last: tuple[int, ...] = (heard[0][1],) if heard else ()
    for group in clusters(aligned(shown, [token for token, _ in heard])):
        a, a_stop, b, b_stop = group[0].a, group[-1].a_stop, group[0].b, group[-1].b_stop
        one_by_one = a_stop - a == b_stop - b
        whole = tuple(dict.fromkeys(number for _, number in heard[b:b_stop]))
        for at in range(a, a_stop):
            last = (heard[b + at - a][1],) if one_by_one else whole or last
            yield _Derived(shown[at], last, label)
