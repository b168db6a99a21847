"""The stages of an episode, one row each: console, status, time left, planning and the work itself read it.

A new stage is a row here, a function of the row's name in stages.py, and its line in produce.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..domain.sound import Aligned, Decoded, Master, Recording, SpeechActivity
from ..domain.speech import Diarization, Passages, Transcript
from ..domain.wording import Wording
from ..errors import UsageError
from ..project.serialization import nearest

MASTER_FILE, MIX_FILE = "master.mp3", "mix.flac"


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage: what it is called, what it weighs, who makes what, and where that is kept.

    ``title`` stands beside a progress bar, ``column`` over the table of ``chaitime status``; without
    one it has none there. ``weight`` is its usual part of an episode's CPU seconds with the base model
    (docs/benchmarks.md, what each stage costs). ``optional`` stages most episodes never have.
    ``made_by`` names the kind of engine, as the registry knows it, or our own module; ``makes`` what
    comes of it. A ``large`` artifact gets a file of its own, ``file_name`` is a file it leaves besides.
    """

    name: str
    title: str
    made_by: str
    makes: type[object]
    column: str = ""
    weight: float = 0.0
    optional: bool = False
    large: bool = False
    file_name: str = ""


STAGES: tuple[StageRow, ...] = (
    StageRow("aligned", "align the tracks", "audio.align", Aligned, optional=True, file_name=MIX_FILE),
    StageRow("recording", "look at the recording", "audio.probe", Recording, "file"),
    StageRow("decoded", "decode the sound", "audio.decode", Decoded, "sound", 0.02),
    StageRow("activity", "find speech", "activity", SpeechActivity, "speech", 0.10),
    StageRow("transcript", "transcribe", "asr", Transcript, "words", 0.50, large=True),
    StageRow("diarization", "tell voices apart", "diarization", Diarization, "voices", 0.23, large=True),
    StageRow("passages", "hear passages again", "asr", Passages, optional=True),
    StageRow("master", "master the MP3", "mastering", Master, "MP3", 0.15, file_name=MASTER_FILE),
    StageRow("notes", "word the notes", "notes", Wording, optional=True),
)
"""In the order in which they are made, as far as they wait for one another."""

STAGE_NAMES = tuple(row.name for row in STAGES)
ROWS: Mapping[str, StageRow] = {row.name: row for row in STAGES}


def check_stages(names: Iterable[str]) -> None:
    """Raise UsageError for the first name that is no stage."""
    unknown = sorted(set(names) - set(STAGE_NAMES))
    if unknown:
        known = ", ".join(STAGE_NAMES)
        raise UsageError(f"no stage “{unknown[0]}”{nearest(unknown[0], STAGE_NAMES)} (stages: {known})")
