"""A clip in words: alternative text for those who cannot see it, and what to post on each platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...domain.scripts import CLAUSE_ENDS, sentences
from ...domain.text import line, quoted
from ...domain.timecode import clock

PLATFORMS: Mapping[str, int] = {
    "Bluesky": 300,
    "Mastodon": 500,
    "X": 280,
    "Threads": 500,
    "Instagram": 2200,
    "TikTok": 2200,
    "LinkedIn": 3000,
    "YouTube Shorts (title)": 100,
}
"""How many characters a post has at most, as each platform says."""
MOST_ALT = 1500
NO_LINKS = ("Instagram", "TikTok", "YouTube Shorts (title)")
"""Where an address in a post cannot be clicked."""


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to say of a clip: what is said in it, by whom, where it is from, when, its address."""

    text: str
    name: str
    show: str
    title: str
    start_ms: int
    address: str = ""


def alt_text(told: Told, *, photo: bool) -> str:
    """What is seen and heard, in one paragraph of at most 1500 characters."""
    seen = f"{'A photo of ' + told.name if photo else 'The cover of ' + told.show} above a moving waveform"
    head = f"Video: {seen}; the words appear as they are spoken. {told.name} says: "
    return head + quoted(_cut(line(told.text), MOST_ALT - len(head) - 2))


def post(told: Told, platform: str) -> str:
    """A post that fits: the words if they do, else their first sentences; who and where they are from."""
    most = PLATFORMS[platform]
    if most <= PLATFORMS["YouTube Shorts (title)"]:
        return _cut(f"{told.name}: {_first(told.text)}", most)
    where = f" — {told.name} on {told.show}: {told.title}, at {clock(told.start_ms)}"
    end = f"\n{told.address}" if told.address and platform not in NO_LINKS else ""
    room = most - len(where) - len(end) - 2
    if room < len(told.text) and room < MOST_ALT // 30:  # names and titles that leave no room
        return _cut(f"{told.name} on {told.show}{end}", most)
    return quoted(_cut(line(told.text), room)) + where + end


def posts_page(told: Told, *, photo: bool) -> str:
    """Alternative text and a post for each platform, as plain text with headings."""
    parts = [("Alternative text", alt_text(told, photo=photo))]
    parts += [(f"{name} (at most {most} characters)", post(told, name)) for name, most in PLATFORMS.items()]
    return "\n\n".join(f"# {title}\n\n{body}" for title, body in parts) + "\n"


def _first(text: str) -> str:
    return next(iter(sentences(line(text))), "")


def _cut(text: str, most: int) -> str:
    """As many whole sentences as fit, else as many words, with an ellipsis."""
    if len(text) <= most:
        return text
    kept = ""
    for sentence in sentences(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) + 2 > most:
            break
        kept = longer
    if kept:
        return f"{kept} …"
    words = text[: max(0, most - 1)].rpartition(" ")[0] or text[: max(0, most - 1)]
    return words.rstrip(CLAUSE_ENDS + " ") + "…"
