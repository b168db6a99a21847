"""Steady noise turned down: hiss, fans, hum. Voices keep their sound, and every sample its place.

A short-time spectrum is weighted by how far each band stands above the noise of the recording (Wiener
gain with the decision-directed estimate of Ephraim and Malah, "Speech enhancement using a minimum
mean-square error short-time spectral amplitude estimator", IEEE Trans. ASSP 32(6), 1984). The noise is
what a band stays near in its quietest moments (after Martin, "Noise power spectral density estimation
based on optimal smoothing and minimum statistics", IEEE Trans. SAP 9(5), 2001), one spectrum for a whole
recording. Noise is not taken out but brought down by a fixed amount, so that no holes are heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ....project.settings import Denoise

SIZE, HOP = 2048, 512
BANDS = SIZE // 2 + 1
DEEPEST_DB = {"light": -8.0, "strong": -18.0}
"""How far noise is brought down at most."""
OVER = {"light": 1.2, "strong": 2.0}
"""How much more noise is assumed than was found, so that what flickers above it goes too."""
MEMORY = 0.96
QUIETEST_SHARE, SMOOTHED_FRAMES, BIAS = 0.10, 16, 1.7
"""The quietest tenth of 190 ms means lies this factor below the mean of steady noise."""
_LOWEST_DB, _LEVELS = -140, 160


class NoiseProfile:
    """Learns the noise of a recording block by block; its memory does not grow with length."""

    def __init__(self) -> None:
        self._frames = _Frames()
        self._counts = np.zeros((BANDS, _LEVELS), dtype=np.int64)
        self._rest: NDArray[np.float32] | None = None

    def add(self, block: NDArray[np.float32]) -> None:
        """Listen to a block, shape (frames, channels)."""
        for piece in self._frames.feed(block):
            powers = _powers(_spectra(piece))
            powers = powers[powers.max(axis=1) > 1e-12]  # zeros are no noise
            held = powers if self._rest is None else np.concatenate([self._rest, powers])
            whole = len(held) // SMOOTHED_FRAMES * SMOOTHED_FRAMES
            self._rest = held[whole:]
            if whole:
                self._count(held[:whole].reshape(-1, SMOOTHED_FRAMES, BANDS).mean(axis=1))

    def _count(self, means: NDArray[np.float32]) -> None:
        levels = np.clip(10 * np.log10(means + 1e-20) - _LOWEST_DB, 0, _LEVELS - 1).astype(np.int64)
        bands = np.broadcast_to(np.arange(BANDS), levels.shape)
        np.add.at(self._counts, (bands, levels), 1)

    def noise(self) -> NDArray[np.float32]:
        """Return the mean power of the noise in each band, shape (bands,); zeros when nothing was heard."""
        total = self._counts.sum(axis=1, keepdims=True)
        if not total.any():
            return np.zeros(BANDS, dtype=np.float32)
        reached = np.cumsum(self._counts, axis=1) >= QUIETEST_SHARE * total
        quiet_db = np.argmax(reached, axis=1) + 0.5 + _LOWEST_DB
        noise: NDArray[np.float32] = (BIAS * 10 ** (quiet_db / 10)).astype(np.float32)
        return noise


@dataclass(frozen=True, slots=True)
class Denoiser:
    """Turns the noise of a known spectrum down; ``strength`` is ``light`` or ``strong``."""

    noise: NDArray[np.float32]
    strength: Denoise

    def on(self, blocks: Iterable[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
        """Yield the sound, as many frames as came, all channels under the same gains.

        What comes out does not depend on how the sound was cut into blocks.
        """
        frames, state = _Frames(), _Gains(self.noise * OVER[self.strength], DEEPEST_DB[self.strength])
        came = gone = 0
        joined: _Overlap | None = None
        for block in blocks:
            joined = joined or _Overlap(block.shape[1])
            came += len(block)
            for piece in frames.feed(block):
                out = joined.add(_weighted(piece, state))
                gone += len(out)
                yield out
        for piece in frames.end() if joined else ():
            assert joined
            out = joined.add(_weighted(piece, state))[: came - gone]
            gone += len(out)
            yield out


class _Frames:
    """Cuts a stream into overlapping frames, shape (count, channels, SIZE); begins in silence."""

    def __init__(self) -> None:
        self._held: NDArray[np.float32] | None = None

    def feed(self, block: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
        """Yield the frames that are whole now."""
        if self._held is None:
            self._held = np.zeros((SIZE - HOP, block.shape[1]), dtype=np.float32)
        held = np.concatenate([self._held, block])
        count = max(0, (len(held) - SIZE) // HOP + 1)
        self._held = held[count * HOP :]
        if count:
            windows = np.lib.stride_tricks.sliding_window_view(held[: (count - 1) * HOP + SIZE], SIZE, axis=0)
            yield windows[::HOP]

    def end(self) -> Iterator[NDArray[np.float32]]:
        """Yield what is left, with silence behind it."""
        if self._held is not None:
            yield from self.feed(np.zeros((SIZE + HOP, self._held.shape[1]), dtype=np.float32))


class _Overlap:
    """Adds weighted frames where they overlap; the silence that `_Frames` put in front is left out."""

    def __init__(self, channels: int) -> None:
        self._tail = np.zeros((SIZE - HOP, channels), dtype=np.float32)
        self._skip = SIZE - HOP

    def add(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take frames, shape (count, channels, SIZE); return the frames of sound that are complete."""
        count = len(frames)
        whole = np.zeros(((count - 1) * HOP + SIZE, frames.shape[1]), dtype=np.float32)
        whole[: len(self._tail)] += self._tail
        parts = frames.transpose(0, 2, 1)
        for at in range(count):
            whole[at * HOP : at * HOP + SIZE] += parts[at]
        ready, self._tail = whole[: count * HOP], whole[count * HOP :]
        left_out = min(self._skip, len(ready))
        self._skip -= left_out
        return ready[left_out:]


