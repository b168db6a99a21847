"""One episode on the desk: as it was last derived, and the sound to listen to.

Threads of the server call it at the same time; a lock of its own holds each step together.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from ..errors import ChaitimeError
from ..pipeline.listening import listening_copy, wave_header
from ..pipeline.run import OpenEpisode, RunOptions, open_episode, registry_for
from ..project import episode_file
from ..project.episode_folder import EpisodeFolder
from .document import document

KEPT = RunOptions(only_kept=True, force=True)


class Desk:
    """An episode that is open in the studio. Making one derives it once, from what is kept.

    Raises NotMadeError for one that was not made yet, and ConfigError for what a person wrote wrongly.
    """

    def __init__(self, folder: EpisodeFolder, config: Path | None, sounds: Path) -> None:
        self.folder = folder
        self._config, self._lock = config, threading.Lock()
        self.sound = sounds / f"{folder.slug}.wav"
        self.sound_failure, self.sound_ready = "", False
        self._length_ms = 0
        self._open = self._derive()

    @property
    def stamp(self) -> str:
        """Stands for what people had written when the episode was last derived."""
        return self._open.read

    def document(self) -> dict[str, Any]:
        """Return the episode for the page, derived anew when somebody wrote meanwhile."""
        with self._lock:
            if self._open.edited_since:
                self._open = self._derive()
            made = self._open
        words = (word.span.end_ms for item in made.episode.spoken for word in item.words)
        length_ms = self._length_ms or max(words, default=0)
        return {"slug": made.episode.slug, "seen": made.read, **document(made.episode, length_ms)}

    def is_stale(self) -> bool:
        """Whether somebody has written since the episode was last derived."""
        return episode_file.stamp(self.folder) != self._open.read

    def make_sound(self) -> None:
        """Write the listening copy; a failure is kept for the page to say."""
        raw = self.sound.with_suffix(".s16")
        try:
            registry = self._open.registry
            made = listening_copy(self.folder, registry, raw, lambda _share: None)
            with self.sound.open("wb") as writer, raw.open("rb") as reader:
                writer.write(wave_header(made.sample_count, made.sample_rate_hz))
                while block := reader.read(1 << 20):
                    writer.write(block)
            self._length_ms, self.sound_ready = made.duration_ms, True
        except (ChaitimeError, OSError) as problem:
            self.sound_failure = str(problem)
            self.sound.unlink(missing_ok=True)
        finally:
            raw.unlink(missing_ok=True)

    def _derive(self) -> OpenEpisode:
        registry = registry_for(self.folder, self._config)
        with open_episode(self.folder, registry, KEPT) as made:
            return made
