"""When an episode was out: what a person wrote outranks what a program wrote.

A program that writes a time says so behind it (``# when this was made``); the time that a person puts in
its place says nothing of the kind. A date that a person told counts for more than the program's time.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from ..domain.brief import Brief

OURS = "when this was made; yours once you change it"
BACK_CATALOGUE = timedelta(days=60)
"""A recording that is older was out before: then its own date counts, and not today's."""
_STAMP = re.compile(r"^(published[ \t]*=[ \t]*)(\S+)[ \t]*# (\S+): " + re.escape(OURS), re.MULTILINE)
_AS_WE_WROTE = re.compile(r"^published = \d{4}-\d\d-\d\dT\d\d:\d\d:(?!00)\d\dZ[ \t]*\r?$", re.MULTILINE)
"""As versions before the mark wrote it; with the seconds that a clock has and a person hardly ever."""
BEGUN_WITHIN = timedelta(minutes=1)
_FOUND = re.compile(r"^date[ \t]*=[ \t]*([\d-]+)[ \t]*# (from the .*)$", re.MULTILINE)
_IN_NAME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-_. ]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)"
)
_IN_TAG = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_EARLIEST = date(1990, 1, 1)


@cache
def zone_of(name: str) -> tzinfo | None:
    """The time zone of an IANA name; None when there is none of that name, and for an empty one."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None


def marked(text: str) -> str:
    """``episode.toml`` with the program's sign behind the publication time that it just wrote."""
    return re.sub(
        r"^(published = (\S+))$", lambda found: f"{found[1]}  # {found[2]}: {OURS}", text, flags=re.MULTILINE
    )


def is_ours(text: str) -> bool:
    """Whether the publication time in ``episode.toml`` is the program's, unchanged."""
    found = _STAMP.search(text)
    return bool(found and found[2] == found[3])


def settled(
    brief: Brief, text: str, timezone: str, begun: Sequence[datetime] = ()
) -> tuple[Brief, tuple[str, ...]]:
    """The brief with one publication time, with an offset; and what a person should know of it.

    ``text`` is that of ``episode.toml``. The program's time yields to a date of another day. One without
    its mark is the program's by two signs: its form, and that something of the episode was ``begun`` then.
    """
    when, zone = brief.published, zone_of(timezone)
    if when is None:
        return brief, ()
    if when.tzinfo is None:
        told = f"published = {when.isoformat()} has no offset"
        if zone is not None:
            return replace(brief, published=when.replace(tzinfo=zone)), (f"{told}: taken as {timezone} time",)
        here = when.astimezone()
        advice = 'say it ("…T08:00:00-04:00"), or set show.timezone'
        note = f"{told}: taken as this machine's time (UTC{here:%z}); {advice}"
        return replace(brief, published=here), (note,)
    if brief.date is None or when.astimezone(zone or UTC).date() == brief.date:
        return brief, ()
    if is_ours(text):
        return replace(brief, published=None), ()
    if not _AS_WE_WROTE.search(text):
        return brief, ()
    both = f"published = {when.isoformat()} and date = {brief.date} are different days"
    if any(abs(when - moment) <= BEGUN_WITHIN for moment in begun):
        note = f"{both}: the time is when this episode was begun, so the date counts"
        return replace(brief, published=None), (note,)
    return brief, (f"{both}: published counts; delete its line in episode.toml if the date is to count",)


def begun_in(*folders: Path) -> tuple[datetime, ...]:
    """When the files in folders were written or brought there (UTC); nothing of what cannot be seen."""
    found = list[float]()
    for folder in folders:
        with contextlib.suppress(OSError):
            seen = [item.lstat() for item in folder.iterdir()]
            found += [at for one in seen for at in (one.st_mtime, one.st_ctime)]
    latest = datetime.now(UTC).timestamp()  # clocks jump, and some shares tell nonsense
    return tuple(datetime.fromtimestamp(at, UTC) for at in found if 0 <= at <= latest)


def found_date(paths: Sequence[Path], today: date) -> tuple[date, str] | None:
    """The day of an old recording by its tags, its file's name or time, and from where; None for a new one.

    A day in the future, or before there were such files, is none.
    """
    for day, where in (one for path in paths for one in _days(path)):
        if _EARLIEST <= day <= today - BACK_CATALOGUE:
            return day, where
        if day <= today:
            return None
    return None


def told_from(text: str) -> str:
    """What ``episode.toml`` says of a date that was found and not told; empty without one."""
    found = _FOUND.search(text)
    return (
        f"dated {found[1]}, {found[2]}; change it in episode.toml if it was out on another day"
        if found
        else ""
    )


def _days(path: Path) -> Iterator[tuple[date, str]]:
    """Days that a file tells of, the surest first."""
    yield from ((day, f"from the tags of {path.name}") for day in _in_tags(path))
    for found in _IN_NAME.finditer(path.name):
        if day := _day(found["year"], found["month"], found["day"]):
            yield day, f"from the name of {path.name}"
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        yield changed.date(), f"from the file time of {path.name}"
    except (OSError, ValueError, OverflowError):
        return


def _in_tags(path: Path) -> Iterator[date]:
    """Whole days in the tags; a year alone is none."""
    import mutagen

    try:
        tags = mutagen.File(path, easy=True)
        told = [str(value) for name in ("originaldate", "date") for value in (tags or {}).get(name, ())]
    except (mutagen.MutagenError, OSError, ValueError, KeyError, TypeError, AttributeError):
        return
    for text in told:
        found = _IN_TAG.match(text)
        if found and (day := _day(*found.groups())):
            yield day


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def now() -> datetime:
    """The time it is, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
