"""Recordings decoded and searched for speech once, for the benches of the recognisers alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from whisper.normalizers import EnglishTextNormalizer

from chaitime_audio.audio.decode import decode
from chaitime_audio.audio.probe import probe
from chaitime_audio.domain.sound import SpeechActivity
from chaitime_audio.recognition.activity.pyannote import Engine as Detector
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.workers.in_process import InProcess

from .recordings import Recording, dev_or_sample

plain = EnglishTextNormalizer()
bench = EngineContext(InProcess(), None, lambda _share: None)


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


def talks(audio: Path, folder: Path) -> list[Talk]:
    """Decode the dev recordings, or else the sample, into ``folder``, and find their speech."""
    found = []
    for recording in dev_or_sample(audio):
        paths, target = (recording.path,), folder / f"{recording.name}.s16"
        done = decode(probe(paths), paths, target, lambda _share: None)
        sound = Sound(target, done.sample_count, done.sha256)
        found.append(Talk(recording, sound, Detector().detect(sound, bench)))
    return found
