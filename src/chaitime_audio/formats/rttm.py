"""RTTM: who spoke when, as NIST's scoring tools and pyannote.metrics read it.

In source time, since it describes the recording and not the MP3. The speaker field is the
person's name with ``_`` for blanks, the diarization's label for a voice outside the cast; two
voices that were given to one person are one speaker.
"""

from __future__ import annotations

from ..domain import text
from ..domain.episode import Episode
from ..domain.speech import Turn
from .rendering.templates import Templates

FILE_NAME = "{slug}.rttm"


def render(episode: Episode, templates: Templates) -> str:  # noqa: ARG001 - a fixed form
    """Write one line a turn, overlaps included."""
    names = {voice.label: voice.person.name for voice in episode.cast.voices}
    return "".join(
        _line(episode.slug, turn, names.get(turn.label, turn.label)) for turn in episode.diarization.turns
    )


def _line(slug: str, turn: Turn, name: str) -> str:
    start_s, length_s = turn.span.start_ms / 1000, turn.span.duration_ms / 1000
    return f"SPEAKER {slug} 1 {start_s:.3f} {length_s:.3f} <NA> <NA> {text.rttm(name)} <NA> <NA>\n"
