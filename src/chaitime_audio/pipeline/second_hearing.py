"""What is heard a second time: turns that had got no words, and passages that a person asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ..domain.brief import Brief
from ..domain.sound import Decoded, SpeechActivity
from ..domain.speech import Diarization, Passage, Passages, Relistened, Transcript
from ..editorial.passages import unheard
from ..editorial.relistening import RelistenOrder, speech_in, wanted
from ..project.artifact_keys import Stage
from ..project.artifacts import ArtifactStore
from ..project.guarded_values import no_plain_name
from ..project.manifest import Receipt
from ..project.serialization import from_json
from ..recognition.asr import Transcriber
from ..recognition.context import EngineContext, Progress, Sound
from .registry import Chosen, Registry

PASSAGES = "passages"


@dataclass(frozen=True, slots=True)
class SecondHearing:
    """Hears what was not heard before. ``before`` is what is kept, ``receipt`` what it was made from.

    With ``afresh`` nothing of it is used. ``transcript`` is the digest of the transcript it is laid into.
    """

    registry: Registry
    brief: Brief
    chosen: Chosen[Transcriber]
    transcript: str
    before: Passages
    receipt: Receipt | None
    afresh: bool = False

    @classmethod
    def after(
        cls,
        transcript: str,
        artifacts: ArtifactStore,
        stage: Stage[Passages],
        registry: Registry,
        brief: Brief,
        chosen: Chosen[Transcriber],
    ) -> SecondHearing:
        """Return what hears again after the transcript with this digest, with what is kept of before."""
        before, receipt = artifacts.before(stage) or Passages(), artifacts.record.receipts.get(stage.name)
        afresh = not artifacts.engine_of(stage.name)
        return cls(registry, brief, chosen, transcript, before, receipt, afresh)

    def todo(
        self, words: Transcript, made: Mapping[str, str], diarization: Diarization, order: RelistenOrder
    ) -> Passages:
        """Return all that is to be heard again, without words.

        ``made`` are the options that ``words`` were made with: those of an engine before we heard turns
        without words again stay as they are.
        """
        since = getattr(self.chosen.engine, "hears_again_since", 0)  # an engine from elsewhere has none
        recent = since and int(made.get("revision", 0)) >= since
        silent = tuple(Passage(one) for one in unheard(words, diarization)) if recent else ()
        asked = wanted(self.before.asked, order, self.transcript)
        return Passages(silent, tuple(replace(one, segments=()) for one in asked))

    def listen(
        self,
        todo: Passages,
        sound: Sound,
        activity: SpeechActivity,
        words: Transcript,
        context: EngineContext,
    ) -> Passages:
        """Hear what is not known yet. Raises what engines raise."""
        asked = tuple(self._asked(todo.asked, sound, activity, context))
        spans = [passage.span for passage in todo.heard]
        if not spans or (self._same_transcript and spans == [one.span for one in self.before.heard]):
            return Passages(self.before.heard if spans else (), asked)
        return replace(self.chosen.engine.again(sound, spans, words, context), asked=asked)

    @property
    def _same_transcript(self) -> bool:
        """Whether what is kept was heard by this engine after this very transcript."""
        made = self.receipt.made if self.receipt and not self.afresh else {}
        inputs, options = made.get("inputs", {}), made.get("options", {})
        return bool(inputs.get("transcript") == self.transcript and options == self.chosen.options)

    def _asked(
        self, todo: tuple[Relistened, ...], sound: Sound, activity: SpeechActivity, context: EngineContext
    ) -> Iterator[Relistened]:
        """What came of each passage.

        One that was asked of another transcript stays as it is kept, and so does one by a checkpoint of
        somebody's own: a receipt may be anybody's, and names no file to be opened (trust.py).
        """
        kept = {replace(one, segments=()): one for one in self.before.asked}
        for at, one in enumerate(todo):
            anew = self.afresh and one.transcript == self.transcript and not no_plain_name(one.model)
            if one in kept and not anew:
                yield kept[one]
                continue
            told = replace(context, progress=_part(context, at, len(todo)))
            engine = self._ear(one).engine
            heard = engine.transcribe(sound, speech_in(activity, one.span), told)
            yield replace(one, segments=heard.segments)

    def _ear(self, one: Relistened) -> Chosen[Transcriber]:
        """The recogniser of the talk, with the model and in the language that were asked for."""
        brief = replace(self.brief, language=one.language)
        return self.registry.with_model(one.model).transcriber(brief, self.chosen.name)


def asked_before(artifacts: ArtifactStore) -> tuple[Relistened, ...]:
    """Return the passages that a person had heard again so far, in order of time."""
    kept = artifacts.before(Stage(PASSAGES, Passages, "", {}))
    return kept.asked if kept else ()


def length_ms_of(artifacts: ArtifactStore) -> int:
    """Return how long the recording of an episode that is made is, in ms."""
    return from_json(Decoded, json.dumps(artifacts.record.receipts["decoded"].value)).duration_ms


def _part(context: EngineContext, at: int, count: int) -> Progress:
    """Progress of one of several passages, as progress of them all."""
    return lambda share: context.progress((at + share) / count)
