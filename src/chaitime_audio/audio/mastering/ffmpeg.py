"""Mastering with ffmpeg: levelled by who speaks, limited, and measured on the finished MP3.

First pass: loudness of every 10 ms, channels, length. Second pass: one gain per voice, cuts,
intro and outro, the gain that makes the programme as loud as wished, a true-peak limiter,
libmp3lame. Then the MP3 is decoded and measured, until it is within `TOLERANCE_LU` of the target
and below the true-peak limit: single moments are turned down in the file itself, all else is put
right before the limiter and encoded again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ...domain.sound import Clip, Loudness, Master, MixPlan, Recording
from ...project.files import file_sha256, replacing
from ...recognition.context import Progress
from .chain import channel_choice as choice
from .chain.bed import ducked, levels_of, over
from .chain.clips import LevelledClip, levelled_clip
from .chain.cuts import FrameSpan, as_spans, settled, wished
from .chain.denoise import Denoise
from .chain.edges import Edges, fades
from .chain.encode import DecodedMeasurement, encode, listen
from .chain.extra_formats import Programme, pressed_extras
from .chain.forecast import Forecast, lame_lu
from .chain.gains import level
from .chain.limiter import limited, lowered
from .chain.meter import STEP_MS, Levels, integrated, measured
from .chain.mix import NOTHING_LUFS, Mix
from .chain.mp3_gain import lower_mp3_gain
from .chain.pcm import SAMPLE_RATE_HZ, Survey, survey
from .chain.treatment import treatment_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TOLERANCE_LU = 0.45
ATTEMPTS = 6
TURNS = 3
"""So often single moments of one MP3 are turned down, before it is encoded again."""
PATIENCE = 2
"""After so many attempts to lower single places, the whole ceiling comes down as well."""
MARGIN_DB = 2.0
SAFE_DB = 1.0
MOST_GAIN_DB = 50.0


@dataclass(frozen=True, slots=True)
class Engine:
    """Loudness-normalised MP3 at 44.1 kHz, constant bit rate.

    ``target_lufs`` is measured on the file as shipped, mono or stereo alike. ``bit_rate_kbps``
    0 means 96 for mono and 128 for stereo; ``crossfade_ms`` is how long intro or outro and
    talk sound together; ``extra_formats`` (m4a, flac, wav) are made beside the MP3.
    """

    target_lufs: float = -16.0
    true_peak_dbtp: float = -1.0
    bit_rate_kbps: int = 0
    channels: choice.Channels = "auto"
    crossfade_ms: int = 0
    denoise: Denoise = "off"
    de_ess: bool = False
    trim: bool = True
    longest_silence_s: float = 0.0
    extra_formats: tuple[str, ...] = ()

    revision: ClassVar[int] = 3

    def receipt(self) -> dict[str, str]:
        """Return every option: each may change the result."""
        return {name: str(value) for name, value in asdict(self).items()}

    def master(
        self, recording: Recording, paths: tuple[Path, ...], plan: MixPlan, target: Path, progress: Progress
    ) -> Master:
        """Write an untagged MP3 to ``target`` from the recordings at ``paths``.

        Raises InputRefusedError for a recording that cannot be decoded, ConfigError for an
        intro, outro or bed that cannot be used or cuts that leave nothing, DestinationError when
        ``target`` cannot be written.
        """
        mix = self._prepare(recording, paths, plan)
        progress(0.2)
        with replacing(target) as temporary:
            heard, gain, ceilings = self._press(mix, temporary, progress)
            sound = lambda: _told(mix, 0.9, 0.1, progress)  # noqa: E731
            wished_for = (self.target_lufs, self.true_peak_dbtp)
            gain += lame_lu(self._bit_rate(mix.channels))
            programme = Programme(sound, mix.channels, gain, ceilings, wished_for)
            extras, warnings = pressed_extras(programme, self.extra_formats, target)
            progress(1.0)
            return Master(
                sha256=file_sha256(temporary),
                size_bytes=temporary.stat().st_size,
                duration_ms=heard.frames * 1000 // SAMPLE_RATE_HZ,
                sample_rate_hz=SAMPLE_RATE_HZ,
                channels=mix.channels,
                bit_rate_kbps=self._bit_rate(mix.channels),
                loudness=heard.loudness,
                source_loudness=mix.source,
                target_lufs=self.target_lufs,
                intro_ms=round(mix.intro_frames * 1000 / SAMPLE_RATE_HZ),
                cuts=as_spans(mix.cuts),
                extras=extras,
                warnings=warnings,
            )

    def _prepare(self, recording: Recording, paths: tuple[Path, ...], plan: MixPlan) -> Mix:
        """Read the recording once and decide everything that depends on the whole of it."""
        channels_in = 2 if any(source.channels > 1 for source in recording.sources) else 1
        asked = wished(plan.cuts)
        treatment = treatment_for(paths, channels_in, self.denoise, de_ess=self.de_ess)
        marks = tuple(end for cut in asked for end in cut)
        found = survey(treatment.sound(paths, channels_in), channels_in, marks)
        sides = choice.sides(found, channels_in, self.channels)
        levels = found.meter.levels(sides)
        curve = level(levels, plan.speaker_spans, self._limited)
        speech = tuple(span for _, span in plan.speaker_spans)
        edges = Edges(self.trim, round(1000 * self.longest_silence_s))
        cuts = edges.found(levels, speech, settled(asked, found.around, found.frames), found.frames)
        ends = fades(speech, cuts, found.frames, levels) if self.trim else (0, 0)
        clips = _clips(plan.intro, plan.outro, len(sides), self.target_lufs)
        talk = _without(levels if curve is None else levels.lifted(10 ** (curve / 20)), cuts)
        loudness = integrated(talk.energies)
        gain = self.target_lufs - loudness if loudness > NOTHING_LUFS else 0.0
        talk = talk.lifted(10 ** (gain / 20))
        kept = found.frames - sum(end - start for start, end in cuts)
        music = levelled_clip(plan.bed, len(sides), self.target_lufs)
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
            crossfade_ms=self.crossfade_ms,
            source=_source_loudness(found, channels_in),
        )

    def _press(
        self, mix: Mix, target: Path, progress: Progress
    ) -> tuple[DecodedMeasurement, float, NDArray[np.float64]]:
        """Encode, listen, put right, until the MP3 holds what is promised; with its gain and ceilings."""
        ceilings = self._ceilings(mix.levels)
        bit_rate, limit = self._bit_rate(mix.channels), 10 ** (self.true_peak_dbtp / 20)
        forecast = Forecast(mix.levels, lame_lu(bit_rate))
        gain = forecast.gain_for(self.target_lufs, ceilings, MOST_GAIN_DB)
        if mix.audible and forecast.unsure(gain, ceilings):
            forecast = forecast.rehearsed(mix.sound(), gain, ceilings)
        for attempt in range(ATTEMPTS):
            gain = forecast.gain_for(self.target_lufs, ceilings, MOST_GAIN_DB) if mix.audible else 0.0
            sound = _told(mix, 1 - 0.8 * 0.5**attempt, 0.3 * 0.5**attempt, progress)
            encode(limited(sound, gain, ceilings), mix.channels, bit_rate, target)
            heard = listen(target, mix.channels, limit)
            near = abs(self.target_lufs - heard.loudness.integrated_lufs) <= TOLERANCE_LU
            for _ in range(TURNS if near else 0):
                if lower_mp3_gain(target, heard.peaks, limit):
                    heard = listen(target, mix.channels, limit)
            if not heard.peaks and (near or not mix.audible):
                break
            forecast = forecast.learned((gain, ceilings), heard.loudness.integrated_lufs)
            ceilings = lowered(ceilings, heard.peaks, 10 ** ((self.true_peak_dbtp - SAFE_DB) / 20))
            if heard.peaks and attempt >= PATIENCE:
                ceilings = ceilings * 10 ** (-SAFE_DB / 20)
        return heard, gain, ceilings

    def _ceilings(self, levels: Levels) -> NDArray[np.float64]:
        """The limiter's ceiling for every 10 ms, before anything is known about the MP3."""
        import numpy as np

        return np.full(len(levels.peaks), 10 ** ((self.true_peak_dbtp - MARGIN_DB) / 20))

    def _limited(self, levels: Levels) -> Levels:
        """What is left of levels once they are as loud as wished, and limited."""
        forecast, ceilings = Forecast(levels, lame_lu(self.bit_rate_kbps)), self._ceilings(levels)
        return forecast.limited(forecast.gain_for(self.target_lufs, ceilings, MOST_GAIN_DB), ceilings)

    def _bit_rate(self, channels: int) -> int:
        return self.bit_rate_kbps or (96 if channels == 1 else 128)


def _told(mix: Mix, start: float, share: float, progress: Progress) -> Iterator[NDArray[np.float32]]:
    """The sound of a programme, with word of how much of it has gone by."""
    done, whole = 0, max(1, len(mix.levels.peaks) * SAMPLE_RATE_HZ * STEP_MS // 1000)
    for block in mix.sound():
        done += len(block)
        progress(start + share * min(1.0, done / whole))
        yield block


def _without(levels: Levels, cuts: tuple[FrameSpan, ...]) -> Levels:
    """Levels without those inside a cut."""
    import numpy as np

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
