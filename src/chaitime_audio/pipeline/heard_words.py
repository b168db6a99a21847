"""The words of a talk, waited for when they are first asked for, and the corrections that hold for them."""

from __future__ import annotations

from functools import cached_property

from ..domain.brief import Brief, Show
from ..domain.sound import Decoded, Recording, SpeechActivity
from ..domain.speech import Diarization, Passages, Transcript, Word
from ..editorial.corrections import overlay
from ..editorial.corrections.matching import matching
from ..editorial.passages import with_passages
from ..editorial.relistening import holding, relaid
from ..project.artifacts import Handle
from . import stages
from .stages import Job

Made = tuple[
    Handle[Recording], Handle[Decoded], Handle[SpeechActivity], Handle[Transcript], Handle[Diarization]
]
"""What words are heard from, and what hears them."""


class HeardWords:
    """What was recognised, with passages that were heard again: all of it waits until it is asked for."""

    def __init__(self, job: Job, made: Made, show: Show) -> None:
        self._job, self._made, self._brief, self._show = job, made, job.brief, show
        self._transcript = made[3]

    @property
    def early_brief(self) -> Brief:
        """What the sound is made by: waits for the words only where a cut carries those it was made for."""
        waits = any(item.cut and item.said for item in self._brief.corrections)
        return self.brief.value if waits else self._brief

    @cached_property
    def again(self) -> Passages:
        """Passages that were heard again."""
        return stages.passages(self._job, *self._made)

    @cached_property
    def whole(self) -> Transcript:
        """Every word as recognised."""
        return relaid(
            with_passages(self._transcript.result, self.again), holding(self.again, self._transcript.digest)
        )

    @cached_property
    def brief(self) -> overlay.Corrected[Brief]:
        """The brief with the corrections that hold, and a warning for each other one."""
        return matching(self._brief, lambda: self._words, lambda: self._as_read)

    @cached_property
    def _words(self) -> tuple[Word, ...]:
        return self.whole.words

    @cached_property
    def _as_read(self) -> tuple[Word, ...]:
        return overlay.words(self.whole, self._brief, self._show).value.words


def heard_words(job: Job) -> HeardWords:
    """The words of a job, without anything being derived."""
    aligned = stages.aligned(job)
    recording = stages.recording(job, aligned)
    decoded = stages.decoded(job, recording)
    activity = stages.activity(job, recording, decoded, early=stages.early_transcription(job))
    transcript = stages.transcript(job, recording, decoded, activity)
    diarization = stages.diarization(job, recording, decoded, activity, aligned)
    return HeardWords(job, (recording, decoded, activity, transcript, diarization), job.registry.show())
