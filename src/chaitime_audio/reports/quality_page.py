"""The report of an episode, to send to a guest or a sponsor: player, people, chapters, sound, notes, post.

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
from ..formats.rendering.page import page as texts_of
from ..formats.rendering.templates import Templates
from .layout import LEFT, LOUD_BOTTOM, RIGHT, WIDTH, layout
from .legend import role_of
from .people import PersonFigures, people
from .places import Place, chapter_places, fault_places
from .quality import signed, verdicts
from .svg import style, svg

MOST_PLACES = 60
STRIP_UNITS = 1000
"""How wide a person's strip is in its own units; nothing in it is narrower than one."""
_TEMPLATES = Templates(ours=Path(__file__).parent)


def page(episode: Episode, report: QualityReport, true_peak_dbtp: float = -1.0) -> str:
    """Fill in ``quality.html.j2``, a whole page; ``true_peak_dbtp`` is the show's limit.

    The page gets ``title``, ``described`` (length, rate, range), ``slug``, ``mp3`` (its address),
    ``verdicts``, ``picture`` (SVG) with ``colours`` (its CSS) and ``plot`` (its scale), ``faults`` and
    ``chapters`` (places, see `_listed`), ``people`` (see `_person`), ``page`` (the texts, as every template
    of the post gets them), ``script`` and ``policy``.
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
        "faults": _listed("Listen to", fault_places(episode, report)),
        "chapters": _listed("Chapters", chapter_places(episode), chapters=True),
        "people": [_person(episode, one) for one in people(episode, report)],
        "page": texts_of(episode),
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


def _person(episode: Episode, found: PersonFigures) -> dict[str, object]:
    """A row of the table, its figures as printed, and the bars of the person's strip."""
    return {
        "name": found.name,
        "role": found.role,
        "colour": role_of(episode, found.label),
        "talk_ms": found.talk_ms,
        "share": f"{found.share:.0%}",
        "questions": found.questions,
        "words_a_minute": found.words_a_minute or "–",
        "before_lufs": "–" if found.before_lufs is None else signed(found.before_lufs),
        "after_lufs": "–" if found.after_lufs is None else signed(found.after_lufs),
        "bars": _bars(found.stretches, episode.duration_ms),
    }


def _bars(stretches: tuple[tuple[int, int], ...], duration_ms: int) -> list[dict[str, int]]:
    """Stretches in units of the strip; those that touch at this scale are one."""
    runs: list[tuple[int, int]] = []
    for start_ms, end_ms in stretches:
        left = STRIP_UNITS * start_ms // max(1, duration_ms)
        right = max(left + 1, STRIP_UNITS * end_ms // max(1, duration_ms))
        if runs and left <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(right, runs[-1][1]))
        else:
            runs.append((left, right))
    return [{"x": left, "wide": right - left} for left, right in runs]
