"""``chaitime score``: any of our texts, corrected, can be held against an episode."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Show


def _score(show: Show, path: Path) -> dict[str, float]:
    code, out, err = show.run("score", show.episode, "--against", path, "--json")
    assert code == 0, err
    found: dict[str, float] = json.loads(out)
    return found


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("{}.vtt", "spoken"),
        ("{}.srt", "spoken"),
        ("{}.transcript.json", "spoken"),
        ("transcript.md", "edited"),
    ],
)
def test_our_own_texts_score_nought(show: Show, name: str, compared: str) -> None:
    """Each file we write is read back whole: no word is lost, none changes hands."""
    show.run("process", show.tones(seconds=24), "--guest", "Tom Ellery")
    found = _score(show, show.out / name.format(show.episode.name))
    assert found["compared"] == compared
    assert found["words"] > 20
    assert (found["wer"], found["cpwer"]) == (0, 0)


def test_corrections_show_as_mistakes(show: Show, tmp_path: Path) -> None:
    """A word put right and a line given to the other person raise WER and cpWER; the words are shown."""
    show.run("process", show.tones(seconds=24), "--guest", "Tom Ellery")
    text = (show.out / f"{show.episode.name}.vtt").read_text()
    mended = tmp_path / "mended.vtt"
    mended.write_text(text.replace("tea", "coffee", 1))
    code, out, _ = show.run("score", show.episode, "--against", mended)
    assert code == 0
    assert "[-coffee-] {+tea+}" in out
    assert "ms off in the median" in out
    found = _score(show, mended)
    assert found["wer"] == found["cpwer"] == pytest.approx(100 / found["words"])


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("gone.vtt", None, 2, "there is no"),
        ("post.docx", "x", 2, "a corrected text is one of"),
        ("a.json", "{}", 3, "cannot be read as .json"),
        ("a.vtt", "nothing of the kind", 3, "gone"),
        ("a.md", "# Only a heading\n\nand a paragraph\n", 3, "Name: text"),
    ],
)
def test_what_cannot_be_compared_is_said(
    show: Show, tmp_path: Path, name: str, content: str | None, code: int, words: str
) -> None:
    """A missing, foreign or empty text is one line and the exit code of the house."""
    show.run("process", show.tones())
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    found, _, err = show.run("score", show.episode, "--against", path)
    assert found == code
    assert words in err or words == "gone"
    assert len(err.strip().splitlines()) == 1
