"""The one list of arguments by which every reader gets the sound of a file.

Whoever decodes sample after sample closes up the gaps that a container's time stamps tell of: mutes,
discontinuous transmission, late starts, edit lists. Here gaps become silence, so that all readers agree
on when something is said. Files whose time stamps have no gap are read as they always were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..errors import InputRefusedError
from ..project.files import replacing
from . import ffmpeg
from .banner import Banner, SoundStream, parsed

GAP_S, WORTH_S = 0.03, 0.1
UNUSUAL = 4.0
LONGEST_START_S = 3600.0
MOST_CHANNELS = 64
_TIMED = frozenset("matroska webm mov mp4 ogg flv asf mpegts nut avi caf".split())
_RUNNING_CLOCKS = frozenset("mpegts mpeg mpegvideo wtv asf gxf mxf".split())
"""Containers whose clock starts anywhere; its first time stamp is no silence."""
FIRST_SOUND = ("-map", "0:a:0", "-vn", "-sn", "-dn")
_FLAC = ("-acodec", "flac", "-f", "flac")
_WAV = ("-acodec", "pcm_s24le", "-f", "wav")
"""For inputs of a recorder: FLAC would take them for loudspeakers, and holds eight at most."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the time stamps of a file's sound tell.

    How many gaps there are, how long they are together, how often time runs backwards, and how much
    later than the picture the sound begins.
    """

    count: int = 0
    total_s: float = 0.0
    backwards: int = 0
    late_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read one file: what ffmpeg gets as input, and the filters that come first.

    ``start_s`` is when its sound begins on its own clock; ``gaps`` those that become silence.
    """

    path: Path
    banner: Banner
    gaps: Gaps
    start_s: float = 0.0

    @property
    def sound(self) -> SoundStream:
        """The stream that is read: the first one."""
        return self.banner.sounds[0]

    @property
    def filled(self) -> bool:
        """Whether time stamps decide where sound lies, rather than sample after sample."""
        late = max(self.start_s, self.gaps.late_s) >= WORTH_S
        return late or (self.gaps.total_s >= WORTH_S and not self.gaps.backwards)

    @property
    def input(self) -> list[str]:
        """Arguments that open the file, on its own clock."""
        patient = ["-dts_delta_threshold", f"{LONGEST_START_S:.0f}"]  # else it closes gaps beyond 10 s
        late = ["-itsoffset", f"{self.start_s:.6f}"] if self.start_s >= WORTH_S else []
        return [*(patient if self.filled else []), *late, *ffmpeg.input_of(self.path)]

    def filters(self, rate_hz: int = 0, bulk: str = "") -> list[str]:
        """Filters in order: discrete channels made one, gaps filled, the rate changed (0: as it is).

        ``bulk`` gathers packets; it forgets gaps, and so stands behind where there are any.
        """
        one = [evenly(self.sound.channels)] if self.sound.discrete else []
        steps = [f"{rate_hz}"] if rate_hz else []
        steps += ["async=1", "first_pts=0"] if self.filled else []
        resampled = [f"aresample={':'.join(steps)}"] if steps else []
        gathered = [bulk] if bulk else []
        return [*one, *resampled, *gathered] if self.filled else [*one, *gathered, *resampled]

    def arguments(
        self, rate_hz: int, channels: int, treatment: tuple[str, ...] = (), bulk: str = ""
    ) -> list[str]:
        """Arguments that write the sound, treated, as 32-bit float with so many channels."""
        chain = ",".join([*self.filters(rate_hz, bulk), *treatment])
        output = ("-ac", str(channels), "-f", "f32le", "-acodec", "pcm_f32le")
        return [*self.input, *FIRST_SOUND, "-af", chain, *output]

    def notes(self) -> Iterator[str]:
        """What a person should know of its time stamps and streams, a sentence each."""
        name, gaps = self.path.name, self.gaps
        if gaps.backwards:
            yield f"{name}: its time stamps run backwards {_times(gaps.backwards)}; taken as it comes"
        elif gaps.total_s >= WORTH_S:
            where = "a gap" if gaps.count == 1 else f"{gaps.count} gaps"
            yield f"{name}: {where} in its time stamps (muted?), {gaps.total_s:.1f} s in all, became silence"
        if self.banner.start_s >= LONGEST_START_S and not self.start_s:
            yield f"{name}: its clock starts at {self.banner.start_s:.0f} s, which is taken for its beginning"
        if len(self.banner.sounds) > 1:
            named = any(sound.title or sound.language for sound in self.banner.sounds)
            called = f" ({', '.join(sound.called for sound in self.banner.sounds)})" if named else ""
            yield f"{name} holds {len(self.banner.sounds)} sound streams{called}; the first one was taken"


def reading_of(path: Path) -> Reading:
    """Look at a file and its time stamps.

    Raises UsageError when it is not there, InputRefusedError when it is empty, holds no sound, or more
    channels than can be taken.
    """
    seen = path.stat() if path.exists() else None
    return _reading_of(path, (seen.st_mtime_ns, seen.st_size) if seen else (0, 0))


