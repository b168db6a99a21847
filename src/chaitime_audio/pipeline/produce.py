"""The way of an episode, read top to bottom.

Facts (slow, kept with a receipt; facts.py) come first; what is derived from them (fast, pure)
is made again on every run. Independent facts are made at the same time: ``once`` returns a
handle whose ``value`` waits.
"""

from __future__ import annotations

from ..domain.brief import Show
from ..domain.episode import Episode
from ..domain.people import Cast
from ..domain.sound import Aligned, Decoded
from ..domain.speech import Transcript
from ..domain.timecode import clock
from ..editorial.cleaning.clean import clean
from ..editorial.cleaning.edit_marks import marked_turns
from ..editorial.corrections import overlay
from ..editorial.corrections.glossary import spellings
from ..editorial.notes.annotate import annotate
from ..editorial.notes.rewording import Subject, apply_rewording, draft_of
from ..editorial.speakers.attribute import attribute
from ..editorial.speakers.doubts import questions
from ..editorial.speakers.naming import name
from ..editorial.structure.chapter_overrides import apply_chapter_overrides
from ..editorial.structure.chapters import chapters
from ..editorial.structure.exchanges import pair
from ..editorial.structure.mix import mix_plan, timeline_of, without_cuts
from ..editorial.structure.small_talk import fold_small_talk
from ..errors import InputRefusedError
from ..project.artifacts import Handle
from ..project.episode_folder import EpisodeFolder
from . import stages
from .stages import Job

FULL_COVERAGE = 0.985


def produce(job: Job) -> Episode:
    """Make the episode: every line uses only what stands above it.

    Raises InputRefusedError for a recording without speech (unless ``job.force``), and
    whatever the engines raise of the tree in errors.py.
    """
    brief, show = job.brief, job.registry.show()
    clips = tuple(stages.clip(job, place) for place in stages.CLIPS)
    aligned = stages.aligned(job)
    recording = stages.recording(job, aligned)
    decoded = stages.decoded(job, recording)
    activity = stages.activity(job, recording, decoded)
    if not activity.value.spans and not job.force:
        raise InputRefusedError(f"no speech in {job.folder.source}; --force publishes the sound alone")
    transcript = stages.transcript(job, recording, decoded, activity)
    diarization = stages.diarization(job, recording, decoded, activity, aligned)
    voices = overlay.merge_speakers(diarization.value, brief)
    plan = mix_plan(voices.value, brief, *clips)
    master = stages.master(job, recording, plan)

    language = transcript.value.language
    heard = stages.no_turn_without_words(job, recording, decoded, transcript, diarization)
    words = overlay.words(heard, brief, show)
    turns = overlay.move_boundaries(attribute(words.value, voices.value), brief)
    spoken = without_cuts(turns.value, master.value.cuts)
    cast = name(spoken, voices.value, brief, show, language, known=stages.known_voices(job))
    printed = overlay.drop_passages(spoken, brief, language)
    cleaned = clean(printed.value, language, job.registry.settings.text.clean, _terms(show))
    paired = pair(cleaned, cast, language, overlay.breaks(brief))
    post, small_talk = fold_small_talk(paired, cast, language) if _folds(job) else (paired, ())
    timeline = timeline_of(master.value)
    found = chapters(post, master.value.duration_ms, language, timeline=timeline)
    marks = apply_chapter_overrides(found, brief.chapters, post, language)
    notes = annotate(post, cast, marks.chapters, brief, language, terms=show.glossary)
    draft = draft_of(post, Subject(cast, brief, show), notes, marks.chapters, language)
    worded = apply_rewording(draft, stages.wording(job, draft), notes, marks.chapters)
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
        chapters=worded.chapters,
        notes=worded.notes,
        diarization=voices.value,
        timeline=timeline,
        master=master.value,
        warnings=(
            *(*_warnings(aligned, decoded.value, transcript.value), *master.value.warnings),
            *(*words.warnings, *voices.warnings, *turns.warnings, *printed.warnings),
            *(*overlay.unbroken(post, brief), *marks.warnings, *worded.warnings),
        ),
        questions=questions(cast, voices.value, spoken, brief, language, str(job.folder.path)),
        replacements=(*words.replacements, *printed.replacements),
        edits=marked_turns(printed.value, cleaned),
        small_talk=small_talk,
    )


def _folds(job: Job) -> bool:
    """Whether talk before the greeting and after the goodbye is hidden."""
    return job.registry.settings.text.small_talk == "fold"


def _terms(show: Show) -> tuple[str, ...]:
    """What the show writes in a way of its own."""
    return (*show.vocabulary, *spellings(show.glossary))


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
