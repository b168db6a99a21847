"""Labels, regions, EDL and DOCX, read back by readers that are not ours, to the same times."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from itertools import pairwise

import docx
import opentimelineio as otio
import pytest
from example_episode import example, said, with_cut, with_intro

from chaitime_audio.domain.sound import Timeline, span
from chaitime_audio.errors import UsageError
from chaitime_audio.exports.document import document
from chaitime_audio.exports.edl import Reel, edl
from chaitime_audio.exports.labels import labels
from chaitime_audio.exports.marks import CLOCKS, KINDS, named_spans
from chaitime_audio.exports.regions import regions
from chaitime_audio.project.docx_text import read
from chaitime_audio.project.edited_prose import said_in

HOSTILE = '=1+1\t\n* LOC: 00:00:00:00 RED\x1b[31m,"R9",</w:t>\u202e*/'
CUT = span(5_600, 15_000)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("clock", CLOCKS)
def test_labels_hold_times_and_names(kind, clock):
    """Every label is three fields of one line and gives back the times it was made of, to the millisecond."""
    spans = named_spans(with_cut(with_intro(example(), 4_000), CUT), kind, clock)
    rows = [row.split("\t") for row in labels(spans).splitlines()]
    assert rows or kind == "quotes"
    assert [(round(1000 * float(a)), round(1000 * float(b)), name) for a, b, name in rows] == [
        (one.start_ms, one.end_ms, one.name) for one in spans
    ]


def test_clocks_differ_by_intro_and_cuts():
    """In the MP3 an intro moves everything, and what was cut is gone; the recording's times stay."""
    cut = replace(with_cut(example(), CUT), timeline=Timeline(4_000, (CUT,)))
    in_mp3, in_recording = (named_spans(cut, "speakers", clock) for clock in CLOCKS)
    assert [one.name for one in in_mp3] == ["Maya Rao", "Maya Rao", "Dr. Tom Ellery"]
    assert in_recording[1].start_ms == 15_000
    assert in_mp3[1].start_ms == 15_000 + 4_000 - CUT.duration_ms


def test_chapters_of_the_mp3_are_those_of_its_tag():
    """The first chapter begins with the intro at 0, and the last one ends with the MP3."""
    spans = named_spans(with_intro(example(), 4_000), "chapters", "mp3")
    assert (spans[0].start_ms, spans[-1].end_ms) == (0, 24_000)


def test_regions_are_read_back_as_csv():
    """A CSV reader finds Reaper's columns; times and lengths agree; voices differ in colour."""
    spans = named_spans(example(), "sentences", "mp3")
    rows = list(csv.DictReader(io.StringIO(regions(spans))))
    assert list(rows[0]) == ["#", "Name", "Start", "End", "Length", "Color"]
    assert [(_ms(row["Start"]), _ms(row["End"]), row["Name"]) for row in rows] == [
        (one.start_ms, one.end_ms, one.name) for one in spans
    ]
    assert all(_ms(row["Length"]) == _ms(row["End"]) - _ms(row["Start"]) for row in rows)
    assert len({row["Color"] for row in rows}) == 2


def test_regions_beyond_an_hour():
    """Times from one hour on have hours in front."""
    (one,) = named_spans(with_intro(example(), 3_600_000), "clips", "mp3")
    (row,) = csv.DictReader(io.StringIO(regions([one])))
    assert row["Start"] == "1:00:07.500"