@lru_cache(maxsize=64)
def _reading_of(path: Path, _seen: tuple[int, int]) -> Reading:
    banner = parsed(ffmpeg.report(path), path)
    if banner is None:
        raise InputRefusedError(f"cannot decode {path}; is it sound, whatever its name?")
    if not banner.sounds:
        raise InputRefusedError(f"{path} has no sound in it; choose a file with an audio track")
    if (count := banner.sounds[0].channels) > MOST_CHANNELS:
        fix = "export one file per person and give them with --tracks"
        raise InputRefusedError(f"{path} has {count} channels; {MOST_CHANNELS} can be taken: {fix}")
    running = bool(banner.container & _RUNNING_CLOCKS) or banner.start_s >= LONGEST_START_S
    gaps = gaps_of(path, banner.start_s) if banner.container & _TIMED else Gaps()
    return Reading(path, banner, gaps, 0.0 if running else max(0.0, banner.start_s))


def gaps_of(path: Path, begins_s: float = 0.0) -> Gaps:
    """Look for jumps between the packets of a file's sound, whose clock begins at ``begins_s``.

    Nothing is decoded. A packet that lasts far longer than those before it is one with a gap behind it:
    so MP4 writes them.
    """
    gaps, backwards, late_s = list[float](), 0, None
    expected_s, usual_s = 0.0, 0.0
    for _, at_s, told_s in _packets(path, ("-map", "0:a:0")):
        if late_s is None:
            late_s = at_s - begins_s
        elif expected_s:
            gaps += [at_s - expected_s] if at_s - expected_s >= GAP_S else []
            backwards += at_s < expected_s - WORTH_S
        unusual = usual_s and told_s > max(WORTH_S, UNUSUAL * usual_s)
        length_s = usual_s if unusual else told_s
        usual_s = length_s or usual_s
        expected_s = at_s + length_s if length_s else 0.0
    return Gaps(len(gaps), sum(gaps), backwards, max(0.0, late_s or 0.0))


def reach_s(path: Path) -> float:
    """How far its longest stream reaches, pictures included, by the packets that are there."""
    found = _packets(path, ("-map", "0:v?", "-map", "0:a?"))
    ends = [(at_s, at_s + length_s) for _, at_s, length_s in found]
    return max(end for _, end in ends) - min(start for start, _ in ends) if ends else 0.0


def evenly(channels: int) -> str:
    """The filter that makes any number of channels one, each counting the same."""
    return mixed([1 / channels] * channels)


def mixed(weights: list[float]) -> str:
    """The filter that makes channels one by their weights."""
    return "pan=mono|c0=" + "".join(f"{weight:+.6f}*c{at}" for at, weight in enumerate(weights)).lstrip("+")


def _packets(path: Path, streams: tuple[str, ...]) -> Iterator[tuple[int, float, float]]:
    """Stream, time and length (seconds; 0: not told) of every packet, in the file's order."""
    bases: dict[int, float] = {}
    arguments = [*ffmpeg.input_of(path), *streams, "-c", "copy", "-copyts", "-f", "framecrc"]
    try:
        for line in _lines(ffmpeg.stream(arguments)):
            if line.startswith("#tb "):
                number, _, base = line[4:].partition(": ")
                over, under = base.split("/")
                bases[int(number)] = int(over) / int(under)
            elif line and line[0].isdigit():
                stream, _, at, length = line.split(",")[:4]
                base_s = bases.get(int(stream), 0.0)
                yield int(stream), int(at) * base_s, int(length) * base_s
    except (ffmpeg.FfmpegError, ValueError):  # what cannot be copied is judged when it is decoded
        return


def _lines(blocks: Iterator[bytes]) -> Iterator[str]:
    left = ""
    for block in blocks:
        *whole, left = (left + block.decode("ascii", "replace")).split("\n")
        yield from whole
    yield left


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def has_inputs(paths: tuple[Path, ...]) -> bool:
    """Whether a recording is inputs of a recorder. Raises as `reading_of` does."""
    return any(reading_of(path).sound.discrete for path in paths)


def excerpt(source: Path, target: Path, length_ms: int, start_ms: int = 0) -> None:
    """Write ``length_ms`` of a recording, from ``start_ms`` on, to ``target``: for trying settings.

    It is FLAC, or WAV when its channels are no loudspeaker layout. Rate and channels stay as they
    are, and so do gaps: as silence.

    Raises InputRefusedError when the recording cannot be decoded, DestinationError when
    ``target`` cannot be written.
    """
    length = ("-ss", f"{start_ms / 1000:.3f}", "-t", f"{length_ms / 1000:.3f}")
    reading = reading_of(source)
    how = _WAV if reading.sound.discrete else _FLAC
    filled = ("-af", "aresample=async=1:first_pts=0") if reading.filled else ()
    arguments = [*reading.input, *FIRST_SOUND, *filled, *length, *how]
    with replacing(target) as temporary:
        try:
            with temporary.open("wb") as writer:
                for block in ffmpeg.stream(arguments):
                    writer.write(block)
        except ffmpeg.FfmpegError as cause:
            raise InputRefusedError(f"cannot decode {source}: {cause.said}") from cause
