"""Readers enrolled from one real recording are found in another; where the recordings are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

AUDIO = Path(__file__).parents[3] / "shared" / "audio"
ONE, OTHER = "d03_1688M_1998F", "d02_1998F_3005M"

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(not (AUDIO / "real").is_dir(), reason="the real recordings are not here"),
]


def test_a_reader_is_found_again_and_a_stranger_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads in both recordings is named in the other, both ways; the other readers never are."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    from bench.recordings import recordings
    from bench.voices import enrolled_from, heard

    found = {one.name: heard(one) for one in recordings(AUDIO, "real") if one.name in (ONE, OTHER)}
    for here, there in ((ONE, OTHER), (OTHER, ONE)):
        row = enrolled_from(found[here], [found[there]])
        assert (row.meant, row.found) == (1, 1)
        assert row.others == 1
        assert row.mistaken == ()
