"""Puts feed, site and every file they point to into one folder."""

from __future__ import annotations

import filecmp
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from ..chapter_pictures import prepared_pictures
from ..derive.tags import chapter_marks
from ..errors import UsageError
from ..folder import copy_in, replace_file
from ..formats import Templates, render_one
from ..formats._pictures import picture_name
from ..kit import Kit
from ..publish import cover_of
from .feed import COVER_NAME, FEED_NAME, address_of, feed
from .members import Member
from .site import pages

FORMATS = ("vtt", "srt", "transcript_json", "chapters_json")


@dataclass(frozen=True, slots=True)
class Shelved:
    """Where everything lies, how many files are new or changed, and the feed's address."""

    folder: Path
    changed: int
    feed_url: str


def shelve(kit: Kit, members: Sequence[Member], out: Path, base_url: str = "") -> Shelved:
    """Write or update the site; a file that is the same stays untouched.

    ``base_url`` wins over ``show.media_url``. Raises UsageError for an address that is none,
    DestinationError when ``out`` cannot be written.
    """
    show, templates = kit.show(), Templates(kit.templates)
    show = replace(show, media_url=(base_url or show.media_url).rstrip("/"))
    if base_url:
        show = replace(show, feed_url="")
    for address in (show.media_url, show.feed_url):
        if address and (urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).netloc):
            raise UsageError(f"“{address}” is no web address; it begins with https://")
    episodes = [replace(member.episode, show=show) for member in members]
    texts = {**pages(show, episodes, templates), FEED_NAME: feed(show, episodes, templates)}
    news = [_put(out / name, text.encode()) for name, text in texts.items()]
    news.append(_put(out / COVER_NAME, cover_of(kit)))
    for member in members:
        news += _files(member, out / member.episode.slug, templates)
    return Shelved(out, sum(news), address_of(show))


def _files(member: Member, home: Path, templates: Templates) -> Iterable[bool]:
    """The MP3 and what its item points to: as it lies in out/, edited or not."""
    yield _copy(member.mp3, home / member.mp3.name)
    for mark in chapter_marks(member.episode):
        name = picture_name(mark.picture) if mark.picture else ""
        there = member.folder.out / name
        if name and there.is_file():
            yield _copy(there, home / name)
        else:
            yield from (_put(home / name, data) for _, data in prepared_pictures(member.folder, (mark,)))
    for name in FORMATS:
        for file, text in render_one(name, member.episode, templates).items():
            there = member.folder.out / file
            yield _copy(there, home / file) if there.is_file() else _put(home / file, text.encode())


def _put(path: Path, data: bytes) -> bool:
    """Write unless it is there already; returns whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    replace_file(path, data)
    return True


def _copy(source: Path, target: Path) -> bool:
    if target.is_file() and filecmp.cmp(source, target, shallow=False):
        return False
    copy_in(source, target)
    return True
