"""The review queue: how much of what is wrong stands first in it, and what answering it brings.

Every recording with human words (dev, real, and dev overlapped) is made by the product once (``--episodes``
keeps it) and derived again. The chances of words are those of a fit on the other recordings, so nothing is
judged by what it was tuned on; a recording and its overlapped twin are left out together. A wrong word is a
wrong name or number where it is written as one, or stands for one that was written down. "An hour" means an
hour of talk: of five minutes, the first 150 an hour are the first 13.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import ceil
from pathlib import Path

import jiwer
import numpy as np

from chaitime_audio.domain.episode import Episode
from chaitime_audio.domain.speech import Word
from chaitime_audio.editorial.languages.editing import EVERYDAY_ZIPF, zipf
from chaitime_audio.editorial.languages.reading import keys, reading_for
from chaitime_audio.editorial.queue.build import queue_of
from chaitime_audio.editorial.queue.doubt import Constants, named_words, signs
from chaitime_audio.editorial.queue.item import ANSWER_S, Item

from .printed import _bare, _judged, _made, _unequal
from .recordings import recordings
from .talk import MACHINE_WRITTEN, Spoken, real, synthetic

FIRST, MANY = 40, 150
PULL = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One recording; ``plain`` are the same counts for words with weight by the recogniser's probability.

    ``first`` items were asked, of which ``first_wrong`` hold a wrong word; of ``content_wrong`` words with
    weight ``content_found`` stand in the first 150 an hour; of ``names_wrong`` ``names_found`` in the first
    40 of the recording and ``names_found_hour`` in the first 40 an hour. ``errors`` are word errors before
    and after an oracle answered 150 items an hour.
    """

    name: str
    kind: str
    length_s: float
    words: int
    content: int
    names: int
    first: int
    first_wrong: int
    content_wrong: int
    content_found: int
    names_wrong: int
    names_found: int
    names_found_hour: int
    plain: dict[str, int]
    said: int
    answered: int
    errors: int
    errors_after: int
    chance: float
    constants: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Talk:
    """A recording as made, its words in order of time, and what is wrong in it."""

    item: Spoken
    episode: Episode
    words: tuple[Word, ...]
    wrong: frozenset[int]
    names: frozenset[int]
    stretches: tuple[tuple[frozenset[int], frozenset[int], int], ...]
    """Where heard and written differ: the words heard there, those beside it, and how many errors that is."""
    said: int


def measure(audio: Path, made: Path | None) -> Iterator[Row]:
    """Yield a row per recording whose words a person wrote down."""
    with tempfile.TemporaryDirectory(prefix="bench-") as aside:
        room = made or Path(aside)
        talks = [_talk(item, _made(item, room)) for item in _recordings(audio, Path(aside))]
        for talk in talks:
            others = [other for other in talks if _source(other.item) != _source(talk.item)]
            yield _row(talk, fit(others))


def _recordings(audio: Path, room: Path) -> Iterator[Spoken]:
    for kind in ("dev", "real"):
        for item in recordings(audio, kind):  # type: ignore[arg-type]
            if item.truth.has_text:
                yield Spoken(
                    item.name, item.kind, item.path, " ".join(turn.text for turn in item.truth.turns)
                )
    yield from (item for item in real(audio) if not item.name.startswith(MACHINE_WRITTEN))
    yield from (item for item in synthetic(audio, room) if item.kind != "dev")


def _source(item: Spoken) -> str:
    return item.name.removesuffix(" overlapped")


def fit(talks: Sequence[_Talk]) -> Constants:
    """Return the constants of a logistic regression on the words of several recordings."""
    from sklearn.linear_model import LogisticRegression

    rows = [sign for talk in talks for sign in signs(talk.words, talk.item.language)]
    wrong = [word.id in talk.wrong for talk in talks for word in talk.words]
    made = LogisticRegression(C=PULL, max_iter=1000).fit(np.array(rows), np.array(wrong))
    return Constants(float(made.intercept_[0]), *map(float, made.coef_[0]))


def _talk(item: Spoken, episode: Episode) -> _Talk:
    spoken = chain.from_iterable(utterance.words for utterance in episode.spoken)
    words = tuple(sorted(spoken, key=lambda word: word.span.start_ms))
    in_text = [word for utterance in episode.spoken for word in utterance.words]
    given = [(word.id, key) for word in in_text if (key := _bare(word.text))]
    texts = [text for text in item.said.split() if _bare(text)]
    said = [_bare(text) for text in texts]
    right = {word.id: True for word in words}
    stretches, pairs = [], list[tuple[int, str]]()
    for first, stop, begin, end in _unequal(said, [key for _, key in given]):
        errors = _judged(said[first:stop], given[begin:end], item.language, right)
        own = frozenset(number for number, _ in given[begin:end])
        beside = frozenset(number for number, _ in given[max(0, begin - 1) : begin + 1])
        stretches.append((own, beside, errors))
        pairs += _pairs(texts[first:stop], given[begin:end])
    wrong = frozenset(number for number, good in right.items() if not good)
    return _Talk(
        item, episode, words, wrong, wrong & _named(item, in_text, pairs), tuple(stretches), len(said)
    )


