"""The quality report: pass and fail in words, and one drawing that two painters agree on."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))

from example_episode import example, said

from chaitime_audio.model.quality import LoudnessCurve, QualityReport, VoiceLoudness
from chaitime_audio.model.sound import Loudness, PublishedMs, SourceMs, Timeline, span
from chaitime_audio.pictures.layout import HEIGHT, WIDTH, layout, role_of, x_of
from chaitime_audio.pictures.palette import DARK, LIGHT
from chaitime_audio.pictures.png import SCALE, png
from chaitime_audio.pictures.quality import page, verdicts
from chaitime_audio.pictures.shapes import Area, Label, Line
from chaitime_audio.pictures.svg import svg

GOOD = QualityReport(
    source=Loudness(-25.0, -3.0, 4.0),
    before=LoudnessCurve((-30.0,) * 18),
    after=LoudnessCurve((-16.0,) * 18),
    clipped=(),
    noise_floor_lufs=-62.0,
    silences=(),
    long_silence_ms=3000,
    duration_ms=20_000,
    envelope=(0.5,) * 200,
    voices=(VoiceLoudness("S1", -22.0, -16.1), VoiceLoudness("S2", -34.0, -15.9)),
)
SPACE = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"clipped": (span(1000, 1010),)}, "clipped places in the recording: 1 (10 ms)"),
        ({"noise_floor_lufs": -45.0}, "noise lies 20 LU below the talk"),
        ({"silences": ((PublishedMs(1), PublishedMs(4000)),)}, "silences longer than 3 s: 1"),
        ({"voices": (VoiceLoudness("S1", -20, -15), VoiceLoudness("S2", -20, -17))}, "2.0 LU apart"),
    ],
)
def test_each_fault_fails_its_own_line_with_advice(fault: dict[str, object], words: str) -> None:
    """A good episode passes every line; each fault fails one, says what was found and what to do."""
    assert all(verdict.fine for verdict in verdicts(example(), GOOD))
    bad = replace(GOOD, **fault)  # type: ignore[arg-type]
    (failed,) = [verdict for verdict in verdicts(example(), bad) if not verdict.fine]
    assert words in failed.text
    assert failed.advice
    assert failed.advice.replace('"', "&quot;") in page(example(), bad)


def test_the_limit_of_the_true_peak_is_the_shows() -> None:
    """What is fine at -1 dBTP is not at -6."""
    assert any(not verdict.fine for verdict in verdicts(example(), GOOD, -6.0))


def test_the_waveform_has_the_colour_of_who_speaks() -> None:
    """At the middle of every turn stands an area of its voice; between intro and first turn nobody's."""
    episode = replace(example(), timeline=Timeline(intro_ms=4000))
    areas = [shape for shape in layout(episode, GOOD).shapes if isinstance(shape, Area)]
    for turn in episode.diarization.exclusive:
        middle = episode.timeline.published(turn.span.middle_ms)
        if middle < GOOD.duration_ms:
            assert role_of(episode, turn.label) in _roles_at(areas, x_of(episode, middle))
    assert _roles_at(areas, x_of(episode, 1000)) == {"nobody"}


def _roles_at(areas: list[Area], x: float) -> set[str]:
    waves = [area for area in areas if len(area.points) > 4]
    return {
        area.role
        for area in waves
        if min(point[0] for point in area.points) <= x <= max(point[0] for point in area.points)
    }


def test_what_is_known_of_the_recording_stands_at_its_published_time() -> None:
    """With an intro the curve before begins later; a clipped place inside a cut is not drawn."""
    moved = replace(example(), timeline=Timeline(4000, (span(6000, 8000),)))
    bad = replace(GOOD, clipped=(span(1000, 1005), span(7000, 7005)))
    shapes = layout(moved, bad).shapes
    before = next(shape for shape in shapes if isinstance(shape, Line) and shape.role == "before")
    assert before.points[0][0] == x_of(moved, 5500)
    (clip,) = [shape for shape in shapes if isinstance(shape, Area) and shape.role == "clipped"]
    assert clip.points[0][0] == x_of(moved, moved.timeline.published(SourceMs(1000)))


def test_every_shape_lies_on_the_paper_and_has_a_colour_on_both_papers() -> None:
    """No point outside the drawing; every role is known to the light and to the dark palette."""
    for shape in layout(example(), GOOD).shapes:
        assert shape.role in LIGHT
        assert shape.role in DARK
        if not isinstance(shape, Label):
            assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in shape.points)


def test_both_painters_paint_all_of_it() -> None:
    """As many elements as shapes in the SVG; the PNG has its size and every voice's colour."""
    drawing = layout(example(), GOOD)
    root = ElementTree.fromstring(svg(drawing, "a picture"))
    assert len(list(root)) == len(drawing.shapes)
    picture = Image.open(io.BytesIO(png(drawing)))
    assert picture.size == (round(WIDTH * SCALE), round(HEIGHT * SCALE))
    colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or ()}
    for role in ("voice-0", "voice-1"):
        wanted = tuple(int(LIGHT[role][at : at + 2], 16) for at in (1, 3, 5))
        assert wanted in colours
    assert png(drawing) == png(drawing)


def test_hostile_names_stay_text() -> None:
    """Markup and control characters in names and titles are text, in the picture and on the page."""
    episode = said(example(), "<b>&", name="<b>&\x07", title="<script>")
    drawing = layout(episode, GOOD)
    root = ElementTree.fromstring(svg(drawing, "<&>"))
    assert not root.findall(f".//{SPACE}script")
    assert "<script>" not in page(episode, GOOD)
    assert "\x07" not in svg(drawing, "")
    assert png(drawing)


def test_more_voices_than_colours_share_the_last_one() -> None:
    """A seventh voice has a colour too, and one that is not known has nobody's."""
    episode = example()
    assert role_of(episode, "S99") == "nobody"
    assert role_of(episode, episode.diarization.labels[0]) == "voice-0"


def test_a_report_of_an_older_run_can_be_drawn() -> None:
    """Without envelope and voices there is still a picture."""
    old = replace(GOOD, envelope=(), voices=())
    assert page(example(), old).count("<svg") == 1
