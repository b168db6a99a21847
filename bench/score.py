"""Error rates: words (WER), words by speaker (cpWER), time by speaker (DER).

Text is compared after Whisper's English normaliser. cpWER joins the words of each speaker and
takes the best assignment of voices to speakers (CHiME-6). DER: pyannote.metrics, collar 0, with
overlap.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jiwer
import numpy as np
from scipy.optimize import linear_sum_assignment

from chaitime_audio.domain.speech import Turn, Utterance

from .truth import Truth

Spoken = tuple[tuple[str, str, float], ...]
"""Normalised words in order of time: (word, speaker or voice, second)."""


@dataclass(frozen=True, slots=True)
class Words:
    """Errors in words, by text alone and by speaker."""

    count: int
    errors: int
    by_speaker: int
    misattributed: tuple[str, ...]

    @property
    def wer(self) -> float:
        """Word error rate in percent."""
        return 100 * self.errors / max(1, self.count)

    @property
    def cpwer(self) -> float:
        """Concatenated minimum-permutation word error rate in percent."""
        return 100 * self.by_speaker / max(1, self.count)


@dataclass(frozen=True, slots=True)
class Diarized:
    """Shares of the truth's speech in percent."""

    missed: float
    false_alarm: float
    confusion: float

    @property
    def der(self) -> float:
        """Diarization error rate in percent."""
        return self.missed + self.false_alarm + self.confusion


def score_words(truth: Truth, heard: Sequence[Utterance]) -> Words:
    """Compare what was heard with what was said."""
    said = _said(truth)
    given = _given(heard)
    voices = _assignment(said, given)
    by_speaker = _errors_by_speaker(said, given)
    wrong = tuple(_misattributed(said, given, voices))
    return Words(len(said), _errors(_text(said), _text(given)), by_speaker, wrong)


def score_text(truth: Truth, text: str) -> tuple[int, int]:
    """Words in the truth, and errors of a text without speakers."""
    said = _said(truth)
    return len(said), _errors(_text(said), _plain(text))


def score_turns(truth: Truth, turns: Sequence[Turn], length_s: float) -> Diarized:
    """Diarization error of a recording, over its whole length."""
    from pyannote.core import Annotation, Segment, Timeline
    from pyannote.metrics.diarization import DiarizationErrorRate

    reference, heard = Annotation(), Annotation()
    for index, said in enumerate(truth.turns):
        reference[Segment(said.start_s, said.end_s), index] = said.speaker
    for index, turn in enumerate(turns):
        heard[Segment(turn.span.start_ms / 1000, turn.span.end_ms / 1000), index] = turn.label
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = Timeline([Segment(0, length_s)])
        parts = DiarizationErrorRate(collar=0.0)(reference, heard, uem=whole, detailed=True)
    missed, false_alarm, confusion = (
        100 * parts[name] / parts["total"] for name in ("missed detection", "false alarm", "confusion")
    )
    return Diarized(missed, false_alarm, confusion)


@functools.cache
def _normaliser() -> Any:
    from whisper.normalizers import EnglishTextNormalizer

    return EnglishTextNormalizer()


def _plain(text: str) -> str:
    return str(_normaliser()(text)).strip()


def _said(truth: Truth) -> Spoken:
    return tuple(
        (word, turn.speaker, turn.start_s) for turn in truth.turns for word in _plain(turn.text).split()
    )


def _given(heard: Sequence[Utterance]) -> Spoken:
    """Words of each utterance, normalised together; each gets the time of its place in the utterance."""
    found = []
    for item in heard:
        words = _plain(item.text).split()
        for index, word in enumerate(words):
            near = item.words[min(len(item.words) - 1, index * len(item.words) // max(1, len(words)))]
            found.append((word, item.label, near.span.start_ms / 1000))
    return tuple(found)


def _text(spoken: Spoken, speaker: str | None = None) -> str:
    return " ".join(word for word, who, _ in spoken if speaker is None or who == speaker)


def _errors(said: str, heard: str) -> int:
    if not said or not heard:
        return len(said.split()) + len(heard.split())
    found = jiwer.process_words(said, heard)
    return int(found.substitutions + found.deletions + found.insertions)


def _names(spoken: Spoken) -> list[str]:
    return list(dict.fromkeys(who for _, who, _ in spoken))


def _costs(said: Spoken, given: Spoken) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Errors of every speaker against every voice; both sides filled up with silent ones."""
    people, voices = _names(said), _names(given)
    size = max(len(people), len(voices))
    texts = [_text(said, who) for who in people] + [""] * (size - len(people))
    heard = [_text(given, who) for who in voices] + [""] * (size - len(voices))
    return np.array([[_errors(one, other) for other in heard] for one in texts]).reshape(size, size)


def _errors_by_speaker(said: Spoken, given: Spoken) -> int:
    costs = _costs(said, given)
    return int(costs[linear_sum_assignment(costs)].sum())


def _assignment(said: Spoken, given: Spoken) -> dict[str, str]:
    """Voice to speaker, as the best permutation has it."""
    people, voices = _names(said), _names(given)
    rows, columns = linear_sum_assignment(_costs(said, given))
    pairs = zip(rows, columns, strict=True)
    return {voices[v]: people[p] for p, v in pairs if p < len(people) and v < len(voices)}


def _misattributed(said: Spoken, given: Spoken, voices: dict[str, str]) -> Iterator[str]:
    """Rightly heard words that went to the wrong person: when, which, by whom, and what stands round it."""
    if not said or not given:
        return
    for chunk in jiwer.process_words(_text(said), _text(given)).alignments[0]:
        if chunk.type != "equal":
            continue
        pairs = zip(
            range(chunk.ref_start_idx, chunk.ref_end_idx),
            range(chunk.hyp_start_idx, chunk.hyp_end_idx),
            strict=True,
        )
        for one, other in pairs:
            word, voice, second = given[other]
            if voices.get(voice) != said[one][1]:
                near = " ".join(item[0] for item in given[max(0, other - 3) : other + 4])
                to = voices.get(voice, voice)
                yield f"{second:.1f} s: “{word}” of {said[one][1]} given to {to} (… {near} …)"
