"""Whether what lies in out/ keeps the rules of the platforms it goes to."""

from __future__ import annotations

from ..checks import CheckContext, Finding, MeasuredSound
from ..checks import check as check_all
from ..errors import ChaitimeError, UsageError
from ..formats import Templates, platforms
from .run import OpenEpisode


def findings(made: OpenEpisode, platform: str = "") -> dict[str, tuple[Finding, ...]]:
    """Return findings by family (``Chapters``, ``Loudness``) for one platform, or for all without a name.

    Raises UsageError for a platform that is not known.
    """
    known = platforms(Templates(made.registry.templates))
    names = [one.name for one in known]
    if platform and platform not in names:
        raise UsageError(f"there is no platform “{platform}”; there is: {', '.join(names)}")
    sight = CheckContext(made.episode, made.folder.out, _heard(made), platform, known)
    return check_all(sight, made.registry.settings.engines.prefer)


def _heard(made: OpenEpisode) -> MeasuredSound | None:
    """What is known of the sound in out/: measured with the master if it is that sound, else measured now."""
    from ..audio.mastering.chain import encode
    from ..audio.mastering.chain.pcm import SAMPLE_RATE_HZ
    from ..tagging.mp3 import audio_sha256
    from .stage_table import MASTER_FILE

    mp3, master = made.folder.out / f"{made.episode.slug}.mp3", made.episode.master
    try:
        if audio_sha256(mp3) == audio_sha256(made.folder.facts / MASTER_FILE):
            return MeasuredSound(master.loudness, master.duration_ms)
        heard = encode.listen(mp3, master.channels)
    except ChaitimeError:
        return None
    return MeasuredSound(heard.loudness, heard.frames * 1000 // SAMPLE_RATE_HZ)
