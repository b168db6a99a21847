"""What is doubtful besides words: changes of speaker, speech without words, what was left out, the count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...domain.episode import Episode
from ...domain.people import Cast
from ...domain.scripts import ends_sentence
from ...domain.sound import Span
from ...domain.speech import NOTHING_LOST, UNKNOWN, Lost, Utterance, Word
from ..speakers.doubts import SURE
from .item import Item, Place

CLOSE_MS, CLOSEST_MS = 600, 150
CLOSE, CLOSEST, IN_A_SENTENCE = 0.08, 0.15, 0.3
"""How likely a change of speaker is a word off, by the pause there, and what a torn sentence adds."""
GAP, LONG_GAP, LONG_GAP_MS, DROPPED = 0.5, 0.75, 1_500, 0.25
"""How likely words are missing in speech without words, and that something left out was said."""
LEAST_BORDER = 0.1


def place_items(episode: Episode) -> Iterator[Item]:
    """Yield an item per place that is doubtful for another reason than its words."""
    lost = episode.recorded.lost if episode.recorded else NOTHING_LOST
    yield from _borders(episode.spoken)
    yield from _gaps(lost, episode.cast)
    yield from _dropped(lost)
    yield from _people(episode)


def _borders(spoken: Sequence[Utterance]) -> Iterator[Item]:
    turns = [item for item in spoken if not item.backchannel]
    for one, other in pairwise(turns):
        last, first = one.words[-1], other.words[0]
        pause_ms = int(first.span.start_ms - last.span.end_ms)
        if one.label == other.label or UNKNOWN in (one.label, other.label) or pause_ms > CLOSE_MS:
            continue
        torn = not ends_sentence(last.text)
        chance = (CLOSEST if pause_ms <= CLOSEST_MS else CLOSE) + (IN_A_SENTENCE if torn else 0.0)
        if chance >= LEAST_BORDER:
            why = "the speaker changes inside a sentence" if torn else "the speaker changes without a pause"
            yield Item("border", f"{last.text} | {first.text}", why, chance, (_between(last, first),))


def _between(last: Word, first: Word) -> Place:
    start_ms, end_ms = last.span.start_ms, max(first.span.end_ms, last.span.start_ms)
    return Place(Span(start_ms, end_ms), tuple(sorted((last.id, first.id))), f"{last.text} {first.text}")


def _gaps(lost: Lost, cast: Cast) -> Iterator[Item]:
    names = {voice.label: voice.person.name for voice in cast.voices}
    for turn in lost.missed:
        if any(turn.span.overlap_ms(item.span) for item in lost.dropped):
            continue
        seconds = turn.span.duration_ms / 1000
        who = names.get(turn.label, "somebody")
        chance = LONG_GAP if turn.span.duration_ms >= LONG_GAP_MS else GAP
        yield Item(
            "gap", f"{seconds:.1f} s", f"{who} speaks without words", chance, (Place(turn.span, (), ""),)
        )


def _dropped(lost: Lost) -> Iterator[Item]:
    for item in lost.dropped:
        why = f"heard and left out ({item.reason})"
        yield Item("dropped", item.text, why, DROPPED, (Place(item.span, (), item.text),))


def _people(episode: Episode) -> Iterator[Item]:
    """The number of people, unless a person has told it, or told who every voice is."""
    sureness, heard = episode.diarization.sureness, len(episode.cast.voices)
    told = episode.brief.speakers or len(episode.brief.people) >= heard
    if sureness is None or sureness >= SURE or told or not episode.spoken:
        return
    first = episode.spoken[0].words[0]
    text = f"{heard} {'person' if heard == 1 else 'people'}"
    yield Item(
        "people", text, f"{sureness:.0%} sure how many speak", 1 - sureness, (Place(first.span, (), ""),)
    )
