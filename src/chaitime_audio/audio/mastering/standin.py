"""A stand-in for tests of everything around mastering: the recording as a small MP3, in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from ...domain.sound import Loudness, Master, MixPlan, Recording
from ...project.files import file_sha256, replacing
from ...recognition.context import Progress
from .chain.encode import encode, listen
from .chain.pcm import SAMPLE_RATE_HZ, blocks

BIT_RATE_KBPS = 64


@dataclass(frozen=True, slots=True)
class Engine:
    """Encodes as it is: no levelling, no limiting to speak of, intro, outro and cuts left out."""

    target_lufs: float = -16.0

    revision: ClassVar[int] = 1

    def receipt(self) -> dict[str, str]:
        """Return the one option."""
        return {"target_lufs": str(self.target_lufs)}

    def master(
        self,
        recording: Recording,  # noqa: ARG002  (part of the contract)
        paths: tuple[Path, ...],
        plan: MixPlan,  # noqa: ARG002
        target: Path,
        progress: Progress,
    ) -> Master:
        """Write an MP3 of the recording. Raises as the real engine does."""
        with replacing(target) as temporary:
            encode(blocks(paths, 1), 1, BIT_RATE_KBPS, temporary)
            heard = listen(temporary, 1)
            progress(1.0)
            return Master(
                sha256=file_sha256(temporary),
                size_bytes=temporary.stat().st_size,
                duration_ms=heard.frames * 1000 // SAMPLE_RATE_HZ,
                sample_rate_hz=SAMPLE_RATE_HZ,
                channels=1,
                bit_rate_kbps=BIT_RATE_KBPS,
                loudness=heard.loudness,
                source_loudness=Loudness(heard.loudness.integrated_lufs, 0.0, 0.0),
                target_lufs=self.target_lufs,
            )
