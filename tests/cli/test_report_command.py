"""``chaitime report``: what was measured lies in out/, and the verdicts are on stdout."""

from __future__ import annotations

import json

from .conftest import Show


def test_an_episode_is_measured(show: Show) -> None:
    """qc.json and report.html are written; five verdicts are printed, each with ok or FAIL."""
    show.run("process", show.tones())
    code, out, err = show.run("report", show.episode)
    assert code == 0, err
    assert len(out.splitlines()) == 5
    assert all(line.startswith(("ok", "FAIL")) for line in out.splitlines())
    assert json.loads((show.out / "qc.json").read_text(encoding="utf-8"))["clipped"] == []
    assert "<svg" in (show.out / "report.html").read_text(encoding="utf-8")
