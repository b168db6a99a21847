"""Puts feed, site and every file they point to into one folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from uuid import UUID

from ..domain.brief import Show
from ..domain.text import plain_url
from ..editorial.notes.tags import chapter_marks
from ..errors import UsageError
from ..formats import Templates, file_name, render_one
from ..formats.rendering.pictures import picture_name
from ..formats.rendering.rss_extra import KINDS, WIDE_NAME
from ..pipeline.artwork import cover_of, prepared_pictures, wide_cover_of
from ..pipeline.registry import Registry
from ..project.files import copy_in, file_sha256, replace_file, same_file
from .advice import advice
from .feed import COVER_NAME, FEED_NAME, feed, guid_of
from .members import LeftOut, Member, Members
from .pages import SMALL_COVER_NAME, pages
from .previous_feed import news, orphans, read_previous_feed

SPOKEN = ("vtt", "srt", "transcript_json")
FORMATS = (*SPOKEN, "chapters_json", "transcript_html")
VERSION_DIGITS = 8
NOT_ON_THE_SITE = ("transcript.md", "{slug}.item.xml")


@dataclass(frozen=True, slots=True)
class _Done:
    """One file of the site: the same as before, changed, or new."""

    path: Path
    state: Literal["same", "changed", "new"]


@dataclass(frozen=True, slots=True)
class PublishedSite:
    """Where everything lies, how many files are new or changed, what a person should know.

    ``lost`` are folders that were left out although they are, or should be, in the feed.
    """

    folder: Path
    changed: int
    notes: tuple[str, ...]
    lost: tuple[LeftOut, ...]


def publish_site(registry: Registry, members: Members, out: Path, base_url: str = "") -> PublishedSite:
    """Write or update the site; a file that is the same stays untouched.

    ``base_url`` wins over ``show.media_url``. Raises UsageError for an address that is none or when
    there is no episode to publish, DestinationError when ``out`` cannot be written.
    """
    show, templates = _show(registry, base_url), Templates(registry.templates)
    if not members.found:
        raise UsageError("no episode can be published; nothing was written")
    was = read_previous_feed(out / FEED_NAME)
    mine = [_shown(member, show) for member in members.found]
    episodes = [member.episode for member in mine]
    texts = {**pages(show, episodes, templates), FEED_NAME: feed(show, episodes, templates)}
    cover = cover_of(registry)
    done = [_put(out / COVER_NAME, cover), _put(out / SMALL_COVER_NAME, _small(cover))]
    done += [_put(out / WIDE_NAME, data) for data in wide_cover_of(registry)]
    for member in mine:
        done += _files(member, out / member.episode.slug, templates)
    done += [_put(out / name, text.encode()) for name, text in texts.items()]
    titles = {member.guid: member.episode.title for member in mine}
    notes = (
        *(note for member in mine for note in _unused(member)),
        *_again(out, done),
        *news(was, titles, guid_of(show)),
        *orphans(out, frozenset(episode.slug for episode in episodes)),
        *(f"{FEED_NAME}: {sentence}" for sentence in advice(show, episodes)),
    )
    lost = tuple(item for item in members.left_out if item.broken or item.guid in was.titles)
    return PublishedSite(out, sum(1 for one in done if one.state != "same"), notes, lost)


def _shown(member: Member, show: Show) -> Member:
    """A member as the feed shows it; with versions, its MP3's address changes whenever its sound does."""
    name = ""
    if show.media_version:
        name = f"{member.episode.slug}-{file_sha256(member.mp3)[:VERSION_DIGITS]}.mp3"
    return replace(member, episode=replace(member.episode, show=show, media_name=name))


def _again(out: Path, done: Iterable[_Done]) -> Iterable[str]:
    """What was on the site under the same name and is another file now: a web host keeps the old one."""
    changed = [str(one.path.relative_to(out)) for one in done if one.state == "changed"]
    sounds = [name for name in changed if name.endswith(".mp3")]
    others = len(changed) - len(sounds)
    if changed:
        more = [f"{others} smaller file{'s' * (others != 1)}"] if others else []
        yield f"changed since the last time, upload again: {', '.join([*sounds, *more])}"


def _show(registry: Registry, base_url: str) -> Show:
    """The show with its addresses as feeds want them."""
    show = registry.show()
    media_url, feed_url = base_url or show.media_url, show.feed_url
    names = ("--base-url" if base_url else "show.media_url", "show.feed_url")
    for name, address in zip(names, (media_url, feed_url), strict=True):
        if address and not plain_url(address):
            raise UsageError(f"{name}: “{address}” is not a web address; it begins with https://")
        if address == media_url and (urlsplit(address).query or urlsplit(address).fragment):
            raise UsageError(f"{name}: “{address}” has a ? or #, and so is no place to put files under")
    if show.podcast_guid:
        try:
            UUID(show.podcast_guid.strip())
        except ValueError as cause:
            raise UsageError(f"show.podcast_guid: “{show.podcast_guid}” is not a UUID") from cause
    return replace(show, media_url=plain_url(media_url).rstrip("/"), feed_url=plain_url(feed_url))


def _files(member: Member, home: Path, templates: Templates) -> Iterable[_Done]:
    """The MP3 and what its item points to; a text that a person edited goes out as it lies there."""
    yield _copy(member.mp3, home / member.mp3.name)
    for other in member.episode.alternates if member.episode.show.feed.alternates else ():
        if other.name in KINDS:
            name = f"{member.episode.slug}.{other.name}"
            yield _copy(member.folder.out / name, home / name)
    if member.episode.media_name:
        yield _copy(member.mp3, home / member.episode.media_name)
    for mark in chapter_marks(member.episode):
        name = picture_name(mark.picture) if mark.picture else ""
        there = member.folder.out / name
        if name and there.is_file():
            yield _copy(there, home / name)
        else:
            yield from (_put(home / name, data) for _, data in prepared_pictures(member.folder, (mark,)))
    for name in FORMATS:
        there = member.folder.out / file_name(name, member.episode)
        if there.name in member.edited or (name in SPOKEN and member.current and there.is_file()):
            yield _copy(there, home / there.name)
        else:
            for file, text in render_one(name, member.episode, templates).items():
                yield _put(home / file, text.encode())


def _small(cover: bytes) -> bytes:
    """The cover as pages show it: 480 pixels are enough on any screen, and a tenth of the bytes."""
    from io import BytesIO

    from PIL import Image

    target = BytesIO()
    with Image.open(BytesIO(cover)) as picture:
        picture.resize((480, 480), Image.Resampling.LANCZOS).save(target, "JPEG", quality=82, optimize=True)
    return target.getvalue()


def _unused(member: Member) -> Iterable[str]:
    """Texts whose edits do not get onto the site, and where they would."""
    for name in (name.format(slug=member.episode.slug) for name in NOT_ON_THE_SITE):
        if name in member.edited:
            where = f"{member.folder.path.name}: {name} was edited by hand"
            yield f"{where}, which feed and pages do not take; put it into episode.toml"


def _put(path: Path, data: bytes) -> _Done:
    """Write unless it is there already."""
    there = path.is_file()
    if there and path.read_bytes() == data:
        return _Done(path, "same")
    replace_file(path, data)
    return _Done(path, "changed" if there else "new")


def _copy(source: Path, target: Path) -> _Done:
    there = target.is_file()
    if there and same_file(target, source):
        return _Done(target, "same")
    copy_in(source, target)
    return _Done(target, "changed" if there else "new")
