"""Makes one clip, from a plan to files: sound, captions, words, and a film for each shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...audio.mastering.chain.pcm import SAMPLE_RATE_HZ
from ...domain.episode import Episode
from ...domain.scripts import join_words
from ...domain.text import line
from ...formats.rendering.page import page
from ...project.export_settings import ClipSettings
from ...reports.palette import DARK
from ..faces import Face, refuse_missing
from ..placing import ExportFolder
from . import captions
from .backdrop import Colours, Texts, backdrop
from .film import Picture, write_film
from .frames import FPS, Voiced, frames, levels, strip_of
from .layout import Layout, layout_for, voice_colours
from .plan import Clip
from .posts import Told, posts_page
from .sound import faded, stretch, write_sound

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Material:
    """What every clip of an episode is made of.

    ``picture`` gives the picture of a voice, and whether it is a photo; ``face`` is the typeface.
    """

    episode: Episode
    master: Path
    settings: ClipSettings
    face: Face
    picture: Callable[[str], tuple[Image, bool]]


def check_letters(material: Material, clip: Clip) -> None:
    """Raise UsageError when the typeface lacks letters that the film would show."""
    shown = _texts(material.episode, clip)
    refuse_missing(material.face, (clip.text, shown.show, shown.name, shown.title))


def make_clip(
    material: Material, clip: Clip, shapes: tuple[str, ...], folder: ExportFolder
) -> Iterator[Path]:
    """Yield each file as it is there: MP3, M4A, SRT, VTT, the words for posts, then a film for each shape.

    Raises DestinationError when one cannot be written.
    """
    episode, slug = material.episode, material.episode.slug
    name, length_ms = f"{slug}.{clip.name}", clip.span.duration_ms
    sound = faded(stretch(material.master, clip.span, episode.master.channels))
    with folder.placing(f"{name}.m4a") as m4a, folder.placing(f"{name}.mp3") as mp3:
        made = m4a.with_name(f"{m4a.stem}.sound.mp3")
        try:
            write_sound(sound, material.settings.target_lufs, made)
            made.replace(mp3)
            made.with_suffix(".m4a").replace(m4a)
        finally:
            made.unlink(missing_ok=True)
            made.with_suffix(".m4a").unlink(missing_ok=True)
    yield folder.last(f"{name}.mp3")
    yield folder.last(f"{name}.m4a")
    runs = clip.runs(episode)
    picture, photo = material.picture(clip.label)
    texts = {
        "srt": captions.srt(runs, length_ms),
        "vtt": captions.vtt(runs, length_ms),
        "posts.txt": posts_page(_told(episode, clip), photo=photo),
    }
    for ending, text in texts.items():
        yield folder.put(f"{name}.{ending}", text.encode())
    tall = levels(sound, SAMPLE_RATE_HZ)
    for shape in shapes:
        layout = layout_for(shape, material.settings.positions)
        target = f"{name}.{shape.replace(':', 'x')}.mp4"
        with folder.placing(target) as temporary:
            _film(material, clip, layout, (picture, tall), (folder.last(f"{name}.m4a"), temporary))
        yield folder.last(target)


def _film(
    material: Material,
    clip: Clip,
    layout: Layout,
    shown: tuple[Image, object],
    files: tuple[Path, Path],
) -> None:
    episode, chosen, length_ms = material.episode, material.settings, clip.span.duration_ms
    picture, tall = shown
    colours = colours_of(episode, chosen)
    still = backdrop(
        layout,
        picture,
        _texts(episode, clip),
        Colours(chosen.paper, chosen.ink, colours.get(clip.label, DARK["after"])),
        material.face,
    )
    voices = [Voiced(one.word.span.start_ms - clip.span.start_ms, colours[one.label]) for one in clip.words]
    strip = strip_of(tall, voices, layout.waveform.height)  # type: ignore[arg-type]
    named = {line(episode.cast.name(label)): colour for label, colour in colours.items()}
    script = captions.ass(
        clip.runs(episode), layout, material.face, captions.Paint(named, chosen.ink), length_ms
    )
    moving = frames(still, strip, layout, length_ms, chosen.ink)
    film = Picture(moving, layout.width, layout.height, FPS)
    sound, target = files
    write_film(film, sound, script, material.face, (clip.title, episode.show.name), target)


def colours_of(episode: Episode, settings: ClipSettings) -> dict[str, str]:
    """The colour of each voice of an episode, those without a name included."""
    labels = [voice.label for voice in episode.cast.voices]
    labels += [one.label for one in episode.spoken if one.label not in labels]
    return voice_colours(tuple(dict.fromkeys(labels)), settings.voices)


def _texts(episode: Episode, clip: Clip) -> Texts:
    return Texts(line(episode.show.name), line(episode.cast.name(clip.label)), line(episode.title))


def edited_text(episode: Episode, clip: Clip) -> str:
    """What the post prints of a clip: the sentences of which most was said in it."""
    ids = {one.word.id for one in clip.words}
    parts = (
        sentence.text
        for exchange in episode.post
        for remark in exchange.remarks
        for paragraph in remark.paragraphs
        for sentence in paragraph.sentences
        if sentence.word_ids and 2 * len(ids.intersection(sentence.word_ids)) > len(sentence.word_ids)
    )
    return line(join_words(parts))


def _told(episode: Episode, clip: Clip) -> Told:
    name, show = line(episode.cast.name(clip.label)), line(episode.show.name)
    address = page(episode).address or line(episode.show.url)
    return Told(
        edited_text(episode, clip) or clip.text, name, show, line(episode.title), clip.span.start_ms, address
    )
