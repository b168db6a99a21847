"""The sound of the MP3 in out/: loudness, true peak, encoding."""

from __future__ import annotations

from collections.abc import Iterator

from ._finding import CheckContext, Finding, finding_if

TITLE = "Sound"
TOLERANCE_LU, HIGHEST_PEAK_DBTP = 1.0, -1.0
RATES_HZ = (44_100, 48_000)
LEAST_KBPS = {1: 64, 2: 96}
SAME_MS = 100
AGAIN = "run: chaitime process EPISODE --again master"


def findings(sight: CheckContext) -> Iterator[Finding]:
    """Judge what was measured on the sound, and what the MP3's own frames say."""
    heard = sight.heard
    if heard is None:
        yield Finding("mp3", "fail", f"{sight.mp3.name} is missing or no sound", f"remove it and {AGAIN}")
        return
    level, target = heard.loudness.integrated_lufs, sight.episode.master.target_lufs
    off = f"{level:.1f} LUFS, {target:g} wanted" if abs(level - target) > TOLERANCE_LU else ""
    yield finding_if("loudness", off, f"{level:.1f} LUFS (target {target:g})", AGAIN)
    peak = heard.loudness.true_peak_dbtp
    high = f"true peak {peak:.1f} dBTP, {HIGHEST_PEAK_DBTP:g} at most" if peak > HIGHEST_PEAK_DBTP else ""
    yield finding_if("true-peak", high, f"true peak {peak:.1f} dBTP", AGAIN)
    want = sight.episode.duration_ms
    other = f"{heard.duration_ms / 1000:g} s long, the episode {want / 1000:g} s"
    differs = abs(heard.duration_ms - want) > SAME_MS
    yield finding_if("duration", other if differs else "", "as long as the episode says", AGAIN)
    yield from _encoding(sight)


def _encoding(sight: CheckContext) -> Iterator[Finding]:
    from mutagen import MutagenError
    from mutagen.mp3 import MP3, BitrateMode

    try:
        info = MP3(sight.mp3).info
    except (MutagenError, OSError) as cause:
        yield Finding("mp3", "fail", f"{sight.mp3.name} is no MP3: {cause}", f"remove it and {AGAIN}")
        return
    rate = "" if info.sample_rate in RATES_HZ else f"{info.sample_rate} Hz"
    yield finding_if("sample-rate", rate, f"{info.sample_rate} Hz", f"44.1 or 48 kHz; {AGAIN}")
    kbps, least = round(info.bitrate / 1000), LEAST_KBPS.get(info.channels, 96)
    low = f"{kbps} kbit/s for {info.channels} channel(s)" if kbps < least else ""
    yield finding_if("bit-rate", low, f"{kbps} kbit/s", f"{least} or more; {AGAIN}")
    varies = info.bitrate_mode in (BitrateMode.VBR, BitrateMode.ABR)
    said = "the bit rate varies, which breaks seeking" if varies else ""
    yield finding_if("constant-rate", said, "no varying bit rate", AGAIN)
