"""The quality of an episode: lines in words that pass or fail, and a page with its picture."""

from __future__ import annotations

from dataclasses import dataclass, fields
from html import escape

from ..domain.episode import Episode
from ..domain.quality import QualityReport
from ..editorial.notes.tags import chapter_marks
from . import player
from .layout import layout
from .places import chapter_places, fault_places
from .svg import style, svg

TOLERANCE_LU = 0.5
LEAST_DISTANCE_LU = 25.0
"""So far below the talk the noise of a room is hardly noticed."""
SHORTEST_FOR_NOISE_MS = 15_000
"""In less, nobody may have paused."""
MOST_APART_LU = 1.5
NOTHING_LUFS = -69.0
_STYLE = """
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:68rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}svg{width:100%;height:auto;display:block}
.wide{overflow-x:auto;margin:1.5rem 0}
ul{list-style:none;padding:0}li{padding:.15rem 0 .15rem 1.75rem;text-indent:-1.75rem}
.mark{display:inline-block;width:1.75rem;text-indent:0}.bad{font-weight:600}.small{font-size:.875rem;opacity:.8}
table{border-collapse:collapse;margin-top:1.5rem}
th,td{text-align:left;padding:.3rem 1.25rem .3rem 0;border-bottom:1px solid #8884}
td.n,th.n{text-align:right}
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that was judged: what was found, and what to do when it is not fine."""

    fine: bool
    text: str
    advice: str = ""


def verdicts(episode: Episode, report: QualityReport, true_peak_dbtp: float = -1.0) -> tuple[Verdict, ...]:
    """What passes and what does not, a sentence each; ``true_peak_dbtp`` is the show's limit."""
    return (*_of_the_mp3(episode, report, true_peak_dbtp), *_of_the_recording(report))


def _of_the_mp3(episode: Episode, report: QualityReport, most_dbtp: float) -> tuple[Verdict, ...]:
    made, target = episode.master.loudness, episode.master.target_lufs
    after = [voice.after_lufs for voice in report.voices]
    apart = max(after) - min(after) if len(after) > 1 else 0.0
    before = [voice.before_lufs for voice in report.voices]
    told = f" (in the recording: {max(before) - min(before):.1f} LU)" if len(before) > 1 else ""
    silences = len(report.silences)
    silent = made.integrated_lufs <= NOTHING_LUFS
    return (
        Verdict(
            abs(made.integrated_lufs - target) <= TOLERANCE_LU,
            "the MP3 is silent"
            if silent
            else f"the MP3 has {_signed(made.integrated_lufs)} LUFS; the target is {_signed(target)}",
            "listen to the recording" if silent else "make it again: --again master",
        ),
        Verdict(
            made.true_peak_dbtp <= most_dbtp,
            f"its true peak is {_signed(made.true_peak_dbtp)} dBTP; at most {_signed(most_dbtp)} is allowed",
            "make it again: --again master",
        ),
        Verdict(
            apart <= MOST_APART_LU,
            f"the voices are {apart:.1f} LU apart{told}",
            "see whether each line has the right speaker: chaitime speakers",
        ),
        Verdict(
            not silences,
            f"silences longer than {report.long_silence_ms / 1000:g} s: {silences}",
            "listen whether they are meant; audio.longest_silence_s shortens them",
        ),
    )


def _of_the_recording(report: QualityReport) -> tuple[Verdict, ...]:
    clipped_ms = sum(item.duration_ms for item in report.clipped)
    return (
        Verdict(
            not report.clipped,
            f"clipped places in the recording: {len(report.clipped)} ({clipped_ms} ms)",
            "what was cut off cannot be got back; next time record with 12 dB of room",
        ),
        _of_noise(report),
    )


def _of_noise(report: QualityReport) -> Verdict:
    distance = report.noise_distance_lu
    if report.duration_ms < SHORTEST_FOR_NOISE_MS or report.source.integrated_lufs <= NOTHING_LUFS:
        return Verdict(True, "too little talk to tell noise from it")
    return Verdict(
        distance >= LEAST_DISTANCE_LU,
        f"noise lies {distance:.0f} LU below the talk; {LEAST_DISTANCE_LU:.0f} and more is quiet",
        'audio.denoise = "light" turns it down',
    )


def figures(episode: Episode, report: QualityReport, true_peak_dbtp: float = -1.0) -> dict[str, object]:
    """All that was measured, the lines in words, chapters, and what the MP3 came to, for other programs."""
    return {
        **{field.name: getattr(report, field.name) for field in fields(report)},
        "noise_distance_lu": report.noise_distance_lu,
        "mp3": episode.master.loudness,
        "chapters": chapter_marks(episode),
        "verdicts": verdicts(episode, report, true_peak_dbtp),
    }


def _signed(value: float) -> str:
    """A number with one digit, its minus as print has it."""
    return f"{value:.1f}".replace("-", "−")


def page(episode: Episode, report: QualityReport, true_peak_dbtp: float = -1.0) -> str:
    """A whole HTML page: the lines in words, player, picture, places to listen to, a table of the voices."""
    rows = "".join(_item(verdict) for verdict in verdicts(episode, report, true_peak_dbtp))
    title = escape(" ".join(episode.title.split()))
    drawing = layout(episode, report)
    picture = svg(drawing, "Waveform by speaker, and loudness over time")
    chapters, faults = chapter_places(episode), fault_places(episode, report)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{player.policy()}">'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}{player.style()}{style()}</style>'
        f'</head><body><h1>{title}</h1><p class="small">{escape(_described(episode))}</p><ul>{rows}</ul>'
        f"{player.audio(episode, title)}{player.plot(episode, picture, drawing.height)}"
        f"{player.listed('Listen to', faults, episode)}"
        f"{player.listed('Chapters', chapters, episode, chapters=True)}"
        f"{_table(episode, report)}<script>{player.script()}</script></body></html>\n"
    )


def _item(verdict: Verdict) -> str:
    mark, kind = ("✓", "") if verdict.fine else ("✗", ' class="bad"')
    advice = "" if verdict.fine or not verdict.advice else f" – {verdict.advice}"
    word = "pass" if verdict.fine else "FAIL"
    return (
        f'<li{kind}><span class="mark" aria-label="{word}">{mark}</span>{escape(verdict.text + advice)}</li>'
    )


def _described(episode: Episode) -> str:
    master = episode.master
    minutes, seconds = divmod(round(episode.duration_ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    channels = "mono" if master.channels == 1 else "stereo"
    rate = f"{master.sample_rate_hz / 1000:g} kHz, {master.bit_rate_kbps} kbit/s, {channels}"
    long = f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"
    return f"{long} {seconds:02d} s, {rate}, loudness range {master.loudness.range_lu:.1f} LU"


def _table(episode: Episode, report: QualityReport) -> str:
    """How loud each voice was and is."""
    if not report.voices:
        return ""
    rows = "".join(
        f"<tr><td>{escape(' '.join(episode.cast.name(voice.label).split()))}</td>"
        f'<td class="n">{_signed(voice.before_lufs)}</td><td class="n">{_signed(voice.after_lufs)}</td></tr>'
        for voice in report.voices
    )
    head = '<tr><th>Voice</th><th class="n">Recording, LUFS</th><th class="n">MP3, LUFS</th></tr>'
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
