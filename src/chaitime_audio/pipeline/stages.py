"""The facts of an episode: each made once by its engine, and kept with a receipt.

Every function hands the ledger the name of a fact, the engine's receipt and the values it is
made from, and returns a handle whose ``value`` waits.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..audio.align import align
from ..audio.decode import decode
from ..audio.probe import probe, probe_clip
from ..audio.remote_mastering import mastered_elsewhere
from ..domain.brief import Brief
from ..domain.people import KnownVoice
from ..domain.sound import Aligned, Arrangement, Clip, Decoded, Master, MixPlan, Recording, SpeechActivity
from ..domain.speech import Diarization, Passage, Passages, Transcript
from ..domain.wording import Draft, Wording
from ..editorial.passages import unheard, with_passages
from ..errors import ConfigError, InputRefusedError
from ..language_model import NoWordingError
from ..project import voice_store
from ..project.artifact_keys import Stage
from ..project.artifacts import ArtifactStore, Handle
from ..project.episode_folder import EpisodeFolder, FolderStore
from ..recognition.context import EngineContext, Progress, Sound
from ..workers import WorkerLease
from .registry import Registry

MASTER_FILE, MIX_FILE = "master.mp3", "mix.flac"
CLIPS = ("intro", "outro", "bed")


@dataclass(frozen=True, slots=True)
class Job:
    """One episode to make: where it lies, what its human said, and who does the work."""

    folder: EpisodeFolder
    brief: Brief
    registry: Registry
    artifacts: ArtifactStore
    lease: WorkerLease
    arrangement: Arrangement = "single"
    force: bool = False
    decoding: threading.Lock = field(default_factory=threading.Lock)


def aligned(job: Job) -> Handle[Aligned] | None:
    """Bring the tracks of an episode that has one per person to one clock, and mix them."""
    if job.arrangement != "tracks":
        return None
    paths, target = job.folder.sources(), job.folder.facts / MIX_FILE
    stage = Stage("aligned", Aligned, "align", {"revision": "1"}, file_name=MIX_FILE)
    make = lambda _sums: align(paths, target, _progress(job, "aligned"))  # noqa: E731
    return job.artifacts.once(stage, make, job.artifacts.source_sums(paths))


def recording(job: Job, aligned: Handle[Aligned] | None) -> Handle[Recording]:
    """Look at the recording: streams, length, sums."""
    stage = Stage("recording", Recording, "probe", {"revision": "1", "arrangement": job.arrangement})
    sums = job.artifacts.source_sums(job.folder.sources())
    return job.artifacts.once(stage, lambda *_: probe(_paths(job), job.arrangement), sums, aligned)


def _paths(job: Job) -> tuple[Path, ...]:
    """The recordings to work on: as handed in, or the mix of their tracks."""
    return (job.folder.facts / MIX_FILE,) if job.arrangement == "tracks" else job.folder.sources()


def decoded(job: Job, recording: Handle[Recording]) -> Handle[Decoded]:
    """Decode to 16 kHz mono, mended where a channel is dead or turned round."""
    stage = Stage("decoded", Decoded, "ffmpeg", {"revision": "1"})
    return job.artifacts.once(stage, lambda value: _decode(job, value, force=job.force), recording)


def _decode(job: Job, recording: Recording, *, force: bool) -> Decoded:
    return decode(recording, _paths(job), job.folder.decoded, _progress(job, "decoded"), force)


def _sound(job: Job, recording: Recording, decoded: Decoded) -> Sound:
    """The decoded sound for engines; decoded again when work/ was swept."""
    with job.decoding:
        if not job.folder.decoded.exists():
            decoded = _decode(job, recording, force=True)  # it was taken once
    return Sound(job.folder.decoded.absolute(), decoded.sample_count, decoded.sha256)


def activity(job: Job, recording: Handle[Recording], decoded: Handle[Decoded]) -> Handle[SpeechActivity]:
    """Find where anybody speaks; the recogniser may begin with what is found first."""
    chosen = job.registry.detector()

    def make(recorded: Recording, sound: Decoded) -> SpeechActivity:
        heard = _sound(job, recorded, sound)
        context = _bench(job, heard, "activity")
        if not job.artifacts.engine_of("transcript"):
            transcriber = job.registry.transcriber(job.brief).engine
            context = replace(context, finding=transcriber.ahead(heard, context))
        return chosen.engine.detect(heard, context)

    stage = Stage("activity", SpeechActivity, chosen.name, chosen.options)
    return job.artifacts.once(stage, make, recording, decoded)


def transcript(job: Job, *facts: Handle[Any]) -> Handle[Transcript]:
    """Recognise the words."""
    chosen = job.registry.transcriber(job.brief, job.artifacts.engine_of("transcript"))

    def make(recorded: Recording, sound: Decoded, activity: SpeechActivity) -> Transcript:
        heard = _sound(job, recorded, sound)
        return chosen.engine.transcribe(heard, activity, _bench(job, heard, "transcript"))

    stage = Stage("transcript", Transcript, chosen.name, chosen.options, large=True)
    return job.artifacts.once(stage, make, *facts)


def diarization(
    job: Job,
    recording: Handle[Recording],
    decoded: Handle[Decoded],
    activity: Handle[SpeechActivity],
    aligned: Handle[Aligned] | None,
) -> Handle[Diarization]:
    """Tell the voices apart; people's own tracks say who speaks when, where there are any."""
    tracks = aligned.value.tracks if aligned else decoded.value.tracks
    chosen = job.registry.diarizer(has_tracks=bool(tracks))
    speakers = job.brief.speakers or job.registry.settings.engines.speakers

    def make(recorded: Recording, sound: Decoded, heard: SpeechActivity, count: int, own: Any) -> Diarization:
        listened = replace(_sound(job, recorded, sound), tracks=own)
        return chosen.engine.diarize(listened, heard, count, _bench(job, listened, "diarization"))

    stage = Stage("diarization", Diarization, chosen.name, chosen.options, large=True)
    return job.artifacts.once(stage, make, recording, decoded, activity, speakers, tracks)


