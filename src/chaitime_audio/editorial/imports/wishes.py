"""What a guest sent back becomes changes: strikes and corrections by source span."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.correction import Correction
from ...domain.episode import Episode
from ...domain.imported import Change, GuestWishes, Plan, Reworded, Strike
from ...domain.scripts import join_words
from ...domain.text import quoted
from ...domain.timecode import clock, exact_clock
from ..corrections.text import places
from ..languages.editing import editing_for
from .plan import shortened
from .wording import Speech, speech_of

REACH_MS = 2_000


def plan_of_wishes(episode: Episode, wishes: GuestWishes, author: str) -> Plan:
    """Say what is to be done for a guest; a wish whose words are not said there is named."""
    speech, unplaced = speech_of(episode), list[str]()
    changes = [*_strikes(wishes, speech, author, unplaced)]
    changes += _corrections(episode, wishes, speech, author, unplaced)
    changes.sort(key=lambda one: one.at_ms)
    remarks = (f"{clock(one.span.start_ms)} comment: {one.text}" for one in wishes.comments)
    return Plan(tuple(changes), (), (*unplaced, *remarks))


def _strikes(wishes: GuestWishes, speech: Speech, author: str, unplaced: list[str]) -> Iterator[Change]:
    for wish in wishes.strikes:
        inside = [word for word in speech.words if word.span.middle_ms in wish.span]
        if not inside:
            unplaced.append(f"{_named(wish)}: nothing is said there")
            continue
        first, last = inside[0].span, inside[-1].span
        ends = (exact_clock(first.middle_ms), exact_clock(last.middle_ms + 1))
        text = join_words(word.text for word in inside)
        yield Change("strikes", first.start_ms, text, "", (Correction(drop=ends, author=author),))


def _named(wish: Strike) -> str:
    return f"{clock(wish.span.start_ms)} strike of {quoted(shortened(wish.text))}"


def _corrections(
    episode: Episode, wishes: GuestWishes, speech: Speech, author: str, unplaced: list[str]
) -> Iterator[Change]:
    fillers = editing_for(episode.language).fillers
    for wish in wishes.corrections:
        low, high = wish.span.start_ms - REACH_MS, wish.span.end_ms + REACH_MS
        near = [word for word in speech.words if low <= word.span.middle_ms <= high]
        found = list(places(near, wish.old, fillers))
        at = min(
            found, key=lambda place: abs(near[place[0]].span.start_ms - wish.span.start_ms), default=None
        )
        if at is None:
            unplaced.append(f"{_told(wish)}: {quoted(wish.old)} is not said there")
            continue
        at_ms = near[at[0]].span.middle_ms
        made = Correction(find=wish.old, replace=wish.new, at=at_ms, author=author)
        yield Change("words", at_ms, wish.old, wish.new, (made,))


def _told(wish: Reworded) -> str:
    return f"{clock(wish.span.start_ms)} {quoted(shortened(wish.old))} to {quoted(shortened(wish.new))}"
