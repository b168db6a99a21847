"""What only a person can say about the voices, as questions, each with the command that answers it.

The number of people is found by sound alone. What is said, and the names that were given, do not
change it; where they do not fit, that is a question.
"""

from __future__ import annotations

from shlex import quote

from ...domain.brief import Brief
from ...domain.people import Cast, Voice
from ...domain.speech import Diarization, Utterance
from ...domain.timecode import clock
from ..languages.naming import naming_for
from .name_signs import nobody
from .spoken_names import Mention, alike, mentions

SURE = 0.75


def questions(
    cast: Cast,
    diarization: Diarization,
    utterances: tuple[Utterance, ...],
    brief: Brief,
    language: str,
    episode: str,
) -> tuple[str, ...]:
    """Return questions about voices, one sentence each; ``episode`` is the folder the commands name."""
    place = quote(episode)
    counted = "" if brief.speakers else _number(cast, diarization, utterances, brief, language)
    found = [f"{counted}: chaitime process {place} --speakers N"] if counted else []
    return (*found, *(_name(voice, place) for voice in cast.voices if voice.maybe))


def _number(
    cast: Cast, diarization: Diarization, utterances: tuple[Utterance, ...], brief: Brief, language: str
) -> str:
    """Why the number of voices may be wrong; nothing where nothing speaks against it."""
    heard = len(cast.voices)
    voices = f"{heard} voice{'' if heard == 1 else 's'}"
    if len(brief.people) > heard:
        return f"{len(brief.people)} people are named in episode.toml, but {voices} heard; how many speak?"
    themselves = _introduced(utterances, language)
    if len(themselves) > heard:
        said = ", ".join(f"{item.name} at {clock(item.at_ms)}" for item in themselves)
        return f"{len(themselves)} people say who they are ({said}), but {voices} heard; how many speak?"
    if diarization.sureness is not None and diarization.sureness < SURE:
        return f"{voices} heard, but that is not sure ({diarization.sureness:.0%}); how many people speak?"
    return ""


def _introduced(utterances: tuple[Utterance, ...], language: str) -> list[Mention]:
    """The first clear introduction of each person who says his or her own name.

    Clear is a full name, a name after a greeting, and two names in one remark ("this is Diane, and I'm
    Sheila").
    """
    naming = naming_for(language)
    said = [item for item in mentions(utterances, naming) if item.way == "itself"]
    named = [item for item in said if item.name not in naming.no_lone_names and not nobody(item.name, naming)]
    found: list[Mention] = []
    for item in named:
        beside = any(item.at_ms == one.at_ms and not alike(item.name, one.name) for one in named)
        clear = beside or item.greeted or " " in item.name
        if clear and not any(alike(item.name, one.name) for one in found):
            found.append(item)
    return found


def _name(voice: Voice, place: str) -> str:
    called = " or ".join(f"“{name}”" for name in voice.maybe)
    example = quote(f"{voice.label}={voice.maybe[0]}")
    return (
        f"{voice.label} may be {called}, which is not sure enough to print: "
        f"chaitime speakers {place} --name {example}"
    )
