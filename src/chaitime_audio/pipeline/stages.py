"""The artifacts of an episode: each made once by its engine, and kept with a receipt.

A function for each row of stage_table.py: it hands the store the engine's receipt and the values that
the artifact is made from, and returns a handle whose ``result`` waits.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..audio.probe import probe, probe_clip
from ..audio.reading import has_inputs
from ..audio.remote_mastering import mastered_elsewhere
from ..domain.brief import Brief
from ..domain.sound import Aligned, Arrangement, Clip, Decoded, Master, MixPlan, Recording, SpeechActivity
from ..domain.speech import Diarization, Passages, Transcript
from ..domain.wording import Draft, Wording
from ..editorial.relistening import NOTHING_MORE, RelistenOrder
from ..errors import ConfigError, InputRefusedError, NotMadeError
from ..language_model import NoWordingError
from ..project.artifact_keys import Stage
from ..project.artifacts import ArtifactStore, Handle
from ..project.episode_folder import EpisodeFolder, FolderStore
from ..project.file_memory import looks_of
from ..recognition.context import EngineContext, OnSpeechFound, Progress, Sound
from ..workers import WorkerLease
from .registry import Registry
from .second_hearing import SecondHearing
from .stage_table import MASTER_FILE, MIX_FILE, ROWS
from .unmastered import Planned

Early = Callable[[Sound, EngineContext], OnSpeechFound | None]
"""Begins to transcribe while speech is still looked for; returns who is to be told what was found."""
INPUTS = "inputs"
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
    relisten: RelistenOrder = NOTHING_MORE
    unworded: bool = False
    unmastered: bool = False
    decoding: threading.Lock = field(default_factory=threading.Lock)


def aligned(job: Job) -> Handle[Aligned] | None:
    """Mix the tracks of an episode that has one per person, or the inputs of a recorder.

    Tracks are brought to one clock first.
    """
    paths, target = job.folder.sources(), job.folder.facts / MIX_FILE
    before = tuple(stamp.sha256 for stamp in job.artifacts.record.sources)
    sums = job.artifacts.source_sums(paths)
    how = "align" if job.arrangement == "tracks" else INPUTS
    if how == INPUTS and not _has_inputs(job, paths, changed=before != sums):
        return None
    stage = _stage("aligned", how, {"revision": "1"})
    make = lambda _sums: _mixed(how, paths, target, _progress(job, "aligned"))  # noqa: E731
    return job.artifacts.once(stage, make, sums)


def _mixed(how: str, paths: tuple[Path, ...], target: Path, progress: Progress) -> Aligned:
    from ..audio.align import align
    from ..audio.inputs import mix_inputs

    mix = mix_inputs if how == INPUTS else align
    return mix(paths, target, progress)


def _has_inputs(job: Job, paths: tuple[Path, ...], *, changed: bool) -> bool:
    """Whether recordings are inputs of a recorder; what was made of the same ones tells without a look."""
    receipts = job.artifacts.record.receipts
    if job.artifacts.engine_of("recording") and not changed:
        return _is_mix_of_inputs(job)
    found = has_inputs(paths)
    if not found and "aligned" in receipts:
        job.artifacts.update(receipts={name: kept for name, kept in receipts.items() if name != "aligned"})
    return found


def _is_mix_of_inputs(job: Job) -> bool:
    kept = job.artifacts.record.receipts.get("aligned")
    return kept is not None and kept.engine == INPUTS


def recording(job: Job, aligned: Handle[Aligned] | None) -> Handle[Recording]:
    """Look at the recording: streams, length, sums."""
    stage = _stage("recording", "probe", {"revision": "1", "arrangement": job.arrangement})
    sums = job.artifacts.source_sums(job.folder.sources())
    return job.artifacts.once(stage, lambda *_: probe(paths(job), job.arrangement), sums, aligned)


def paths(job: Job) -> tuple[Path, ...]:
    """The recordings to work on: as handed in, or the mix of their tracks or inputs."""
    mixed = job.arrangement == "tracks" or _is_mix_of_inputs(job)
    return (job.folder.facts / MIX_FILE,) if mixed else job.folder.sources()


def decoded(job: Job, recording: Handle[Recording]) -> Handle[Decoded]:
    """Decode to 16 kHz mono, mended where a channel is dead or turned round."""
    stage = _stage("decoded", "ffmpeg", {"revision": "1"})
    return job.artifacts.once(stage, lambda value: _decode(job, value, force=job.force), recording)


def _decode(job: Job, recording: Recording, *, force: bool) -> Decoded:
    from ..audio.decode import decode

    return decode(recording, paths(job), job.folder.decoded, _progress(job, "decoded"), force)


def _sound(job: Job, recording: Recording, decoded: Decoded) -> Sound:
    """The decoded sound for engines; decoded again when work/ was swept."""
    with job.decoding:
        if not job.folder.decoded.exists():
            decoded = _decode(job, recording, force=True)  # it was taken once
    return Sound(job.folder.decoded.absolute(), decoded.sample_count, decoded.sha256)


def early_transcription(job: Job) -> Early | None:
    """Let the recogniser begin with what is found first; None when there is a transcript already."""
    if job.artifacts.engine_of("transcript"):
        return None
    return job.registry.transcriber(job.brief).engine.ahead


def activity(
    job: Job, recording: Handle[Recording], decoded: Handle[Decoded], early: Early | None
) -> Handle[SpeechActivity]:
    """Find where anybody speaks; ``early`` is told what is found first."""
    chosen = job.registry.detector()

    def make(recorded: Recording, sound: Decoded) -> SpeechActivity:
        heard = _sound(job, recorded, sound)
        context = _bench(job, heard, "activity")
        if early:
            context = replace(context, finding=early(heard, context))
        return chosen.engine.detect(heard, context)

    stage = _stage("activity", chosen.name, chosen.options)
    return job.artifacts.once(stage, make, recording, decoded)


def transcript(job: Job, *facts: Handle[Any]) -> Handle[Transcript]:
    """Recognise the words."""
    chosen = job.registry.transcriber_as_kept(job.brief, job.artifacts)

    def make(recorded: Recording, sound: Decoded, activity: SpeechActivity) -> Transcript:
        heard = _sound(job, recorded, sound)
        return chosen.engine.transcribe(heard, activity, _bench(job, heard, "transcript"))

    stage = _stage("transcript", chosen.name, chosen.options)
    return job.artifacts.once(stage, make, *facts)


def diarization(
    job: Job,
    recording: Handle[Recording],
    decoded: Handle[Decoded],
    activity: Handle[SpeechActivity],
    aligned: Handle[Aligned] | None,
) -> Handle[Diarization]:
    """Tell the voices apart; people's own tracks say who speaks when, where there are any."""
    tracks = aligned.result.tracks if aligned else decoded.result.tracks
    chosen = job.registry.diarizer(has_tracks=bool(tracks))
    speakers = job.brief.speakers or job.registry.settings.engines.speakers

    def make(recorded: Recording, sound: Decoded, heard: SpeechActivity, count: int, own: Any) -> Diarization:
        listened = replace(_sound(job, recorded, sound), tracks=own)
        return chosen.engine.diarize(listened, heard, count, _bench(job, listened, "diarization"))

    stage = _stage("diarization", chosen.name, chosen.options)
    return job.artifacts.once(stage, make, recording, decoded, activity, speakers, tracks)


