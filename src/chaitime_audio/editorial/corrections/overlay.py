"""Correct: what a person put right in episode.toml, made again on every run.

Corrections are tied to source time and to what was recognised, never to ids or labels of one run,
so they hold after a better model ran. One that finds nothing to correct is reported, never fatal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from ...domain.brief import Brief, Show
from ...domain.correction import Correction, CorrectionKind, Replacement
from ...domain.episode import Exchange
from ...domain.scripts import join_words
from ...domain.sound import SourceMs
from ...domain.speech import Diarization, Transcript, Utterance, Word
from ..languages.editing import editing_for
from ..structure.paragraphs import SPLIT_NEAR_MS, Pins
from .glossary import glossed
from .passages import Search
from .swap import Swap, letters, swapped
from .text import chosen_places, unmet
from .voices import label_at, merged, with_border

BREAK_NEAR_MS, JOIN_NEAR_MS = 3_000, 300
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Corrected(Generic[Value]):
    """A value put right, with what was replaced in it and a warning for each correction that did nothing."""

    value: Value
    warnings: tuple[str, ...] = ()
    replacements: tuple[Replacement, ...] = ()


def words(transcript: Transcript, brief: Brief, show: Show) -> Corrected[Transcript]:
    """Put words right: by the corrections of the episode, then by the glossary and people's names.

    What a person corrected, or wants kept, the glossary leaves alone; a correction may also correct what the
    glossary made. Of two corrections of the same words the first wins.
    """
    todo = tuple(each for item in brief.corrections for each in _of_words(item))
    fillers = editing_for(transcript.language).fillers
    first = _Texts(transcript, fillers).corrected(todo)
    again = tuple(
        item for item in todo if item.kind != "keep" and (item.at is None or item not in first.done)
    )
    people = tuple(person.name for person in brief.people) + ((show.host,) if show.host else ())
    written, terms = glossed(first.transcript, show.glossary, people, first.held)
    second = _Texts(written, fillers, first.held).corrected(again)
    done = first.done | second.done
    warnings = [
        _not_found(item, second.transcript, fillers)
        for item in _of_kind(brief, "replace")
        if item not in done
    ]
    warnings += [
        unmet(item, "nothing like it is heard")
        for item in _of_kind(brief, "spelling")
        if done.isdisjoint(_of_words(item))
    ]
    found = sorted((*first.made, *terms, *second.made), key=lambda item: item.at_ms)
    return Corrected(second.transcript, tuple(warnings), tuple(found))


def _of_words(item: Correction) -> tuple[Correction, ...]:
    """A correction as those of words that it comes to: a spelling is one of each way it was heard."""
    if item.kind == "spelling":
        return tuple(
            Correction(find=heard, replace=item.spelling, id=item.id, author=item.author)
            for heard in item.heard
        )
    return (item,) if item.kind in ("replace", "keep") else ()


class _Texts:
    """Corrections of words on their way through a transcript; ``held`` words are not touched again."""

    def __init__(
        self, transcript: Transcript, fillers: frozenset[str], held: frozenset[int] = frozenset()
    ) -> None:
        self.transcript, self.held, self._fillers = transcript, held, fillers
        self.made: tuple[Replacement, ...] = ()
        self.done: frozenset[Correction] = frozenset()

    def corrected(self, todo: Iterable[Correction]) -> _Texts:
        """Make them one after the other."""
        for item in todo:
            if item.kind == "keep":
                self.held |= {
                    word.id for word in Search(self.transcript.words, self._fillers).passage(item.keep)
                }
            else:
                self._make(item)
        return self

    def _make(self, item: Correction) -> None:
        heard = self.transcript.words
        found = chosen_places(heard, item, self._fillers)
        free = [place for place in found if not {word.id for word in heard[slice(*place)]} & self.held]
        if not free:
            return
        rule = f"correction by {item.author}" if item.author else "correction"
        swaps = [Swap(start, stop, item.replace or "", rule) for start, stop in free]
        self.transcript, made, touched = swapped(self.transcript, swaps)
        self.made = (*self.made, *(one for one in made if one.before != one.after))
        self.held, self.done = self.held | touched, self.done | {item}


def _not_found(item: Correction, transcript: Transcript, fillers: frozenset[str]) -> str:
    """Why a correction of words did nothing."""
    wanted = item.replace or ""
    if letters(wanted) and chosen_places(transcript.words, replace(item, find=wanted), fillers):
        return unmet(item, f"“{item.replace}” stands there already")
    return unmet(item, f"“{item.find}” is not said {'there' if item.at is not None else 'anywhere'}")


def merge_speakers(diarization: Diarization, brief: Brief) -> Corrected[Diarization]:
    """Make one voice of those that a person said are one."""
    warnings: list[str] = []
    for item in _of_kind(brief, "merge"):
        labels = list(dict.fromkeys(label_at(at, diarization.exclusive) for at in item.merge))
        if "" in labels:
            warnings.append(unmet(item, "nobody speaks at one of these times"))
        elif len(labels) == 1:
            warnings.append(unmet(item, "they are one voice already"))
        else:
            diarization = merged(diarization, dict.fromkeys(labels, labels[0]))
    return Corrected(diarization, tuple(warnings))


def move_boundaries(utterances: tuple[Utterance, ...], brief: Brief) -> Corrected[tuple[Utterance, ...]]:
    """Move changes of speaker to where a person heard them."""
    warnings: list[str] = []
    for item in _of_kind(brief, "border"):
        assert item.border is not None
        assert item.to is not None
        moved = with_border(utterances, item.border, item.to)
        if moved is None:
            warnings.append(unmet(item, "the speaker does not change near there"))
        elif moved == utterances:
            warnings.append(unmet(item, "no word lies between the two times"))
        utterances = utterances if moved is None else moved
    return Corrected(utterances, tuple(warnings))


def drop_passages(
    utterances: tuple[Utterance, ...], brief: Brief, language: str
) -> Corrected[tuple[Utterance, ...]]:
    """Return what the post is made from: all that is spoken, less the passages a person dropped."""
    warnings: list[str] = []
    made: list[Replacement] = []
    heard = [word for item in utterances for word in item.words]
    gone, fillers, todo = set[int](), editing_for(language).fillers, _of_kind(brief, "drop")
    if not todo:
        return Corrected(utterances)
    search = Search(heard, fillers)
    for item in todo:
        passage = search.passage(item.drop)
        if passage:
            ids = tuple(word.id for word in passage)
            text = join_words(word.text for word in passage)
            made.append(Replacement("dropped from the post", text, "", ids, passage[0].span.start_ms))
            gone |= set(ids)
        else:
            lost = next((end for end in item.drop if search.place(end, 0) is None), "")
            warnings.append(unmet(item, f"“{lost}” is not said" if lost else "nothing is said there"))
    kept = (
        u if gone.isdisjoint([w.id for w in u.words]) else replace(u, words=_less(u.words, gone))
        for u in utterances
    )
    return Corrected(tuple(item for item in kept if item.words), tuple(warnings), tuple(made))


def _less(heard: tuple[Word, ...], gone: set[int]) -> tuple[Word, ...]:
    return tuple(word for word in heard if word.id not in gone)


def kept(utterances: tuple[Utterance, ...], brief: Brief, language: str) -> Corrected[frozenset[int]]:
    """Return the ids of words that a person wants as they were said: no rule and no glossary changes them."""
    todo = _of_kind(brief, "keep")
    if not todo:
        return Corrected(frozenset())
    heard = [word for item in utterances for word in item.words]
    search, ids, warnings = Search(heard, editing_for(language).fillers), set[int](), list[str]()
    for item in todo:
        passage = search.passage(item.keep)
        ids |= {word.id for word in passage}
        lost = next((end for end in item.keep if search.place(end, 0) is None), "") if not passage else ""
        if lost:  # between two times nothing has to be said: a silence may be right, too
            warnings.append(unmet(item, f"“{lost}” is not said"))
    return Corrected(frozenset(ids), tuple(warnings))


def pins(brief: Brief) -> Pins:
    """Return where a person wants paragraphs to begin, or not to; a turn of another person's is none."""
    return Pins(
        tuple(item.break_at for item in brief.corrections if item.break_at is not None),
        tuple(item.split_at for item in brief.corrections if item.split_at is not None and not item.speaker),
        tuple(item.join_at for item in brief.corrections if item.join_at is not None),
    )


