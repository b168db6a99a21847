"""Transcribe one file with one of our engines and its speech activity; prints one JSON line.

Run by the bench as a process of its own: FILE WORKERS [ENGINE].
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path


def main() -> None:
    from chaitime_audio.audio.decode import decode
    from chaitime_audio.audio.probe import probe
    from chaitime_audio.project.discovery import load_module
    from chaitime_audio.project.episode_folder import FolderStore
    from chaitime_audio.recognition.activity.pyannote import Engine as Detector
    from chaitime_audio.recognition.context import EngineContext, Sound
    from chaitime_audio.workers.in_process import InProcess
    from chaitime_audio.workers.local import LocalPool

    recording, workers = Path(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as room:
        pool = LocalPool(workers) if workers > 1 else InProcess()
        context = EngineContext(pool, FolderStore(Path(room) / "batches"), lambda _share: None)
        target = Path(room) / "decoded"
        made = decode(probe((recording,), "single"), (recording,), target, lambda _share: None)
        sound = Sound(target, made.sample_count, made.sha256)
        engine = load_module("chaitime_audio.recognition.asr", (*sys.argv, "faster-whisper")[3]).Engine()
        searching = replace(context, finding=engine.ahead(sound, context))
        transcript = engine.transcribe(sound, Detector().detect(sound, searching), context)
        pool.close()
    print(json.dumps({"text": " ".join(word.text for word in transcript.words)}))


if __name__ == "__main__":
    main()