def passages(
    job: Job,
    recording: Handle[Recording],
    decoded: Handle[Decoded],
    activity: Handle[SpeechActivity],
    transcript: Handle[Transcript],
    diarization: Handle[Diarization],
) -> Passages:
    """Hear turns that had got no words again, each by itself, and what a person asked to be heard again.

    A transcript made before we did so stays as it is.
    """
    chosen = job.registry.transcriber_as_kept(job.brief, job.artifacts)
    stage = _stage("passages", chosen.name, chosen.options)
    ear = SecondHearing.after(transcript.digest, job.artifacts, stage, job.registry, job.brief, chosen)
    todo = ear.todo(transcript.result, transcript.options, diarization.result, job.relisten)
    if todo == Passages() and not ear.before.asked:
        return todo

    def make(recorded: Recording, sound: Decoded, words: Transcript, missed: Passages) -> Passages:
        heard = _sound(job, recorded, sound)
        return ear.listen(missed, heard, activity.result, words, _bench(job, heard, "passages"))

    found: Handle[Passages] = job.artifacts.once(stage, make, recording, decoded, transcript, todo)
    return found.result


def master(job: Job, recording: Handle[Recording], plan: MixPlan) -> Handle[Master] | Planned:
    """Make the MP3, without tags; with ``job.unmastered`` the one that was made last stands for it."""
    chosen = job.registry.masterer()

    def make(recorded: Recording, mix: MixPlan) -> Master:
        target, files, plan = job.folder.facts / MASTER_FILE, paths(job), _placed(job, mix)
        if job.lease.elsewhere:
            pool, order = job.lease.pool(0), (recorded, files, plan)
            if found := mastered_elsewhere(pool, chosen.engine, order, job.folder.work, target):
                return found
        made = chosen.engine.master(recorded, files, plan, target, _progress(job, "master"))
        job.artifacts.files.note_sum(target, made.sha256)
        return made

    extras = tuple(f"master.{name}" for name in getattr(chosen.engine, "extra_formats", ()))
    stage = _stage("master", chosen.name, chosen.options, extras)
    made = job.artifacts.once(stage, make, recording, plan)
    return Planned(made, plan, lambda: job.artifacts.before(stage)) if job.unmastered else made


def notes(job: Job, draft: Draft) -> Wording:
    """Ask a language model for better words, once per text; nothing without one, or ``job.unworded``."""
    chosen = job.registry.writer()
    if chosen is None:
        return Wording()
    stage = _stage("notes", chosen.name, chosen.options)
    try:
        worded: Handle[Wording] = job.artifacts.once(stage, chosen.engine.write, draft)
        return worded.result
    except NotMadeError:
        if not job.unworded:
            raise
        return Wording(failure="the language model has not worded this text yet")
    except NoWordingError as problem:
        return Wording(failure=str(problem))


def clip(job: Job, place: str) -> Clip | None:
    """Look at the intro, outro or bed the settings name, if they name one; once, until the file changes.

    Its path is the one in the settings, so that a show that was moved is not mastered again.
    Raises ConfigError for a file that is not there or holds no sound.
    """
    name = getattr(job.registry.settings.audio, place)
    path = job.registry.file(name, f"audio.{place}")
    if not path:
        return None
    look = lambda: replace(probe_clip(path), path=name)  # noqa: E731
    try:
        return job.artifacts.files.look(f"clip {place}", f"{name} {looks_of(path)}", look, Clip)
    except InputRefusedError as cause:
        raise ConfigError(f"audio.{place}: {cause}") from cause


def _stage(name: str, engine: str, options: dict[str, str], more: tuple[str, ...] = ()) -> Stage[Any]:
    """A row of the table with the engine that is to make it, its options, and further files it leaves."""
    row = ROWS[name]
    return Stage(
        row.name,
        row.makes,
        engine,
        options,
        large=row.large,
        file_name=row.file_name,
        more_file_names=more,
    )


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
