"""Diarization on pyannote.audio: its segmentation, each voice embedded once, our own search on top.

``model`` chooses the way:

- ``default``: segmentation-3.0, CAM++ run once over the speech, voices found and placed by `_voices`.
- ``slots``: pyannote's own `SpeakerDiarization` with the same two networks, as it comes; for comparison.
- ``community-1``: ``pyannote/speaker-diarization-community-1`` from Hugging Face (``HF_TOKEN``).
- a folder: a local snapshot of such a pipeline. Its files are pickles, which can run code when loaded:
  only a folder whose origin is known.

``embedding`` is an ONNX file of the user's own that embeds voices in the place of CAM++ (`steps.onnx_embed`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ...domain.sound import SpeechActivity
from ...domain.speech import Diarization
from ..context import EngineContext, Sound, resolve_device

if TYPE_CHECKING:
    from ...model_files import WeightsFile
    from .steps.embed import Embedder
    from .steps.segment import SegmentTask

SEGMENTATION = "segmentation-3.0"
EMBEDDING = "campplus"
_SEGMENT_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Engine:
    """The default diarizer."""

    model: str = "default"
    device: str = "auto"
    embedding: str = ""
    revision: ClassVar[int] = 2

    def receipt(self) -> dict[str, str]:
        """Return the models and their checksums; they need not be here for it."""
        from .steps.pipeline import is_own, snapshot_receipt

        if not is_own(self.model):
            return {"model": self.model, **snapshot_receipt(self.model)}
        from ...model_files import model

        return {
            "model": self.model,
            "segmentation_sha256": model(SEGMENTATION).sha256,
            "embedding_sha256": self._own().sha256 if self.embedding else model(EMBEDDING).sha256,
        }

    def model_names(self) -> tuple[str, ...]:
        """The two networks, unless another pipeline brings its own."""
        from .steps.pipeline import is_own

        if not is_own(self.model):
            return ()
        return (SEGMENTATION,) if self.embedding else (SEGMENTATION, EMBEDDING)

    def diarize(
        self, sound: Sound, activity: SpeechActivity, speakers: int, context: EngineContext
    ) -> Diarization:
        """Return turns and voice prints; ``activity`` is not needed, it came from the same segmentation.

        Raises ModelUnavailableError when a model is absent or not what it should be.
        """
        from .steps.pipeline import run_pipeline

        if self.model != "default":
            return run_pipeline(self.model, resolve_device(self.device), sound, speakers, context)
        if not activity.spans:
            return Diarization((), ())
        from .steps.embed import embed
        from .steps.segment import segment
        from .steps.voices import voices

        task = self._embedder()
        frames = segment(
            segment_task(self.device), sound, context, lambda share: context.progress(share * _SEGMENT_SHARE)
        )
        points = embed(
            task,
            sound,
            frames,
            context,
            lambda share: context.progress(_SEGMENT_SHARE + share * (0.99 - _SEGMENT_SHARE)),
        )
        found = voices(frames, points, speakers, sound.duration_ms)
        context.progress(1.0)
        return found

    def _embedder(self) -> Embedder:
        """The task that embeds voices: CAM++, unless the user has another network."""
        from ...model_files import find
        from .steps.embed import EmbedTask
        from .steps.onnx_embed import onnx_task

        if self.embedding:
            own = self._own()
            return onnx_task(own.path, own.sha256)
        embedding = find(EMBEDDING)
        return EmbedTask(embedding.path, embedding.sha256, resolve_device(self.device))

    def _own(self) -> WeightsFile:
        """The user's network and its sum. Raises ModelUnavailableError when it is not there."""
        from ...model_files import own_file

        return own_file(self.embedding)


def segment_task(device: str) -> SegmentTask:
    """Return the segmentation task that activity and diarization share."""
    from ...model_files import find
    from .steps.segment import SegmentTask

    weights = find(SEGMENTATION)
    return SegmentTask(weights.path, weights.sha256, resolve_device(device))
