"""``chaitime export video``: the whole episode as a film."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from .exporting import Asked, shared, told

if TYPE_CHECKING:
    from ..pipeline.run import OpenEpisode


@click.command()
@shared
@click.option("--waveform", is_flag=True, help="A slow waveform on the picture; takes about twice as long.")
@click.option("--camera", is_flag=True, help="The recording's own picture, cut as the sound was.")
@click.option("--photo", type=click.Path(path_type=Path), help="Picture to show instead of the cover.")
def video(asked: Asked, waveform: bool, camera: bool, photo: Path | None) -> None:
    """The whole episode as MP4 for video platforms: a picture for each chapter, captions, chapters.

    Captions are a track that viewers turn on, and an SRT beside it; chapters stand in the file.
    """
    from ..exports.placing import ExportFolder
    from ..exports.video.making import make_video
    from .export_clips import material_of
    from .opening import opened

    if camera and (waveform or photo):
        raise UsageError("--camera shows the recording's own picture; leave --waveform and --photo out")
    with opened(asked.episode, asked.config, -1) as made:
        folder = ExportFolder(asked.folder(made))
        own = _camera(made) if camera else None
        for path in make_video(material_of(made, photo), folder, waveform=waveform, camera=own):
            told(asked, path.name.removesuffix(".new"), path)


def _camera(made: OpenEpisode) -> tuple[Path, str]:
    """The recording with a picture, and the filters that cut it."""
    from ..audio.probe import length_s
    from ..exports.video.camera import camera_of, filters_for
    from ..project.importing import arrangement_in

    paths = made.folder.sources()
    source = camera_of(paths, arrangement_in(made.folder, made.episode.brief))
    return source, filters_for(made.episode, source, round(1000 * length_s(source)))
