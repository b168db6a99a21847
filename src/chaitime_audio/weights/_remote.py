"""Files from their publishers: Hugging Face (token and mirror by its own settings) and OpenAI."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ..errors import ModelUnavailableError, UsageError
from ._manifest import Source


def huggingface(source: Source, target: Path) -> None:
    """Fetch one file of a repository with huggingface_hub (``HF_TOKEN``, ``HF_ENDPOINT`` apply).

    Interrupted downloads resume there. Raises ModelUnavailableError with what to do.
    """
    shutil.copyfile(hub_file(source.repo, source.member), target)


def hub_file(repo: str, member: str) -> Path:
    """Return a file of a Hugging Face repository from its cache, fetched if need be."""
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, LocalEntryNotFoundError

    try:
        return Path(hf_hub_download(repo, member, endpoint=os.environ.get("HF_ENDPOINT")))
    except GatedRepoError as cause:
        raise ModelUnavailableError(
            f"{repo} is gated: accept its conditions on its page at Hugging Face, then set HF_TOKEN"
        ) from cause
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as cause:
        said = str(cause).splitlines()[0]
        raise ModelUnavailableError(f"Hugging Face did not give {repo}/{member}: {said}") from cause


def openai(source: Source, target: Path) -> None:
    """Fetch an official checkpoint with openai-whisper's own download, which checks its sum."""
    target.unlink(missing_ok=True)
    shutil.copyfile(official_checkpoint(source.repo, target.parent), target)


def official_names() -> tuple[str, ...]:
    """Names that openai-whisper downloads itself."""
    import whisper

    return tuple(whisper.available_models())


def official_checkpoint(name: str, folder: Path) -> Path:
    """Return an official checkpoint kept in ``folder``, fetched by openai-whisper if need be."""
    import whisper

    if name not in whisper._MODELS:
        raise UsageError(f"openai-whisper knows no model “{name}”")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return Path(whisper._download(whisper._MODELS[name], str(folder), False))
    except (OSError, RuntimeError) as cause:
        raise ModelUnavailableError(f"OpenAI's file for {name} could not be fetched: {cause}") from cause
