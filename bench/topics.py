"""``python -m bench.topics DIR``: where chapters begin, held against where people say topics do.

DIR holds meetings in QMSum's form (Zhong et al., NAACL 2021, https://github.com/Yale-LILY/QMSum: ``*.json``
with ``topic_list`` and ``meeting_transcripts``), which are read and never kept. Turns get times by their
words, and who speaks first leads. Printed are Pk (Beeferman, Berger & Lafferty 1999) and WindowDiff (Pevzner
& Hearst 2002), both 0 when right, and precision, recall and F1 of starts within ``NEAR`` turns.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chaitime_audio.domain.people import Cast, Person, Voice
from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Utterance, Word
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.structure.chapters import ChapterLimits, chapters
from chaitime_audio.editorial.structure.exchanges import pair

WORD_MS, PAUSE_MS = 400, 500
NEAR = 5
_MARKS = re.compile(r"\{\w+\}| (?=[,.?!])")


@dataclass(frozen=True, slots=True)
class Row:
    """One meeting: its turns, where topics and chapters start (by turn, the first at 0 left out)."""

    name: str
    turns: int
    topics: tuple[int, ...]
    chapters: tuple[int, ...]

    @property
    def pk(self) -> float:
        """How often two turns half a topic apart are wrongly told together or apart."""
        return self._wrong(lambda ours, theirs: (ours > 0) != (theirs > 0))

    @property
    def window_diff(self) -> float:
        """How often the number of starts in a window of half a topic is wrong."""
        return self._wrong(lambda ours, theirs: ours != theirs)

    @property
    def found(self) -> int:
        """How many topics have a chapter of their own within NEAR turns."""
        left = list(self.chapters)
        for topic in self.topics:
            close = [one for one in left if abs(one - topic) <= NEAR]
            if close:
                left.remove(min(close, key=lambda one: abs(one - topic)))
        return len(self.chapters) - len(left)

    def _wrong(self, differs: Callable[[int, int], bool]) -> float:
        width = max(2, round(self.turns / (len(self.topics) + 1) / 2))
        places = range(self.turns - width)
        count = sum(
            differs(_inside(self.chapters, at, width), _inside(self.topics, at, width)) for at in places
        )
        return count / max(1, len(places))


def _inside(starts: Sequence[int], at: int, width: int) -> int:
    return sum(at < start <= at + width for start in starts)


def measure(folder: Path, limits: ChapterLimits | None = None) -> Iterator[Row]:
    """Yield a row for each meeting of a folder."""
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        turns = [
            (one["speaker"], _MARKS.sub("", one["content"]).split()) for one in told["meeting_transcripts"]
        ]
        utterances, numbers = _utterances(turns)
        leader = next(name for name, words in turns if words)
        cast = Cast(
            tuple(
                Voice(name, Person(name, "host" if name == leader else "guest"), True, (), 0)
                for name in dict.fromkeys(one.label for one in utterances)
            )
        )
        post = pair(clean(utterances, "en"), cast, "en")
        found = chapters(post, utterances[-1].span.end_ms + PAUSE_MS, "en", limits)
        spans = [topic["relevant_text_span"][0] for topic in told["topic_list"]]
        starts = tuple(sorted({int(first) for first, _ in spans} - {0}))
        ours = tuple(max(n for at, n in numbers if at <= one.start_ms) for one in found[1:])
        yield Row(path.stem, len(turns), starts, ours)


def _utterances(
    turns: Sequence[tuple[str, list[str]]],
) -> tuple[tuple[Utterance, ...], list[tuple[int, int]]]:
    """Turns with words as utterances, and when each starts by its number."""
    out, numbers, now, count = [], [], 0, 0
    for number, (speaker, said) in enumerate(turns):
        if not said:
            continue
        times = [now + WORD_MS * at for at in range(len(said))]
        words = [
            Word(count + at, text, span(times[at], times[at] + WORD_MS), 1.0) for at, text in enumerate(said)
        ]
        numbers.append((now, number))
        out.append(Utterance(speaker, tuple(words)))
        now, count = times[-1] + WORD_MS + PAUSE_MS, count + len(said)
    return tuple(out), numbers


def main() -> None:
    """Print a table for a folder."""
    rows = list(measure(Path(sys.argv[1])))
    print("| meeting | turns | topics | chapters | Pk | WindowDiff | precision | recall | F1 |")
    print("|---|---|---|---|---|---|---|---|---|")
    for row in rows:
        starts = f"{row.turns} | {row.topics} | {row.chapters}"
        print(f"| {row.name} | {starts} | {row.pk:.2f} | {row.window_diff:.2f} | {_shares([row])} |")
    pk = sum(row.pk for row in rows) / len(rows)
    difference = sum(row.window_diff for row in rows) / len(rows)
    print(f"| **all** | | | | {pk:.2f} | {difference:.2f} | {_shares(rows)} |")


def _shares(rows: Sequence[Row]) -> str:
    found, ours, theirs = (
        sum(values)
        for values in (
            [r.found for r in rows],
            [len(r.chapters) for r in rows],
            [len(r.topics) for r in rows],
        )
    )
    precision, recall = found / max(1, ours), found / max(1, theirs)
    return f"{precision:.2f} | {recall:.2f} | {2 * precision * recall / max(1e-9, precision + recall):.2f}"


if __name__ == "__main__":
    main()
