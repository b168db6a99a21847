"""Transcribe one file with WhisperX: its voice activity and its recogniser, no alignment, no speakers.

Run by the bench in an environment of its own: FILE MODEL_FOLDER THREADS. Prints one JSON line.
Two mends for current libraries, neither of which touches what is measured: the torchaudio of
package indexes may not fit a CPU build of torch, and the bundled voice activity model is a pickle
of its own time.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import sys
import warnings
from pathlib import Path
from typing import Any


def _tolerant_torchaudio() -> None:
    """Count a native extension that cannot be loaded as missing."""
    room = Path(__file__).resolve().parent.parent / "src/chaitime_audio/recognition/diarization/steps"
    spec = importlib.util.spec_from_file_location("_guard", room / "torchaudio_guard.py")
    assert spec is not None
    assert spec.loader is not None
    guard = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(guard)
    guard.guard()


def _old_pickles() -> None:
    """Load the model that lies in WhisperX's own wheel as its time did."""
    import torch

    plain = torch.load

    def load(*args: Any, **options: Any) -> Any:
        return plain(*args, **{**options, "weights_only": False})

    torch.load = load


def main() -> None:
    warnings.simplefilter("ignore")
    sound, folder, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    _tolerant_torchaudio()
    _old_pickles()
    import torch

    torch.set_num_threads(threads)
    with contextlib.redirect_stdout(sys.stderr):
        import whisperx  # type: ignore[import-not-found]

        options = {"beam_size": 1, "best_of": 1}
        model = whisperx.load_model(
            folder, "cpu", compute_type="int8", threads=threads, vad_method="pyannote", asr_options=options
        )
        found = model.transcribe(whisperx.load_audio(sound), batch_size=8)
    text = " ".join(segment["text"].strip() for segment in found["segments"])
    print(json.dumps({"text": text}))


if __name__ == "__main__":
    main()
