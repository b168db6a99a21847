"""The quality report: pass and fail in words, and a drawing that is well-formed."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))

from example_episode import example, said

from chaitime_audio.model.quality import LoudnessCurve, QualityReport
from chaitime_audio.model.sound import span
from chaitime_audio.pictures.quality import drawing, page, verdicts

GOOD = QualityReport(
    source=example().master.loudness,
    before=LoudnessCurve((-30.0,) * 18),
    after=LoudnessCurve((-16.0,) * 18),
    clipped=(),
    noise_floor_lufs=-62.0,
    silences=(),
    long_silence_ms=3000,
    duration_ms=20_000,
)


def test_a_good_episode_passes_and_a_clipped_one_does_not() -> None:
    """Each fault turns its own line to fail, and no other."""
    assert all(fine for fine, _ in verdicts(example(), GOOD))
    bad = replace(GOOD, clipped=(span(1000, 1010),))
    (failed,) = [text for fine, text in verdicts(example(), bad) if not fine]
    assert failed.endswith("1 (10 ms)")


def test_the_drawing_is_well_formed_and_hostile_names_stay_text() -> None:
    """One box a turn, one dashed line a chapter; markup in a name or title is text."""
    episode = said(example(), "<b>&", name="<b>&", title="<script>")
    root = ElementTree.fromstring(drawing(episode, GOOD))
    space = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{space}rect")) == len(episode.diarization.exclusive)
    assert len(root.findall(f"{space}line")) == 3
    assert "<script>" not in page(episode, GOOD)
