"""``python -m bench.cleaning``: what cleaning does to scripts that were heard without a mistake.

Every recording's true words go through the same steps as recognised ones, up to the post. How
much was kept is counted by a yardstick that is not ours: Whisper's normaliser, which brings
numbers, money and contractions to one form and drops hesitations.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from whisper.normalizers import EnglishTextNormalizer

from chaitime_audio.domain.editing import Cleaned
from chaitime_audio.domain.episode import Exchange, Remark
from chaitime_audio.domain.people import Cast, Person, Voice
from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Utterance, Word
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.structure.exchanges import pair

from . import results
from .recordings import AUDIO, Recording, dev_or_sample

FILLER = re.compile(r"\b(?:u+m+|u+h+|erm?|h+m+|mm+|mm-hmm|uh-huh|mhm)\b(?!-)", re.IGNORECASE)
EMPTY = re.compile(r"(?:^|(?<=[,.?!—]))\s*(?:you know|i mean|like|sort of|kind of),", re.IGNORECASE)
SHORTEST = 15
BACKCHANNEL_WORDS = 2
plain = EnglishTextNormalizer()


@dataclass(frozen=True, slots=True)
class Row:
    """One script. ``kept`` is the share of its words that stand in the post.

    Not asked for are hesitations, listening noises, and phrases set off by commas that mean
    nothing (", you know,").
    """

    name: str
    words: int
    fillers_said: int
    fillers_left: int
    kept: float
    backchannels_said: int
    backchannels_left: int
    turns: int
    labels_twice: int
    longest_paragraph: int
    paragraphs_too_short: int
    lists: int
    edits: dict[str, int]


def measure(audio: Path) -> Iterator[Row]:
    """Yield a row for each recording whose words are known."""
    for recording in dev_or_sample(audio):
        if recording.truth.has_text:
            yield row(recording)


def row(recording: Recording) -> Row:
    """Clean, pair and count one script."""
    spoken, cast = heard(recording)
    cleaned = clean(spoken, "en")
    post = pair(cleaned, cast, "en")
    remarks = [remark for exchange in post for remark in exchange.remarks]
    printed = " ".join(remark.text for remark in remarks)
    noises = [at for at in range(1, len(spoken) - 1) if _backchannel(spoken, at)]
    told = [item for at, item in enumerate(spoken) if at not in noises]
    said = _counted(" ".join(EMPTY.sub("", item.text) for item in told))
    counts = [len(item.text.split()) for remark in remarks for item in remark.paragraphs]
    kept_ids = {number for item in cleaned for piece in item.pieces for number in piece.word_ids}
    return Row(
        name=recording.name,
        words=sum(len(item.words) for item in spoken),
        fillers_said=len(FILLER.findall(" ".join(item.text for item in spoken))),
        fillers_left=len(FILLER.findall(printed)),
        kept=(said & _counted(printed)).total() / max(1, said.total()),
        backchannels_said=len(noises),
        backchannels_left=sum(spoken[at].words[0].id in kept_ids for at in noises),
        turns=len(remarks),
        labels_twice=sum(cast.name(a.label) == cast.name(b.label) for a, b in pairwise(remarks)),
        longest_paragraph=max(counts),
        paragraphs_too_short=sum(map(_too_short, remarks)),
        lists=_lists(post),
        edits=_edits(cleaned),
    )


def heard(recording: Recording) -> tuple[tuple[Utterance, ...], Cast]:
    """The script as if it had been recognised: a word's time goes by its place in the turn."""
    labels = {name: f"S{at}" for at, name in enumerate(recording.truth.speakers, start=1)}
    number, spoken = 0, []
    for turn in recording.truth.turns:
        said = turn.text.split()
        begin, step = turn.start_s * 1000, (turn.end_s - turn.start_s) * 1000 / max(1, len(said))
        times = [span(round(begin + at * step), round(begin + (at + 1) * step)) for at in range(len(said))]
        words = (Word(number + at, text, times[at], 1.0) for at, text in enumerate(said))
        spoken.append(Utterance(labels[turn.speaker], tuple(words)))
        number += len(said)
    people = {name: Person(name, "host" if name == "host" else "guest") for name in labels}
    voices = (Voice(label, people[name], True, (), 0) for name, label in labels.items())
    return tuple(spoken), Cast(tuple(voices))


def _counted(text: str) -> Counter[str]:
    return Counter(str(plain(text.replace("’", "'"))).split())


def _backchannel(spoken: tuple[Utterance, ...], at: int) -> bool:
    """A word or two laid into somebody's turn, which goes on behind it, and that answer no question."""
    before, item, after = spoken[at - 1 : at + 2]
    inside = before.label == after.label != item.label
    return inside and len(item.words) <= BACKCHANNEL_WORDS and "?" not in before.text[-2:] + item.text


def _too_short(remark: Remark) -> int:
    few = [item for item in remark.paragraphs if len(item.text.split()) < SHORTEST]
    return len(few) if len(remark.paragraphs) > 1 else 0


def _lists(post: tuple[Exchange, ...]) -> int:
    found = (item for exchange in post for remark in exchange.remarks for item in remark.paragraphs)
    return sum(bool(item.items) for item in found)


def _edits(cleaned: tuple[Cleaned, ...]) -> dict[str, int]:
    return dict(Counter(edit.rule for item in cleaned for edit in item.edits).most_common())


def main() -> None:
    """Measure and keep ``results/cleaning.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--audio", type=Path, default=AUDIO, help="Folder with dev/.")
    results.keep("cleaning", measure(parser.parse_args().audio))


if __name__ == "__main__":
    main()
