"""Sound: spans of time, recordings, loudness, and the two clocks.

*Source time* (`SourceMs`) runs in the recording as it was handed in; model, derive,
corrections and RTTM live there. *Published time* (`PublishedMs`) runs in the finished
MP3. `Timeline` is the only bridge between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NewType

SourceMs = NewType("SourceMs", int)
PublishedMs = NewType("PublishedMs", int)

Arrangement = Literal["single", "parts", "tracks"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of source time, start included, end excluded, in whole milliseconds."""

    start_ms: SourceMs
    end_ms: SourceMs

    def __post_init__(self) -> None:
        if self.end_ms < self.start_ms:
            raise ValueError(f"span ends before it starts: {self.start_ms} > {self.end_ms}")

    @property
    def duration_ms(self) -> int:
        """Length in milliseconds."""
        return self.end_ms - self.start_ms

    @property
    def middle_ms(self) -> SourceMs:
        """The point half way through."""
        return SourceMs((self.start_ms + self.end_ms) // 2)

    def overlap_ms(self, other: Span) -> int:
        """Milliseconds shared with another span; 0 when they do not meet."""
        return max(0, min(self.end_ms, other.end_ms) - max(self.start_ms, other.start_ms))

    def gap_ms(self, other: Span) -> int:
        """Milliseconds of nothing between the two spans; 0 when they touch or overlap."""
        return max(0, max(self.start_ms, other.start_ms) - min(self.end_ms, other.end_ms))

    def __contains__(self, at_ms: int) -> bool:
        """Whether a point in time lies inside."""
        return self.start_ms <= at_ms < self.end_ms


def span(start_ms: int, end_ms: int) -> Span:
    """Short spelling of ``Span(SourceMs(start_ms), SourceMs(end_ms))``."""
    return Span(SourceMs(start_ms), SourceMs(end_ms))


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it was handed in. Its length is known only after decoding: see `Decoded`."""

    name: str
    sha256: str
    size_bytes: int
    codec: str
    sample_rate_hz: int
    channels: int


@dataclass(frozen=True, slots=True)
class Recording:
    """All the sound of one episode: one file, or several in order.

    ``parts`` follow one another; ``tracks`` sound together, one file per person.
    """

    sources: tuple[Source, ...]
    arrangement: Arrangement = "single"


@dataclass(frozen=True, slots=True)
class Aligned:
    """Several recordings of one talk, one per person, brought to one clock and mixed.

    ``offsets_ms`` is where each begins in the mix (the first at 0), ``drifts_ppm`` how much
    faster its clock ran, ``tracks`` where each person speaks; ``warnings`` says what was not sure.
    """

    offsets_ms: tuple[float, ...]
    drifts_ppm: tuple[float, ...]
    tracks: tuple[tuple[Span, ...], ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decoded:
    """The recording as raw 16 kHz mono 16-bit little-endian PCM, kept in work/.

    ``downmix`` says how many channels became one: ``mono``, ``mix``, ``left``,
    ``right`` or ``flip`` (one channel was upside down and was turned round). ``warnings``
    has a sentence for each thing that was odd about the recording and could be mended.
    ``tracks`` has the spans of each channel's own person when every person has a channel.
    """

    sample_count: int
    sha256: str
    downmix: str = "mono"
    sample_rate_hz: int = 16_000
    warnings: tuple[str, ...] = ()
    tracks: tuple[tuple[Span, ...], ...] = ()

    @property
    def duration_ms(self) -> int:
        """Length in milliseconds, from the number of decoded samples."""
        return self.sample_count * 1000 // self.sample_rate_hz


@dataclass(frozen=True, slots=True)
class SpeechActivity:
    """Where anybody speaks: spans in order, not overlapping."""

    spans: tuple[Span, ...]

    @property
    def speech_ms(self) -> int:
        """Total milliseconds of speech."""
        return sum(item.duration_ms for item in self.spans)


@dataclass(frozen=True, slots=True)
class Loudness:
    """Programme loudness after ITU-R BS.1770-4 / EBU R 128."""

    integrated_lufs: float
    true_peak_dbtp: float
    range_lu: float


@dataclass(frozen=True, slots=True)
class Clip:
    """A piece of sound from config/audio/ put before or after the talk."""

    path: str
    sha256: str
    duration_ms: int


@dataclass(frozen=True, slots=True)
class MixPlan:
    """What mastering does besides levelling: who speaks when, what is cut, what is put round or under it."""

    speaker_spans: tuple[tuple[str, Span], ...] = ()
    cuts: tuple[Span, ...] = ()
    intro: Clip | None = None
    outro: Clip | None = None
    bed: Clip | None = None


@dataclass(frozen=True, slots=True)
class ExtraFile:
    """The same programme in another kind of file (``m4a``, ``flac``, ``wav``), measured after decoding."""

    name: str
    sha256: str
    size_bytes: int
    loudness: Loudness


@dataclass(frozen=True, slots=True)
class Master:
    """The finished MP3 before tagging, with what was measured on it after decoding.

    ``intro_ms`` is where the talk begins in it; ``cuts`` are the cuts as they were made, moved
    by a few milliseconds to quiet places. Both go into the `Timeline`. ``warnings`` has a sentence
    for each thing that could not be done as wished.
    """

    sha256: str
    size_bytes: int
    duration_ms: int
    sample_rate_hz: int
    channels: int
    bit_rate_kbps: int
    loudness: Loudness
    source_loudness: Loudness
    target_lufs: float
    intro_ms: int = 0
    cuts: tuple[Span, ...] = ()
    extras: tuple[ExtraFile, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Maps source time to published time: intro offset first, then cuts (ordered, disjoint)."""

    intro_ms: int = 0
    cuts: tuple[Span, ...] = ()

    def published(self, at_ms: SourceMs) -> PublishedMs:
        """Where a source time sounds in the MP3; a time inside a cut maps to where the cut was closed."""
        removed = sum(min(at_ms, cut.end_ms) - cut.start_ms for cut in self.cuts if cut.start_ms < at_ms)
        return PublishedMs(at_ms - removed + self.intro_ms)

    def keeps(self, piece: Span) -> bool:
        """Whether any of a span survives the cuts."""
        return piece.duration_ms > sum(cut.overlap_ms(piece) for cut in self.cuts) or not piece.duration_ms
