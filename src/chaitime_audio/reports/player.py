"""What makes a report play: the MP3 beside it, a picture that can be clicked, lists of places.

Without script every place is a link into the MP3; without the MP3 the page says so and is still whole.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import quote

from ..domain.episode import Episode
from ..domain.timecode import short_clock
from .layout import LEFT, LOUD_BOTTOM, RIGHT, WIDTH
from .places import Place

MOST_PLACES = 60


def style() -> str:
    """How player, marker and lists look."""
    return _beside("player.css")


def script() -> str:
    """What a click and the keys do."""
    return _beside("player.js")


def policy() -> str:
    """What a browser may do on the page: run this script and no other, and load sound from beside it."""
    total = b64encode(sha256(script().encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{total}'; style-src 'unsafe-inline'; "
        "media-src 'self' file:; base-uri 'none'; form-action 'none'"
    )


def mp3_of(episode: Episode) -> str:
    """The address of the MP3, which lies beside the page."""
    return quote(f"{episode.slug}.mp3")


def audio(episode: Episode, title: str) -> str:
    """The player, and what is said in its place when the MP3 is not there; ``title`` is escaped already."""
    return (
        f'<audio controls preload="metadata" src="{mp3_of(episode)}" aria-label="{title}"></audio>'
        f'<p class="gone small" hidden>To listen, put {escape(episode.slug)}.mp3 beside this page.</p>'
    )


def plot(episode: Episode, picture: str, height: float) -> str:
    """A picture so many units high whose places can be clicked."""
    foot = f"bottom:{100 * (1 - LOUD_BOTTOM / height):.1f}%"
    scale = f'data-left="{LEFT / WIDTH:g}" data-wide="{(RIGHT - LEFT) / WIDTH:g}"'
    return (
        f'<div class="wide"><div class="plot" data-seconds="{episode.duration_ms / 1000:g}" {scale}>'
        f'{picture}<span class="head" style="{foot}" hidden></span></div></div>'
    )


def listed(heading: str, places: tuple[Place, ...], episode: Episode, *, chapters: bool = False) -> str:
    """Places under a heading, each a link into the MP3; nothing when there are none."""
    if not places:
        return ""
    kind = ' data-chapter="1"' if chapters else ""
    items = "".join(_item(place, mp3_of(episode), kind) for place in places[:MOST_PLACES])
    more = len(places) - MOST_PLACES
    rest = f'<p class="small">and {more} more, in qc.json</p>' if more > 0 else ""
    return f'<h2>{escape(heading)}</h2><ul class="places">{items}</ul>{rest}'


def _item(place: Place, mp3: str, kind: str) -> str:
    start = f"{place.from_ms / 1000:g}"
    return (
        f'<li><a href="{mp3}#t={start}" data-start="{start}"{kind}>'
        f"<time>{short_clock(place.at_ms)}</time><span>{escape(place.text)}</span></a></li>"
    )


def _beside(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
