"""The way of an episode, read top to bottom.

Facts (slow, kept with a receipt) come first; what is derived from them (fast, pure) is made
again on every run. Independent facts are made at the same time: ``once`` returns a handle
whose ``value`` waits.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .crew import Hire
from .derive._evidence import clock
from .derive.attribute import attribute
from .derive.chapters import chapters
from .derive.clean import clean
from .derive.mix import mix_plan, timeline_of, without_cuts
from .derive.name import name
from .derive.notes import annotate
from .derive.pair import pair
from .engines.align import align
from .engines.decode import decode
from .engines.probe import probe, probe_clip
from .engines.sound import Progress, Sound, Workbench
from .errors import InputRefusedError
from .folder import EpisodeFolder, FolderStore
from .kit import Kit
from .ledger import Handle, Ledger, Stage
from .model.brief import Brief
from .model.episode import Episode
from .model.people import Cast
from .model.sound import (
    Aligned,
    Arrangement,
    Clip,
    Decoded,
    Master,
    MixPlan,
    Recording,
    Span,
    SpeechActivity,
)
from .model.speech import Diarization, Transcript

MASTER_FILE, MIX_FILE = "master.mp3", "mix.flac"
FULL_COVERAGE = 0.985


@dataclass(frozen=True, slots=True)
class Job:
    """One episode to make: where it lies, what its human said, and who does the work."""

    folder: EpisodeFolder
    brief: Brief
    kit: Kit
    ledger: Ledger
    hire: Hire
    arrangement: Arrangement = "single"
    force: bool = False
    decoding: threading.Lock = field(default_factory=threading.Lock)


def produce(job: Job) -> Episode:
    """Make the episode: every line uses only what stands above it.

    Raises InputRefusedError for a recording without speech (unless ``job.force``), and
    whatever the engines raise of the tree in errors.py.
    """
    brief, show = job.brief, job.kit.show()
    aligned = _aligned(job)
    recording = _recording(job, aligned)
    decoded = _decoded(job, recording)
    activity = _activity(job, recording, decoded)
    if not activity.value.spans and not job.force:
        raise InputRefusedError(f"no speech in {job.folder.source}; --force publishes the sound alone")
    transcript = _transcript(job, recording, decoded, activity)
    tracks = aligned.value.tracks if aligned else decoded.value.tracks
    diarization = _diarization(job, recording, decoded, activity, tracks)
    plan = mix_plan(diarization.value, brief, _clip(job, "intro"), _clip(job, "outro"))
    master = _master(job, recording, plan)

    language = transcript.value.language
    spoken = without_cuts(attribute(transcript.value, diarization.value), master.value.cuts)
    cast = name(spoken, diarization.value, brief, show, language)
    cleaned = clean(spoken, language, job.kit.settings.text.clean, show.vocabulary)
    post = pair(cleaned, cast, language)
    marks = chapters(post, decoded.value.duration_ms, language)
    return Episode(
        slug=job.folder.slug,
        title=brief.title or _title(job.folder, cast),
        date=brief.date,
        language=language,
        show=show,
        brief=brief,
        cast=cast,
        spoken=spoken,
        post=post,
        chapters=marks,
        notes=annotate(post, cast, marks, brief, language),
        diarization=diarization.value,
        timeline=timeline_of(master.value),
        master=master.value,
        warnings=_warnings(aligned, decoded.value, transcript.value),
    )


def _aligned(job: Job) -> Handle[Aligned] | None:
    """Bring the tracks of an episode that has one per person to one clock, and mix them."""
    if job.arrangement != "tracks":
        return None
    paths, target = job.folder.sources(), job.folder.facts / MIX_FILE
    stage = Stage("aligned", Aligned, "align", {"revision": "1"}, artefact=MIX_FILE)
    make = lambda _sums: align(paths, target, _progress(job, "aligned"))  # noqa: E731
    return job.ledger.once(stage, make, job.ledger.source_sums(paths))


def _recording(job: Job, aligned: Handle[Aligned] | None) -> Handle[Recording]:
    stage = Stage("recording", Recording, "probe", {"revision": "1", "arrangement": job.arrangement})
    sums = job.ledger.source_sums(job.folder.sources())
    return job.ledger.once(stage, lambda *_: probe(_paths(job), job.arrangement), sums, aligned)


def _paths(job: Job) -> tuple[Path, ...]:
    """The recordings to work on: as handed in, or the mix of their tracks."""
    return (job.folder.facts / MIX_FILE,) if job.arrangement == "tracks" else job.folder.sources()


def _decoded(job: Job, recording: Handle[Recording]) -> Handle[Decoded]:
    stage = Stage("decoded", Decoded, "ffmpeg", {"revision": "1"})
    return job.ledger.once(stage, lambda value: _decode(job, value), recording)


def _decode(job: Job, recording: Recording) -> Decoded:
    return decode(recording, _paths(job), job.folder.decoded, _progress(job, "decoded"))


def _sound(job: Job, recording: Recording, decoded: Decoded) -> Sound:
    """The decoded sound for engines; decoded again when work/ was swept."""
    with job.decoding:
        if not job.folder.decoded.exists():
            decoded = _decode(job, recording)
    return Sound(job.folder.decoded, decoded.sample_count, decoded.sha256)


def _activity(job: Job, recording: Handle[Recording], decoded: Handle[Decoded]) -> Handle[SpeechActivity]:
    chosen = job.kit.detector()

    def make(recorded: Recording, sound: Decoded) -> SpeechActivity:
        heard = _sound(job, recorded, sound)
        return chosen.engine.detect(heard, _bench(job, heard, "activity"))

    stage = Stage("activity", SpeechActivity, chosen.name, chosen.options)
    return job.ledger.once(stage, make, recording, decoded)


def _transcript(job: Job, *facts: Handle[Any]) -> Handle[Transcript]:
    chosen = job.kit.transcriber(job.brief, job.ledger.engine_of("transcript"))

    def make(recorded: Recording, sound: Decoded, activity: SpeechActivity) -> Transcript:
        heard = _sound(job, recorded, sound)
        return chosen.engine.transcribe(heard, activity, _bench(job, heard, "transcript"))

    stage = Stage("transcript", Transcript, chosen.name, chosen.options, large=True)
    return job.ledger.once(stage, make, *facts)


def _diarization(
    job: Job,
    recording: Handle[Recording],
    decoded: Handle[Decoded],
    activity: Handle[SpeechActivity],
    tracks: tuple[tuple[Span, ...], ...],
) -> Handle[Diarization]:
    chosen = job.kit.diarizer(has_tracks=bool(tracks))
    speakers = job.brief.speakers or job.kit.settings.engines.speakers

    def make(recorded: Recording, sound: Decoded, heard: SpeechActivity, count: int, own: Any) -> Diarization:
        listened = replace(_sound(job, recorded, sound), tracks=own)
        return chosen.engine.diarize(listened, heard, count, _bench(job, listened, "diarization"))

    stage = Stage("diarization", Diarization, chosen.name, chosen.options, large=True)
    return job.ledger.once(stage, make, recording, decoded, activity, speakers, tracks)


def _master(job: Job, recording: Handle[Recording], plan: MixPlan) -> Handle[Master]:
    chosen = job.kit.masterer()

    def make(recorded: Recording, mix: MixPlan) -> Master:
        target = job.folder.facts / MASTER_FILE
        return chosen.engine.master(recorded, _paths(job), mix, target, _progress(job, "master"))

    stage = Stage("master", Master, chosen.name, chosen.options, artefact=MASTER_FILE)
    return job.ledger.once(stage, make, recording, plan)


def _clip(job: Job, place: str) -> Clip | None:
    """Look at the intro or outro the settings name, if they name one."""
    path = job.kit.file(getattr(job.kit.settings.audio, place), f"audio.{place}")
    return probe_clip(path) if path else None


def _bench(job: Job, sound: Sound, stage: str) -> Workbench:
    crew = job.hire.crew(sound.duration_ms)
    return Workbench(crew, FolderStore(job.folder.work / "batches"), _progress(job, stage))


def _progress(job: Job, stage: str) -> Progress:
    return lambda share: job.ledger.watch(stage, "running", share)


def _warnings(aligned: Handle[Aligned] | None, decoded: Decoded, transcript: Transcript) -> tuple[str, ...]:
    """What a person should know about this recording, one sentence each."""
    found = [*(aligned.value.warnings if aligned else ()), *decoded.warnings]
    for item in transcript.dropped:
        found.append(
            f"at {clock(item.span.start_ms)} something not said was heard and left out ({item.reason})"
        )
    if transcript.coverage < FULL_COVERAGE:
        found.append(f"{1 - transcript.coverage:.1%} of the speech got no words; listen for gaps")
    return tuple(found)


def _title(folder: EpisodeFolder, cast: Cast) -> str:
    """A title for an episode whose human gave none."""
    guests = [voice.person.name for voice in cast.voices if voice.named and voice.person.role == "guest"]
    if guests:
        return f"Interview with {' and '.join(dict.fromkeys(guests))}"
    return folder.slug.replace("-", " ").title()
