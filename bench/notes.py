"""``python -m bench.notes``: chapters and notes of every dev recording held against its truth.

Each recording is made once by the product itself (kept in ``--made``, so that a second run costs
nothing), and once more from the truth's own words.
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # before numpy comes

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path

from whisper.normalizers import EnglishTextNormalizer

from chaitime_audio.cli import run
from chaitime_audio.domain.episode import Episode, Exchange
from chaitime_audio.domain.people import Cast, Person, Voice
from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Utterance, Word
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.notes.annotate import annotate
from chaitime_audio.editorial.notes.tags import chapter_marks
from chaitime_audio.editorial.structure.chapters import chapters
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.pipeline.run import open_episode, registry_for
from chaitime_audio.project.episode_folder import EpisodeFolder

from . import results
from .recordings import AUDIO, Recording, dev_or_sample

LONGEST_TITLE, FEWEST_CHAPTERS = 40, 3
SHORTEST_MS = {"apple": 1, "youtube": 10_000, "spotify": 30_000}
plain = EnglishTextNormalizer()


@dataclass(frozen=True, slots=True)
class Row:
    """One recording, heard by the product or read from its truth. Counts of what is wrong; 0 is right."""

    name: str
    chapters: int
    invalid_for: tuple[str, ...]
    furthest_from_question_s: float
    longest_title: int
    titles_cut_mid_word: int
    quotes: int
    quotes_not_verbatim: int
    addresses: int
    addresses_not_said: int
    numbers: int
    numbers_not_said: int
    titles_offered: int
    clips: int


def measure(audio: Path, room: Path) -> Iterator[Row]:
    """Yield two rows per recording with text: what was heard, and what was said."""
    for recording in dev_or_sample(audio):
        folder = room / recording.name.replace(" ", "-")
        if not (folder / "episode.json").is_file():
            code = run(["process", "-q", "--out", str(folder), str(recording.path)])
            if code:
                raise SystemExit(code)
        opened = EpisodeFolder(folder)
        with opened.run_lock(), open_episode(opened, registry_for(opened)) as found:
            yield _row(recording, found.episode, "heard")
            yield _row(recording, _from_truth(recording, found.episode), "truth")


def _from_truth(recording: Recording, episode: Episode) -> Episode:
    """The episode as it would be if every word and every voice had been heard right."""
    labels = {name: f"S{at}" for at, name in enumerate(recording.truth.speakers, start=1)}
    number, spoken = 0, []
    for turn in recording.truth.turns:
        said = turn.text.split()
        step = (turn.end_s - turn.start_s) * 1000 / max(1, len(said))
        start_ms = turn.start_s * 1000
        words = tuple(
            Word(number + at, text, span(round(start_ms + at * step), round(start_ms + (at + 1) * step)), 1.0)
            for at, text in enumerate(said)
        )
        number += len(said)
        spoken.append(Utterance(labels[turn.speaker], words))
    names = iter(episode.cast.guests)
    hosts = iter(episode.cast.hosts)
    people = [
        Person(next(hosts, name), "host") if name == "host" else Person(next(names, name), "guest")
        for name in labels
    ]
    voices = (Voice(label, who, True, (), 0) for label, who in zip(labels.values(), people, strict=True))
    cast, utterances = Cast(tuple(voices)), tuple(spoken)
    post = pair(clean(utterances, "en"), cast, "en")
    marks = chapters(post, episode.duration_ms, "en", timeline=episode.timeline)
    notes = annotate(post, cast, marks, episode.brief, "en")
    return replace(episode, cast=cast, spoken=utterances, post=post, chapters=marks, notes=notes)


def _row(recording: Recording, episode: Episode, text: str) -> Row:
    notes, said = episode.notes, " ".join(turn.text for turn in recording.truth.turns)
    printed = " ".join((notes.summary, *notes.claims, *(quote.text for quote in notes.quotes), *notes.titles))
    printed += " " + " ".join(chapter.title for chapter in episode.chapters)
    numbers = re.findall(r"\d+", str(plain(printed)))
    spoken_numbers = set(re.findall(r"\d+", str(plain(said))))
    addresses = [link.url for link in notes.links]
    return Row(
        name=f"{recording.name}, {text}",
        chapters=len(episode.chapters),
        invalid_for=tuple(name for name in SHORTEST_MS if not _valid(episode, name)),
        furthest_from_question_s=round(_furthest_s(recording, episode), 2),
        longest_title=max((len(chapter.title) for chapter in episode.chapters), default=0),
        titles_cut_mid_word=_cut(episode),
        quotes=len(notes.quotes),
        quotes_not_verbatim=sum(not _stands(quote.text, episode.post) for quote in notes.quotes),
        addresses=len(addresses),
        addresses_not_said=sum(not _address_said(address, said) for address in addresses),
        numbers=len(numbers),
        numbers_not_said=sum(number not in spoken_numbers for number in numbers),
        titles_offered=len(notes.titles),
        clips=len(notes.soundbites),
    )


def _valid(episode: Episode, platform: str) -> bool:
    """The platform's rules: from 0, three or more, ascending, far enough apart, in the published file."""
    starts = [mark.start_ms for mark in chapter_marks(episode)]
    apart = all(later - before >= SHORTEST_MS[platform] for before, later in pairwise(starts))
    return len(starts) >= FEWEST_CHAPTERS and starts[0] == 0 and starts[-1] < episode.duration_ms and apart


def _furthest_s(recording: Recording, episode: Episode) -> float:
    """How far the furthest chapter but the first starts from a turn of the host's that asks."""
    host = recording.truth.turns[0].speaker
    asked = [turn.start_s for turn in recording.truth.turns if turn.speaker == host and "?" in turn.text]
    starts = [chapter.start_ms / 1000 for chapter in episode.chapters[1:]]
    return max((min(abs(start - at) for at in asked) for start in starts), default=0.0)


def _cut(episode: Episode) -> int:
    """Titles with a word that stands in no question."""
    asked = {word for item in episode.post if item.question for word in _words(item.question.text)}
    return sum(not _words(chapter.title) <= asked for chapter in episode.chapters[1:])


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w'’]+", text.casefold()))


def _stands(quote: str, post: tuple[Exchange, ...]) -> bool:
    """Whether a quote stands in one remark of the post, letter for letter."""
    remarks = (" ".join(remark.text.split()) for item in post for remark in item.answers)
    return any(quote in text for text in remarks)


def _address_said(url: str, said: str) -> bool:
    """Whether an address was said, in signs or in words ("example dot org")."""
    bare = re.sub(r"^https?://(?:www\.)?", "", url.casefold()).rstrip("/")
    low = re.sub(
        r"\s*\b(dot|slash)\b\s*", lambda found: {"dot": ".", "slash": "/"}[found[1]], said.casefold()
    )
    return bare in low


def main() -> int:
    """Measure, keep the figures in bench/results/notes.json, and print them."""
    parser = argparse.ArgumentParser(prog="python -m bench.notes", description=__doc__)
    parser.add_argument("--audio", type=Path, default=AUDIO, help="folder with dev/ recordings")
    parser.add_argument("--made", type=Path, help="folder to keep the episodes in")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        rows = list(measure(given.audio, given.made or Path(place)))
    results.keep("notes", rows)
    for row in rows:
        print(asdict(row))
    return 0


if __name__ == "__main__":
    sys.exit(main())
