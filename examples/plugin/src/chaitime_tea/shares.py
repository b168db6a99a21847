"""A format: who talks for how long, as text."""

from chaitime_audio import Episode, Templates
from chaitime_audio.domain.text import line

FILE_NAME = "{slug}.shares.txt"


def render(episode: Episode, templates: Templates) -> str:
    """One line for each voice, most talk first; nothing when nobody speaks."""
    voices = sorted(episode.cast.voices, key=lambda voice: -voice.talk_ms)
    total_ms = sum(voice.talk_ms for voice in voices)
    return "".join(
        f"{voice.talk_ms / total_ms:4.0%}  {line(voice.person.name)}\n" for voice in voices if total_ms
    )
