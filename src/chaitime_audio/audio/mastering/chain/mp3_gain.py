"""Single moments of a finished MP3 turned down, without encoding it again.

An encoder moves peaks a little, and one in thousands ends above the limit. Every granule of an MP3
(13 ms) has a field for its gain in steps of 1.5 dB (ISO/IEC 11172-3, 2.4.2.7, ``global_gain``), and
neighbours fade into each other by the overlap of their windows. So such a moment is turned down in
place: all other frames keep their bytes, and hours of sound need no second encoding.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .meter import STEP_MS
from .pcm import SAMPLE_RATE_HZ

STEP_DB = 20 * math.log10(2) / 4
MOST_STEPS = 3
"""What stands further above the limit is better limited before it is encoded."""
MOST_MOMENTS = 1000
GRANULE = 576
_KBPS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_FILTER_DELAY, _DECODER_DELAY = 240, 529
_DELAY_AT, _CRC_AT, _TAG_CRC_AT, _HEADER_BYTES = 141, 152, 154, 156
"""Where the LAME header has the encoder's delay and its two checksums, counted from ``Info``."""
_CRC_BITS, _CRC_POLYNOMIAL = 16, 0xA001
Turns = dict[int, dict[int, int]]
"""By frame and granule (0, 1): how many steps down."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A frame of MPEG-1 Layer III without a checksum of its own: where it lies, and how long it is."""

    start: int
    size: int
    mono: bool

    @property
    def side(self) -> slice:
        """Where its side information lies."""
        return slice(self.start + 4, self.start + 4 + (17 if self.mono else 32))

    def gains(self, granule: int) -> list[int]:
        """How many bits of the side information follow behind the gains of a granule, one per channel."""
        channels, first = (1, 18) if self.mono else (2, 20)
        bits = 8 * (self.side.stop - self.side.start)
        return [bits - 8 - first - 59 * (granule * channels + one) - 21 for one in range(channels)]


def lower_mp3_gain(mp3: Path, peaks: Mapping[int, float], limit: float) -> bool:
    """Turn down the moments with true peaks above a limit (both linear, by 10 ms), as far as they need.

    Returns False, and leaves the file as it is, when they are many or far too high, or when the
    file does not begin with a LAME header.
    """
    steps = {at: math.ceil(20 * math.log10(peak / limit) / STEP_DB) for at, peak in peaks.items()}
    if not 0 < len(steps) <= MOST_MOMENTS or max(steps.values()) > MOST_STEPS:
        return False
    with mp3.open("r+b") as file:
        info = _frame(file, 0)
        header = _read(file, info.side.stop, _HEADER_BYTES) if info else b""
        if info is None or header[:4] not in (b"Info", b"Xing"):
            return False
        delay = header[_DELAY_AT] << 4 | header[_DELAY_AT + 1] >> 4
        changes = _changes(file, info, _wanted(steps, delay + _DECODER_DELAY))
        for at, _, now in changes:
            _write(file, at, now)
        _sign(file, info, header, changes)
    return True


def _wanted(steps: Mapping[int, int], delay: int) -> Turns:
    """Which granules are heard in some 10 ms of sound: two or three for each."""
    wanted: Turns = {}
    width = SAMPLE_RATE_HZ * STEP_MS // 1000
    for at, count in steps.items():
        begin = at * width + delay - _FILTER_DELAY
        for granule in range(max(0, begin // GRANULE - 1), (begin + width) // GRANULE + 1):
            own = wanted.setdefault(granule // 2, {})
            own[granule % 2] = max(count, own.get(granule % 2, 0))
    return wanted


def _changes(file: BinaryIO, info: _Frame, wanted: Turns) -> list[tuple[int, bytes, bytes]]:
    """Side information to write anew: where, as it was, as it is to be."""
    changes = []
    for number, frame in enumerate(_frames(file, info.start + info.size)):
        if number in wanted:
            was = _read(file, frame.side.start, frame.side.stop - frame.side.start)
            bits = int.from_bytes(was)
            for granule, count in wanted[number].items():
                for shift in frame.gains(granule):
                    bits -= min(count, bits >> shift & 0xFF) << shift
            changes.append((frame.side.start, was, bits.to_bytes(len(was))))
        if number >= max(wanted):
            break
    return changes


def _frames(file: BinaryIO, start: int) -> Iterator[_Frame]:
    """Frames one behind the other, up to the end or to something else."""
    while frame := _frame(file, start):
        yield frame
        start += frame.size


def _frame(file: BinaryIO, start: int) -> _Frame | None:
    """The frame that begins at a place, if one does."""
    header = _read(file, start, 4)
    if len(header) < 4 or header[:2] != b"\xff\xfb" or header[2] >> 4 == 15 or header[2] >> 2 & 3:
        return None
    size = 144_000 * _KBPS[header[2] >> 4] // SAMPLE_RATE_HZ + (header[2] >> 1 & 1)
    return _Frame(start, size, mono=header[3] >> 6 == 3) if size > 1 else None


def _sign(file: BinaryIO, info: _Frame, header: bytes, changes: list[tuple[int, bytes, bytes]]) -> None:
    """Put the checksums of the LAME header right: that of the music, then its own."""
    crc, end = int.from_bytes(header[_CRC_AT:_TAG_CRC_AT]), file.seek(0, 2)
    for start, was, now in changes:
        difference = bytes(old ^ new for old, new in zip(was, now, strict=True))
        crc ^= _advanced(_checksum(difference), end - start - len(difference))
    _write(file, info.side.stop + _CRC_AT, crc.to_bytes(2))
    own = _checksum(_read(file, 0, info.side.stop + _TAG_CRC_AT))
    _write(file, info.side.stop + _TAG_CRC_AT, own.to_bytes(2))


def _checksum(data: bytes, crc: int = 0) -> int:
    """CRC-16 as the LAME header has it."""
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (_CRC_POLYNOMIAL if crc & 1 else 0)
    return crc


def _advanced(crc: int, zeros: int) -> int:
    """A checksum after so many zero bytes more: doubled steps, since checksums are linear."""
    step = [_checksum(b"\0", 1 << bit) for bit in range(_CRC_BITS)]
    while zeros:
        if zeros & 1:
            crc = _through(step, crc)
        step = [_through(step, column) for column in step]
        zeros >>= 1
    return crc


def _through(step: list[int], crc: int) -> int:
    out = 0
    for bit, column in enumerate(step):
        if crc >> bit & 1:
            out ^= column
    return out


def _read(file: BinaryIO, at: int, count: int) -> bytes:
    file.seek(at)
    return file.read(count)


def _write(file: BinaryIO, at: int, data: bytes) -> None:
    file.seek(at)
    file.write(data)
