"""Captions, places, letters, frames and posts of a clip, without an encoder."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pysubs2
import pytest
import webvtt
from clip_episode import spoken, tones
from PIL import Image

from chaitime_audio.domain.sound import span
from chaitime_audio.errors import ConfigError, UsageError
from chaitime_audio.exports.clips import captions, frames, layout, plan, posts
from chaitime_audio.exports.clips.backdrop import Colours, Texts, backdrop
from chaitime_audio.exports.faces import face_for, refuse_missing
from chaitime_audio.project.export_settings import ClipSettings, unfit

PAINT = captions.Paint({"Maya Rao": "#5fb0de", "Dr. Tom Ellery": "#eb9c48"}, "#ffffff")
TALK = spoken(
    ("S1", 1_000, "What do you do all week long, and why?"),
    (
        "S2",
        4_000,
        "We rank every mistake by the money that it costs, not by its size, mostly. A model can wait.",
    ),
)
ENDS = plan.Limits(1_000, 60_000)


def clip_of(episode, start_ms=1_000, end_ms=12_000):
    return plan.planned(episode, plan.wish_for_time(start_ms, end_ms), ENDS, None, over_cuts=False)


def events_of(episode, shape="1:1"):
    clip = clip_of(episode)
    text = captions.ass(
        clip.runs(episode), layout.LAYOUTS[shape], face_for(None), PAINT, clip.span.duration_ms
    )
    return clip, pysubs2.SSAFile.from_string(text).events


@pytest.mark.parametrize("shape", layout.LAYOUTS)
def test_each_word_lights_up_when_it_is_spoken(shape):
    """At the middle of every word an event is shown in which that word alone has its speaker's colour."""
    clip, events = events_of(TALK, shape)
    for one in clip.words:
        at_ms = one.word.span.middle_ms - clip.span.start_ms
        (shown,) = [event for event in events if event.start <= at_ms < event.end]
        colour = "&HDEB05F&" if one.label == "S1" else "&H489CEB&"
        lit = shown.text.split("\\c" + colour)[1].split("}", 1)[1].split("{")[0]
        assert lit.replace("\\N", " ").strip() == one.word.text


def test_captions_never_overlap_and_hold_every_word():
    """Events follow one another, end with the clip, and the cards together are the text."""
    clip, events = events_of(TALK)
    assert all(before.end <= after.start for before, after in pairwise(events))
    assert events[-1].end <= clip.span.duration_ms
    cards = captions.worded(clip.runs(TALK), layout.SQUARE, clip.span.duration_ms)
    assert " ".join(" ".join(card.lines) for card in cards) == clip.text
    for card in cards:
        laid = "".join(before + piece.text for piece, before in captions.laid_out(card))
        assert laid.split("\\N") == list(card.lines)


def test_words_cannot_command_libass():
    """Braces and backslashes of an episode mean nothing: no tag but ours is in the script."""
    _, events = events_of(spoken(("S1", 1_000, "{\\pos(0,0)}boo {\\p1}m 0 0{\\p0} \\N\\h \x1b[2J end.")))
    text = "".join(event.text for event in events)
    assert "boo" in text
    assert "\x1b" not in text
    assert text.count("\\pos(") == len(events)
    assert "\\p1" not in text
    assert "\\h" not in text


def test_a_wide_card_is_made_smaller():
    """A line that would leave its place gets a smaller size, so that nothing is cut off."""
    _, events = events_of(spoken(("S1", 1_000, "WWWWWWWWWWWWWWWWWWWW and so on it goes.")))
    sizes = {int(event.text.split("\\fs")[1].split("}")[0]) for event in events}
    assert min(sizes) < layout.SQUARE.caption_px * 0.6


def test_sidecar_captions_are_in_the_clips_own_time():
    """SRT and VTT begin with the clip; other readers find first words near 0, and voices."""
    clip = clip_of(TALK)
    runs = clip.runs(TALK)
    first = pysubs2.SSAFile.from_string(captions.srt(runs, clip.span.duration_ms)).events[0]
    cues = webvtt.from_string(captions.vtt(runs, clip.span.duration_ms))
    assert first.start < 100
    assert first.text.startswith("Maya Rao: What")
    assert {cue.voice for cue in cues} == {"Maya Rao", "Dr. Tom Ellery"}


@pytest.mark.parametrize("text", ["你好", "नमस्ते", "สวัสดี"])
def test_a_script_without_a_face_is_refused(text):
    """Letters that the typeface lacks are refused with the letters, never drawn as boxes."""
    with pytest.raises(UsageError, match="has no letters for"):
        refuse_missing(face_for(None), (text,))
    refuse_missing(face_for(None), ("Žluťoučký kůň, Привет, שלום, سلام – “…” 🎉",))


def test_a_file_that_is_no_typeface(tmp_path):
    """A setting that names something else than a face says so."""
    path = tmp_path / "face.ttf"
    path.write_bytes(b"no face")
    with pytest.raises(ConfigError, match="not a TTF or OTF"):
        face_for(path)


