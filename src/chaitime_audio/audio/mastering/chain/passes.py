"""The passes of mastering, as the options of the engine say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ....domain.sound import Clip, Loudness, Master, MixPlan, Recording
from ....project.files import file_sha256, replacing
from ....recognition.context import Progress
from . import channel_choice as choice
from .bed import ducked, levels_of, over
from .clips import LevelledClip, levelled_clip
from .cuts import FrameSpan, as_spans, settled, wished
from .edges import Edges, fades
from .encode import DecodedMeasurement, encode, listen
from .extra_formats import Programme, pressed_extras
from .forecast import Forecast, lame_lu
from .gains import level
from .limiter import limited, lowered
from .meter import STEP_MS, Levels, integrated, measured
from .mix import NOTHING_LUFS, Mix
from .mp3_gain import lower_mp3_gain
from .pcm import SAMPLE_RATE_HZ, Survey, survey
from .treatment import treatment_for
from .voice_denoise import voices_alone

if TYPE_CHECKING:
    from ..ffmpeg import Engine

TOLERANCE_LU = 0.45
ATTEMPTS = 6
TURNS = 3
"""So often single moments of one MP3 are turned down, before it is encoded again."""
PATIENCE = 2
"""After so many attempts to lower single places, the whole ceiling comes down as well."""
MARGIN_DB = 2.0
SAFE_DB = 1.0
MOST_GAIN_DB = 50.0


def mastered(
    engine: Engine,
    recording: Recording,
    paths: tuple[Path, ...],
    plan: MixPlan,
    target: Path,
    progress: Progress,
) -> Master:
    """Master as the engine's options say; what `Engine.master` promises."""
    if engine.denoise == "voice":
        channels = 2 if any(source.channels > 1 for source in recording.sources) else 1
        with voices_alone(paths, channels, target) as cleaned:
            plainly = replace(engine, denoise="off")
            return mastered(plainly, recording, cleaned, plan, target, progress)
    mix = prepared(engine, recording, paths, plan)
    progress(0.2)
    with replacing(target) as temporary:
        heard, gain, ceilings = _pressed(engine, mix, temporary, progress)
        sound = lambda: _told(mix, 0.9, 0.1, progress)  # noqa: E731
        wished_for = (engine.target_lufs, engine.true_peak_dbtp)
        gain += lame_lu(_bit_rate(engine, mix.channels))
        programme = Programme(sound, mix.channels, gain, ceilings, wished_for)
        extras, warnings = pressed_extras(programme, engine.extra_formats, target)
        progress(1.0)
        return Master(
            sha256=file_sha256(temporary),
            size_bytes=temporary.stat().st_size,
            duration_ms=heard.frames * 1000 // SAMPLE_RATE_HZ,
            sample_rate_hz=SAMPLE_RATE_HZ,
            channels=mix.channels,
            bit_rate_kbps=_bit_rate(engine, mix.channels),
            loudness=heard.loudness,
            source_loudness=mix.source,
            target_lufs=engine.target_lufs,
            intro_ms=round(mix.intro_frames * 1000 / SAMPLE_RATE_HZ),
            cuts=as_spans(mix.cuts),
            extras=extras,
            warnings=warnings,
        )


def prepared(engine: Engine, recording: Recording, paths: tuple[Path, ...], plan: MixPlan) -> Mix:
    """Read the recording once and decide everything that depends on the whole of it."""
    channels_in = 2 if any(source.channels > 1 for source in recording.sources) else 1
    asked = wished(plan.cuts)
    treatment = treatment_for(paths, channels_in, engine.denoise, de_ess=engine.de_ess)
    marks = tuple(end for cut in asked for end in cut)
    found = survey(treatment.sound(paths, channels_in), channels_in, marks)
    sides = choice.sides(found, channels_in, engine.channels)
    levels = found.meter.levels(sides)
    curve = level(levels, plan.speaker_spans, partial(_limited, engine))
    speech = tuple(span for _, span in plan.speaker_spans)
    edges = Edges(engine.trim, round(1000 * engine.longest_silence_s))
    cuts = edges.found(levels, speech, settled(asked, found.around, found.frames), found.frames)
    ends = fades(speech, cuts, found.frames, levels) if engine.trim else (0, 0)
    clips = _clips(plan.intro, plan.outro, len(sides), engine.target_lufs)
    talk = _without(levels if curve is None else levels.lifted(10 ** (curve / 20)), cuts)
    loudness = integrated(talk.energies)
    gain = engine.target_lufs - loudness if loudness > NOTHING_LUFS else 0.0
    talk = talk.lifted(10 ** (gain / 20))
    kept = found.frames - sum(end - start for start, end in cuts)
    music = levelled_clip(plan.bed, len(sides), engine.target_lufs)
    bed = ducked(music, speech, cuts, kept) if music else None
    talk = talk if bed is None else over(talk, levels_of(bed))
    return Mix(
        paths=paths,
        channels_in=channels_in,
        sides=sides,
        frames=found.frames,
        cuts=cuts,
        curve=curve,
        gain_db=gain,
        levels=_in_order(clips, talk),
        clips=clips,
        fades=(0 if clips[0] else ends[0], 0 if clips[1] else ends[1]),
        bed=bed,
        treatment=treatment,
        crossfade_ms=engine.crossfade_ms,
        source=_source_loudness(found, channels_in),
    )


