"""Says what is to be done for an episode; starts no engine and writes nothing."""

from __future__ import annotations

from pathlib import Path

from ..errors import ChaitimeError, NotMadeError
from ..pipeline.freshness import is_fresh
from ..pipeline.run import RunOptions, open_episode, registry_for
from .events import Plan
from .search import Found

BYTES_A_SECOND = 24_000
"""Of a recording whose length no header tells: something between an MP3 and a WAV."""


AS_USUAL = RunOptions()


def plan_of(found: Found, config: Path | None = None, order: RunOptions = AS_USUAL) -> Plan:
    """Return what a run would do; an episode that cannot be read is planned, so that the run says why."""
    if found.problem:
        return Plan(found, f"cannot run: {found.problem}", to_do=True)
    if found.recording is not None:
        return Plan(found, "new", to_do=True, sound_ms=length_ms(found))
    try:
        if not (order.again or order.upgrade) and is_fresh(found.folder, registry_for(found.folder, config)):
            return Plan(found, "up to date", to_do=False)
        what = _first_step(found, config, order)
    except ChaitimeError as problem:
        what = f"cannot run: {problem}"
    except Exception as problem:  # whatever is wrong with one episode, the others are planned
        what = f"cannot run: {type(problem).__name__}: {problem}"
    return Plan(found, what, to_do=True, sound_ms=length_ms(found))


def _first_step(found: Found, config: Path | None, order: RunOptions) -> str:
    """The first stage that is missing and why, or that only texts are to be written anew."""
    if not found.folder.record.is_file():
        return "new"
    if order.upgrade:
        return "what is outdated"
    try:
        registry = registry_for(found.folder, config)
        with open_episode(found.folder, registry, RunOptions(again=order.again, only_kept=True)):
            return "files in out/"
    except NotMadeError as missing:
        return f"from {missing.stage} on ({missing.why})"


def length_ms(found: Found) -> int:
    """How much sound there is, by the headers of its files or a guess from their sizes."""
    try:
        paths = (found.recording,) if found.recording else found.folder.sources()
        lengths = [_one_length_ms(path) for path in paths]
        together = _arrangement(found) == "tracks"
    except (ChaitimeError, OSError):
        return 0
    return max(lengths) if together else sum(lengths)


def _one_length_ms(path: Path) -> int:
    from mutagen import File, MutagenError

    try:
        known = File(path)
        seconds = float(known.info.length) if known is not None and known.info else 0.0
    except (MutagenError, AttributeError, ValueError):
        seconds = 0.0
    return round(seconds * 1000) or path.stat().st_size * 1000 // BYTES_A_SECOND


def _arrangement(found: Found) -> str:
    """As far as the brief says how several recordings belong together."""
    from ..project.episode_file import read_brief

    return read_brief(found.folder).arrangement if found.recording is None else ""
