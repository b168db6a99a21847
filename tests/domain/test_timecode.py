"""Rules for times: one form for each place they are written in, and one way to read them."""

from __future__ import annotations

import pytest

from chaitime_audio.domain import timecode


@pytest.mark.parametrize(
    ("ms", "clock", "short", "exact", "stamp"),
    [
        (0, "00:00", "0:00", "00:00.000", "00:00:00.000"),
        (62_500, "01:02", "1:02", "01:02.500", "00:01:02.500"),
        (3_661_007, "1:01:01", "1:01:01", "1:01:01.007", "01:01:01.007"),
    ],
)
def test_a_time_is_written_for_its_place(ms: int, clock: str, short: str, exact: str, stamp: str) -> None:
    """Notes, tables, a person's file and captions each have their own form; what is exact reads back."""
    assert (timecode.clock(ms), timecode.short_clock(ms)) == (clock, short)
    assert (timecode.exact_clock(ms), timecode.stamp(ms)) == (exact, stamp)
    assert timecode.parse_clock(exact) == timecode.parse_clock(stamp) == ms
    assert timecode.parse_clock(timecode.stamp(ms, ",")) == ms


@pytest.mark.parametrize("text", ["", "62", "1:2:3:4", "00:00:00.0000", "a:b"])
def test_what_is_no_time_is_refused(text: str) -> None:
    """The error says how a time is written."""
    with pytest.raises(ValueError, match="write it like 02:15"):
        timecode.parse_clock(text)


def test_lengths_are_spelled_for_people() -> None:
    """Rounded to a second, with as many units as help."""
    told = [timecode.spelled_length(ms).replace("\u202f", " ") for ms in (7_600, 185_000, 7_800_000)]
    assert told == ["8 s", "3 min 05 s", "2 h 10 min"]
    assert timecode.iso_duration(3_723_000) == "PT1H2M3S"
