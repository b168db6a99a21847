"""Write the texts of the frozen episodes (tests/data/frozen) again, after a change that alters them.

Only derives: the kept artifacts are read, none is made, no engine starts, and nothing but texts
that are there already is written. Look at the difference before it is committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from chaitime_audio.errors import ChaitimeError
from chaitime_audio.formats import Templates, render_all
from chaitime_audio.pipeline.run import RunOptions, open_episode, registry_for
from chaitime_audio.project.episode_folder import EpisodeFolder

FROZEN = Path(__file__).parents[1] / "tests" / "data" / "frozen"
CONFIGURATIONS = {"002-own-tracks": "with-writer.toml"}
"""By episode; the others are of ``chaitime.toml``."""


def refresh(path: Path) -> list[Path]:
    """Derive an episode's texts and return those that changed. Raises NotMadeError for a stale artifact."""
    folder = EpisodeFolder(path)
    registry = registry_for(
        folder, path.parents[1] / "config" / CONFIGURATIONS.get(path.name, "chaitime.toml")
    )
    with open_episode(folder, registry, RunOptions(only_kept=True, unworded=True)) as found:
        texts = render_all(found.episode, Templates(registry.templates), every=True)
    changed = []
    for name, text in texts.items():
        target = folder.out / name
        if target.is_file() and target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
            changed.append(target)
    return changed


def main() -> int:
    """Refresh every frozen episode; 1 when one is no longer read as kept."""
    for path in sorted(FROZEN.glob("*/episodes/*")):
        try:
            changed = refresh(path)
        except ChaitimeError as problem:
            print(f"{path}: {problem}", file=sys.stderr)
            return 1
        for target in changed:
            print(target.relative_to(FROZEN))
    return 0


if __name__ == "__main__":
    sys.exit(main())
