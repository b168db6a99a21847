"""Overlapped versions of recordings: people who cut in, and listening noises laid over speech.

The turns are cut out of the recording by the truth's times, each with the pause behind it, and
laid on a new timeline: some begin 0.3 to 1.0 s before the one before has ended, backchannels
sound in the middle of it. Seeded by the recording's name, so always the same; the truth is exact.
"""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from .recordings import Pcm, Recording, read_pcm, write_wav
from .truth import Said, ordered

RATE_HZ = 24_000
EARLIEST_S, LATEST_S = 0.3, 1.0
SHARE_MOVED = 0.6
BACKCHANNEL_S, BACKCHANNEL_WORDS = 1.0, 2
EACH_LAID = 3
FADE_S = 0.01


def overlapped(original: Recording, folder: Path) -> Recording:
    """Write an overlapped version as WAV into ``folder`` and return it with its truth."""
    pcm = read_pcm(original.path, RATE_HZ)
    turns = list(original.truth.turns)
    laid, where = _placed(turns, len(pcm) / RATE_HZ, random.Random(original.name))
    mixed = np.zeros(round(max(end for _, _, end in where) * RATE_HZ) + RATE_HZ, dtype=np.float32)
    mixed[: round(turns[0].start_s * RATE_HZ)] = pcm[: round(turns[0].start_s * RATE_HZ)]
    for source_s, target_s, end_s in where:
        _lay(mixed, pcm, (source_s, target_s, end_s - target_s))
    sound: Pcm = np.clip(np.rint(mixed), -32768, 32767).astype(np.int16)
    path = write_wav(folder / f"{original.name}-overlapped.wav", sound, RATE_HZ)
    return Recording(f"{original.name} overlapped", "overlapped", path, ordered(laid))


Piece = tuple[float, float, float]
"""Start in the recording, start and end in the overlapped version, in seconds."""


def _placed(turns: list[Said], length_s: float, dice: random.Random) -> tuple[list[Said], list[Piece]]:
    """The truth on the new timeline and the pieces of sound that make it."""
    laid, pieces = list[Said](), list[Piece]()
    noises = [turn for turn in turns if _backchannel(turn)]
    spoken = [turn for turn in turns if not _backchannel(turn)]
    after = dict(pairwise(turns))
    at = turns[0].start_s
    for index, turn in enumerate(spoken):
        until_s = after[turn].start_s if turn in after else length_s
        laid.append(turn.moved(at - turn.start_s))
        pieces.append((turn.start_s, at, at + until_s - turn.start_s))
        following = spoken[index + 1] if index + 1 < len(spoken) else None
        at += _step(turn, following, until_s, dice)
    for noise in noises * EACH_LAID:
        host = dice.choice([t for t in laid if t.speaker != noise.speaker and t.end_s - t.start_s > 4])
        start_s = dice.uniform(host.start_s + 1, host.end_s - 1.5)
        laid.append(noise.moved(start_s - noise.start_s))
        pieces.append((noise.start_s, start_s, start_s + noise.end_s - noise.start_s))
    return laid, pieces


def _step(turn: Said, following: Said | None, until_s: float, dice: random.Random) -> float:
    """Seconds from the start of a turn to the start of the next one."""
    length_s = turn.end_s - turn.start_s
    moved = dice.random() < SHARE_MOVED
    by_s = dice.uniform(EARLIEST_S, LATEST_S)
    if following is None or following.speaker == turn.speaker or not moved:
        return until_s - turn.start_s
    return length_s - min(by_s, length_s / 3, (following.end_s - following.start_s) / 3)


def _backchannel(turn: Said) -> bool:
    short = turn.end_s - turn.start_s <= BACKCHANNEL_S
    return short and len(turn.text.split()) <= BACKCHANNEL_WORDS and "?" not in turn.text


def _lay(mixed: np.ndarray[tuple[int], np.dtype[np.float32]], pcm: Pcm, piece: Piece) -> None:
    """Add a piece of the recording, faded at both ends."""
    source_s, target_s, length_s = piece
    first, at = round(source_s * RATE_HZ), round(target_s * RATE_HZ)
    cut = pcm[first : first + round(length_s * RATE_HZ)].astype(np.float32)
    ramp = np.linspace(0, 1, min(round(FADE_S * RATE_HZ), len(cut) // 2), dtype=np.float32)
    if len(ramp):
        cut[: len(ramp)] *= ramp
        cut[-len(ramp) :] *= ramp[::-1]
    mixed[at : at + len(cut)] += cut[: len(mixed) - at]


def shortened(recording: Recording, seconds: float, folder: Path) -> Recording:
    """The beginning of a recording, for quick runs: whole turns only."""
    kept = [turn for turn in recording.truth.turns if turn.end_s <= seconds]
    pcm = read_pcm(recording.path, RATE_HZ)[: round((kept[-1].end_s + FADE_S) * RATE_HZ)]
    path = write_wav(folder / f"{recording.path.stem}-short.wav", pcm, RATE_HZ)
    return replace(recording, path=path, truth=ordered(kept))