def no_turn_without_words(
    job: Job,
    recording: Handle[Recording],
    decoded: Handle[Decoded],
    transcript: Handle[Transcript],
    diarization: Handle[Diarization],
) -> Transcript:
    """The transcript, with turns that had got no words heard again, each by itself.

    A transcript made before we did so stays as it is.
    """
    silent = Passages(tuple(Passage(one) for one in unheard(transcript.value, diarization.value)))
    chosen = job.registry.transcriber(job.brief, job.artifacts.engine_of("transcript"))
    since = getattr(chosen.engine, "hears_again_since", 0)  # an engine from elsewhere may not know it
    if not silent.heard or not since or job.artifacts.revision_of("transcript") < since:
        return transcript.value

    def make(recorded: Recording, sound: Decoded, words: Transcript, missed: Passages) -> Passages:
        heard = _sound(job, recorded, sound)
        spans = [passage.span for passage in missed.heard]
        return chosen.engine.again(heard, spans, words, _bench(job, heard, "passages"))

    stage = Stage("passages", Passages, chosen.name, chosen.options)
    found = job.artifacts.once(stage, make, recording, decoded, transcript, silent)
    return with_passages(transcript.value, found.value)


def master(job: Job, recording: Handle[Recording], plan: MixPlan) -> Handle[Master]:
    """Make the MP3, without tags."""
    chosen = job.registry.masterer()

    def make(recorded: Recording, mix: MixPlan) -> Master:
        target = job.folder.facts / MASTER_FILE
        paths, plan = _paths(job), _placed(job, mix)
        if job.lease.elsewhere:
            pool, order = job.lease.pool(0), (recorded, paths, plan)
            if found := mastered_elsewhere(pool, chosen.engine, order, job.folder.work, target):
                return found
        return chosen.engine.master(recorded, paths, plan, target, _progress(job, "master"))

    extras = tuple(f"master.{name}" for name in getattr(chosen.engine, "extra_formats", ()))
    stage = Stage(
        "master", Master, chosen.name, chosen.options, file_name=MASTER_FILE, more_file_names=extras
    )
    return job.artifacts.once(stage, make, recording, plan)


def known_voices(job: Job) -> tuple[KnownVoice, ...]:
    """Voices of the show that the prints of this episode can be compared with."""
    receipt = job.artifacts.record.receipts.get("diarization")
    options = receipt.made.get("options", {}) if receipt else {}
    return voice_store.known_voices(job.registry.folder, voice_store.print_model(options))


def wording(job: Job, draft: Draft) -> Wording:
    """Ask a language model for better words, once per text; nothing where none is configured."""
    chosen = job.registry.writer()
    if chosen is None:
        return Wording()
    stage = Stage("notes", Wording, chosen.name, chosen.options)
    try:
        return job.artifacts.once(stage, chosen.engine.write, draft).value
    except NoWordingError as problem:
        return Wording(failure=str(problem))


def clip(job: Job, place: str) -> Clip | None:
    """Look at the intro, outro or bed the settings name, if they name one.

    Its path is the one in the settings, so that a show that was moved is not mastered again.
    Raises ConfigError for a file that is not there or holds no sound.
    """
    name = getattr(job.registry.settings.audio, place)
    path = job.registry.file(name, f"audio.{place}")
    try:
        return replace(probe_clip(path), path=name) if path else None
    except InputRefusedError as cause:
        raise ConfigError(f"audio.{place}: {cause}") from cause


def _placed(job: Job, mix: MixPlan) -> MixPlan:
    """The plan with its clips where they lie now."""
    intro, outro, bed = (_here(job, getattr(mix, place), f"audio.{place}") for place in CLIPS)
    return replace(mix, intro=intro, outro=outro, bed=bed)


def _here(job: Job, clip: Clip | None, setting: str) -> Clip | None:
    path = job.registry.file(clip.path, setting) if clip else None
    return replace(clip, path=str(path)) if clip and path else None


def _bench(job: Job, sound: Sound, stage: str) -> EngineContext:
    pool = job.lease.pool(sound.duration_ms)
    return EngineContext(pool, FolderStore(job.folder.work / "batches"), _progress(job, stage))


def _progress(job: Job, stage: str) -> Progress:
    return lambda share: job.artifacts.watch(stage, "running", share)