def _pairs(texts: Sequence[str], given: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Words that were heard (ids) beside the written ones they stand for."""
    if not texts or not given:
        return
    one, other = (
        [text.replace(" ", "_") for text in side]
        for side in ([_bare(t) for t in texts], [k for _, k in given])
    )
    for chunk in jiwer.process_words(" ".join(one), " ".join(other)).alignments[0]:
        if chunk.type == "substitute":
            for step in range(chunk.ref_end_idx - chunk.ref_start_idx):
                yield given[chunk.hyp_start_idx + step][0], texts[chunk.ref_start_idx + step]


def _named(item: Spoken, words: Sequence[Word], pairs: Iterable[tuple[int, str]]) -> frozenset[int]:
    """The ids of words that are written as a name or number, or stand for one."""
    found = {word.id for word, name in zip(words, named_words(words, item.language), strict=True) if name}
    found |= {word.id for word in words if _number(word.text)}
    return frozenset(found | {number for number, text in pairs if _number(text) or _name(text, item)})


def _number(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _name(text: str, item: Spoken) -> bool:
    """Whether a written word is a name: a capital, and no word of every day in small letters."""
    key = _bare(text).removesuffix("'s")
    return (
        text.lstrip("“\"'(")[:1].isupper()
        and (zipf(key, item.language) < EVERYDAY_ZIPF or f" {key} " not in f" {item.text} ")
        and key not in reading_for(item.language).light | reading_for(item.language).verbs
        and not key.startswith("i'")
    )


def _row(talk: _Talk, constants: Constants) -> Row:
    queue = queue_of(talk.episode, constants).open
    data = reading_for(talk.item.language)
    weighty = data.light | data.verbs
    content = [word for word in talk.words if any(key not in weighty for key in keys(word.text))]
    lost = talk.wrong & {word.id for word in content}
    hours = talk.episode.duration_ms / 3_600_000
    first, many = ceil(FIRST * hours), ceil(MANY * hours)
    by_chance = [word.id for word in sorted(content, key=lambda word: word.probability)]
    asked = _ids(queue[:many])
    return Row(
        name=talk.item.name,
        kind=talk.item.kind,
        length_s=talk.episode.duration_ms / 1000,
        words=len(talk.words),
        content=len(content),
        names=sum(named_words(talk.words, talk.item.language)),
        first=min(first, len(queue)),
        first_wrong=sum(bool(_ids([item]) & talk.wrong) for item in queue[:first]),
        content_wrong=len(lost),
        content_found=len(lost & asked),
        names_wrong=len(talk.names),
        names_found=len(talk.names & _ids(queue[:FIRST])),
        names_found_hour=len(talk.names & _ids(queue[:first])),
        plain={
            "first": min(first, len(by_chance)),
            "first_wrong": len(talk.wrong.intersection(by_chance[:first])),
            "content_found": len(lost.intersection(by_chance[:many])),
            "names_found": len(talk.names.intersection(by_chance[:FIRST])),
            "names_found_hour": len(talk.names.intersection(by_chance[:first])),
        },
        said=talk.said,
        answered=min(many, len(queue)),
        errors=sum(errors for _, _, errors in talk.stretches),
        errors_after=_left(talk, queue[:many]),
        chance=len(lost) / max(1, len(content)),
        constants=[constants.intercept, constants.own, constants.beside, constants.rare, constants.name],
    )


def _ids(items: Iterable[Item]) -> frozenset[int]:
    return frozenset(number for item in items for place in item.places for number in place.word_ids)


def _left(talk: _Talk, asked: Sequence[Item]) -> int:
    """Word errors that are left when all that is asked about was put right by somebody who knows.

    What was heard wrongly is put right with the whole stretch it lies in; lost words only where an item has
    both words beside them, or is the gap in which they were said.
    """
    places = [place for item in asked for place in item.places]
    ids = _ids(asked)
    spans = {word.id: word.span for word in talk.words}
    left = 0
    for own, beside, errors in talk.stretches:
        gap = any(
            not place.word_ids and any(place.span.gap_ms(spans[number]) <= 500 for number in beside)
            for place in places
        )
        met = bool(own & ids) if own else any(beside <= set(place.word_ids) for place in places) or gap
        left += 0 if met else errors
    return left


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The rows as a Markdown table, pools of them last."""
    heads = ("recording", "words · names", "first 40/h truly wrong", "wrong content words in 150/h")
    more = ("wrong names, numbers in 40 (in 40/h)", "WER before → after")
    yield f"| {' | '.join((*heads, *more))} |"
    yield "|---|---|---|---|---|---|"
    pools = {
        "dev": ["dev"],
        "real": ["real"],
        "dev + real": ["dev", "real"],
        "all": ["dev", "real", "overlapped"],
    }
    for row in rows:
        yield _line(row.name, [row])
    for name, kinds in pools.items():
        chosen = [row for row in rows if row.kind in kinds]
        yield _line(f"**{name}**", chosen)
        if chosen:
            yield _line(f"{name}, plain probability", chosen, plain=True)


def _line(name: str, rows: Sequence[Row], *, plain: bool = False) -> str:
    def total(what: str) -> int:
        return sum(row.plain.get(what, getattr(row, what)) if plain else getattr(row, what) for row in rows)

    wer = [100 * total(what) / max(1, total("said")) for what in ("errors", "errors_after")]
    seconds = ANSWER_S * total("answered")
    names = f"{_share(total('names_found'), total('names_wrong'))} ({total('names_found_hour')})"
    cells = (
        name,
        f"{total('words')} · {total('names')}",
        _share(total("first_wrong"), total("first")),
        _share(total("content_found"), total("content_wrong")),
        names,
        "" if plain else f"{wer[0]:.1f} → {wer[1]:.1f} ({total('answered')} items, {seconds / 60:.1f} min)",
    )
    return f"| {' | '.join(cells)} |"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "–"
