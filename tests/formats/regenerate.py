"""Write every expected text again: ``python tests/formats/regenerate.py``, then read the difference.

An expected text is what a person has read and found right; a change that nobody has read is no
expected text.
"""

from __future__ import annotations

from pathlib import Path

from example_episode import OURS, example
from full_post import GOLDEN, NAMES, full_post

from chaitime_audio.formats import render_all

EXPECTED = Path(__file__).parent / "expected"


def main() -> None:
    """Print the example into ``expected/`` and the whole interview into ``tests/golden/``."""
    for name, text in render_all(example(), OURS, every=True).items():
        path = EXPECTED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    whole = render_all(full_post(), OURS, every=True)
    for name in NAMES:
        (GOLDEN / name).write_text(whole[name], encoding="utf-8")


if __name__ == "__main__":
    main()