@pytest.mark.parametrize("shape", layout.LAYOUTS)
def test_places_stay_inside_and_out_of_each_others_way(shape):
    """No place leaves the picture; captions, waveform, picture and line do not overlap."""
    found = layout.LAYOUTS[shape]
    for box in layout.places(found).values():
        assert 0 <= box.x < box.right <= found.width
        assert 0 <= box.y < box.bottom <= found.height
    boxes = [found.captions, found.waveform, found.picture, found.progress, found.show]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = (
                one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y
            )
            assert apart, (one, other)


def test_upright_pictures_leave_room_for_the_apps():
    """In 9:16 the upper 13 and the lower 22 per cent and the outer 8 hold nothing that must be read."""
    for box in layout.places(layout.TALL).values():
        assert 0.13 * 1920 <= box.y < box.bottom <= 0.78 * 1920
        assert 0.08 * 1080 <= box.x < box.right <= 0.92 * 1080


def test_positions_and_colours_come_from_the_configuration():
    """A place moves as the configuration says; what is outside, unknown or no colour is refused by name."""
    moved = layout.layout_for("1:1", {"1:1": {"captions": [0.1, 0.5, 0.8, 0.3]}})
    assert moved.captions == layout.Box(108, 540, 864, 324)
    assert moved.waveform == layout.SQUARE.waveform
    assert layout.voice_colours(("S1", "S2"), ("#010203",))["S1"] == "#010203"
    bad = (
        {"positions": {"2:1": {}}},
        {"positions": {"1:1": {"captions": [0.5, 0, 0.6, 0.1]}}},
        {"positions": {"1:1": {"caption": [0, 0, 1, 1]}}},
        {"ink": "white"},
        {"voices": ("#12345",)},
        {"shortest_s": 100.0},
    )
    assert [tuple(unfit(ClipSettings(**one)))[:1] for one in bad] == [(next(iter(one)),) for one in bad]


def test_frames_are_as_many_as_the_sound_is_long():
    """Frames cover the sound within one of them, differ where they move alone, and fill the line."""
    found = replace(layout.SQUARE, width=540, height=540, waveform=layout.Box(20, 300, 500, 80))
    found = replace(found, progress=layout.Box(20, 500, 500, 8), picture=layout.Box(20, 20, 100, 100))
    found = replace(found, show=layout.Box(140, 20, 300, 40), name=layout.Box(140, 60, 300, 40))
    cover = Image.new("RGB", (300, 300), "#d0d0ff")
    still = backdrop(
        found, cover, Texts("Show", "Name", ""), Colours("", "#ffffff", "#eb9c48"), face_for(None)
    )
    strip = frames.strip_of(frames.levels(tones(1.0), 44_100), [frames.Voiced(0, "#eb9c48")], 80)
    made = [
        np.frombuffer(one, np.uint8).reshape(540, 540, 3)
        for one in frames.frames(still, strip, found, 1_010, "#ffffff")
    ]
    assert len(made) == 26
    moving = np.any(np.asarray(made) != still, axis=(0, 3))
    outside = moving.copy()
    outside[300:380, 20:520] = outside[500:508, 20:520] = False
    assert moving.any()
    assert not outside.any()
    assert (made[-1][504, 21:519] == 255).all()
    assert not (made[0][504, 300:519] == 255).any()


def test_the_paper_is_dark_enough_for_white_words():
    """Whatever the cover, white stands at least 4.5 to 1 on the paper behind the captions (WCAG 2, 1.4.3)."""
    for colour in ("#ffffff", "#ffe680", "#101010", "#00ff00"):
        still = backdrop(
            layout.SQUARE,
            Image.new("RGB", (300, 300), colour),
            Texts("", "", ""),
            Colours("", "#ffffff", "#ffffff"),
            face_for(None),
        )
        box = layout.SQUARE.captions
        light = (still[box.y : box.bottom, box.x : box.right] / 255) ** 2.2 @ [0.2126, 0.7152, 0.0722]
        assert 1.05 / (light.max() + 0.05) >= 4.5


def test_posts_fit_every_platform():
    """No post is longer than its platform takes; whole sentences are kept where they fit."""
    short = posts.Told("It is cold. Very.", "Tom", "Chai Time", "On cold", 65_000, "https://example.org/a")
    long = replace(short, text="A sentence of some words. " * 200, title="T" * 400)
    for told in (short, long):
        for platform, most in posts.PLATFORMS.items():
            assert 0 < len(posts.post(told, platform)) <= most
        assert len(posts.alt_text(told, photo=True)) <= posts.MOST_ALT
    assert "“It is cold. Very.” — Tom on Chai Time: On cold, at 01:05" in posts.post(short, "Mastodon")
    assert "https://" not in posts.post(short, "Instagram")


def test_runs_are_in_the_clips_time():
    """Words of a clip are counted from its start and stay inside of it."""
    clip = replace(clip_of(TALK), span=span(1_000, 8_000))
    words = [word for run in clip.runs(TALK) for word in run.words]
    assert words[0].start_ms == 0
    assert max(word.end_ms for word in words) <= 7_000