@pytest.mark.parametrize("rate", [24, 25, 60])
def test_an_edl_gives_back_every_stretch_that_was_kept(rate):
    """OpenTimelineIO reads source and record times within half a frame; parts are reels of their own."""
    cut = replace(with_cut(example(), CUT), timeline=Timeline(4_010, (CUT,)))
    text = edl(cut, (Reel("one.wav", 3_333), Reel("two.wav", 16_667)), rate)
    track = otio.adapters.read_from_string(text, "cmx_3600", rate=rate).video_tracks()[0]
    clips = [item for item in track if isinstance(item, otio.schema.Clip)]
    wanted = [("one.wav", 0, 3_333), ("two.wav", 0, CUT.start_ms - 3_333), ("two.wav", 11_667, 5_000)]
    for clip, (name, start_ms, length_ms) in zip(clips, wanted, strict=True):
        window = clip.source_range
        assert clip.name == name
        assert abs(window.start_time.to_seconds() * 1000 - start_ms) <= 500 / rate
        assert abs(window.duration.to_seconds() * 1000 - length_ms) <= 1000 / rate
    record = [re.findall(r"\d\d:\d\d:\d\d:\d\d", row) for row in text.splitlines() if row[:3].isdigit()]
    ends = [(one[2], one[3]) for one in record]
    assert all(before[1] == after[0] for before, after in pairwise(ends))
    assert otio.opentime.from_timecode(ends[0][0], rate).to_seconds() == pytest.approx(4.01, abs=0.5 / rate)


def test_an_edl_marks_chapters():
    """Each chapter after the start is a locator in the event in which it begins, at its time there."""
    text = edl(example(), (Reel("one.wav", 20_000),), 25)
    (clip,) = otio.adapters.read_from_string(text, "cmx_3600", rate=25).video_tracks()[0]
    found = [(mark.name, round(mark.marked_range.start_time.to_seconds(), 2)) for mark in clip.markers]
    assert found == [
        ("INTRODUCTION", 0.0),
        ("WHAT TOM DOES ALL WEEK", 3.68),
        ("WHERE TO READ MORE", 15.0),
    ]


def test_an_edl_refuses_what_it_cannot_count():
    """More than 999 events are refused with what to do instead."""
    cuts = tuple(span(10 * at + 5, 10 * at + 6) for at in range(1_000))
    with pytest.raises(UsageError, match="999 events"):
        edl(replace(example(), timeline=Timeline(0, cuts)), (Reel("one.wav", 20_000),), 25)


def test_a_document_is_read_back_as_who_says_what_when():
    """python-docx finds every turn as ``[time] Name: text``, and our own import reads the same from it."""
    made = document(example())
    paragraphs = [one.text for one in docx.Document(io.BytesIO(made)).paragraphs]
    assert "[00:06] Dr. Tom Ellery: Mostly I forecast the wind." in "\n".join(paragraphs)
    assert "[00:17] Dr. Tom Ellery: At example.org/baselines." in paragraphs
    blocks, left_out = read(made)
    found = said_in(blocks, {"maya rao", "dr. tom ellery"})
    assert not left_out
    assert [one.name for one in found.said] == [
        "Maya Rao",
        "Maya Rao",
        "Dr. Tom Ellery",
        "Maya Rao",
        "Dr. Tom Ellery",
    ]


def test_a_document_is_the_same_bytes_again():
    """The same episode gives the same document, whatever the clock says."""
    assert document(example()) == document(example())


def test_hostile_names_mean_nothing_but_themselves():
    """Tabs, line breaks, escapes, formulas and markup in names and words break no file and add nothing."""
    hostile = said(example(), HOSTILE, name=HOSTILE)
    spans = named_spans(hostile, "speakers", "mp3")
    assert all(row.count("\t") == 2 and "\x1b" not in row for row in labels(spans).splitlines())
    rows = list(csv.DictReader(io.StringIO(regions(spans))))
    assert len(rows) == len(spans)
    assert all(row["Name"].startswith(("'=", "Maya")) and row["Start"].count(":") == 1 for row in rows)
    text = edl(hostile, (Reel(HOSTILE, 20_000),), 25)
    assert sum(row[:3].isdigit() for row in text.splitlines()) == 1
    assert [row for row in text.splitlines() if row.startswith("* LOC")] == [
        row for row in text.splitlines() if "GREEN" in row
    ]
    assert docx.Document(io.BytesIO(document(hostile))).paragraphs


def _ms(text: str) -> int:
    whole = 0.0
    for part in text.split(":"):
        whole = whole * 60 + float(part)
    return round(1000 * whole)
