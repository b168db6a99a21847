"""``python -m bench editing DIR``: how near cleaning comes to what human editors make of the same talk.

DIR holds ``verbatim/NAME.nlp`` (as said) and ``nonverbatim/NAME.nlp`` (as an editor left it), tables of
tokens divided by ``|`` with the columns token, speaker, punctuation and prepunctuation, as Rev publishes.

Both texts and ours pass Whisper's English normaliser; words are aligned by difflib. *Recall*: of the
verbatim words that the editor took, the share that we take. *Precision*: of the words that we take, the share
that the editor took. *Distance*: word edits from our text to the editor's, per word of his.
*Copies alike*: recall and precision where, of a word said twice, it does not matter which copy went; difflib
may pair the left one with either.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from whisper.normalizers import EnglishTextNormalizer

from chaitime_audio.domain.editing import CleanLevel
from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Utterance, Word
from chaitime_audio.editorial.cleaning.clean import Manner, cleaned_in
from chaitime_audio.editorial.cleaning.learned.model import LearnedEditor, learned_editor, read

WORD_MS = 300
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": " "} | dict.fromkeys("[]()<>{}", " "))


@dataclass(frozen=True, slots=True)
class Pair:
    """One talk as said, a run of one speaker an utterance, and the words an editor left of it."""

    name: str
    spoken: tuple[Utterance, ...]
    edited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Words taken by the editor, by us, by both; edits to his text before and after us; his words.

    ``alike``: the same where, of a word said twice, it does not matter which copy was taken.
    """

    theirs: int = 0
    ours: int = 0
    both: int = 0
    before: int = 0
    after: int = 0
    words: int = 0
    theirs_alike: int = 0
    ours_alike: int = 0
    both_alike: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def row(self, name: str) -> str:
        """A line of the table."""
        recall, precision = self.both / max(1, self.theirs), self.both / max(1, self.ours)
        distance = f"{self.before / self.words:.2%} → {self.after / self.words:.2%}"
        same = self.both_alike / max(1, self.theirs_alike), self.both_alike / max(1, self.ours_alike)
        alike = " · ".join(f"{share:.1%}" for share in same)
        return f"| {name} | {recall:.1%} | {precision:.1%} | {alike} | {distance} |"


def pairs(folder: Path) -> Iterator[Pair]:
    """Yield the talks of a folder that have both texts, by name."""
    for path in sorted((folder / "verbatim").glob("*.nlp"), key=lambda one: (len(one.stem), one.stem)):
        edited = folder / "nonverbatim" / path.name
        if edited.is_file():
            yield Pair(path.stem, _utterances(path), tuple(word for _, word in _tokens(edited)))


def _tokens(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each speaker and word with its punctuation."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = lines[0].split("|")
    for line in lines[1:]:
        row = dict(zip(head, line.split("|"), strict=False))
        yield row["speaker"], row.get("prepunctuation", "") + row["token"] + row.get("punctuation", "")


def _utterances(path: Path) -> tuple[Utterance, ...]:
    out: list[Utterance] = []
    for at, (speaker, text) in enumerate(_tokens(path)):
        word = Word(at, text, span(at * WORD_MS, (at + 1) * WORD_MS), 1.0)
        if out and out[-1].label == speaker:
            out[-1] = replace(out[-1], words=(*out[-1].words, word))
        else:
            out.append(Utterance(speaker, (word,)))
    return tuple(out)


@cache
def _normaliser() -> EnglishTextNormalizer:
    return EnglishTextNormalizer()


def normal(texts: Iterable[str]) -> list[str]:
    """The words of some texts as Whisper's normaliser has them; quotes straight, brackets opened."""
    return str(_normaliser()(" ".join(texts).translate(_STRAIGHT))).split()


def taken(before: Sequence[str], after: Sequence[str]) -> set[int]:
    """Places of the words that are not in a text any more."""
    gone = set(range(len(before)))
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        gone.difference_update(range(block.a, block.a + block.size))
    return gone


def counted(pair: Pair, manner: Manner) -> Counts:
    """Clean a talk and count."""
    cleaned = cleaned_in(pair.spoken, manner)
    said = normal(word.text for item in pair.spoken for word in item.words)
    theirs, ours = normal(pair.edited), normal(item.text for item in cleaned)
    gone, left_out = taken(said, theirs), taken(said, ours)
    return Counts(
        len(gone),
        len(left_out),
        len(gone & left_out),
        Levenshtein.distance(said, theirs),
        Levenshtein.distance(ours, theirs),
        len(theirs),
        *_alike(said, gone, left_out),
    )


def _alike(said: Sequence[str], gone: set[int], left_out: set[int]) -> tuple[int, int, int]:
    theirs, ours = first_copies(said, gone), first_copies(said, left_out)
    return len(theirs), len(ours), len(theirs & ours)


def first_copies(said: Sequence[str], gone: set[int]) -> set[int]:
    """Places of words that are gone, moved left as far as the words are the same: the first of two copies."""
    out = [at in gone for at in range(len(said))]
    at = 0
    while at < len(out):
        stop = at
        while stop < len(out) and out[stop]:
            stop += 1
        start, end = at, stop - 1
        while at < stop and start and not out[start - 1] and said[start - 1] == said[end]:
            out[start - 1], out[end] = True, False
            start, end = start - 1, end - 1
        at = max(stop, at + 1)
    return {at for at, here in enumerate(out) if here}


def table(folder: Path, level: CleanLevel = "clean", held_out: Path | None = None) -> Iterator[str]:
    """Yield the lines of the table; ``held_out`` has weights made without each talk, by its name."""
    yield f"| level {level} | recall | precision | copies alike: both | distance: verbatim → ours |"
    yield "|---|---|---|---|---|"
    total, seen_before = Counts(), []
    for pair in pairs(folder):
        editor = read(held_out / f"{pair.name}.json.gz") if held_out else learned_editor("en")
        if editor and pair.name in editor.trained_on and not held_out:
            seen_before.append(pair.name)
        found = counted(pair, _manner(level, editor))
        total += found
        yield found.row(pair.name)
    yield total.row("**all**")
    if held_out:
        yield "\nEach talk by weights that were made from the others."
    elif seen_before:
        yield f"\nThe weights were made from talks {', '.join(seen_before)}: judge by --held-out."


def _manner(level: CleanLevel, editor: LearnedEditor | None) -> Manner:
    return Manner("en", level, learned=editor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table for a folder of pairs."""
    parser = argparse.ArgumentParser(prog="python -m bench editing", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with verbatim/ and nonverbatim/")
    parser.add_argument("--level", choices=["verbatim", "clean", "edited"], default="clean")
    parser.add_argument(
        "--held-out",
        type=Path,
        help="weights by talk, made without it: python -m bench.train_editor --held-out",
    )
    given = parser.parse_args(arguments)
    if not (given.folder / "verbatim").is_dir():
        parser.error(f"{given.folder} has no verbatim/; see the head of bench/editing.py for what it needs")
    for line in table(given.folder, given.level, given.held_out):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