def _pressed(
    engine: Engine, mix: Mix, target: Path, progress: Progress
) -> tuple[DecodedMeasurement, float, NDArray[np.float64]]:
    """Encode, listen, put right, until the MP3 holds what is promised; with its gain and ceilings."""
    ceilings = _ceilings(engine, mix.levels)
    bit_rate, limit = _bit_rate(engine, mix.channels), 10 ** (engine.true_peak_dbtp / 20)
    forecast = Forecast(mix.levels, lame_lu(bit_rate))
    gain = forecast.gain_for(engine.target_lufs, ceilings, MOST_GAIN_DB)
    if mix.audible and forecast.unsure(gain, ceilings):
        forecast = forecast.rehearsed(mix.sound(), gain, ceilings)
    for attempt in range(ATTEMPTS):
        gain = forecast.gain_for(engine.target_lufs, ceilings, MOST_GAIN_DB) if mix.audible else 0.0
        sound = _told(mix, 1 - 0.8 * 0.5**attempt, 0.3 * 0.5**attempt, progress)
        encode(limited(sound, gain, ceilings), mix.channels, bit_rate, target)
        heard = listen(target, mix.channels, limit)
        near = abs(engine.target_lufs - heard.loudness.integrated_lufs) <= TOLERANCE_LU
        for _ in range(TURNS if near else 0):
            if lower_mp3_gain(target, heard.peaks, limit):
                heard = listen(target, mix.channels, limit)
        if not heard.peaks and (near or not mix.audible):
            break
        forecast = forecast.learned((gain, ceilings), heard.loudness.integrated_lufs)
        ceilings = lowered(ceilings, heard.peaks, 10 ** ((engine.true_peak_dbtp - SAFE_DB) / 20))
        if heard.peaks and attempt >= PATIENCE:
            ceilings = ceilings * 10 ** (-SAFE_DB / 20)
    return heard, gain, ceilings


def _ceilings(engine: Engine, levels: Levels) -> NDArray[np.float64]:
    """The limiter's ceiling for every 10 ms, before anything is known about the MP3."""
    return np.full(len(levels.peaks), 10 ** ((engine.true_peak_dbtp - MARGIN_DB) / 20))


def _limited(engine: Engine, levels: Levels) -> Levels:
    """What is left of levels once they are as loud as wished, and limited."""
    forecast, ceilings = Forecast(levels, lame_lu(engine.bit_rate_kbps)), _ceilings(engine, levels)
    return forecast.limited(forecast.gain_for(engine.target_lufs, ceilings, MOST_GAIN_DB), ceilings)


def _bit_rate(engine: Engine, channels: int) -> int:
    return engine.bit_rate_kbps or (96 if channels == 1 else 128)


def _told(mix: Mix, start: float, share: float, progress: Progress) -> Iterator[NDArray[np.float32]]:
    """The sound of a programme, with word of how much of it has gone by."""
    done, whole = 0, max(1, len(mix.levels.peaks) * SAMPLE_RATE_HZ * STEP_MS // 1000)
    for block in mix.sound():
        done += len(block)
        progress(start + share * min(1.0, done / whole))
        yield block


def _without(levels: Levels, cuts: tuple[FrameSpan, ...]) -> Levels:
    """Levels without those inside a cut."""
    step = SAMPLE_RATE_HZ * STEP_MS // 1000
    kept = np.ones(len(levels.energies), dtype=bool)
    for start, end in cuts:
        kept[start // step : end // step] = False
    return levels.kept(kept)


def _in_order(clips: tuple[LevelledClip | None, LevelledClip | None], talk: Levels) -> Levels:
    """Levels of the whole programme."""
    intro, outro = clips
    whole = intro.levels.then(talk) if intro else talk
    return whole.then(outro.levels) if outro else whole


def _clips(
    intro: Clip | None, outro: Clip | None, channels: int, goal_lufs: float
) -> tuple[LevelledClip | None, LevelledClip | None]:
    return levelled_clip(intro, channels, goal_lufs), levelled_clip(outro, channels, goal_lufs)


def _source_loudness(found: Survey, channels: int) -> Loudness:
    both = ((1.0, 0.0), (0.0, 1.0))[:channels]
    return measured(found.meter.levels(both), found.meter.peak)
