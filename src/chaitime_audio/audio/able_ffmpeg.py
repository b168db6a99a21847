"""Which ffmpeg can make pictures that move: the user's own if it can, else the one that came with us."""

from __future__ import annotations

import functools

from ..errors import UsageError
from . import ffmpeg

FILTERS, ENCODERS = frozenset({"ass", "scale"}), frozenset({"libx264", "aac", "mov_text"})


@functools.cache
def film_path() -> str:
    """Return an ffmpeg with libass, libx264, AAC and soft captions.

    Raises UsageError, naming what is missing, when neither the user's own nor the bundled one has them.
    """
    own = ffmpeg.ffmpeg_path()
    missing = lacks(own)
    if not missing:
        return own
    bundled = _bundled()
    if bundled and bundled != own and not lacks(bundled):
        return bundled
    raise UsageError(
        f"{own} cannot make videos (no {', '.join(sorted(missing))}); install a complete ffmpeg, "
        "or reinstall the package with imageio-ffmpeg"
    )


@functools.cache
def lacks(program: str) -> frozenset[str]:
    """What an ffmpeg lacks of the filters and encoders that videos need."""
    filters, encoders = (_names(program, question) for question in ("-filters", "-encoders"))
    return (FILTERS - filters) | (ENCODERS - encoders)


def _names(program: str, question: str) -> frozenset[str]:
    """The second word of each line of a list."""
    try:
        rows = ffmpeg.told_of_itself(program, question).splitlines()
    except ffmpeg.FfmpegError:
        return frozenset()
    return frozenset(row.split()[1] for row in rows if len(row.split()) > 1)


def _bundled() -> str:
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        return ""
