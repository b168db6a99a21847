"""The cuts of an episode as an edit decision list (CMX 3600), written by OpenTimelineIO's adapter.

An event is a stretch of the recording that was kept. Frames are placed by their time in the programme, so
that rounding never adds up: every event begins within half a frame of where it sounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..domain.episode import Episode
from ..domain.sound import SourceMs
from ..domain.text import line
from ..errors import UsageError
from .marks import named_spans

if TYPE_CHECKING:
    from opentimelineio.schema import Clip

_PICTURE = re.compile(r"^(\d{3}  \S+ +)V(?= )", re.MULTILINE)
"""The adapter writes a picture's events; ours are of picture and first track of sound: ``B``."""
RATES = (24, 25, 30, 50, 60)
MOST_EVENTS = 999
"""What three figures can count."""


@dataclass(frozen=True, slots=True)
class Reel:
    """One recording: its file's name and its length."""

    name: str
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Event:
    """A stretch of a reel (by its number) and where it begins in the programme, in milliseconds."""

    reel: int
    source_ms: int
    record_ms: int
    duration_ms: int


def events(episode: Episode, reels: Sequence[Reel]) -> tuple[Event, ...]:
    """Return the stretches that were kept; one that runs over the end of a part is two."""
    return tuple(_events(episode, reels))


def edl(episode: Episode, reels: Sequence[Reel], rate: int) -> str:
    """Return the list, chapters as locators. Raises UsageError for more events than it can count."""
    import opentimelineio as otio

    found = events(episode, reels)
    if len(found) > MOST_EVENTS:
        raise UsageError(f"an EDL holds {MOST_EVENTS} events, this episode has {len(found)}; export labels")
    timeline = otio.schema.Timeline(line(episode.title))
    track = otio.schema.Track(name="V", kind=otio.schema.TrackKind.Video)
    timeline.tracks.append(track)
    if found and found[0].record_ms:  # the intro, which no recording has
        gap = otio.opentime.RationalTime(_frame(found[0].record_ms, rate), rate)
        track.append(otio.schema.Gap(duration=gap))
    for event in found:
        track.append(_clip(event, reels[event.reel], rate))
    _mark_chapters(episode, found, track, rate)
    return _PICTURE.sub(r"\1B", str(otio.adapters.write_to_string(timeline, "cmx_3600", rate=rate)))


def _events(episode: Episode, reels: Sequence[Reel]) -> Iterator[Event]:
    starts = [0]
    for reel in reels:
        starts.append(starts[-1] + reel.duration_ms)
    kept, at_ms = list[tuple[int, int]](), 0
    for cut in episode.timeline.cuts:
        kept.append((at_ms, min(cut.start_ms, starts[-1])))
        at_ms = max(at_ms, int(cut.end_ms))
    for start_ms, end_ms in (*kept, (at_ms, starts[-1])):
        for number in range(len(reels)):
            first, last = max(start_ms, starts[number]), min(end_ms, starts[number + 1])
            if last > first:
                record_ms = episode.timeline.published(SourceMs(first))
                yield Event(number, first - starts[number], record_ms, last - first)


def _clip(event: Event, reel: Reel, rate: int) -> Clip:
    import opentimelineio as otio

    first, last = _frame(event.record_ms, rate), _frame(event.record_ms + event.duration_ms, rate)
    window = otio.opentime.TimeRange(
        otio.opentime.RationalTime(_frame(event.source_ms, rate), rate),
        otio.opentime.RationalTime(max(1, last - first), rate),
    )
    name = line(reel.name)
    clip = otio.schema.Clip(name=name, source_range=window)
    clip.metadata["cmx_3600"] = {"reel": f"REC{event.reel + 1:03}"}
    return clip


def _mark_chapters(episode: Episode, found: Sequence[Event], track: object, rate: int) -> None:
    """Put each chapter's title on the event in which it begins, as a locator."""
    import opentimelineio as otio

    assert isinstance(track, otio.schema.Track)
    clips = [item for item in track if isinstance(item, otio.schema.Clip)]
    for chapter in named_spans(episode, "chapters", "mp3"):
        inside = [at for at, event in enumerate(found) if event.record_ms <= chapter.start_ms]
        if inside:
            event, clip = found[inside[-1]], clips[inside[-1]]
            into = _frame(event.source_ms + chapter.start_ms - event.record_ms, rate)
            point = otio.opentime.TimeRange(otio.opentime.RationalTime(into, rate))
            clip.markers.append(otio.schema.Marker(name=chapter.name, marked_range=point, color="GREEN"))


def _frame(at_ms: int, rate: int) -> int:
    return round(at_ms * rate / 1000)
