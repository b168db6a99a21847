"""Makes the film of a whole episode, and the captions beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ...audio import ffmpeg
from ...domain.episode import Episode
from ...domain.text import line
from ...editorial.notes.tags import chapter_marks
from ...errors import InputRefusedError
from ...formats import Templates, ffmetadata, srt
from ...reports.palette import DARK
from ..clips.backdrop import Colours, Texts
from ..clips.frames import Voiced
from ..clips.layout import layout_for
from ..clips.making import Material, colours_of
from ..clips.plan import said_words
from ..faces import refuse_missing
from ..placing import ExportFolder
from .cards import cards
from .movie import CAMERA, MOVING, STILL, Shown, Words, raw_frames, write_movie
from .moving import BARS_A_SECOND, STILL_FPS, WAVE_FPS, heights_of, still_frames, wave_frames
from .planes import planes_of

RATE_HZ = 8000


def make_video(
    material: Material,
    folder: ExportFolder,
    *,
    waveform: bool = False,
    camera: tuple[Path, str] | None = None,
) -> Iterator[Path]:
    """Yield the film and its captions as they are there; ``camera`` is a recording and filters that cut it.

    Raises UsageError when the typeface lacks letters, DestinationError when a file cannot be written.
    """
    episode, plain = material.episode, Templates()
    words = Words(srt.render(episode, plain), ffmetadata.render(episode, plain), episode.language)
    shown = _camera(camera) if camera else _drawn(material, waveform)
    m4a = material.master.with_suffix(".m4a")
    sound = m4a if any(extra.name == "m4a" for extra in episode.master.extras) else material.master
    name = f"{episode.slug}.video.mp4"
    with folder.placing(name) as temporary:
        write_movie(shown, (sound, episode.master.channels), words, temporary)
    yield folder.last(name)
    if words.srt:
        yield folder.put(f"{episode.slug}.video.srt", words.srt.encode())


def _camera(camera: tuple[Path, str]) -> Shown:
    path, filters = camera
    return Shown(ffmpeg.input_of(path), CAMERA, filters)


def _drawn(material: Material, waveform: bool) -> Shown:
    episode, chosen = material.episode, material.settings
    chapters = chapter_marks(episode)
    layout = layout_for("16:9", chosen.positions)
    texts = _texts(episode)
    refuse_missing(
        material.face, (texts.show, texts.name, texts.title, *(line(mark.title) for mark in chapters))
    )
    voices = colours_of(episode, chosen)
    accent = next(iter(voices.values()), DARK["after"])
    picture, _ = material.picture("")
    look = (Colours(chosen.paper, chosen.ink, accent), material.face)
    pictures = [planes_of(one) for one in cards(picture, texts, chapters, look, layout)]
    starts, length_ms = [mark.start_ms for mark in chapters], episode.duration_ms
    size = (layout.width, layout.height)
    if not waveform:
        frames = still_frames(pictures, starts, length_ms)
        return Shown(raw_frames(size, STILL_FPS), STILL, "", frames)
    spoken = [
        Voiced(int(one.word.span.start_ms), voices.get(one.label, accent)) for one in said_words(episode)
    ]
    wave = (heights_of(amplitudes(material.master)), spoken, layout.waveform)
    return Shown(raw_frames(size, WAVE_FPS), MOVING, "", wave_frames(pictures, starts, wave, length_ms))


def amplitudes(mp3: Path) -> list[float]:
    """The amplitude (RMS) of each fifth of a second of an MP3. Raises InputRefusedError when it is broken."""
    size = RATE_HZ // BARS_A_SECOND
    plain = ("-map", "0:a:0", "-ac", "1", "-ar", str(RATE_HZ), "-f", "f32le", "-c:a", "pcm_f32le")
    try:
        blocks = ffmpeg.stream([*ffmpeg.input_of(mp3), *plain], 4 * size)
        return [float(np.sqrt(np.mean(np.frombuffer(block, "<f4") ** 2))) for block in blocks]
    except ffmpeg.FfmpegError as cause:
        raise InputRefusedError(f"cannot decode {mp3}: {cause.said}") from cause


def _texts(episode: Episode) -> Texts:
    names = ", ".join((*episode.cast.guests, *episode.cast.hosts))
    return Texts(line(episode.show.name), line(episode.title), line(names))
