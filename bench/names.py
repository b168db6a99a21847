"""Names: told to the recogniser as a prompt or not, and put right by the glossary afterwards or not.

Told are, for the dev recordings, the people's names, as from the settings; for real ones the names in the
reference: words with a capital inside sentences that stand nowhere in small letters and are no everyday
words. A said name counts as spelled right where it stands in the text at its place.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from chaitime_audio.domain.correction import Term
from chaitime_audio.domain.scoring import Said
from chaitime_audio.domain.speech import Transcript
from chaitime_audio.editorial.corrections.glossary import glossed
from chaitime_audio.editorial.languages.en.common_words import COMMON_WORDS
from chaitime_audio.editorial.scoring import score

from .talk import MACHINE_WRITTEN, Spoken, count_errors, decoded, normalised, real, recogniser, synthetic
from .talks import bench

MOST_TOLD = 12
WAYS = ("nothing", "glossary", "prompt", "prompt and glossary")


@dataclass(frozen=True, slots=True)
class Row:
    """One recording: words, errors by way, names said, those spelled right by way."""

    name: str
    kind: str
    words: int
    errors: dict[str, int]
    said: int
    right: dict[str, int]


def measure(audio: Path, names: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield a row per English recording in which names are said: real ones, dev, overlapped."""
    for item, told in english(audio, names):
        yield _row(item, told)


def english(audio: Path, names: tuple[str, ...]) -> Iterator[tuple[Spoken, tuple[str, ...]]]:
    """Yield the English recordings in which names are said, with those names."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        for item in (*real(audio), *synthetic(audio, Path(place))):
            wanted = not names or any(name in item.name for name in names)
            told = _told(item, audio)
            if wanted and told and item.language == "en" and not item.name.startswith(MACHINE_WRITTEN):
                yield item, told


def _told(item: Spoken, audio: Path) -> tuple[str, ...]:
    """The names of a recording."""
    if item.kind == "real":
        return names_in(item.said)
    written = audio / "dev" / f"{item.name.removesuffix(' overlapped')}.json"
    return people(written)


def people(written: Path) -> tuple[str, ...]:
    """The names of the people in a recording's truth."""
    return tuple(one["name"] for one in json.loads(written.read_text(encoding="utf-8"))["speakers"])


def names_in(text: str) -> tuple[str, ...]:
    """Names by their capitals: no everyday word, not at the start of a sentence, never in small letters."""
    small = set(re.findall(r"\b[a-z][a-z']+", text))
    found = [match[1] for match in re.finditer(r"(?<![.?!:…]) ([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*)", text)]
    kept = (name for name in found if not {*name.lower().split()} & (small | COMMON_WORDS))
    return tuple(dict.fromkeys(kept))[:MOST_TOLD]


def _row(item: Spoken, told: tuple[str, ...]) -> Row:
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        sound, activity = decoded(item.path, Path(place))
        engine = recogniser()
        plain: Transcript = engine.transcribe(sound, activity, bench)
        prompted: Transcript = replace(engine, vocabulary=told).transcribe(sound, activity, bench)
    texts = {
        way: _text(_glossed(heard, told) if "glossary" in way else heard)
        for way, heard in zip(WAYS, (plain, plain, prompted, prompted), strict=True)
    }
    parts = tuple(dict.fromkeys(part for name in told for part in name.split()))
    scores = {
        way: score([Said("", text)], [Said("", item.said)], parts, "spoken") for way, text in texts.items()
    }
    said = scores[WAYS[0]].names
    return Row(
        name=item.name,
        kind=item.kind,
        words=len(normalised(item.said, item.language)),
        errors={way: count_errors(item, text) for way, text in texts.items()},
        said=said,
        right={way: round((one.name_recall or 0.0) * said / 100) for way, one in scores.items()},
    )


def _glossed(heard: Transcript, told: tuple[str, ...]) -> Transcript:
    return glossed(heard, [Term(name) for name in told], ())[0]


def _text(heard: Transcript) -> str:
    return " ".join(word.text for word in heard.words)