def unbroken(post: tuple[Exchange, ...], brief: Brief) -> tuple[str, ...]:
    """Return a warning for each wish about paragraphs that did not come true."""
    remarks = [remark for exchange in post for remark in exchange.remarks]
    starts = [paragraph.span.start_ms for remark in remarks for paragraph in remark.paragraphs]
    turns = [remark.span.start_ms for remark in remarks]
    found = []
    for item in brief.corrections:
        if item.break_at is not None and not _near(starts, item.break_at, BREAK_NEAR_MS):
            found.append(unmet(item, "no sentence begins near there"))
        elif (
            item.split_at is not None and not item.speaker and not _near(starts, item.split_at, SPLIT_NEAR_MS)
        ):
            found.append(unmet(item, "no word that is printed begins near there"))
        elif item.join_at is not None and _near(turns, item.join_at, JOIN_NEAR_MS):
            found.append(unmet(item, "another person speaks before; give that turn to one of them"))
    return tuple(found)


def _near(times: Sequence[int], at_ms: SourceMs, within_ms: int) -> bool:
    return any(abs(at - at_ms) <= within_ms for at in times)


def _of_kind(brief: Brief, kind: CorrectionKind) -> tuple[Correction, ...]:
    return tuple(item for item in brief.corrections if item.kind == kind)
