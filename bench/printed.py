"""What is printed large, held against what people wrote down: quotes, claims, titles, chapters, summary.

Every recording with human words is made by the product once (``--episodes`` keeps it) and derived again.
A heard word is right when it is the written one after Whisper's normaliser; of printed lines the words
with weight are counted, names of the cast apart (they are one fact, printed in many places). A line made
of several sentences counts as each of them.
"""

from __future__ import annotations

import functools
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jiwer

from chaitime_audio.cli import run
from chaitime_audio.domain.episode import Episode, Sentence
from chaitime_audio.editorial.languages.reading import Reading, keys, reading_for
from chaitime_audio.editorial.notes.ranking import sentences_of
from chaitime_audio.pipeline.run import RunOptions, open_episode, registry_for
from chaitime_audio.project.episode_folder import EpisodeFolder

from .recordings import recordings
from .talk import MACHINE_WRITTEN, Spoken, normaliser, real

NOT = frozenset(
    "not no never none nobody nothing don't can't won't isn't doesn't didn't wasn't aren't".split()
)


@dataclass(frozen=True, slots=True)
class Row:
    """One recording: how well it was heard, how much is printed large, and what is wrong in that.

    ``headings`` are titles, chapters and the summary's own words, which have no place of their own: a word
    there is right when it was rightly heard anywhere in the talk.
    """

    name: str
    length_s: float
    wer: float
    quotes: int
    claims: int
    clips: int
    chapters: int
    words: int
    words_wrong: tuple[str, ...]
    sentences: int
    sentences_wrong: tuple[str, ...]
    heading_words: int
    headings_wrong: tuple[str, ...]
    names: int
    names_wrong: tuple[str, ...]


