"""What recognisers are given and what they give back: batches of windows, and what was heard in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from ....domain.sound import Span, span
from ...context import Sound

TimedWord = tuple[str, int, int, float]
"""Text, start and end in milliseconds, probability."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of one sound that are decoded together.

    An empty ``language`` asks for the likeliest one. ``stamped`` batches are decoded with time stamps,
    which skip less where people talk over each other and stop early more often. ``terms`` are names
    and words that may come up.
    """

    sound: Sound
    windows: tuple[Span, ...]
    language: str
    stamped: bool = False
    terms: tuple[str, ...] = ()

    def carried(self) -> Batch:
        """The same with its sound in it."""
        return replace(self, sound=self.sound.carrying((one.start_ms, one.end_ms) for one in self.windows))

    def content(self) -> list[object]:
        """What a result depends on, for keys."""
        windows = [[one.start_ms, one.end_ms] for one in self.windows]
        return [self.sound.sha256, windows, self.language, self.stamped, list(self.terms)]


@dataclass(frozen=True, slots=True)
class WindowResult:
    """What came out of one window; times of words are source time.

    ``language`` is the one it was decoded in, ``language_probability`` how sure its batch was of it.
    ``spoken`` is the likeliest one of this window by itself, with its probability; empty when one was told.
    """

    window: Span
    words: tuple[TimedWord, ...]
    mean_logprob: float
    no_speech: float
    compression: float
    stamped: bool = False
    terms: tuple[str, ...] = ()
    language: str = ""
    language_probability: float = 1.0
    spoken: str = ""
    spoken_probability: float = 0.0

    @property
    def text(self) -> str:
        """The words joined by blanks."""
        return " ".join(word[0] for word in self.words)


def likeliest(found: Sequence[Mapping[str, float]]) -> tuple[str, float]:
    """Return the language that is likeliest over windows, and its mean probability (0-1)."""
    shares = {code: sum(one[code] for one in found) / len(found) for code in sorted(found[0])}
    best = max(shares, key=lambda code: shares[code])
    return best, round(shares[best], 4)


def shifted(words: Iterable[TimedWord], by_ms: int) -> tuple[TimedWord, ...]:
    """Turn times within a window into source time."""
    return tuple((text, start + by_ms, end + by_ms, sure) for text, start, end, sure in words)


def pack(result: tuple[WindowResult, ...]) -> bytes:
    """Write what was heard as JSON."""
    return json.dumps([asdict(heard) for heard in result], ensure_ascii=False).encode()


def unpack(data: bytes) -> tuple[WindowResult, ...]:
    """Read it back. Raises ValueError, KeyError or TypeError on anything else."""
    return tuple(_heard(**values) for values in json.loads(data))


def _heard(
    window: dict[str, int], words: list[tuple[str, int, int, float]], terms: list[str], **rest: float | str
) -> WindowResult:
    where = span(window["start_ms"], window["end_ms"])
    timed = tuple((text, start, end, sure) for text, start, end, sure in words)
    return WindowResult(window=where, words=timed, terms=tuple(terms), **rest)  # type: ignore[arg-type]
