"""The quality report: pass and fail in words, and one drawing that two painters agree on."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))
sys.path.insert(0, str(Path(__file__).parent))

from example_episode import example, said
from good_report import GOOD as PLAIN

from chaitime_audio.domain.episode import Chapter, Episode
from chaitime_audio.domain.quality import LoudnessCurve, VoiceLoudness
from chaitime_audio.domain.sound import Loudness, PublishedMs, SourceMs, Timeline, span
from chaitime_audio.domain.speech import Diarization, Turn
from chaitime_audio.editorial.notes.tags import chapter_marks
from chaitime_audio.reports.layout import CHAPTER_Y, RIGHT, WAVE_TOP, WIDTH, layout, x_of, y_of
from chaitime_audio.reports.legend import NOBODY, role_of
from chaitime_audio.reports.palette import DARK, LIGHT
from chaitime_audio.reports.png import SCALE, png
from chaitime_audio.reports.quality import figures, verdicts
from chaitime_audio.reports.quality_page import page
from chaitime_audio.reports.shapes import Area, Label, Line, fitted, width_of
from chaitime_audio.reports.svg import svg

GOOD = replace(
    PLAIN,
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
    assert failed.advice in unescape(page(example(), bad))


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
    clips = [shape for shape in shapes if isinstance(shape, Area) and shape.role == "clipped"]
    (clip,) = [shape for shape in clips if shape.points[0][1] < WAVE_TOP]
    assert clip.points[0][0] == x_of(moved, moved.timeline.published(SourceMs(1000)))


def test_every_shape_lies_on_the_paper_and_has_a_colour_on_both_papers() -> None:
    """No point outside the drawing; every role is known to the light and to the dark palette."""
    bad = replace(GOOD, clipped=(span(1000, 1010),), silences=((PublishedMs(1), PublishedMs(4000)),))
    for report in (GOOD, bad):
        drawing = layout(chaptered(70), report, with_key=True)
        for shape in drawing.shapes:
            assert shape.role in LIGHT
            assert shape.role in DARK
            points = ((shape.x, shape.y),) if isinstance(shape, Label) else shape.points
            assert all(0 <= x <= WIDTH and 0 <= y <= drawing.height for x, y in points)


def test_both_painters_paint_all_of_it() -> None:
    """As many elements as shapes in the SVG; the PNG has its size and every voice's colour."""
    drawing = layout(example(), GOOD)
    root = ElementTree.fromstring(svg(drawing, "a picture"))
    assert len(list(root)) == len(drawing.shapes)
    picture = Image.open(io.BytesIO(png(drawing)))
    assert picture.size == (round(WIDTH * SCALE), round(drawing.height * SCALE))
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
    assert page(episode, GOOD).count("<script>") == 1
    assert "\x07" not in svg(drawing, "")
    assert png(drawing)


def chaptered(count: int, title: str = "A chapter of some length") -> Episode:
    """The example with so many chapters, evenly spread."""
    episode = example()
    step = episode.duration_ms // count
    chapters = tuple(Chapter(f"{title} {at}", SourceMs(at * step)) for at in range(count))
    return replace(episode, chapters=chapters, timeline=Timeline())


@pytest.mark.parametrize("count", [1, 3, 8, 12, 40, 200])
@pytest.mark.parametrize("title", ["A chapter of some length", "四時のお茶の時間", "WWWWW MMMMM"])
def test_titles_of_chapters_do_not_meet(count: int, title: str) -> None:
    """However many there are, a title ends before the next line; where there is no room stands the number."""
    from chaitime_audio.reports.fonts import font

    episode = chaptered(count, title)
    labels = [
        shape for shape in layout(episode, GOOD).shapes if isinstance(shape, Label) and shape.y == CHAPTER_Y
    ]
    lines = sorted(x_of(episode, mark.start_ms) for mark in chapter_marks(episode))
    for label in labels:
        begins = max(x for x in lines if x <= label.x)
        ends = min((x for x in lines if x > label.x), default=RIGHT)
        assert label.text.startswith(str(lines.index(begins) + 1))
        assert label.x + font(label.size, label.text).getlength(label.text) <= ends
    assert len(labels) == count or count == 200


def test_the_picture_alone_lists_all_chapters() -> None:
    """With its key the picture names each chapter with its time; as many as do not fit are counted."""
    texts = [
        shape.text for shape in layout(chaptered(3), GOOD, with_key=True).shapes if isinstance(shape, Label)
    ]
    assert [text for text in texts if text.startswith("A chapter")] == [
        f"A chapter of some length {at}" for at in range(3)
    ]
    many = [
        shape.text for shape in layout(chaptered(100), GOOD, with_key=True).shapes if isinstance(shape, Label)
    ]
    assert "and 40 more" in many