def measure(audio: Path, made: Path | None, only: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield a row per recording whose words a person wrote down: dev, real and talk.

    ``made`` has finished episodes by their recordings' names; what is not there is made, there or aside.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as aside:
        yield from _measured(audio, made or Path(aside), only)


def _measured(audio: Path, room: Path, only: tuple[str, ...]) -> Iterator[Row]:
    dev = (
        Spoken(item.name, item.kind, item.path, " ".join(turn.text for turn in item.truth.turns))
        for kind in ("dev", "real")
        for item in recordings(audio, kind)  # type: ignore[arg-type]
        if item.truth.has_text
    )
    for item in (*dev, *real(audio)):
        if item.name.startswith(MACHINE_WRITTEN) or (only and not any(part in item.name for part in only)):
            continue
        yield _row(item, _made(item, room))


def _made(item: Spoken, room: Path) -> Episode:
    folder = EpisodeFolder(room / item.name)
    if not (folder.path / "episode.json").is_file():
        code = run(["process", "-q", "--out", str(folder.path), str(item.path)])
        if code:
            raise SystemExit(code)
    with open_episode(folder, registry_for(folder), RunOptions(only_kept=True)) as found:
        return found.episode


@dataclass(frozen=True, slots=True)
class _Heard:
    """Which words of a talk were heard rightly (by id), and which written words were lost before a word."""

    right: dict[int, bool]
    texts: dict[int, str]
    lost: dict[int, list[str]]
    keys: frozenset[str]


def heard(item: Spoken, episode: Episode) -> tuple[_Heard, float]:
    """Align the words of an episode with those written; returns also the word error rate in percent."""
    words = [word for utterance in episode.spoken for word in utterance.words]
    said = [key for text in re.sub(r"[\[\]()]", " ", item.text).split() if (key := _bare(text))]
    given = [(word.id, key) for word in words if (key := _bare(word.text))]
    right = {word.id: True for word in words}
    lost: dict[int, list[str]] = {}
    errors = 0
    for first, stop, begin, end in _unequal(said, [key for _, key in given]):
        errors += _judged(said[first:stop], given[begin:end], item.language, right)
        if end < len(given):
            plain = set(_plain(" ".join(key for _, key in given[begin:end]), item.language).split())
            gone = _plain(" ".join(said[first:stop]), item.language).split()
            lost[given[end][0]] = [word for word in gone if word not in plain] if begin == end else []
    rightly = frozenset(key for word in words if right[word.id] for key in keys(word.text))
    texts = {word.id: word.text for word in words}
    return _Heard(right, texts, lost, rightly), 100 * errors / max(1, len(said))


def _bare(text: str) -> str:
    return " ".join(keys(text))


def _unequal(said: Sequence[str], given: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Stretches (of what was said, of what was heard) that differ, neighbouring ones joined."""
    joined = [text.replace(" ", "_") for text in said], [text.replace(" ", "_") for text in given]
    found: list[tuple[int, int, int, int]] = []
    for chunk in jiwer.process_words(" ".join(joined[0]), " ".join(joined[1])).alignments[0]:
        place = (chunk.ref_start_idx, chunk.ref_end_idx, chunk.hyp_start_idx, chunk.hyp_end_idx)
        if chunk.type == "equal":
            continue
        if found and found[-1][1] == place[0] and found[-1][3] == place[2]:
            found[-1] = (found[-1][0], place[1], found[-1][2], place[3])
        else:
            found.append(place)
    return found


def _judged(
    said: Sequence[str], given: Sequence[tuple[int, str]], language: str, right: dict[int, bool]
) -> int:
    """Mark what is wrong of a stretch that differs; returns the errors left after normalising."""
    ours = [(number, part) for number, key in given for part in _plain(key, language).split()]
    theirs, row = _plain(" ".join(said), language), " ".join(part for _, part in ours)
    if theirs == row or theirs == _plain(" ".join(key for _, key in given), language):
        return 0
    if not theirs or not row:
        right.update((number, False) for number, _ in ours)
        return max(len(theirs.split()), len(ours))
    found = jiwer.process_words(theirs, row)
    for chunk in found.alignments[0]:
        if chunk.type != "equal":
            right.update((ours[at][0], False) for at in range(chunk.hyp_start_idx, chunk.hyp_end_idx))
    return int(found.substitutions + found.deletions + found.insertions)


@functools.cache
def _plain(text: str, language: str) -> str:
    return str(normaliser(language)(text)).strip()


def _row(item: Spoken, episode: Episode) -> Row:
    talk, wer = heard(item, episode)
    data, notes = reading_for(item.language), episode.notes
    people = {key for voice in episode.cast.voices for key in keys(voice.person.name)}
    printed = list(_printed(episode))
    words = [
        (number, key)
        for sentence in printed
        for number in sentence.word_ids
        for key in keys(talk.texts[number])
        if key not in _weightless(data) and key not in people
    ]
    spoiled = [sentence.text for sentence in printed if _spoiled(sentence, talk, data)]
    headings = [
        key
        for line in (*(chapter.title for chapter in episode.chapters[1:]), *notes.titles, notes.summary)
        for key in keys(line)
        if key not in _weightless(data) and key not in people and key not in _OWN
    ]
    names = [key for voice in episode.cast.voices if voice.named for key in keys(voice.person.name)]
    said = frozenset(keys(item.text))
    return Row(
        name=item.name,
        length_s=episode.duration_ms / 1000,
        wer=wer,
        quotes=len(notes.quotes),
        claims=len(notes.claims),
        clips=len(notes.soundbites),
        chapters=len(episode.chapters),
        words=len(words),
        words_wrong=tuple(key for number, key in words if not talk.right[number]),
        sentences=len(printed),
        sentences_wrong=tuple(spoiled),
        heading_words=len(headings),
        headings_wrong=tuple(key for key in headings if key not in talk.keys and key not in said),
        names=len(names),
        names_wrong=tuple(key for key in names if key not in said),
    )


def _weightless(data: Reading) -> frozenset[str]:
    return data.light | data.verbs


_OWN = frozenset("talks talk guest host conversation turns words".split())


def _printed(episode: Episode) -> Iterator[Sentence]:
    """The sentences of quotes, claims and the summary's line, each as often as it is printed."""
    notes = episode.notes
    spoken = [
        sentence
        for item in episode.post
        for remark in item.remarks
        for paragraph in remark.paragraphs
        for sentence in sentences_of(paragraph)
    ]
    for quote in notes.quotes:
        yield from (one for one in spoken if set(one.word_ids) <= set(quote.word_ids))
    lines = [*notes.claims, *re.findall(r"“([^”]+)”", notes.summary)]
    for line in lines:
        found = [one for one in spoken if _same(one.text, line)]
        yield from found[:1]


def _same(sentence: str, line: str) -> bool:
    """Whether a line is a sentence, perhaps with a name before it, or less the small words it began with."""
    own, other = keys(sentence), keys(line)
    short, long = sorted((own, other), key=len)
    return bool(short) and long[-len(short) :] == short and len(long) - len(short) <= MOST_BEFORE


MOST_BEFORE = 4


def _spoiled(sentence: Sentence, talk: _Heard, data: Reading) -> bool:
    """Whether a word is wrong, or one that matters was lost inside."""
    wrong = any(not talk.right[number] for number in sentence.word_ids if keys(talk.texts[number]))
    lost = [key for number in sentence.word_ids[1:] for key in talk.lost.get(number, ())]
    return wrong or any(key in NOT or key not in _weightless(data) for key in lost)


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The rows as a Markdown table, a last line for all together."""
    yield "| recording | WER | quotes · claims · clips | words right | sentences right | headings | names |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows:
        shares = [
            _share(row.words, len(row.words_wrong)),
            _share(row.sentences, len(row.sentences_wrong)),
            _share(row.heading_words, len(row.headings_wrong)),
            _share(row.names, len(row.names_wrong)),
        ]
        counts = f"{row.quotes} · {row.claims} · {row.clips}"
        yield f"| {' | '.join((row.name, f'{row.wer:.1f}', counts, *shares))} |"
    cells = [
        _share(sum(getattr(row, whole) for row in rows), sum(len(getattr(row, wrong)) for row in rows))
        for whole, wrong in (
            ("words", "words_wrong"),
            ("sentences", "sentences_wrong"),
            ("heading_words", "headings_wrong"),
            ("names", "names_wrong"),
        )
    ]
    yield f"| **all** | | | **{cells[0]}** | **{cells[1]}** | {cells[2]} | {cells[3]} |"


def _share(count: int, wrong: int) -> str:
    return f"{count - wrong} of {count} ({100 * (count - wrong) / count:.1f} %)" if count else "–"
