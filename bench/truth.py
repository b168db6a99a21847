"""What was really said, by whom, when: the truth beside a recording."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of the truth, in seconds. ``text`` is empty where only the speaker is known."""

    speaker: str
    start_s: float
    end_s: float
    text: str = ""

    def moved(self, by_s: float) -> Said:
        """The same turn at another time."""
        return Said(self.speaker, self.start_s + by_s, self.end_s + by_s, self.text)


@dataclass(frozen=True, slots=True)
class Truth:
    """All turns of one recording, by time."""

    turns: tuple[Said, ...]

    @property
    def speakers(self) -> tuple[str, ...]:
        """Speakers by first appearance."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns))

    @property
    def has_text(self) -> bool:
        """Whether the words are known, not only the speakers."""
        return any(turn.text for turn in self.turns)


def ordered(turns: list[Said]) -> Truth:
    """Put turns in order of time."""
    return Truth(tuple(sorted(turns, key=lambda turn: (turn.start_s, turn.end_s))))


def read_truth(recording: Path) -> Truth | None:
    """Read NAME.json, else NAME.rttm, beside a recording; None when there is neither."""
    written = recording.with_suffix(".json")
    if written.is_file():
        return from_json(written)
    labelled = recording.with_suffix(".rttm")
    return from_rttm(labelled) if labelled.is_file() else None


def from_json(path: Path) -> Truth:
    """Read turns with text: ``{"turns": [{"speaker", "start", "end", "text"}]}``, in seconds."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return ordered([Said(t["speaker"], t["start"], t["end"], t["text"]) for t in data["turns"]])


def from_rttm(path: Path) -> Truth:
    """Read turns without text from NIST RTTM."""
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    return ordered(
        [Said(f[7], float(f[3]), float(f[3]) + float(f[4])) for f in lines if f[:1] == ["SPEAKER"]]
    )