def test_the_legend_takes_the_rows_it_needs() -> None:
    """Many long names go on in a next row, inside the paper, and the paper grows."""
    episode = example()
    labels = tuple(f"S{at}" for at in range(1, 9))
    turns = tuple(Turn(label, span(1000 * at, 1000 * at + 900)) for at, label in enumerate(labels))
    crowd = replace(episode, diarization=Diarization(turns, turns))
    drawing = layout(crowd, GOOD)
    names = [s for s in drawing.shapes if isinstance(s, Label) and s.text.startswith("Speaker")]
    assert len({label.y for label in names}) > 1 or drawing.height > layout(episode, GOOD).height
    assert all(label.x + width_of(label.text) <= WIDTH for label in names)


def test_noise_stands_at_its_loudness() -> None:
    """The line of the noise is drawn where the report puts it; one below the scale at its foot."""
    for lufs in (-50.0, -69.0):
        shapes = layout(example(), replace(GOOD, noise_floor_lufs=lufs)).shapes
        line = next(shape for shape in shapes if isinstance(shape, Line) and shape.role == "noise")
        assert {y for _, y in line.points} == {y_of(lufs)}


def test_a_long_curve_is_thinned_and_keeps_its_level() -> None:
    """Three hours are no more points than the picture has columns, at the same loudness."""
    long = replace(GOOD, after=LoudnessCurve((-16.0,) * 10_800))
    hours = replace(example(), master=replace(example().master, duration_ms=10_800_000))
    shapes = layout(hours, long).shapes
    line = next(shape for shape in shapes if isinstance(shape, Line) and shape.role == "after")
    assert 400 < len(line.points) <= WIDTH
    assert {y for _, y in line.points} == {y_of(-16.0)}


def test_text_is_cut_to_its_room() -> None:
    """What fits stays, what does not ends with an ellipsis, and no room means no text."""
    assert fitted("short", 100) == "short"
    assert fitted("a longer text", 40).endswith("…")
    assert width_of(fitted("a longer text", 40)) <= 40
    assert fitted("W", 1) == ""


def test_more_voices_than_colours_share_the_last_one() -> None:
    """A seventh voice has a colour too, and one that is not known has nobody's."""
    episode = example()
    assert role_of(episode, "S99") == NOBODY
    assert role_of(episode, episode.diarization.labels[0]) == "voice-0"


def test_a_report_of_an_older_run_can_be_drawn() -> None:
    """Without envelope and voices there is still a picture."""
    old = replace(GOOD, envelope=(), voices=())
    assert page(example(), old).count('class="quality"') == 1


def test_noise_of_a_few_seconds_is_not_judged() -> None:
    """In a recording in which nobody need have paused, a loud floor is no fault."""
    brief = replace(GOOD, duration_ms=3000, noise_floor_lufs=-30.0)
    assert all(verdict.fine for verdict in verdicts(example(), brief))


def test_figures_hold_what_the_page_says() -> None:
    """Programs find the lines in words, the chapters, and all that was measured."""
    found = figures(chaptered(3), GOOD, -1.0)
    assert found["verdicts"] == verdicts(chaptered(3), GOOD, -1.0)
    assert found["chapters"] == chapter_marks(chaptered(3))
    assert (found["noise_floor_lufs"], found["noise_distance_lu"]) == (-62.0, 37.0)


def test_silence_is_called_silence() -> None:
    """A recording without sound fails one line that says so, and its noise is not judged."""
    nothing = Loudness(-70.0, -120.0, 0.0)
    episode = example()
    silent = replace(episode, master=replace(episode.master, loudness=nothing))
    report = replace(GOOD, source=nothing, noise_floor_lufs=-70.0, voices=())
    (failed,) = [verdict for verdict in verdicts(silent, report) if not verdict.fine]
    assert failed.text == "the MP3 is silent"
    assert "master" not in failed.advice


def test_length_is_told_as_people_say_it() -> None:
    """Hours from an hour on."""
    episode = example()
    for duration_ms, said_so in ((65_000, "1 min 05 s,"), (9_613_000, " 2 h 40 min 13 s,")):
        shown = replace(episode, master=replace(episode.master, duration_ms=duration_ms))
        assert said_so in page(shown, GOOD)
