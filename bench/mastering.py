"""The real masterer on real and on hard programmes: two meters, voices, gain steps, times, memory, speed."""

from __future__ import annotations

import sys
import tempfile
import wave
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from chaitime_audio.audio.mastering.chain import passes
from chaitime_audio.audio.mastering.chain.pcm import Reader
from chaitime_audio.audio.mastering.ffmpeg import Engine
from chaitime_audio.audio.probe import probe, probe_clip
from chaitime_audio.domain.sound import Master, MixPlan, SourceMs, Timeline, span

from .children import run, tree_cpu_s
from .hard_programmes import programmes
from .meters import Sound, Spans, decoded, ebur128, oversampled_dbtp, pyloudnorm_lufs, spread_lu
from .recordings import LONG_RATE_HZ, Recording, read_pcm, recordings, sample, write_wav

LONG_S = 4 * 3600
WINDOW_MS, REACH_MS = 1500, 120
GAIN_MS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One programme, measured on the decoded MP3 by meters that are not ours, and what it cost."""

    name: str
    ebur128_lufs: float
    pyloudnorm_lufs: float
    ebur128_dbtp: float
    oversampled_dbtp: float
    voices_before_lu: float
    voices_after_lu: float
    gain_step_db: float
    encodes: int
    cpu_per_s: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that the page quotes."""

    name: str
    value: float


def measure(audio: Path, *, long: bool) -> Iterator[Row | Figure]:
    """Yield a row per programme, then single figures; ``long`` adds four hours of stereo."""
    found = list(recordings(audio, "dev")) or [sample()]
    two_voices = next((one for one in found if one.name == "short_two_voices"), found[0])
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        room = Path(place)
        for one in found:
            yield _row(one.name, one.path, turns_of(one), room)
        for hard in programmes(two_voices, room):
            yield _row(hard.name, hard.path, hard.spans, room)
        yield from _times(two_voices, room)
        if long:
            yield from _four_hours(two_voices, room)


def turns_of(recording: Recording) -> Spans:
    """The true turns of a recording, as mastering wants them."""
    turns = recording.truth.turns
    return tuple((one.speaker, span(round(one.start_s * 1000), round(one.end_s * 1000))) for one in turns)


def _mastered(path: Path, plan: MixPlan, room: Path, **options: Any) -> tuple[Master, Path]:
    target = room / "master.mp3"
    return Engine(**options).master(probe((path,)), (path,), plan, target, lambda _share: None), target


def _row(name: str, path: Path, spans: Spans, room: Path) -> Row:
    began = tree_cpu_s()
    with mock.patch.object(passes, "encode", wraps=passes.__dict__["encode"]) as encode:
        master, mp3 = _mastered(path, MixPlan(speaker_spans=spans), room)
    spent = tree_cpu_s() - began
    sound, source = decoded(mp3, master.channels), decoded(path, master.channels)
    lufs, peak = ebur128(mp3)
    timeline = Timeline(master.intro_ms, master.cuts)
    return Row(
        name=name,
        ebur128_lufs=lufs,
        pyloudnorm_lufs=pyloudnorm_lufs(sound),
        ebur128_dbtp=peak,
        oversampled_dbtp=oversampled_dbtp(sound),
        voices_before_lu=spread_lu(source, spans, Timeline()),
        voices_after_lu=spread_lu(sound, spans, timeline),
        gain_step_db=_gain_step_db(path, spans),
        encodes=encode.call_count,
        cpu_per_s=spent / (len(source) / LONG_RATE_HZ),
    )


