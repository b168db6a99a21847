"""Write every expected text again: ``python tests/formats/regenerate.py``, then read the difference.

An expected text is what a person has read and found right; a change that nobody has read is no
expected text.
"""

from __future__ import annotations

from pathlib import Path

from example_episode import OURS, example

from chaitime_audio.formats import render_all

EXPECTED = Path(__file__).parent / "expected"


def main() -> None:
    """Print the example episode in every format into ``expected/``."""
    for name, text in render_all(example(), OURS, every=True).items():
        path = EXPECTED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
