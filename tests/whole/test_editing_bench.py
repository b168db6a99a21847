"""The measure of ``python -m bench editing``: recall, precision and distance on a pair made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.models  # Whisper's normaliser stands in a package that needs torch

HEAD = "token|speaker|ts|endTs|punctuation|prepunctuation|case|tags\n"


def _table(text: str) -> str:
    rows = []
    for word in text.split():
        core = word.rstrip(",.")
        rows.append(f"{core}|0|||{word[len(core) :]}||LC|[]")
    return HEAD + "\n".join(rows) + "\n"


def test_of_two_copies_the_first_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which "I" of "I I" went does not matter: both count as the first."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    from bench.editing import first_copies

    said = "so i i think we we we do".split()
    assert first_copies(said, {2, 5, 6}) == first_copies(said, {1, 4, 5}) == {1, 4, 5}


def test_a_pair_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of seven words that the editor took two go here, and none that he kept."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    from bench.editing import Counts, counted, main, pairs

    from chaitime_audio.editorial.cleaning.clean import Manner

    for folder, text in (
        ("verbatim", "It was, you know, very late that night over there on the hill."),
        ("nonverbatim", "It was very late that night."),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.nlp").write_text(_table(text))
    (pair,) = pairs(tmp_path)
    found = counted(pair, Manner("en"))
    assert found == Counts(7, 2, 2, before=7, after=5, words=6, theirs_alike=7, ours_alike=2, both_alike=2)
    assert found.row("1") == "| 1 | 28.6% | 100.0% | 28.6% · 100.0% | 116.67% → 83.33% |"
    assert main([str(tmp_path)]) == 0