def _gain_step_db(path: Path, spans: Spans) -> float:
    """The largest change within 50 ms, inside speech, of the gain that brings the voices together.

    Measured on the sound itself, with and without that gain, before the limiter: it works on single
    peaks after it.
    """
    mix = passes.prepared(Engine(trim=False), probe((path,)), (path,), MixPlan(speaker_spans=spans))
    levelled, plain = Reader(mix.sound()), Reader(replace(mix, curve=None).sound())
    gains: list[float] = []
    while len(one := levelled.take(LONG_RATE_HZ)):
        ratio = _powers(one) / _powers(plain.take(LONG_RATE_HZ))
        gains += (10 * np.log10(ratio)).tolist()
    width, curve = GAIN_MS // 10, np.asarray(gains)
    steps = np.abs(curve[width:] - curve[:-width])
    inside = np.zeros(len(steps), dtype=bool)
    for _, where in spans:
        inside[where.start_ms // 10 : max(0, where.end_ms // 10 - width)] = True
    return float(steps[inside].max(initial=0.0))


def _powers(sound: NDArray[np.float32]) -> Sound:
    """The power of every whole 10 ms of a sound, never quite nothing."""
    step = LONG_RATE_HZ // 100
    whole = sound[: len(sound) // step * step].astype(np.float64).reshape(-1, step * sound.shape[1])
    return np.asarray((whole**2).sum(axis=1) + 1e-15)


def _times(recording: Recording, room: Path) -> Iterator[Figure]:
    """Where sound really lies in the MP3, against where the timeline says it does."""
    pcm = read_pcm(recording.path, LONG_RATE_HZ)
    gap = np.zeros(8 * LONG_RATE_HZ, dtype=np.int16)
    spread = write_wav(room / "gaps.wav", np.concatenate([gap, pcm, gap]), LONG_RATE_HZ)
    middle = len(pcm) * 1000 // LONG_RATE_HZ // 2
    cuts = (span(20_000, 23_000), span(middle, middle + 20_000), span(middle + 40_000, middle + 46_500))
    tone = np.rint(np.sin(np.arange(5 * LONG_RATE_HZ) * 0.05) * 8000).astype(np.int16)
    intro = probe_clip(write_wav(room / "intro.wav", tone, LONG_RATE_HZ))
    plans: dict[str, tuple[Path, MixPlan, dict[str, Any]]] = {
        "three cuts": (recording.path, MixPlan(cuts=cuts), {}),
        "three cuts and an intro": (recording.path, MixPlan(cuts=cuts, intro=intro), {}),
        "a crossfaded intro": (recording.path, MixPlan(intro=intro), {"crossfade_ms": 1000}),
        "quiet ends trimmed": (spread, MixPlan(), {}),
        "silences shortened": (recording.path, MixPlan(), {"longest_silence_s": 0.5}),
    }
    for name, (path, plan, options) in plans.items():
        master, mp3 = _mastered(path, plan, room, **options)
        yield Figure(f"worst time with {name}, ms", _worst_ms(path, mp3, master))


def _worst_ms(path: Path, mp3: Path, master: Master) -> float:
    """Largest distance between a published time and the place of its sound, by correlation."""
    source, heard = decoded(path, 1)[:, 0], decoded(mp3, 1)[:, 0]
    timeline, worst = Timeline(master.intro_ms, master.cuts), 0.0
    for at_ms in range(1000, len(source) * 1000 // LONG_RATE_HZ - 2000, 700):
        where = span(at_ms, at_ms + WINDOW_MS)
        if any(cut.overlap_ms(where) for cut in timeline.cuts):
            continue
        piece = source[at_ms * LONG_RATE_HZ // 1000 :][: WINDOW_MS * LONG_RATE_HZ // 1000]
        if np.sqrt(np.mean(piece**2)) > 0.01:
            expected = timeline.published(SourceMs(at_ms))
            worst = max(worst, abs(_offset_ms(piece, heard, expected)))
    return worst


def _offset_ms(piece: Sound, heard: Sound, expected_ms: int) -> float:
    from scipy.signal import correlate

    first = (expected_ms - REACH_MS) * LONG_RATE_HZ // 1000
    near = heard[max(0, first) : first + len(piece) + 2 * REACH_MS * LONG_RATE_HZ // 1000]
    best = int(np.argmax(correlate(near, piece, "valid"))) + max(0, first) - first
    return best * 1000 / LONG_RATE_HZ - REACH_MS


def _four_hours(recording: Recording, room: Path) -> Iterator[Figure]:
    """Four hours of stereo in a process of its own; memory above one that only imports numpy and scipy."""
    path, pcm = room / "four-hours.wav", read_pcm(recording.path, LONG_RATE_HZ)
    noise = (np.random.default_rng(1).standard_normal(len(pcm)) * 30).astype(np.int16)
    both = np.stack([pcm, pcm // 2 + noise], axis=1).tobytes()
    with wave.open(str(path), "wb") as writer:
        writer.setnchannels(2)
        writer.setsampwidth(2)
        writer.setframerate(LONG_RATE_HZ)
        for _ in range(-(-LONG_S * LONG_RATE_HZ // len(pcm))):
            writer.writeframes(both)
        seconds = writer.getnframes() / LONG_RATE_HZ
    spans = [(label, where.start_ms, where.end_ms) for label, where in turns_of(recording)]
    period_ms = len(pcm) * 1000 // LONG_RATE_HZ
    (room / "spans.txt").write_text(repr((spans, period_ms, round(seconds * 1000))))
    empty = run([sys.executable, "-c", "import numpy, scipy.signal, time; time.sleep(1)"], watch=True)
    code = "import sys; from bench.mastering import master_in_child; master_in_child(*sys.argv[1:])"
    done = run([sys.executable, "-c", code, str(path), str(room)], watch=True)
    yield Figure("seconds of 4 h stereo", seconds)
    yield Figure("memory above the interpreter for 4 h stereo, MB", done.peak_mb - empty.peak_mb)
    yield Figure("CPU seconds per second of 4 h stereo", done.cpu_s / seconds)
    yield Figure("wall seconds per second of 4 h stereo", done.wall_s / seconds)


def master_in_child(path: str, room: str) -> None:
    """Master a long file and do nothing else; called in a process of its own."""
    from ast import literal_eval

    spans, period_ms, length_ms = literal_eval((Path(room) / "spans.txt").read_text())
    turns = tuple(
        (label, span(start + shift, end + shift))
        for shift in range(0, length_ms, period_ms)
        for label, start, end in spans
        if end + shift <= length_ms
    )
    _mastered(Path(path), MixPlan(speaker_spans=turns), Path(room))
