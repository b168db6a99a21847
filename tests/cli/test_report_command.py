"""``chaitime report``: what was measured lies in out/, and the verdicts are on stdout."""

from __future__ import annotations

import json
import wave

from .conftest import Show


def test_an_episode_is_measured(show: Show) -> None:
    """Page, picture and figures are written; six verdicts are printed, what fails with advice."""
    show.run("process", show.tones())
    code, out, err = show.run("report", show.episode)
    assert code == 0, err
    lines = out.splitlines()
    judged = [line for line in lines if line.startswith(("ok", "FAIL"))]
    assert len(judged) == 6
    assert len(lines) == 6 + sum(line.startswith("FAIL") for line in judged)
    assert (show.out / "qc.png").read_bytes().startswith(b"\x89PNG")
    figures = json.loads((show.out / "qc.json").read_text(encoding="utf-8"))
    assert figures["clipped"] == []
    assert [item["text"] for item in figures["verdicts"]] == [line[6:] for line in judged]
    page = (show.out / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert f'src="{show.episode.name}.mp3"' in page
    assert (show.out / f"{show.episode.name}.mp3").is_file()


def test_sound_alone_is_measured_too(show: Show) -> None:
    """An episode that was published without speech needs no --force to be looked at."""
    silence = show.folder / "silence.wav"
    with wave.open(str(silence), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(bytes(2 * 16_000 * 8))
    show.run("process", silence, "--force")
    code, out, err = show.run("report", show.episode)
    assert code == 0, err
    assert "FAIL  the MP3 is silent" in out
