"""What a person decides, made ready to be written: with the words it is about, a cut with quiet ends.

Nothing is derived for it, and no engine starts: the kept words are read, and under a second of sound round
each end of a cut.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..audio.word_edges import quiet_span, reader
from ..domain.correction import Correction
from ..domain.speech import Transcript
from ..editorial.corrections.matching import with_said
from ..editorial.corrections.passages import Search
from ..editorial.languages.editing import editing_for
from ..errors import NotMadeError, UsageError
from ..project import episode_file, importing
from ..project.artifacts import KeptArtifacts
from ..project.episode_folder import EpisodeFolder
from ..workers import WorkerLease
from .heard_words import heard_words
from .publish import Published, publish
from .registry import Registry
from .run import OpenEpisode, RunOptions, open_episode
from .stages import Job


def kept_transcript(folder: EpisodeFolder, registry: Registry) -> Transcript | None:
    """The words of an episode as recognised, from what is kept; None where they have to be made first."""
    artifacts, lease = KeptArtifacts(folder), WorkerLease(1)
    try:
        brief, _ = episode_file.read_dated(folder, registry.settings.show.timezone)
        arrangement = importing.arrangement_in(folder, brief)
        return heard_words(Job(folder, brief, registry, artifacts, lease, arrangement, force=True)).whole
    except NotMadeError:
        return None
    finally:
        artifacts.close()
        lease.close()


def carrying_words(
    corrections: Sequence[Correction], folder: EpisodeFolder, registry: Registry
) -> tuple[Correction, ...]:
    """Corrections, those by times with the words that they are made for; the rest is as it was."""
    if not any(item.by_times for item in corrections):
        return tuple(corrections)
    heard = kept_transcript(folder, registry)
    return with_said(corrections, heard.words if heard else ())


def cut_of(quote: Sequence[str], folder: EpisodeFolder, registry: Registry) -> Correction:
    """The cut of what is quoted, or of all from a first quote (or time) to a last one, its ends in the quiet.

    Raises UsageError where that is not said, or the episode is not made yet.
    """
    heard = kept_transcript(folder, registry)
    if heard is None:
        raise UsageError(f"{folder.path} has no words yet; run: chaitime process {folder.path}")
    search = Search(heard.words, editing_for(heard.language).fillers)
    found = search.passage(quote)
    if not found:
        lost = next((end for end in quote if search.place(end, 0) is None), quote[-1])
        raise UsageError(f"“{lost}” is not said" + (" behind the other one" if lost == quote[-1] else ""))
    return quiet_cut(heard, found[0].id, found[-1].id, folder)


def quiet_cut(heard: Transcript, first_id: int, last_id: int, folder: EpisodeFolder) -> Correction:
    """The cut of the words from one id to another: its neighbours stay whole, by the loudness round the ends.

    Without the sound in work/ the words' own times are its ends. Raises UsageError for words that
    are not there.
    """
    words = heard.words
    place = {word.id: at for at, word in enumerate(words)}
    if first_id not in place or last_id not in place:
        raise UsageError("these words are not in the recording")
    cut = quiet_span(words, place[first_id], place[last_id], reader(folder.decoded), cut=True)
    return with_said([Correction(cut=(cut.start_ms, cut.end_ms))], words)[0]


def publish_kept(folder: EpisodeFolder, registry: Registry) -> tuple[OpenEpisode, Published]:
    """Derive an episode once from what is kept and write its texts; the caller holds the folder's run lock.

    Raises NotMadeError, before anything is written, where something slow has to be made first.
    """
    options = RunOptions(only_kept=True, published=True, unworded=True, force=True)
    with open_episode(folder, registry, options) as made:
        return made, publish(made.episode, made.folder, made.registry, made.artifacts)
