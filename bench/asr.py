"""``python -m bench.asr``: the recognisers alone. Prints a table of variants, then a sweep of window borders.

CPU seconds are those of this process, one thread, models loaded before. Speech activity is the
real one, found once. Recordings: the dev set where it is there, else the sample episode.
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # before numpy comes

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jiwer
from whisper.normalizers import EnglishTextNormalizer

from chaitime_audio.crew._in_process import InProcess
from chaitime_audio.engines.activity.pyannote import Engine as Detector
from chaitime_audio.engines.asr._windows import windows
from chaitime_audio.engines.asr.faster_whisper import Engine as Faster
from chaitime_audio.engines.asr.whisper import Engine as Whisper
from chaitime_audio.engines.decode import decode
from chaitime_audio.engines.probe import probe
from chaitime_audio.engines.sound import Sound, Workbench
from chaitime_audio.model.sound import SpeechActivity, span
from chaitime_audio.model.speech import Transcript

from .recordings import AUDIO, Recording, dev_or_sample

BORDERS, STRETCH_MS, NEAR_MS, EDGE_MS = 60, 45_000, 4_000, 1_500
plain = EnglishTextNormalizer()
bench = Workbench(InProcess(), None, lambda _share: None)


@dataclass(frozen=True, slots=True)
class Talk:
    """A recording, decoded, with its speech and its truth in plain words."""

    recording: Recording
    sound: Sound
    activity: SpeechActivity

    @property
    def text(self) -> str:
        """What was said, normalised."""
        return str(plain(" ".join(turn.text for turn in self.recording.truth.turns)))


def talks(folder: Path) -> list[Talk]:
    """Decode all recordings and find their speech."""
    found = []
    for recording in dev_or_sample(AUDIO):
        paths, target = (recording.path,), folder / f"{recording.name}.s16"
        done = decode(probe(paths), paths, target, lambda _share: None)
        sound = Sound(target, done.sample_count, done.sha256)
        found.append(Talk(recording, sound, Detector().detect(sound, bench)))
    return found


def variants() -> Iterator[tuple[str, Any, bool]]:
    """Name, engine, and whether each recording's names are told to it."""
    yield "whisper, shipped", Whisper(), False
    yield "whisper, names told", Whisper(), True
    yield "whisper, float32", Whisper(precision="fp32"), False
    if find_spec("ctranslate2"):
        yield "faster-whisper", Faster(), False
        yield "faster-whisper, names told", Faster(), True


def measure(said: list[Talk]) -> None:
    """Print word error rates and CPU seconds a second of sound, a line a variant."""
    names = [talk.recording.name for talk in said]
    print(
        f"{'WER in %':28}" + "".join(f"{name[:17]:>18}" for name in names) + "    pooled   CPU s/s  coverage"
    )
    for label, engine, told in variants():
        engine.transcribe(said[0].sound, SpeechActivity(said[0].activity.spans[:1]), bench)
        started, results = time.process_time(), []
        for talk in said:
            people = tuple(person for person in talk.recording.truth.speakers if told)
            results.append(replace(engine, vocabulary=people).transcribe(talk.sound, talk.activity, bench))
        spent = (time.process_time() - started) / sum(talk.sound.duration_ms / 1000 for talk in said)
        hits = [_errors(talk.text, result) for talk, result in zip(said, results, strict=True)]
        rates = "".join(f"{100 * wrong / words:18.2f}" for wrong, words in hits)
        pooled = 100 * sum(wrong for wrong, _ in hits) / sum(words for _, words in hits)
        covered = min(result.coverage for result in results)
        print(f"{label:28}{rates}{pooled:10.2f}{spent:10.4f}{covered:10.3f}", flush=True)


def _errors(text: str, result: Transcript) -> tuple[int, int]:
    found = jiwer.process_words(text, plain(" ".join(word.text for word in result.words)))
    wrong = found.substitutions + found.deletions + found.insertions
    return wrong, found.substitutions + found.deletions + found.hits


def sweep(talk: Talk, *, pauses: bool) -> None:
    """Move 45 s stretches over one talk in 60 steps; count words lost or doubled at their first border.

    Without ``pauses`` all of a stretch passes for running speech, so every border is a forced cut.
    """
    known = _timed(Whisper(language="en").transcribe(talk.sound, talk.activity, bench))
    found: dict[str, list[str]] = {"delete": [], "insert": [], "replace": []}
    borders = set()
    room = talk.sound.duration_ms - STRETCH_MS
    for start_ms in range(0, room // BORDERS * BORDERS, room // BORDERS):
        whole = span(start_ms, start_ms + STRETCH_MS)
        spoken = tuple(
            span(max(one.start_ms, whole.start_ms), min(one.end_ms, whole.end_ms))
            for one in talk.activity.spans
            if one.overlap_ms(whole)
        )
        stretch = SpeechActivity(spoken if pauses else (whole,))
        border = int(windows(talk.sound, stretch)[0].end_ms)
        borders.add(border)
        cut = _timed(Whisper(language="en").transcribe(talk.sound, stretch, bench))
        inside = [word for word in known if word[1] > start_ms + EDGE_MS]
        for kind, before, after in _edits(
            inside, [word for word in cut if word[1] > start_ms + EDGE_MS], border
        ):
            found[kind].append(f"{border / 1000:.1f} s: [{before}] → [{after}]")
    how = "pauses known" if pauses else "no pauses known"
    print(f"\n{talk.recording.name}, {how}: {BORDERS} stretches, {len(borders)} different borders")
    for kind, name in (
        ("delete", "lost"),
        ("insert", "doubled or invented"),
        ("replace", "heard differently"),
    ):
        print(f"  {name}: {len(found[kind])}", *sorted(set(found[kind])), sep="\n    ")


def _timed(result: Transcript) -> list[tuple[str, int]]:
    """Plain words with the middle of each."""
    return [
        (bare, int(word.span.middle_ms)) for word in result.words for bare in str(plain(word.text)).split()
    ]


def _edits(
    known: list[tuple[str, int]], cut: list[tuple[str, int]], border: int
) -> Iterator[tuple[str, str, str]]:
    """What differs within four seconds of a border."""
    before = [word for word in known if abs(word[1] - border) < 2 * NEAR_MS]
    after = [word for word in cut if abs(word[1] - border) < 2 * NEAR_MS]
    matcher = SequenceMatcher(None, [word for word, _ in before], [word for word, _ in after])
    for kind, a, b, c, d in matcher.get_opcodes():
        times = [at for _, at in (*before[a:b], *after[c:d])]
        if kind != "equal" and any(abs(at - border) < NEAR_MS for at in times):
            texts = (" ".join(word for word, _ in part) for part in (before[a:b], after[c:d]))
            yield (kind, *texts)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.asr", description=__doc__)
    parser.add_argument("--sweep", action="store_true", help="only the sweep of borders")
    parser.add_argument("--only", default="", help="recordings with this in their name")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        said = [talk for talk in talks(Path(place)) if given.only in talk.recording.name]
        if not given.sweep:
            measure(said)
        for pauses in (True, False):
            sweep(said[0], pauses=pauses)


if __name__ == "__main__":
    main()
