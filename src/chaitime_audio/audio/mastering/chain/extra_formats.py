"""The programme of the MP3 in other files: M4A (AAC), FLAC and WAV, made in one pass.

Sound and ceilings are those the MP3 ended with, and so is the gain, less what makes up for the
MP3's own encoder. Each file is decoded and measured; one whose true peak is too high, or that is
not as loud as wished, is encoded again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ....domain.sound import ExtraFile
from ....errors import DestinationError, UsageError
from ....project.files import file_sha256, replacing
from ... import ffmpeg
from .. import EXTRA_FORMATS, extra_path
from .encode import DecodedMeasurement, listen
from .limiter import limited, lowered
from .pcm import SAMPLE_RATE_HZ

AAC_KBPS = {1: 96, 2: 128}
ATTEMPTS = 5
PATIENCE = 2
"""After so many attempts to lower single places, the whole ceiling comes down as well."""
TOLERANCE_LU = 0.45
BELIEVED_LU = 3.0
"""What misses the target by more is silence, or cannot be made louder; it is left alone."""
_LOWER_DB = 1.0
_BARE = ("-map", "0:a:0", "-map_metadata", "-1", "-fflags", "+bitexact")
_LOSSLESS = {
    "flac": ("-c:a", "flac", "-sample_fmt", "s32", "-f", "flac"),
    "wav": ("-c:a", "pcm_s24le", "-rf64", "auto", "-f", "wav"),
}


@dataclass(frozen=True, slots=True)
class Programme:
    """What is encoded: its sound, which can be had any number of times, and how the MP3 was made of it.

    ``gain_db`` and ``ceilings`` (linear, one for every 10 ms) are what `limited` takes;
    ``target`` is the loudness wished for (LUFS) and the highest true peak a file may have (dBTP).
    """

    sound: Callable[[], Iterator[NDArray[np.float32]]]
    channels: int
    gain_db: float
    ceilings: NDArray[np.float64]
    target: tuple[float, float]

    @property
    def goal(self) -> float:
        """Where peaks that were too high are brought to, linear: a little below the limit."""
        return float(10 ** ((self.target[1] - _LOWER_DB) / 20))

    def limited(self) -> Iterator[NDArray[np.float32]]:
        """Yield the sound as it is encoded."""
        return limited(self.sound(), self.gain_db, self.ceilings)

    def missing_lu(self, heard: DecodedMeasurement) -> float:
        """How much louder a file should be; 0 when it is near enough."""
        missing = self.target[0] - heard.loudness.integrated_lufs
        return missing if TOLERANCE_LU < abs(missing) < BELIEVED_LU else 0.0

    def hot(self, heard: DecodedMeasurement) -> bool:
        """Whether a file is above the limit, by either of two meters."""
        limit, highest = self.target[1], max(heard.peaks.values(), default=0.0)
        return heard.loudness.true_peak_dbtp > limit or highest > 10 ** (limit / 20)

    def mended(self, heard: list[DecodedMeasurement], all_over: bool) -> Programme:
        """The same, put right for files that do not hold.

        Ceilings come down where a file is too hot; everywhere when told so, or when one of the
        meters did not say where.
        """
        missing = [self.missing_lu(one) for one in heard]
        ceilings = self.ceilings
        for one in filter(self.hot, heard):
            ceilings = lowered(ceilings, one.peaks, self.goal)
            all_over = all_over or not one.peaks
        if all_over and any(map(self.hot, heard)):
            ceilings = ceilings * 10 ** (-_LOWER_DB / 20)
        return replace(self, gain_db=self.gain_db + sum(missing) / len(missing), ceilings=ceilings)


def pressed_extras(
    programme: Programme, formats: tuple[str, ...], target: Path
) -> tuple[tuple[ExtraFile, ...], tuple[str, ...]]:
    """Write each format beside ``target`` (the MP3), without tags; return them, and what to warn of.

    Those of an earlier run that are no longer asked for are removed. Raises DestinationError when
    a file cannot be written, UsageError when this ffmpeg has no such encoder.
    """
    wanted = tuple(name for name in EXTRA_FORMATS if name in formats)
    for name in set(EXTRA_FORMATS) - set(wanted):
        extra_path(target, name).unlink(missing_ok=True)
    if not wanted:
        return (), ()
    with contextlib.ExitStack() as stack:
        paths = {name: stack.enter_context(replacing(extra_path(target, name))) for name in wanted}
        heard = _encoded(programme, paths)
        return tuple(_kept(name, paths[name], heard[name]) for name in wanted), _warnings(programme, heard)


def _encoded(programme: Programme, paths: dict[str, Path]) -> dict[str, DecodedMeasurement]:
    """Encode all, listen to each, and encode those again that do not hold."""
    heard: dict[str, DecodedMeasurement] = {}
    pending = dict(paths)
    for attempt in range(ATTEMPTS):
        _encode(programme, pending)
        heard |= {name: listen(path, programme.channels, programme.goal) for name, path in pending.items()}
        pending = {
            name: path
            for name, path in pending.items()
            if programme.hot(heard[name]) or programme.missing_lu(heard[name])
        }
        if not pending:
            break
        programme = programme.mended([heard[name] for name in pending], all_over=attempt >= PATIENCE)
    return heard


def _encode(programme: Programme, paths: dict[str, Path]) -> None:
    """One pass over the sound, one ffmpeg, one output for each format."""
    arguments = ["-f", "f32le", "-ar", str(SAMPLE_RATE_HZ), "-ac", str(programme.channels), "-i", "pipe:0"]
    for name, path in paths.items():
        arguments += [*_BARE, *_codec(name, programme.channels), ffmpeg.output_of(path)]
    try:
        with ffmpeg.sink(arguments) as write:
            for block in programme.limited():
                write(block.astype("<f4", copy=False).tobytes())
    except ffmpeg.FfmpegError as cause:
        if "ncoder" in cause.said and ("nknown" in cause.said or "not found" in cause.said):
            raise UsageError(
                f"{ffmpeg.ffmpeg_path()} cannot make {' or '.join(paths)}; install a complete ffmpeg, "
                "or take it out of audio.extra_formats"
            ) from cause
        where = next(iter(paths.values())).parent
        raise DestinationError(f"cannot write {', '.join(paths)} to {where}: {cause.said}") from cause


def _codec(name: str, channels: int) -> tuple[str, ...]:
    if name == "m4a":
        return ("-c:a", "aac", "-b:a", f"{AAC_KBPS[channels]}k", "-movflags", "+faststart", "-f", "ipod")
    return _LOSSLESS[name]


def _kept(name: str, path: Path, heard: DecodedMeasurement) -> ExtraFile:
    return ExtraFile(name, file_sha256(path), path.stat().st_size, heard.loudness)


def _warnings(programme: Programme, heard: dict[str, DecodedMeasurement]) -> tuple[str, ...]:
    limit = programme.target[1]
    return tuple(
        f"the {name} peaks at {found.loudness.true_peak_dbtp:.1f} dBTP, above {limit:g}; "
        f"set audio.true_peak_dbtp = {limit - 1:g}, or leave the {name} out"
        for name, found in heard.items()
        if programme.hot(found)
    )
