"""A show's terms in the openai-whisper engine: not told, told as a prompt, lifted while decoding.

Names and how they are counted are those of `names`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from chaitime_audio.domain.scoring import Said
from chaitime_audio.editorial.scoring import score
from chaitime_audio.recognition.asr.whisper import Engine

from .names import english
from .talk import Spoken, count_errors, decoded, normalised
from .talks import bench

LIFTS = (2.0, 4.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One recording: words, errors by way, names said, those spelled right by way."""

    name: str
    kind: str
    words: int
    errors: dict[str, int]
    said: int
    right: dict[str, int]


def measure(audio: Path, model: str, names: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield a row per English recording in which names are said, with one model in float32."""
    for item, told in english(audio, names):
        yield _row(item, told, Engine(model=model))


def _row(item: Spoken, told: tuple[str, ...], engine: Engine) -> Row:
    ways = {"nothing": engine, "prompt": replace(engine, vocabulary=told)}
    ways |= {f"lift {by:g}": replace(engine, vocabulary=told, lift=by) for by in LIFTS}
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        sound, activity = decoded(item.path, Path(place))
        heard = {way: one.transcribe(sound, activity, bench) for way, one in ways.items()}
    texts = {way: " ".join(word.text for word in one.words) for way, one in heard.items()}
    parts = tuple(dict.fromkeys(part for name in told for part in name.split()))
    scores = {
        way: score([Said("", text)], [Said("", item.said)], parts, "spoken") for way, text in texts.items()
    }
    said = scores["nothing"].names
    return Row(
        name=item.name,
        kind=item.kind,
        words=len(normalised(item.said, item.language)),
        errors={way: count_errors(item, text) for way, text in texts.items()},
        said=said,
        right={way: round((one.name_recall or 0.0) * said / 100) for way, one in scores.items()},
    )
