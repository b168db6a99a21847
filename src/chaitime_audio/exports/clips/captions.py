"""The words of a clip: word by word for libass (written by pysubs2), and as SRT and VTT beside the film.

A card stays while it is said; the word that sounds has the speaker's colour, those that come are faint. Text
of an episode is hostile: braces and backslashes, which libass obeys, are exchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ...domain import text
from ...domain.scripts import blank_between, directed
from ...domain.timecode import stamp
from ...formats import srt as srt_format
from ...formats import vtt as vtt_format
from ...formats.rendering.cards import Card, Piece, Shape, cards
from ...formats.rendering.clock import SpeakerRun
from .layout import Layout

if TYPE_CHECKING:
    from ..faces import Face

AHEAD_ALPHA = "&H70&"
SPARE = 1.03
_ASS = str.maketrans({"{": "(", "}": ")", "\\": "/"})


def ass_text(words: str) -> str:
    """Make text inert for libass, which has no escapes: braces and backslashes are exchanged."""
    return text.line(words).translate(_ASS)


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of words: of the one that sounds, by the speaker's name, and of all others."""

    voices: Mapping[str, str]
    ink: str


def ass(runs: Sequence[SpeakerRun], layout: Layout, face: Face, paint: Paint, length_ms: int) -> str:
    """Return the captions as an ASS script.

    Lines that are wider than their place in the face are made smaller, card by card.
    """
    import pysubs2

    script = pysubs2.SSAFile()
    script.info.update(
        PlayResX=str(layout.width), PlayResY=str(layout.height), WrapStyle="2", ScaledBorderAndShadow="yes"
    )
    script.styles["Default"] = _style(layout, face, paint.ink)
    for card in worded(runs, layout, length_ms):
        place = _place(card, layout, face)
        colour = paint.voices.get(card.name, paint.ink)
        for start_ms, end_ms, body in _moments(card, colour, paint.ink):
            script.append(pysubs2.SSAEvent(start=start_ms, end=end_ms, text=place + body))
    return script.to_string("ass")


def worded(runs: Sequence[SpeakerRun], layout: Layout, length_ms: int) -> tuple[Card, ...]:
    """The cards of a clip, each up to the next one where that is near, so that nothing flickers."""
    shape = Shape(width=layout.columns, lines=layout.lines, min_ms=600, max_ms=6000, sentence_price=2.0)
    inert = tuple(
        replace(run, words=tuple(replace(word, text=ass_text(word.text)) for word in run.words))
        for run in runs
    )
    found = cards(inert, shape, length_ms)
    return tuple(
        replace(card, end_ms=after.start_ms) if after.start_ms - card.end_ms < shape.min_ms else card
        for card, after in pairwise((*found, Card("", False, (), length_ms, length_ms)))
    )


def srt(runs: Sequence[SpeakerRun], length_ms: int) -> str:
    """The captions of a clip as SubRip, in its own times."""
    found = cards(_escaped(runs, text.srt), srt_format.SHAPE, length_ms)
    blocks = (
        f"{number}\n{stamp(one.start_ms, ',')} --> {stamp(one.end_ms, ',')}\n"
        + "\n".join(map(directed, one.lines))
        for number, one in enumerate(found, 1)
    )
    return "\n\n".join(blocks) + "\n"


def vtt(runs: Sequence[SpeakerRun], length_ms: int) -> str:
    """The captions of a clip as WebVTT, in its own times."""
    found = cards(_escaped(runs, text.line), vtt_format.SHAPE, length_ms)
    return "\n\n".join(("WEBVTT", *map(vtt_format.cue, found))) + "\n"


def _escaped(runs: Sequence[SpeakerRun], escape: Callable[[str], str]) -> tuple[SpeakerRun, ...]:
    return tuple(
        SpeakerRun(escape(run.name), tuple(replace(word, text=escape(word.text)) for word in run.words))
        for run in runs
    )


def _style(layout: Layout, face: Face, ink: str) -> Any:
    import pysubs2

    box = layout.captions
    return pysubs2.SSAStyle(
        fontname=face.family,
        fontsize=layout.caption_px,
        bold=face.bold,
        primarycolor=_colour(ink),
        outlinecolor=pysubs2.Color(0, 0, 0, 110),
        backcolor=pysubs2.Color(0, 0, 0, 160),
        outline=2.0,
        shadow=0.0,
        alignment=pysubs2.Alignment.MIDDLE_CENTER if layout.centred else pysubs2.Alignment.MIDDLE_LEFT,
        marginl=box.x,
        marginr=layout.width - box.right,
        marginv=box.y,
    )


def _colour(colour: str) -> Any:
    import pysubs2

    return pysubs2.Color(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))


def _place(card: Card, layout: Layout, face: Face) -> str:
    """Where a card stands, and a smaller size if its widest line or all its lines would leave their place.

    libass takes the height of a line for the size of a face, Pillow its em.
    """
    box, font = layout.captions, face.font(layout.caption_px)
    em = layout.caption_px / sum(font.getmetrics())
    widest = max(font.getlength(row) for row in card.lines) * em * SPARE
    tall = len(card.lines) * layout.caption_px * SPARE
    share = min(1.0, box.width / max(widest, 1), box.height / tall)
    x, y = box.x + (box.width // 2 if layout.centred else 0), box.y + box.height // 2
    return f"{{\\pos({x},{y})\\fs{int(layout.caption_px * share)}}}"


def _moments(card: Card, colour: str, ink: str) -> Iterator[tuple[int, int, str]]:
    """What a card looks like from each word to the next, never overlapping."""
    starts = [card.start_ms, *(max(piece.start_ms, card.start_ms) for piece in card.pieces[1:]), card.end_ms]
    for number, (start_ms, end_ms) in enumerate(pairwise(starts)):
        if end_ms > start_ms:
            yield start_ms, end_ms, _painted(card, number, (_tag(colour), _tag(ink)))


def _painted(card: Card, sounding: int, tags: tuple[str, str]) -> str:
    """The card's lines: said words plain, the one that sounds in colour, those that come faint."""
    colour, ink = tags
    out = ""
    for number, (piece, before) in enumerate(laid_out(card)):
        look = ""
        if number == sounding:
            look = f"{{\\c{colour}\\alpha&H00&}}"
        elif number == sounding + 1:
            look = f"{{\\c{ink}\\1a{AHEAD_ALPHA}\\3a&HFF&}}"
        out += before + look + piece.text
    return out


def laid_out(card: Card) -> Iterator[tuple[Piece, str]]:
    """Each piece of a card with what stands before it: nothing, a blank, or the end of a line."""
    row, used = 0, ""
    for piece in card.pieces:
        joined = used + ("" if piece.glued else blank_between(used, piece.text)) + piece.text
        if used and row < len(card.lines) and not card.lines[row].startswith(joined):
            row, used = row + 1, piece.text
            yield piece, "\\N"
            continue
        yield piece, joined[len(used) : len(joined) - len(piece.text)]
        used = joined


def _tag(colour: str) -> str:
    """``#rrggbb`` as libass has it: ``&Hbbggrr&``."""
    return f"&H{colour[5:7]}{colour[3:5]}{colour[1:3]}&".upper()
