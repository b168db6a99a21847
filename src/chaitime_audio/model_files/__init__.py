"""Which model files, from where, under which checksum and licence; fetch, verify, find.

Rule: a pinned sum first, then tensors only (``weights_only=True``); anything else is refused.
A new model is an entry in ``manifest.toml``; a new kind of home is a branch in ``fetch``.
"""

from __future__ import annotations

from .fetch import OnPull, arrived, homes, pull, pull_each
from .manifest import Model, canonical, defaults, model, models, official_urls
from .official import compare_official
from .remote import hub_file, hub_snapshot
from .store import WeightsFile, find, folder, here, is_kept, own_file
from .whisper import check_whisper, load_whisper, resolve_whisper, whisper_names, whisper_sha256

__all__ = [
    "Model",
    "OnPull",
    "WeightsFile",
    "arrived",
    "canonical",
    "check_whisper",
    "compare_official",
    "defaults",
    "find",
    "folder",
    "here",
    "homes",
    "hub_file",
    "hub_snapshot",
    "is_kept",
    "load_whisper",
    "model",
    "models",
    "official_urls",
    "own_file",
    "pull",
    "pull_each",
    "resolve_whisper",
    "whisper_names",
    "whisper_sha256",
]
