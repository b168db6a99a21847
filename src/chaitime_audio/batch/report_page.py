"""The page of a batch report: one file, no script, nothing from elsewhere; all text is escaped."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from math import isfinite
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..domain.text import terminal
from ..domain.timecode import spelled_length
from .events import Outcome
from .report_style import STYLE

if TYPE_CHECKING:
    from .report import Meta

PAGES = ("report.html", "transcript.html")
STEP, HIGH, LEAST_BARS = 10, 100, 16
"""Units a bar takes in the chart, how high the chart is, and for how many bars it has room at least."""
HEAD = (
    '<thead><tr><th>Episode<th>State<th class="n">Time<th class="n">Speed<th class="n">LUFS'
    "<th>What to know</thead>"
)


def page(outcomes: Sequence[Outcome], meta: Meta, folder: Path, what: Mapping[Path, str]) -> str:
    """Return the page for outcomes that stand in the order to be shown; ``what`` was planned, by path."""
    told = [item for item in outcomes if item.state != "up to date"]
    rows = "".join(_row(item, folder, what.get(item.path, "")) for item in told)
    table = f"<table>{HEAD}<tbody>{rows}</tbody></table>" if rows else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Batch report</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{STYLE}</style></head><body><main>"
        f"<p class=kind>Batch report</p><h1>{_counted(outcomes)}</h1>"
        f"{_facts(told, meta)}{_chart(told)}{table}{_untouched(outcomes, folder)}"
        "</main></body></html>\n"
    )


def _counted(outcomes: Sequence[Outcome]) -> str:
    counts = Counter[str](item.state for item in outcomes)
    parts = [
        f'<span class="{_css(state)}">{count}&nbsp;{state.replace(" ", "&nbsp;")}</span>'
        for state, count in counts.items()
    ]
    return ", ".join(parts) or "No episodes"


def _facts(told: Sequence[Outcome], meta: Meta) -> str:
    """When, how long, how much sound, with how many workers."""
    sound_s = sum(item.sound_ms for item in told) / 1000
    facts = {"Begun": f"{meta.began:%Y-%m-%d %H:%M} UTC", "Took": spelled_length(1000 * meta.seconds)}
    facts["Workers"] = shown(meta.cluster) or (str(meta.jobs) if meta.jobs else "as many as pay")
    if sound_s:
        facts["Sound"] = spelled_length(1000 * sound_s)
    if sound_s and meta.seconds > 0:
        facts["All together"] = f"{sound_s / meta.seconds:.1f}× real time"
    pairs = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts.items())
    return f'<dl class="facts">{pairs}</dl>'


def _chart(told: Sequence[Outcome]) -> str:
    """Bars of how long each episode took."""
    times = [item.seconds for item in told if item.state == "done"]
    if len(told) < 2 or not times or max(times) <= 0:
        return ""
    longest = max(item.seconds for item in told)
    wide = max(len(told), LEAST_BARS) * STEP
    bars = "".join(_bar(place, item, longest) for place, item in enumerate(told))
    said = (
        f"{spelled_length(1000 * median(times))} is typical, {spelled_length(1000 * max(times))} the longest"
    )
    return (
        f'<figure><svg viewBox="0 0 {wide} {HIGH}" preserveAspectRatio="none" role="img" '
        f'aria-label="Time that every episode took">{bars}</svg>'
        "<figcaption>Time that each episode took, with others under way beside it, in the order below: "
        f"{said}.</figcaption></figure>"
    )


def _bar(place: int, item: Outcome, longest: float) -> str:
    high = max(2.0, HIGH * item.seconds / longest)
    said = f"{shown(item.path.name)}: {item.state}, {spelled_length(1000 * item.seconds)}"
    return (
        f'<rect class="{_css(item.state)}" x="{place * STEP + 1}" y="{HIGH - high:.1f}" '
        f'width="{STEP - 2}" height="{high:.1f}"><title>{said}</title></rect>'
    )


def _row(item: Outcome, folder: Path, what: str) -> str:
    done = item.state == "done"
    speed = f"{speed_of(item):.1f}×" if speed_of(item) else ""
    loud = f"{item.lufs:.1f}" if done and item.lufs and isfinite(item.lufs) else ""
    figures = (("Time", spelled_length(1000 * item.seconds)), ("Speed", speed), ("LUFS", loud))
    cells = "".join(f'<td class="n" data-of="{name}">{text}</td>' for name, text in figures)
    state = f'<td class="{_css(item.state)}">{item.state}</td>'
    told = f'<td class="wide">{_told(item, what)}</td>'
    return f'<tr><td class="wide name">{_linked(item, folder)}</td>{state}{cells}{told}</tr>'


def _told(item: Outcome, what: str) -> str:
    """Why it failed, who speaks, what was planned, and warnings to be opened."""
    parts = [f'<p class="reason"><bdi>{shown(item.reason)}</bdi></p>'] if item.reason else []
    parts += [f"<p><bdi>{shown(', '.join(item.speakers))}</bdi></p>"] if item.speakers else []
    small = [shown(what)] if what and what != "new" else []
    small += ["at the second try, alone"] if item.retried else []
    parts += [f'<p class="soft">{", ".join(small)}</p>'] if small else []
    if item.warnings:
        count = f"{len(item.warnings)} warning{'s' if len(item.warnings) > 1 else ''}"
        each = "".join(f"<li><bdi>{shown(text)}</bdi></li>" for text in item.warnings)
        parts.append(f"<details><summary>{count}</summary><ul>{each}</ul></details>")
    return "".join(parts)


def _untouched(outcomes: Sequence[Outcome], folder: Path) -> str:
    """What needed nothing, folded away."""
    left = [item for item in outcomes if item.state == "up to date"]
    each = "".join(f"<li>{_linked(item, folder)}</li>" for item in left)
    return (
        f"<details><summary>{len(left)} up to date, not touched</summary><ul>{each}</ul></details>"
        if left
        else ""
    )


def _linked(item: Outcome, folder: Path) -> str:
    """The name, as a link to what there is to look at below the folder of the report."""
    name, home = f"<bdi>{shown(item.path.name or str(item.path))}</bdi>", folder.resolve()
    for made in PAGES if item.folder else ():
        path = (item.folder or item.path).resolve() / "out" / made
        if path.is_file() and path.is_relative_to(home):
            address = quote(os.fsencode(path.relative_to(home).as_posix()))
            return f'<a href="{address}">{name}</a>'
    return name


def shown(text: str) -> str:
    """Text of others for HTML: one line, no control or direction characters, escaped."""
    return escape(terminal(text))


def speed_of(item: Outcome) -> float:
    """How many times faster than it sounds an episode was made; 0 for what was not."""
    return item.sound_ms / 1000 / item.seconds if item.state == "done" and item.seconds > 0 else 0.0


def _css(state: str) -> str:
    return state.replace(" ", "-")
