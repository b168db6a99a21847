"""The weights learned from human editors come from the script and the corpus, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaitime_audio.editorial.cleaning.learned.model import FILE_NAME
from chaitime_audio.editorial.languages import LANGUAGES

CORPUS = Path(__file__).parents[3] / "shared" / "text" / "rev16"


@pytest.mark.hard
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_the_script_remakes_the_shipped_weights(tmp_path: Path) -> None:
    """Sorted, seeded, rounded and packed without a date: another run makes the same file (2 minutes)."""
    pytest.importorskip("lightgbm")
    pytest.importorskip("sklearn")
    train_editor = pytest.importorskip("bench.train_editor")
    talks = {pair.name: list(train_editor.turns(pair)) for pair in train_editor.pairs(CORPUS)}
    made = tmp_path / FILE_NAME
    train_editor.write(made, train_editor.Trainer(talks).weights())
    assert made.read_bytes() == (LANGUAGES / "en" / FILE_NAME).read_bytes()
