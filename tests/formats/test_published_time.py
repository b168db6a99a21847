"""Two clocks: what is printed beside the MP3 runs with the MP3, RTTM with the recording."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from example_episode import OURS, example, with_cut, with_intro

from chaitime_audio.domain.episode import Chapter, Episode
from chaitime_audio.domain.sound import SourceMs, Timeline, span
from chaitime_audio.domain.timecode import clock, iso_duration, stamp
from chaitime_audio.editorial.notes.tags import chapter_marks
from chaitime_audio.formats import chapters_json, render_all, rttm, srt, transcript_json, vtt

TIME = re.compile(r"(\d\d):(\d\d):(\d\d)[.,](\d{3})")
INTRO_MS = 5000


def caption_times_ms(text: str) -> list[int]:
    return [((int(h) * 60 + int(m)) * 60 + int(s)) * 1000 + int(ms) for h, m, s, ms in TIME.findall(text)]


def spoken(episode: Episode) -> str:
    found = json.loads(transcript_json.render(episode, OURS))
    return " ".join(segment["body"] for segment in found["segments"])


def test_an_intro_moves_captions() -> None:
    """A 5 s intro moves every caption by exactly 5 s."""
    for form in (srt, vtt):
        bare = caption_times_ms(form.render(example(), OURS))
        moved = caption_times_ms(form.render(with_intro(example(), INTRO_MS), OURS))
        assert moved == [at + INTRO_MS for at in bare]


def test_an_intro_moves_the_json_transcript() -> None:
    """A 5 s intro moves start and end of every segment by 5 s."""
    bare = json.loads(transcript_json.render(example(), OURS))["segments"]
    moved = json.loads(transcript_json.render(with_intro(example(), INTRO_MS), OURS))["segments"]
    for before, after in zip(bare, moved, strict=True):
        assert after["startTime"] == before["startTime"] + 5
        assert abs(after["endTime"] - before["endTime"] - 5) < 1e-6


def test_an_intro_moves_chapters_but_the_first_stays_at_zero() -> None:
    """Platforms want the first chapter at 0, so it takes in the intro; the others move by 5 s."""
    moved = json.loads(chapters_json.render(with_intro(example(), INTRO_MS), OURS))["chapters"]
    assert [item["startTime"] for item in moved] == [0, 8.7, 20]
    assert [item["endTime"] for item in moved] == [8.7, 20, 25]


def test_an_intro_leaves_rttm_alone() -> None:
    """RTTM describes the recording: the intro is not part of it."""
    assert rttm.render(with_intro(example(), INTRO_MS), OURS) == rttm.render(example(), OURS)


def test_cut_words_are_gone_and_the_rest_moves_up() -> None:
    """A cut from 6.0 to 11.8 s takes the guest's first sentences; what follows starts 5.8 s earlier."""
    cut = with_cut(example(), span(6000, 11_800))
    assert "forecast" not in spoken(cut)
    assert "Right. and I have about 200 plots" in spoken(cut)
    segments = json.loads(transcript_json.render(cut, OURS))["segments"]
    right = next(item for item in segments if item["body"] == "Right.")
    assert right["startTime"] == 6.0


def test_a_word_goes_with_a_cut_when_its_middle_is_cut() -> None:
    """Cuts are laid at quiet places some ms beside the words; a remainder of 20 ms is no word."""
    bare = with_cut(example(), span(5990, 6260))
    assert "Mostly" not in spoken(bare)
    assert "I forecast" in spoken(bare)


def test_cut_passages_leave_the_post() -> None:
    """A paragraph that was cut from the sound is in no edited text either."""
    cut = with_cut(example(), span(3500, 14_950))
    texts = render_all(cut, OURS)
    assert "What do you do all week?" not in texts["transcript.md"]
    assert "dull baseline wins" not in texts["transcript.html"].split('<section class="talk"')[1]
    assert "In their words" not in texts["show-notes.md"]


def test_a_chapter_whose_talk_was_cut_is_gone() -> None:
    """Of two chapters that fall on one point of the MP3 the one that is heard there stays."""
    cut = with_cut(example(), span(3700, 15_000))
    assert [(mark.title, mark.start_ms) for mark in chapter_marks(cut)] == [
        ("Introduction", 0),
        ("Where to read more", 3700),
    ]


def test_what_opens_the_talk_after_a_cut_begins_at_zero() -> None:
    """When everything before the second chapter was cut, that chapter is the first, and starts at 0."""
    cut = with_cut(with_intro(example(), INTRO_MS), span(0, 3700))
    both = replace(cut, timeline=Timeline(INTRO_MS, (span(0, 3700),)))
    assert chapter_marks(both)[0].title == "What Tom does all week"
    assert chapter_marks(both)[0].start_ms == 0


def test_nothing_lies_behind_the_end() -> None:
    """Times that a recogniser put behind the end of the sound are held inside the MP3."""
    short = replace(example(), master=replace(example().master, duration_ms=16_000))
    for form in (srt, vtt):
        assert max(caption_times_ms(form.render(short, OURS))) <= 16_000
    late = replace(short, chapters=(*short.chapters, Chapter("Late", SourceMs(30_000))))
    assert all(mark.start_ms < mark.end_ms <= 16_000 for mark in chapter_marks(late))


def test_clock_spellings() -> None:
    """Notes print MM:SS and, from one hour on, H:MM:SS; captions always the full time."""
    assert [clock(0), clock(62_900), clock(3_600_000)] == ["00:00", "01:02", "1:00:00"]
    assert stamp(3_723_004) == "01:02:03.004"
    assert stamp(4, ",") == "00:00:00,004"
    assert iso_duration(3_723_004) == "PT1H2M3S"
