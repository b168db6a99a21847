"""Transcribe one file with faster-whisper, batched, int8, greedy, with word times; prints one JSON line.

Run by the bench as a process of its own: FILE MODEL_FOLDER THREADS.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    sound, folder, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=threads)
    segments, _ = BatchedInferencePipeline(model).transcribe(
        sound, batch_size=8, beam_size=1, word_timestamps=True
    )
    words = [word.word for segment in segments for word in segment.words or ()]
    print(json.dumps({"text": "".join(words)}))


if __name__ == "__main__":
    main()
