"""The way of an episode, read top to bottom.

Artifacts (slow, kept with a receipt; stages.py) come first; what is derived from them (fast, pure)
is made again on every run. Independent artifacts are made at the same time: a stage returns a
handle whose ``result`` waits. What a person should know is noted by one collector, step by step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from ..domain.brief import Show
from ..domain.correction import Replacement
from ..domain.episode import Episode, Exchange, Recorded
from ..domain.people import Cast, KnownVoice
from ..domain.sound import Master, SpeechActivity
from ..editorial.certainty import certainty_of
from ..editorial.cleaning.clean import Manner, cleaned_in
from ..editorial.cleaning.edit_marks import marked_turns
from ..editorial.cleaning.profanity import masked_words
from ..editorial.corrections import overlay
from ..editorial.corrections.giving import give_turns
from ..editorial.corrections.glossary import spellings
from ..editorial.corrections.swap import rewritten
from ..editorial.hearing import Heard, doubts
from ..editorial.notes.annotate import annotate
from ..editorial.notes.gate import Gate, gate_for, sparse
from ..editorial.notes.own import Owned, apply_own_notes
from ..editorial.notes.rewording import Subject, apply_rewording, draft_of
from ..editorial.relistening import lapsed
from ..editorial.speakers.attribute import attribute
from ..editorial.speakers.doubts import questions
from ..editorial.speakers.naming import name
from ..editorial.structure.chapter_overrides import OverriddenChapters, apply_chapter_overrides
from ..editorial.structure.chapters import ChapterLimits, chapters
from ..editorial.structure.exchanges import pair
from ..editorial.structure.framed_chapters import framed
from ..editorial.structure.framing import frames, unnamed, without
from ..editorial.structure.mix import mix_plan, timeline_of, with_what_was_cut, without_cuts
from ..editorial.structure.small_talk import fold_small_talk
from ..errors import InputRefusedError
from ..project.episode_folder import EpisodeFolder
from ..project.voice_store import EnrolledSpeaker, known_voices, print_model
from . import stages
from .heard_words import HeardWords
from .stages import Job

Value = TypeVar("Value")


def produce(job: Job, enrolled: tuple[EnrolledSpeaker, ...] = ()) -> Episode:
    """Make the episode: every line uses only what stands above it; ``enrolled`` are voices the show knows.

    Raises InputRefusedError for a recording without speech (unless ``job.force``), and what engines raise.
    """
    brief, show, told = job.brief, job.registry.show(), Collected()
    clips, aligned = tuple(stages.clip(job, place) for place in stages.CLIPS), stages.aligned(job)
    recording = stages.recording(job, aligned)
    decoded = stages.decoded(job, recording)
    activity = stages.activity(job, recording, decoded, early=stages.early_transcription(job))
    _refuse_silence(job, activity.result)
    transcript = stages.transcript(job, recording, decoded, activity)
    diarization = stages.diarization(job, recording, decoded, activity, aligned)
    told.warn(*(aligned.result.warnings if aligned else ()), *decoded.result.warnings)
    voices = told.corrected(overlay.merge_speakers(diarization.result, brief))
    talk = HeardWords(job, (recording, decoded, activity, transcript, diarization), show)
    master = stages.master(job, recording, mix_plan(voices, talk.early_brief, *clips))
    again, whole, brief = talk.again, talk.whole, told.corrected(talk.brief)
    language, words = whole.language, told.corrected(overlay.words(whole, brief, show))
    turns, mastered = told.corrected(overlay.move_boundaries(attribute(words, voices), brief)), master.result
    spoken = without_cuts(turns, mastered.cuts)
    cast = name(spoken, voices, brief, show, language, known=_known(enrolled, diarization.options))
    spoken, cast = told.corrected(give_turns(spoken, cast, voices, brief))
    heard = Heard(transcript.result, whole, activity.result, voices, str(job.folder.path))
    told.warn(*doubts(heard, cast), *lapsed(again, transcript.digest, heard.path), *mastered.warnings)
    printed = told.corrected(overlay.drop_passages(spoken, brief, language))
    kept = told.corrected(overlay.kept(printed, brief, language))
    cleaned = cleaned_in(printed, _manner(job, show, cast, language, (kept, rewritten(whole, printed))))
    paired = pair(cleaned, cast, language, overlay.pins(brief))
    post, small_talk = fold_small_talk(paired, cast, language) if _folds(job) else (paired, ())
    gate = gate_for(language, certainty_of(spoken, told.replacements, kept))
    bare, marks = _outlined(job, (post, cast), language, mastered, gate)
    glossary, sure = show.glossary, gate.certainty
    notes = annotate(bare, cast, marks.chapters, brief, language, terms=glossary, certainty=sure)
    draft = draft_of(bare, Subject(cast, brief, show), notes, marks.chapters, language)
    worded = apply_rewording(draft, stages.notes(job, draft), notes, marks.chapters, gate)
    owned = apply_own_notes(worded.notes, brief.notes, post)
    told.warn(*overlay.unbroken(post, brief), *marks.warnings, *worded.warnings, *_last(owned, mastered))
    return Episode(
        slug=job.folder.slug,
        title=brief.title or _title(job.folder, cast),
        date=brief.date,
        language=language,
        show=show,
        brief=brief,
        cast=cast,
        spoken=masked_words(spoken, language) if _masks(job) else spoken,
        post=post,
        chapters=worded.chapters,
        notes=owned.notes,
        diarization=voices,
        timeline=timeline_of(mastered),
        master=mastered,
        warnings=tuple(told.warnings),
        questions=questions(cast, voices, spoken, brief, language, str(job.folder.path)),
        replacements=tuple(told.replacements),
        edits=marked_turns(printed, cleaned),
        small_talk=small_talk,
        recorded=Recorded(whole, with_what_was_cut(spoken, turns), heard.lost),
    )


def _refuse_silence(job: Job, activity: SpeechActivity) -> None:
    if not activity.spans and not job.force:
        raise InputRefusedError(f"no speech in {job.folder.source}; --force publishes the sound alone")


def _known(enrolled: tuple[EnrolledSpeaker, ...], options: Mapping[str, str]) -> tuple[KnownVoice, ...]:
    """The voices that the show knows, as the network hears them that heard these."""
    return known_voices(enrolled, print_model(options))


def _outlined(
    job: Job, said: tuple[tuple[Exchange, ...], Cast], language: str, mastered: Master, gate: Gate
) -> tuple[tuple[Exchange, ...], OverriddenChapters]:
    """The talk in a post, without what frames it, and the chapters, as found and as a person wants them."""
    post, cast = said
    timeline, limits, length_ms = timeline_of(mastered), _limits(job), mastered.duration_ms
    aside = frames(post, cast, job.brief.sponsor, language)
    talk = without(post, [one.span for one in aside])
    found = chapters(talk, length_ms, language, limits, timeline, fits=gate.heads)
    whole = framed(found, aside, language, length_ms, timeline=timeline, shortest_ms=limits.shortest_ms)
    marks = apply_chapter_overrides(whole, job.brief.chapters, post, language)
    return talk, replace(marks, warnings=(*marks.warnings, *unnamed(aside)))


def _last(owned: Owned, mastered: Master) -> tuple[str, ...]:
    """What is to be said of the notes as they are printed."""
    return (*owned.warnings, *sparse(owned.notes, mastered.duration_ms))


def _limits(job: Job) -> ChapterLimits:
    """How many chapters the show wants."""
    return ChapterLimits(per_hour=job.registry.settings.chapters.per_hour)


def _manner(
    job: Job, show: Show, cast: Cast, language: str, by_hand: tuple[frozenset[int], frozenset[int]]
) -> Manner:
    """How the show, and people for themselves, want it cleaned; ``by_hand``: words kept, words written."""
    kept, written = by_hand
    levels = {one.label: one.person.level for one in cast.voices if one.person.level}
    level = job.registry.settings.text.clean
    return Manner(language, level, _terms(show), kept, levels, _masks(job), written)


def _masks(job: Job) -> bool:
    """Whether profanity is masked wherever it is read."""
    return job.registry.settings.text.profanity == "mask"


def _folds(job: Job) -> bool:
    """Whether talk before the greeting and after the goodbye is hidden."""
    return job.registry.settings.text.small_talk == "fold"


def _terms(show: Show) -> tuple[str, ...]:
    """What the show writes in a way of its own."""
    return (*show.vocabulary, *spellings(show.glossary))


class Collected:
    """What a person should know of how an episode was made: warnings and replacements, in order of making."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self.replacements: list[Replacement] = []

    def warn(self, *sentences: str) -> None:
        """Note warnings."""
        self.warnings += sentences

    def corrected(self, step: overlay.Corrected[Value]) -> Value:
        """Note what a correction did and could not do; returns what it made."""
        self.warnings += step.warnings
        self.replacements += step.replacements
        return step.value


def _title(folder: EpisodeFolder, cast: Cast) -> str:
    """A title for an episode whose human gave none."""
    guests = [voice.person.name for voice in cast.voices if voice.named and voice.person.role == "guest"]
    if guests:
        return f"Interview with {' and '.join(dict.fromkeys(guests))}"
    return folder.slug.replace("-", " ").title()
