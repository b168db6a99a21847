"""Whisper checkpoints by the name a person gives: ours, OpenAI's, or a path."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from ..errors import ModelUnavailableError, UsageError
from .fetch import pull
from .manifest import canonical, model, models, official_urls
from .store import WeightsFile, find, folder, is_kept
from .sums import remembered_sum


def resolve_whisper(name: str) -> WeightsFile:
    """Return a Whisper checkpoint: one of the manifest, an official name, or a path.

    An official one that is not kept is fetched by openai-whisper, as it does itself. Raises
    UsageError for an unknown name or path, ModelUnavailableError when the file is absent or wrong.
    """
    check_whisper(name)
    path = Path(name).expanduser()
    if _is_path(path):
        return _from_path(path)
    wanted = canonical(name)
    if wanted in models() or is_kept(wanted):
        return find(wanted)
    return pull(wanted)


def check_whisper(name: str) -> None:
    """Raise UsageError for what is no Whisper model: an unknown name or path. Nothing is fetched."""
    path = Path(name).expanduser()
    if _is_path(path):
        if not path.is_file():
            raise UsageError(f"there is no model file {path}")
    elif model(canonical(name)).kind != "whisper":
        raise UsageError(f"model {name} is for something else than speech recognition: try base or small")


def whisper_sha256(name: str) -> str:
    """Return the sum that names a checkpoint in receipts; one of the manifest need not be here for it.

    So an episode that is kept can be read where its model is not. Raises what `resolve_whisper` does.
    """
    try:
        return resolve_whisper(name).sha256
    except ModelUnavailableError:
        if canonical(name) in models() and not is_kept(name):
            return model(name).sha256
        raise


def whisper_names(name: str) -> tuple[str, ...]:
    """Return the name of the model file behind a Whisper model; none for a user's own checkpoint."""
    speech = canonical(name)
    return (speech,) if speech in models() or speech in official_urls() else ()


def load_whisper(checkpoint: Path, alignment: str, device: str) -> Any:
    """Load a checkpoint as openai-whisper knows it, its weights in float32.

    On a GPU the decoder is fed half precision; its weights are cast as they are used.

    Raises ModelUnavailableError when the file is no checkpoint.
    """
    import whisper

    try:
        model = whisper.load_model(str(checkpoint), device=device)
    except Exception as cause:  # torch raises many kinds for a spoilt file
        raise ModelUnavailableError(f"{checkpoint} cannot be loaded as a Whisper model: {cause}") from cause
    if alignment in whisper._ALIGNMENT_HEADS:
        model.set_alignment_heads(whisper._ALIGNMENT_HEADS[alignment])
    return model.eval()


def _is_path(path: Path) -> bool:
    return path.suffix == ".pt" or len(path.parts) > 1


def _from_path(path: Path) -> WeightsFile:
    """Sum a user's own checkpoint; the sum is remembered among our files, never beside theirs."""
    note = folder() / f".path.{sha256(str(path.resolve()).encode()).hexdigest()[:32]}.sum"
    stem = path.stem.removeprefix("whisper-")
    return WeightsFile(
        path.stem, path, remembered_sum(path, note), alignment=stem if stem in official_urls() else ""
    )
