"""The queue of an episode, from what was derived of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from ...domain.correction import Correction
from ...domain.episode import Episode
from ...domain.sound import Span, span
from ...domain.timecode import exact_clock, parse_clock
from ..confidence import written_by_hand
from ..corrections import overlay
from .doubt import FITTED, Constants, doubted
from .item import Item, Place, Queue
from .names import name_items
from .places import place_items
from .suggesting import spellings_of
from .words import word_items

LEAST_RISK = 0.03
"""What is surer than this is not asked."""


def queue_of(episode: Episode, constants: Constants = FITTED) -> Queue:
    """Return what is to be decided about an episode, the riskiest first, and what was decided.

    What a person corrected or wants kept is certain, and so is what lies between the two times of a ``keep``.
    """
    spans = tuple(_kept_spans(episode.brief.corrections))
    certain = settled_words(episode)
    wrong = [item for item in _items(episode, certain, constants) if not _settled(item, certain, spans)]
    before = _items(episode, frozenset(), constants) if certain or spans else iter(())
    done = [part for item in before if (part := _part(item, certain, spans))]
    return Queue(_ordered(wrong), _ordered(done))


def settled_words(episode: Episode) -> frozenset[int]:
    """Return the ids of the words of which a person has said that they are right, or how they are."""
    kept = overlay.kept(episode.spoken, episode.brief, episode.language).value
    spans = tuple(_kept_spans(episode.brief.corrections))
    words = chain.from_iterable(item.words for item in episode.spoken) if spans else ()
    inside = frozenset(word.id for word in words if _covered(word.span, spans))
    return written_by_hand(episode.replacements) | kept | inside


def accepting(item: Item) -> tuple[Correction, ...]:
    """Return the corrections that say: everything is right there as it is.

    None for the number of people, which is told by naming them.
    """
    if item.kind == "people":
        return ()
    spans = (place.span for place in item.places)
    ends = ((one.start_ms, max(one.end_ms, one.start_ms + 1)) for one in spans)
    return tuple(Correction(keep=(exact_clock(first), exact_clock(last))) for first, last in ends)


def _items(episode: Episode, certain: frozenset[int], constants: Constants) -> Iterator[Item]:
    known = spellings_of(episode.show, episode.brief)
    spoken, language = episode.spoken, episode.language
    heard = sorted(chain.from_iterable(item.words for item in spoken), key=lambda word: word.span.start_ms)
    found = doubted(heard, language, known.keys, certain, constants)
    by_id = {item.word.id: item for item in found}
    talk = [[by_id[word.id] for word in item.words] for item in spoken]
    yield from name_items(talk, language, known)
    yield from word_items(talk, language)
    yield from place_items(episode)


def _ordered(items: Iterable[Item]) -> tuple[Item, ...]:
    asked = (item for item in items if item.risk >= LEAST_RISK)
    return tuple(sorted(asked, key=lambda item: (-item.risk, item.places[0].span, item.kind)))


def _kept_spans(corrections: Sequence[Correction]) -> Iterator[Span]:
    """Passages that are to stay and are given by two times."""
    for item in corrections:
        try:
            start_ms, end_ms = map(parse_clock, item.keep)
        except ValueError:
            continue
        if start_ms <= end_ms:
            yield span(start_ms, end_ms)


def _covered(place: Span, spans: Sequence[Span]) -> bool:
    return any(one.start_ms <= place.start_ms and place.end_ms <= one.end_ms for one in spans)


def _decided(place: Place, certain: frozenset[int], spans: Sequence[Span]) -> bool:
    inside = bool(place.word_ids) and certain.issuperset(place.word_ids)
    return inside or _covered(place.span, spans)


def _settled(item: Item, certain: frozenset[int], spans: Sequence[Span]) -> bool:
    return item.kind != "people" and all(_decided(place, certain, spans) for place in item.places)


def _part(item: Item, certain: frozenset[int], spans: Sequence[Span]) -> Item | None:
    """An item with those of its places that are decided; None without any."""
    places = tuple(place for place in item.places if _decided(place, certain, spans))
    return replace(item, places=places) if places and item.kind != "people" else None
