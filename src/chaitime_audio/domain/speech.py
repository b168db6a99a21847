"""Speech: words, segments, turns and utterances, all in source time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from .scripts import join_words
from .sound import Span

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word as printed, punctuation attached, no blanks round it.

    ``id`` is its index in the transcript: quotes and edits stay traceable by it.
    """

    id: int
    text: str
    span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class Segment:
    """Words the recogniser produced together, with what it thought of them.

    ``mean_logprob`` is the mean log-probability per token; ``no_speech`` the
    probability of the no-speech token; ``compression`` the gzip ratio of the text.
    """

    words: tuple[Word, ...]
    mean_logprob: float
    no_speech: float
    compression: float

    @property
    def span(self) -> Span:
        """From the first word's start to the last word's end."""
        return Span(self.words[0].span.start_ms, self.words[-1].span.end_ms)

    @property
    def text(self) -> str:
        """The words, joined as their script does."""
        return join_words(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text the recogniser produced that we did not believe, with the reason."""

    span: Span
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """A stretch in which another language was spoken than in most of the talk (its code)."""

    span: Span
    language: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said: segments in order of time, each with at least one word.

    ``coverage`` is the share (0-1) of speech seconds within 1 s of a word. ``others`` are stretches in which
    another language than ``language`` was spoken.
    """

    language: str
    language_probability: float
    segments: tuple[Segment, ...]
    dropped: tuple[Dropped, ...] = ()
    coverage: float = 1.0
    others: tuple[OtherLanguage, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in order of time."""
        return tuple(chain.from_iterable(segment.words for segment in self.segments))


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch that was heard again by itself.

    ``segment`` is what came of it, its word ids counting from 0; None: nothing that can be believed.
    """

    span: Span
    segment: Segment | None = None


@dataclass(frozen=True, slots=True)
class Relistened:
    """A stretch that a person had heard again: its words take the place of those that begin and end there.

    It holds for the transcript with the digest ``transcript`` and for no other. ``model`` is the name as it
    was asked for. Without ``segments`` nothing could be believed, and the words stay as they are.
    """

    span: Span
    model: str
    language: str
    transcript: str
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Passages:
    """What was heard a second time.

    ``heard`` are stretches of one person's speech that had got no words, ``asked`` those that a person
    asked for; both are in order of time.
    """

    heard: tuple[Passage, ...] = ()
    asked: tuple[Relistened, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One voice speaking, by the diarization: ``label`` is ``S1``, ``S2`` … by first appearance."""

    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class VoicePrint:
    """The mean embedding of one voice (unit length) and the milliseconds of clean speech behind it."""

    label: str
    vector: tuple[float, ...]
    speech_ms: int


@dataclass(frozen=True, slots=True)
class Diarization:
    """Who spoke when.

    ``turns`` may overlap (two people at once); ``exclusive`` never do, and are what words
    are laid on. Both are in order of time. ``prints`` has one entry per label. ``sureness`` (0 to 1)
    is how likely the number of voices is the number of people; None where it was told or is not known.
    """

    turns: tuple[Turn, ...]
    exclusive: tuple[Turn, ...]
    prints: tuple[VoicePrint, ...] = ()
    sureness: float | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels by first appearance."""
        return tuple(dict.fromkeys(turn.label for turn in self.turns))


@dataclass(frozen=True, slots=True)
class Lost:
    """What may be missing among the words: ``missed`` speech that got none, and ``dropped`` text."""

    missed: tuple[Turn, ...] = ()
    dropped: tuple[Dropped, ...] = ()


NOTHING_LOST = Lost()


@dataclass(frozen=True, slots=True)
class Utterance:
    """Consecutive words of one voice. ``label`` may be `UNKNOWN`.

    ``backchannel`` marks a listening noise laid inside the other's turn ("mm-hmm").
    """

    label: str
    words: tuple[Word, ...]
    backchannel: bool = False

    @property
    def span(self) -> Span:
        """From the first word's start to the last word's end."""
        return Span(self.words[0].span.start_ms, max(word.span.end_ms for word in self.words))

    @property
    def text(self) -> str:
        """The spoken text: words joined as their script does."""
        return join_words(word.text for word in self.words)
