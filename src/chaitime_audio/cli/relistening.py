"""What ``chaitime relisten`` does: from times that were typed to new words, and what changed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from shlex import quote
from typing import Any

import click

from .. import model_files
from ..domain.episode import Episode
from ..domain.scripts import join_words
from ..domain.sound import Span, span
from ..domain.speech import Relistened, Word
from ..domain.text import printable
from ..domain.timecode import clock, parse_clock
from ..editorial.relistening import RelistenOrder, between
from ..errors import UsageError
from ..pipeline.registry import Registry
from ..pipeline.run import OpenEpisode, RunOptions, open_episode, registry_for, run_episode
from ..pipeline.second_hearing import asked_before, length_ms_of
from ..pipeline.stage_table import MASTER_FILE
from ..project.artifacts import KeptArtifacts
from ..project.episode_folder import EpisodeFolder
from ..project.guarded_values import no_plain_name
from .console import News
from .json_output import print_json
from .opening import folder_at
from .phrases import counted

SHORTEST_MS = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """One call of ``chaitime relisten``."""

    episode: Path
    passages: tuple[str, ...]
    model: str | None = None
    language: str | None = None
    undo: bool = False
    config: Path | None = None
    level: int = 0
    as_json: bool = False


def relisten(asked: Asked) -> None:
    """Hear passages again, or forget them; print what changed."""
    places = stretches(asked.passages)
    if asked.model:
        model_files.check_whisper(asked.model)
    if asked.undo and (asked.model or asked.language):
        raise UsageError("--undo takes back what was heard; --model and --language say how to hear: not both")
    folder = folder_at(asked.episode)
    registry = _registry(folder, asked.config)
    with News(asked.level) as news, folder.run_lock():
        news.tell_ignored(registry.ignored)
        force = (folder.facts / MASTER_FILE).is_file()
        with open_episode(folder, registry, RunOptions(force=force), watch=news) as found:
            before, kept = found.episode, asked_before(found.artifacts)
        order = _forgotten(places, kept) if asked.undo else _order(asked, places, kept, found)
        after, published = run_episode(folder, registry, RunOptions(force=force, relisten=order), watch=news)
        silent = [one.span for one in asked_before(KeptArtifacts(folder)) if not one.segments]
    places = order.forget or tuple(one.span for one in order.asked)
    if asked.as_json:
        print_json(
            {"passages": [_plain(place, before, after, heard=place not in silent) for place in places]}
        )
    elif asked.level >= 0:
        for place in places:
            _show(place, before, after, nothing=place in silent)
        for sentence in after.warnings:
            click.echo(printable(f"note: {sentence}", " "), err=True)
    for path in published.edited:
        click.echo(f"{path.name} was edited by hand and stays; the new one is {path.name}.new", err=True)


def list_passages(asked: Asked) -> None:
    """Print what was heard again so far: when, with which model, in which language."""
    folder = folder_at(asked.episode)
    registry = _registry(folder, asked.config)
    with open_episode(folder, registry, RunOptions(only_kept=True)) as found:
        digest = found.artifacts.record.receipts["transcript"].digest
        known = asked_before(found.artifacts)
        if asked.as_json:
            print_json({"passages": [_listed(one, applies=one.transcript == digest) for one in known]})
            return
        for one in known:
            state = "" if one.transcript == digest else "  no longer applies: the transcript is another one"
            click.echo(f"{between(one.span):<24} {one.model:<10} {one.language}{state}")


def _listed(one: Relistened, *, applies: bool) -> dict[str, Any]:
    """A passage that was heard again before, as JSON."""
    times = {"start_ms": one.span.start_ms, "end_ms": one.span.end_ms}
    return {**times, "model": one.model, "language": one.language, "applies": applies}


def _plain(place: Span, before: Episode, after: Episode, *, heard: bool) -> dict[str, Any]:
    """What changed in a passage, as JSON; ``heard`` is False where nothing could be believed."""
    found = changes(_said(before, place), _said(after, place)) if heard else iter(())
    rows = [{"at_ms": at_ms, "before": was, "after": now} for at_ms, was, now in found]
    return {"start_ms": place.start_ms, "end_ms": place.end_ms, "heard": heard, "changes": rows}


def _registry(folder: EpisodeFolder, config: Path | None) -> Registry:
    """The configuration with the model that heard the episode: the rest of it is not to be heard anew.

    A receipt may be anybody's: it names no checkpoint to be opened (trust.py), only a known model.
    """
    kept = KeptArtifacts(folder).option_of("transcript", "model")
    return registry_for(folder, config, None if no_plain_name(kept) else kept)


def stretches(typed: Sequence[str]) -> tuple[Span, ...]:
    """Read stretches of time as they were typed, in order of time.

    Raises UsageError for what is none, runs backwards, is too short, or overlaps another.
    """
    found = sorted(_stretch(text) for text in typed)
    for one, other in pairwise(found):
        if one.overlap_ms(other):
            raise UsageError(f"{between(one)} and {between(other)} overlap; give each moment once")
    return tuple(found)


def _stretch(text: str) -> Span:
    start, dash, end = (part.strip() for part in text.replace("–", "-").partition("-"))
    if not (start and dash and end):
        raise UsageError(f"“{text}” is not a passage; write its times like 12:40-13:30")
    try:
        first, last = parse_clock(start), parse_clock(end)
    except ValueError as cause:
        raise UsageError(f"{cause}; a passage is written like 12:40-13:30") from cause
    if last - first < SHORTEST_MS:
        fault = "ends before it begins" if last < first else "is too short to be heard"
        raise UsageError(f"the passage {text} {fault}; write its times like 12:40-13:30")
    return span(first, last)


def _order(
    asked: Asked, places: Sequence[Span], kept: Sequence[Relistened], found: OpenEpisode
) -> RelistenOrder:
    """What is to be heard. Raises UsageError for a passage that cannot be."""
    length_ms, model = length_ms_of(found.artifacts), asked.model or found.registry.whisper_model()
    language = asked.language or found.episode.language
    found.registry.with_model(model).language(replace(found.episode.brief, language=language))
    wishes = []
    for place in places:
        if place.start_ms >= length_ms or place.end_ms > length_ms + 1000:
            raise UsageError(f"{between(place)} is not in the recording, which ends at {clock(length_ms)}")
        for one in kept:
            inside = place.start_ms <= one.span.start_ms and one.span.end_ms <= place.end_ms
            if one.span.overlap_ms(place) and not inside:
                raise UsageError(
                    f"{between(place)} overlaps {between(one.span)}, which was heard again before; hear all "
                    "of both, or take that back first: chaitime relisten "
                    f"{quote(str(asked.episode))} {between(one.span)} --undo"
                )
        whole = span(place.start_ms, min(place.end_ms, length_ms))
        wishes.append(Relistened(whole, model, language, ""))
    return RelistenOrder(asked=tuple(wishes))


def _forgotten(places: Sequence[Span], kept: Sequence[Relistened]) -> RelistenOrder:
    """What is to be forgotten: what lies there, or all. Raises UsageError where nothing was heard again."""
    for place in places:
        if not any(one.span.overlap_ms(place) for one in kept):
            there = ", ".join(between(one.span) for one in kept) or "nowhere"
            raise UsageError(f"nothing was heard again at {between(place)}; it was at: {there}")
    if not kept:
        raise UsageError("nothing was heard again in this episode; there is nothing to take back")
    chosen = [one.span for one in kept if not places or any(one.span.overlap_ms(place) for place in places)]
    return RelistenOrder(forget=tuple(chosen))


def _show(place: Span, before: Episode, after: Episode, *, nothing: bool) -> None:
    """Print the words that are others now, each with its time; ``nothing`` could be believed there."""
    if nothing:
        click.echo(f"{between(place)}: nothing that can be believed was heard; the words stay the same")
        return
    old, new = _said(before, place), _said(after, place)
    found = list(changes(old, new))
    told = f"{counted(len(found), 'change')}, {counted(len(new), 'word')}" if found else "the same words"
    click.echo(f"{between(place)}: {told}")
    for at_ms, was, now in found:
        click.echo(printable(f"  {clock(at_ms)}  {_quoted(was)} → {_quoted(now)}", " "))


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "nothing"


def _said(episode: Episode, place: Span) -> list[Word]:
    """The words of a stretch in order of time, as they are after corrections."""
    words = (word for turn in episode.spoken for word in turn.words)
    return sorted((one for one in words if one.span.middle_ms in place), key=lambda one: one.span)


def changes(old: Sequence[Word], new: Sequence[Word]) -> Iterator[tuple[int, str, str]]:
    """Return (when in ms, what was there, what is there now) for each run of words that differs."""
    texts = [word.text for word in old], [word.text for word in new]
    for kind, a, b, c, d in difflib.SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if kind != "equal":
            first = [*new[c:d], *old[a:b]][0]
            yield int(first.span.start_ms), join_words(texts[0][a:b]), join_words(texts[1][c:d])
