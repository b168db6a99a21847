"""Files from their publishers: Hugging Face (token and mirror by its own settings) and OpenAI."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from ..errors import ModelUnavailableError, UsageError
from .manifest import ModelSource

_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ENOTDIR}
_SUM_LENGTH = 64


def huggingface(source: ModelSource, target: Path) -> None:
    """Fetch one file of a repository with huggingface_hub (``HF_TOKEN``, ``HF_ENDPOINT`` apply).

    Interrupted downloads resume there. Raises ModelUnavailableError with what to do.
    """
    shutil.copyfile(hub_file(source.repo, source.member), target)


def hub_file(repo: str, member: str) -> Path:
    """Return a file of a Hugging Face repository from its cache, fetched if need be."""
    from huggingface_hub import hf_hub_download

    with _hub_as_ours(repo, f"{repo}/{member}"):
        return Path(hf_hub_download(repo, member, endpoint=_endpoint()))


def hub_snapshot(repo: str) -> Path:
    """Return the folder of a whole repository from the hub's cache, fetched if it is not there.

    Each large file must have the sum under which the hub lists it. Raises ModelUnavailableError.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    with _hub_as_ours(repo, repo):
        try:
            found = Path(str(snapshot_download(repo, local_files_only=True)))
        except LocalEntryNotFoundError:
            found = Path(str(snapshot_download(repo, endpoint=_endpoint())))
    for item in found.rglob("*"):
        listed = item.resolve().name
        if item.is_file() and len(listed) == _SUM_LENGTH and _sum(item) != listed:
            raise ModelUnavailableError(
                f"{item} has a wrong checksum; delete {item.resolve()} and run again to fetch it afresh"
            )
    return found


@contextlib.contextmanager
def _hub_as_ours(repo: str, what: str) -> Iterator[None]:
    """Turn what huggingface_hub raises into one line with its remedy; trouble with the disk passes."""
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # its tries and retries end in our one line
    try:
        yield
    except GatedRepoError as cause:
        raise ModelUnavailableError(
            f"{repo} is gated: accept its conditions on its page at Hugging Face, then set HF_TOKEN"
        ) from cause
    except RepositoryNotFoundError as cause:  # the hub answers 401 for what a stranger may not see
        raise ModelUnavailableError(
            f"Hugging Face shows {repo} to nobody without a token that may see it: accept its conditions "
            "on its page, then set HF_TOKEN"
        ) from cause
    except Exception as cause:  # the client raises its own kinds, httpx's and OSError
        if isinstance(cause, OSError) and cause.errno in _DISK:
            raise
        said = (str(cause).splitlines() or [type(cause).__name__])[0]
        raise ModelUnavailableError(f"Hugging Face did not give {what}: {said}") from cause


def _endpoint() -> str | None:
    return os.environ.get("HF_ENDPOINT") or None


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        total = sha256()
        while block := file.read(1 << 20):
            total.update(block)
    return total.hexdigest()


def openai(source: ModelSource, target: Path) -> None:
    """Fetch an official checkpoint with openai-whisper's own download, which checks its sum."""
    folder = target.parent / "openai"
    try:
        shutil.move(official_checkpoint(source.repo, folder), target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def official_checkpoint(name: str, folder: Path) -> Path:
    """Return an official checkpoint fetched by openai-whisper into ``folder``.

    Raises ModelUnavailableError when it cannot be had or has a wrong sum.
    """
    import http.client
    import urllib.error

    import whisper

    if name not in whisper._MODELS:
        raise UsageError(f"openai-whisper knows no model “{name}”")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return Path(whisper._download(whisper._MODELS[name], str(folder), False))
    except (OSError, RuntimeError, TypeError, http.client.HTTPException) as cause:
        if (
            isinstance(cause, OSError)
            and cause.errno in _DISK
            and not isinstance(cause, urllib.error.URLError)
        ):
            raise
        raise ModelUnavailableError(f"OpenAI's file for {name} could not be fetched: {cause}") from cause