class _Gains:
    """The gain of each band, frame after frame."""

    def __init__(self, noise: NDArray[np.float32], deepest_db: float) -> None:
        self._noise = np.maximum(noise, 1e-14).astype(np.float32)
        self._deepest = np.float32(10 ** (deepest_db / 20))
        self._clean = np.zeros(BANDS, dtype=np.float32)

    def of(self, powers: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return gains for frames, shape (count, bands), from their powers."""
        above = powers / self._noise
        gains = np.empty_like(above)
        for at, now in enumerate(above):
            prior = MEMORY * self._clean + (1 - MEMORY) * np.maximum(now - 1, 0)
            gain = prior / (1 + prior)
            self._clean = gain * gain * now
            gains[at] = gain
        return np.maximum(_spread(gains), self._deepest)


def _spread(gains: NDArray[np.float32]) -> NDArray[np.float32]:
    """Gains smoothed over three neighbouring bands: single bands that flicker sound like water."""
    padded = np.pad(gains, ((0, 0), (1, 1)), mode="edge")
    smoothed = (padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]) / 4
    return smoothed.astype(np.float32, copy=False)


def _weighted(frames: NDArray[np.float32], state: _Gains) -> NDArray[np.float32]:
    from scipy import fft

    spectra = _spectra(frames)
    gains = state.of(_powers(spectra))
    sound = fft.irfft(spectra * gains[:, None, :], SIZE, axis=2)
    weighted: NDArray[np.float32] = (sound * (_window() * (2 * HOP / SIZE))).astype(np.float32)
    return weighted


def _spectra(frames: NDArray[np.float32]) -> NDArray[np.complex64]:
    """Spectra of windowed frames, shape (count, channels, bands)."""
    from scipy import fft

    spectra: NDArray[np.complex64] = fft.rfft(frames * _window(), axis=2)
    return spectra


def _powers(spectra: NDArray[np.complex64]) -> NDArray[np.float32]:
    """Mean power over channels, shape (count, bands)."""
    powers: NDArray[np.float32] = (spectra.real**2 + spectra.imag**2).mean(axis=1)
    return powers


def _window() -> NDArray[np.float32]:
    """Root of a Hann window: its square, added at every hop, is constant."""
    places = np.arange(SIZE) + 0.5
    root: NDArray[np.float32] = np.sin(np.pi * places / SIZE).astype(np.float32)
    return root
