"""A WAV that was cut is told by its own header, and by nothing less than two sizes that agree."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from chaitime_audio.audio.wave_header import declared_s

pytestmark = pytest.mark.pure
FMT = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 16_000, 32_000, 2, 16)


def wav(
    path: Path, riff: int, data: int, *, sound: int, between: bytes = b"", magic: bytes = b"RIFF"
) -> Path:
    """A header that says ``riff`` and ``data`` bytes, in front of so many bytes of sound."""
    head = magic + struct.pack("<I", riff) + b"WAVE" + between + FMT + b"data" + struct.pack("<I", data)
    path.write_bytes(head + bytes(sound))
    return path


def test_cut_in_half(tmp_path: Path) -> None:
    """Ten seconds declared and five there: ten, whatever chunks stand between."""
    extra = b"bext" + struct.pack("<I", 603) + bytes(604)
    for between in (b"", extra):
        path = wav(tmp_path / "a.wav", 36 + 320_000 + len(between), 320_000, sound=160_000, between=between)
        assert declared_s(path) == 10


def test_a_long_file_that_was_cut(tmp_path: Path) -> None:
    """RF64 keeps its sizes in a chunk of their own."""
    sizes = b"ds64" + struct.pack("<IQQQI", 28, 72 + 320_000, 320_000, 160_000, 0)
    path = wav(tmp_path / "a.wav", 2**32 - 1, 2**32 - 1, sound=160_000, between=sizes, magic=b"RF64")
    assert declared_s(path) == 10


@pytest.mark.parametrize(
    ("riff", "data"),
    [
        (36 + 320_000, 320_000),
        (0, 0),
        (2**32 - 1, 2**32 - 1),
        (0x7FFFFFFF, 0x7FFFFFFF),
        (36, 640_000),
        (400_000, 640_000),
        (999_999, 0),
    ],
)
def test_whole_or_not_known(tmp_path: Path, riff: int, data: int) -> None:
    """A whole file, sizes that were never filled in, and sizes that disagree tell nothing."""
    assert declared_s(wav(tmp_path / "a.wav", riff, data, sound=320_000)) == 0


@pytest.mark.parametrize("length", range(0, 44, 6))
def test_no_header_is_too_short(tmp_path: Path, length: int) -> None:
    """Wherever a header ends, nothing is raised."""
    path = wav(tmp_path / "a.wav", 36 + 320_000, 320_000, sound=10)
    path.write_bytes(path.read_bytes()[:length])
    assert declared_s(path) == 0
    assert declared_s(tmp_path / "nowhere.wav") == 0
