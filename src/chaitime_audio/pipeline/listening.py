"""The sound of an episode as its words are timed: for a page that plays it."""

from __future__ import annotations

import struct
from pathlib import Path

from ..domain.sound import Decoded
from ..project import episode_file, importing
from ..project.artifacts import KeptArtifacts
from ..project.episode_folder import EpisodeFolder
from ..recognition.context import Progress
from ..workers import WorkerLease
from . import stages
from .registry import Registry
from .stages import Job

SAMPLE_BYTES = 2


def listening_copy(folder: EpisodeFolder, registry: Registry, target: Path, progress: Progress) -> Decoded:
    """Write the sound of a made episode to ``target``: raw PCM, mono, 16-bit, as `Decoded` says.

    It is what the recogniser heard: all parts or tracks on one clock, nothing cut, so a word is where its
    time says. Nothing is written into the episode. Raises NotMadeError for an episode that was not made
    yet, and what decoding raises.
    """
    from ..audio.decode import decode

    artifacts, lease = KeptArtifacts(folder), WorkerLease(1)
    try:
        brief = episode_file.read_brief(folder)
        arrangement = importing.arrangement_in(folder, brief)
        job = Job(folder, brief, registry, artifacts, lease, arrangement, force=True)
        made = stages.recording(job, stages.aligned(job)).result
        return decode(made, stages.paths(job), target, progress, force=True)
    finally:
        artifacts.close()
        lease.close()


def wave_header(sample_count: int, sample_rate_hz: int) -> bytes:
    """The 44 bytes that make raw 16-bit mono samples a WAV file (RIFF, format tag 1).

    A file beyond 4 GiB says the most that the format can; players then go by the file's own length.
    """
    size = sample_count * SAMPLE_BYTES
    most = 0xFFFF_FFFF
    wave = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, sample_rate_hz, sample_rate_hz * 2, 2, 16)
    data = struct.pack("<4sI", b"data", min(size, most - 36))
    return struct.pack("<4sI4s", b"RIFF", min(size + 36, most), b"WAVE") + wave + data
