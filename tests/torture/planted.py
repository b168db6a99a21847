"""Bugs to be planted, one at a time: each changes one place, and one of our tests has to see it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "chaitime_audio"


@dataclass(frozen=True, slots=True)
class Planted:
    """In a file of the package, ``right`` becomes ``wrong``; ``tests`` are to fail then."""

    file: str
    right: str
    wrong: str
    tests: str

    @property
    def room(self) -> str:
        """The room it is planted in."""
        return self.file.partition("/")[0]


BUGS = (
    Planted(
        "domain/timecode.py",
        "int(minutes) * 60 + float",
        "int(minutes) * 6 + float",
        "domain/test_timecode.py",
    ),
    Planted("domain/text.py", "    if char in BIDI or", "    if", "formats/test_hostile.py"),
    Planted("project/artifacts.py", "receipt.key == key and self", "self", "project/test_artifacts.py"),
    Planted(
        "project/journal.py", "one[low:middle] == other[low:middle]", "True", "project/test_decisions.py"
    ),
    Planted(
        "project/files.py",
        "temporary.replace(path)",
        "path.write_bytes(temporary.read_bytes()[:-1])",
        "project/test_episode_folder.py",
    ),
    Planted(
        "editorial/speakers/enrolled.py",
        "max(rivals, default=-1.0) + MARGIN",
        "-1.0",
        "editorial/test_known_voices.py",
    ),
    Planted("editorial/scoring.py", "max(b - a, d - c)", "b - a", "editorial/test_scoring.py"),
    Planted("audio/wave_header.py", "whole + 8 >= begins + sound", "True", "audio/test_wave_header.py"),
    Planted("audio/mastering/chain/cuts.py", "max(end, joined[-1][1])", "end", "audio/test_cuts.py"),
    Planted(
        "checks/chapters.py",
        "SHORTEST_S, YOUTUBE_SHORTEST_S = 3, 40, 30, 10",
        "SHORTEST_S, YOUTUBE_SHORTEST_S = 3, 40, 1, 1",
        "checks/test_planted.py",
    ),
    Planted("formats/srt.py", "stamp(card.start_ms, ',')", "stamp(card.start_ms)", "formats"),
    Planted(
        "model_files/sums.py", "total = file_sha256(path)", 'total = "0" * 64', "model_files/test_store.py"
    ),
    Planted(
        "recognition/asr/windowed/quality.py", "heard.no_speech > MOST_NO_SPEECH", "False", "recognition/asr"
    ),
    Planted(
        "language_model/_http.py",
        "build_opener(_Stay)",
        "build_opener()",
        "language_model/test_language_model.py",
    ),
    Planted("site/feed.py", 'bare.rstrip("/")', "bare", "site/test_feed.py"),
    Planted(
        "studio/guard.py",
        "not length.isdecimal() or int(length) > LARGEST_BODY",
        "not length.isdecimal()",
        "studio/test_guard.py",
    ),
    Planted("tagging/id3_bytes.py", ">> shift & 0x7F", ">> shift & 0xFF", "audio/test_tagging.py"),
    Planted(
        "upkeep/examination.py", "sha256(text).hexdigest() != receipt.digest", "False", "upkeep/test_fsck.py"
    ),
    Planted(
        "workers/local.py",
        'else "spare", "soon", "any"',
        'else "spare", "any", "soon"',
        "workers/test_pools.py",
    ),
    Planted(
        "pipeline/freshness.py",
        "bool(stood) and stood == fingerprint(folder, registry)",
        "bool(stood)",
        "cli/test_freshness.py",
    ),
    Planted("batch/eta.py", "return 1.0 - sum(", "return 1.0 - 0 * sum(", "batch/test_eta.py"),
    Planted("reports/png.py", "round(drawing.width * SCALE)", "round(drawing.width)", "reports"),
    Planted("cli/options.py", "isfinite(found)", "True", "field/test_nasty_values.py"),
)
"""Workers, engines' weights and pages have series of their own; these are one line of logic each."""
