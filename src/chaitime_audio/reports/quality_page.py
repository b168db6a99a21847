"""The page of an episode's quality: verdicts in words, a picture and lists that play the MP3 beside it.

Without script every place is a link into the MP3; without the MP3 the page says so and is still whole.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from ..domain.episode import Episode
from ..domain.quality import QualityReport
from ..domain.timecode import short_clock
from ..formats.rendering.templates import Templates
from .layout import LEFT, LOUD_BOTTOM, RIGHT, WIDTH, layout
from .places import Place, chapter_places, fault_places
from .quality import signed, verdicts
from .svg import style, svg

MOST_PLACES = 60
_TEMPLATES = Templates(ours=Path(__file__).parent)


def page(episode: Episode, report: QualityReport, true_peak_dbtp: float = -1.0) -> str:
    """Fill in ``quality.html.j2``, a whole page; ``true_peak_dbtp`` is the show's limit.

    The page gets ``title``, ``described`` (length, rate, range), ``slug``, ``mp3`` (its address),
    ``verdicts``, ``picture`` (SVG) with ``colours`` (its CSS) and ``plot`` (its scale), ``lists`` (of
    places, see `_listed`), ``voices`` (name and loudness before and after), ``script`` and ``policy``.
    """
    drawing = layout(episode, report)
    script = Path(__file__).with_name("player.js").read_text(encoding="utf-8")
    values = {
        "title": episode.title,
        "described": _described(episode),
        "slug": episode.slug,
        "mp3": quote(f"{episode.slug}.mp3"),
        "verdicts": verdicts(episode, report, true_peak_dbtp),
        "picture": svg(drawing, "Waveform by speaker, and loudness over time"),
        "colours": style(),
        "plot": {
            "seconds": episode.duration_ms / 1000,
            "left": LEFT / WIDTH,
            "wide": (RIGHT - LEFT) / WIDTH,
            "foot_percent": 100 * (1 - LOUD_BOTTOM / drawing.height),
        },
        "lists": [
            _listed("Listen to", fault_places(episode, report)),
            _listed("Chapters", chapter_places(episode), chapters=True),
        ],
        "voices": _voices(episode, report),
        "script": script,
        "policy": _policy(script),
    }
    return _TEMPLATES.render("quality.html", values)


def _policy(script: str) -> str:
    """What a browser may do on the page: run this script and no other, and load sound from beside it."""
    total = b64encode(sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{total}'; style-src 'unsafe-inline'; "
        "media-src 'self' file:; base-uri 'none'; form-action 'none'"
    )


def _listed(heading: str, places: tuple[Place, ...], *, chapters: bool = False) -> dict[str, object]:
    """Places under a heading, from where each is heard (s), and of how many more qc.json tells."""
    return {
        "heading": heading,
        "chapters": chapters,
        "places": [
            {"start_s": place.from_ms / 1000, "clock": short_clock(place.at_ms), "text": place.text}
            for place in places[:MOST_PLACES]
        ],
        "more": max(0, len(places) - MOST_PLACES),
    }


def _described(episode: Episode) -> str:
    master = episode.master
    minutes, seconds = divmod(round(episode.duration_ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    channels = "mono" if master.channels == 1 else "stereo"
    rate = f"{master.sample_rate_hz / 1000:g} kHz, {master.bit_rate_kbps} kbit/s, {channels}"
    long = f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"
    return f"{long} {seconds:02d} s, {rate}, loudness range {master.loudness.range_lu:.1f} LU"


def _voices(episode: Episode, report: QualityReport) -> list[dict[str, str]]:
    """How loud each voice was and is."""
    return [
        {
            "name": episode.cast.name(voice.label),
            "before_lufs": signed(voice.before_lufs),
            "after_lufs": signed(voice.after_lufs),
        }
        for voice in report.voices
    ]
