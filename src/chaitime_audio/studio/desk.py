"""One episode on the desk: as it was last derived, and the sound to listen to.

Threads of the server call it at the same time; a lock of its own holds each step together.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..domain.correction import Correction
from ..editorial.corrections.matching import with_said
from ..errors import ChaitimeError, UsageError
from ..pipeline.listening import listening_copy, wave_header
from ..pipeline.renaming import wishes
from ..pipeline.run import OpenEpisode, RunOptions, open_episode, registry_for
from ..project import decisions
from ..project.decisions import Decided, Seen
from ..project.episode_file import read_brief
from ..project.episode_folder import EpisodeFolder
from ..project.glossary_file import learn
from ..project.journal import Journal, read_journal
from ..project.renaming import applied
from ..project.serialization import from_plain
from .around import Around, around, local
from .document import document
from .loudness import Loudness

KEPT = RunOptions(only_kept=True, unworded=True, unmastered=True, force=True)
AUTHOR = "studio"
MOST_AT_ONCE, MOST_LOOKS = 500, 16


class Desk:
    """An episode that is open in the studio. Making one derives it once, from what is kept.

    Raises NotMadeError for one that was not made yet, and ConfigError for what a person wrote wrongly.
    """

    def __init__(self, folder: EpisodeFolder, config: Path | None, sounds: Path) -> None:
        self.folder = folder
        self._config, self._lock = config, threading.Lock()
        self.sound = sounds / f"{folder.slug}.wav"
        self.sound_failure, self.sound_ready = "", False
        self.levels: list[int] = []
        self._length_ms = 0
        self._deriving = threading.Lock()
        self._around: Around | None = None
        self._since = 0
        self._looks: dict[str, Seen] = {}
        self._look(decisions.look(folder))
        self._open = self._derive()
        self._last: tuple[OpenEpisode, dict[str, Any]] | None = None
        self._shown(self._open)

    def document(self) -> dict[str, Any]:
        """Return the episode for the page, derived anew when somebody wrote meanwhile.

        Corrections can be made while it is derived; what is then told is older than they are.
        """
        made = self.opened()
        words = (word.span.end_ms for item in made.episode.spoken for word in item.words)
        length_ms = self._length_ms or max(words, default=0)
        told = {
            "slug": made.episode.slug,
            "seen": made.read,
            "history": _history(read_journal(self.folder.path)),
        }
        return {**told, **self._shown(made), "length_ms": length_ms}

    def _shown(self, made: OpenEpisode) -> dict[str, Any]:
        """The episode for the page, put together once for each derivation."""
        if self._last is None or self._last[0] is not made:
            self._last = made, document(made.episode, 0)
        return self._last[1]

    def opened(self) -> OpenEpisode:
        """Return the episode, derived anew when somebody wrote meanwhile."""
        with self._deriving:
            if self._open.edited_since:
                since = self._since
                seen, made = decisions.look(self.folder), self._derive()
                with self._lock:
                    self._open = made
                    self._look(seen)
                threading.Thread(target=self.prepare, args=(since,), daemon=True, name="turns").start()
            return self._open

    def decide(self, operations: list[dict[str, Any]], seen: str) -> dict[str, Any]:
        """Add corrections as the page sends them; returns what then is seen. Nothing is derived for it.

        Raises UsageError for what is no correction, ConflictError when somebody else wrote meanwhile.
        """
        if not isinstance(operations, list) or not 0 < len(operations) <= MOST_AT_ONCE:
            raise UsageError(f"a change has 1 to {MOST_AT_ONCE} corrections")
        given = [from_plain(Correction, _plain(item), "the change") for item in operations]
        with self._lock:
            heard = self._open.episode.recorded
            told = with_said(given, heard.transcript.words if heard else ())
            decided = decisions.decide(self.folder, told, AUTHOR, self._as_seen(seen))
            learnt = learn(self._open.registry.folder, given)
            answer = {**self._after(decided), "notes": [*decided.declined, *learnt]}
        return {**answer, "turns": self._turns(given)}

    def _turns(self, given: Collection[Correction] | None) -> list[list[Any]] | None:
        """The turns whose words were corrected, as they now are; None where all is to be derived."""
        times, known = None if given is None else local(given), self._around
        if times is None:
            self._since, self._around = self._since + 1, None
        if times is None or known is None:
            return None
        brief = read_brief(self.folder)
        found = [known.turn(at, brief) for at in times]
        return None if None in found else [turn for turn in found if turn is not None]

    def prepare(self, since: int = 0) -> None:
        """Make ready to derive turns alone, unless more than words changed ``since``."""
        made = self._open
        if made.episode.recorded and since == self._since:
            ready = around(made.episode, made.episode.recorded, made.registry.settings.text.clean)
            if since == self._since:
                self._around = ready

    def turn(self, what: str, seen: str) -> dict[str, Any]:
        """Undo or redo the last change. Raises as `decide` does."""
        turned = decisions.undo if what == "undo" else decisions.redo
        return self._taken_back(lambda: turned(self.folder, AUTHOR, self._as_seen(seen)))

    def revert(self, ids: list[str], seen: str) -> dict[str, Any]:
        """Take corrections back, whatever came after them. Raises as `decide` does."""
        if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
            raise UsageError("what is taken back is told by a list of ids")
        return self._taken_back(lambda: decisions.revert(self.folder, ids, AUTHOR, self._as_seen(seen)))

    def _taken_back(self, change: Callable[[], Decided]) -> dict[str, Any]:
        """Change what was decided before; with the turns that it was about, where it was about words."""
        with self._lock:
            before = read_brief(self.folder)
            answer = self._after(change())
            now = read_brief(self.folder)
        changed = set(before.corrections) ^ set(now.corrections)
        same = replace(before, corrections=()) == replace(now, corrections=())
        return {**answer, "turns": self._turns(changed) if same else self._turns(None)}

    def rename(self, label: str, name: str, role: str, seen: str) -> dict[str, Any]:
        """Say whose a voice is, in ``episode.toml``. Raises UsageError for what cannot be meant."""
        with self._lock:
            wanted = wishes(self._open.episode, {label: name}, {label: role})
            said = f"{label} is {name}, {role}"
            change = decisions.rewrite(
                self.folder, lambda text: applied(text, wanted), said, AUTHOR, self._as_seen(seen)
            )
            self._turns(None)
            return self._after(change)

    def _as_seen(self, stamp: str) -> Seen:
        """What the page had seen: one of our last looks, or an older one, known by its stamp alone."""
        return self._looks.get(stamp) or Seen({}, stamp)

    def _look(self, seen: Seen) -> None:
        """Remember what was seen, to tell what somebody else wrote since."""
        self._looks.pop(seen.stamp, None)
        self._looks[seen.stamp] = seen
        for stamp in list(self._looks)[:-MOST_LOOKS]:
            del self._looks[stamp]

    def _after(self, decided: Decided) -> dict[str, Any]:
        self._look(decided.seen)
        told = {"seen": decided.seen.stamp, "history": _history(decided.journal)}
        return {**told, "ids": list(decided.entry.ids)}

    def make_ready(self) -> None:
        """Make the sound to listen to, then what turns are derived from."""
        self.make_sound()
        self.prepare()

    def make_sound(self) -> None:
        """Write the listening copy; a failure is kept for the page to say."""
        raw = self.sound.with_suffix(".s16")
        try:
            registry = self._open.registry
            made = listening_copy(self.folder, registry, raw, lambda _share: None)
            with self.sound.open("wb") as writer, raw.open("rb") as reader:
                writer.write(wave_header(made.sample_count, made.sample_rate_hz))
                loudness = Loudness(made.sample_count)
                while block := reader.read(1 << 20):
                    writer.write(block)
                    loudness.add(block)
            self.levels = loudness.levels()
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


def _history(journal: Journal) -> dict[str, bool]:
    """Whether there is something to undo, and to do again."""
    return {"undo": bool(journal.done), "redo": bool(journal.undone)}


def _plain(item: Any) -> dict[str, Any]:
    """A correction as the page sends it; who decides, and under which id, is not the page's to say."""
    if not isinstance(item, dict):
        raise UsageError("a change is a list of corrections")
    return {name: value for name, value in item.items() if name not in ("id", "author")}
