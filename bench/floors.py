"""The least work each stage could do: CPU seconds per second of sound at 100 GFLOP/s and 20 GB/s.

Whisper base, batch 8: 11.6 TFLOP of encoder and 13,500 tokens an hour. Segmentation of 10 s
windows every 2.5 s: 3.8 TFLOP an hour. CAM++ on windows of 1.5 s every 0.75 s: 7.7 TFLOP an hour.
"""

from __future__ import annotations

FLOORS = {"activity": 38 / 3600, "transcript": 157 / 3600, "diarization": 77 / 3600}


def multiple(stage: str, cpu_share: float) -> str:
    """How many times its floor a stage costs, as text; nothing where there is no floor."""
    return f"{cpu_share / FLOORS[stage]:.1f}×" if stage in FLOORS else ""
