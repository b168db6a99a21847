"""From fused CTranslate2 layers and training checkpoints to plain tensors, never trusting the file."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chaitime_audio import model_files
from chaitime_audio.errors import ModelUnavailableError
from chaitime_audio.model_files import ctranslate2_layout, lightning
from chaitime_audio.model_files.ctranslate2_layout import LayoutError

pytestmark = pytest.mark.models

WIDTH, LAYERS, WORDS = 64, 2, 31


@pytest.fixture(scope="module")
def whisper_state() -> dict[str, Any]:
    """The tensors of a very small Whisper, in half precision, as openai-whisper names them.

    All are filled: Whisper leaves some as whatever was in memory, and what is no number equals nothing.
    """
    import torch
    from whisper.model import ModelDimensions, Whisper

    torch.manual_seed(1)
    sizes = ModelDimensions(80, 10, WIDTH, 1, LAYERS, WORDS, 8, WIDTH, 1, LAYERS)
    state = Whisper(sizes).state_dict()
    return {name: torch.randn(tensor.shape).half() for name, tensor in state.items()}


def fused(state: dict[str, Any]) -> dict[str, Any]:
    """The same model as CTranslate2 lays it out: projections stacked, other names."""
    import torch

    def linear(*parts: str) -> dict[str, Any]:
        weight = torch.cat([state[f"{part}.weight"] for part in parts])
        bias = torch.cat([state.get(f"{part}.bias", torch.zeros(WIDTH).half()) for part in parts])
        return {"weight": weight, "bias": bias}

    def norm(part: str) -> dict[str, Any]:
        return {"gamma": state[f"{part}.weight"], "beta": state[f"{part}.bias"]}

    layers: dict[str, dict[str, Any]] = {
        "encoder/conv1": linear("encoder.conv1"),
        "encoder/conv2": linear("encoder.conv2"),
        "encoder/layer_norm": norm("encoder.ln_post"),
        "decoder/layer_norm": norm("decoder.ln"),
        "encoder/position_encodings": {"encodings": state["encoder.positional_embedding"]},
        "decoder/position_encodings": {"encodings": state["decoder.positional_embedding"]},
        "decoder/embeddings": {"weight": state["decoder.token_embedding.weight"]},
        "encoder": {"num_heads": torch.tensor(1, dtype=torch.int16)},
    }
    for side in ("encoder", "decoder"):
        for number in range(LAYERS):
            ours, theirs = f"{side}.blocks.{number}", f"{side}/layer_{number}"
            kinds = [("attn", "self_attention")] + [("cross_attn", "attention")] * (side == "decoder")
            for attention, place in kinds:
                query, key, value, out = (f"{ours}.{attention}.{p}" for p in ("query", "key", "value", "out"))
                stacks = ((query, key, value), (out,))
                if place == "attention":
                    stacks = ((query,), (key, value), (out,))  # type: ignore[assignment]
                for index, parts in enumerate(stacks):
                    layers[f"{theirs}/{place}/linear_{index}"] = linear(*parts)
                layers[f"{theirs}/{place}/layer_norm"] = norm(f"{ours}.{attention}_ln")
            layers[f"{theirs}/ffn/layer_norm"] = norm(f"{ours}.mlp_ln")
            layers[f"{theirs}/ffn/linear_0"] = linear(f"{ours}.mlp.0")
            layers[f"{theirs}/ffn/linear_1"] = linear(f"{ours}.mlp.2")
    return {f"{layer}/{leaf}": tensor for layer, leaves in layers.items() for leaf, tensor in leaves.items()}


def packed(variables: dict[str, Any]) -> bytes:
    """A ``model.bin`` with these variables."""
    import torch

    def text(name: str) -> bytes:
        return struct.pack("<H", len(name) + 1) + name.encode() + b"\0"

    kinds = {torch.float16: 4, torch.int16: 2}
    out = struct.pack("<I", 6) + text("WhisperSpec") + struct.pack("<II", 3, len(variables))
    for name, tensor in variables.items():
        data = tensor.numpy().tobytes()
        shape = struct.pack(f"<B{tensor.dim()}I", tensor.dim(), *tensor.shape)
        out += text(name) + shape + struct.pack("<BI", kinds[tensor.dtype], len(data)) + data
    alias = text("decoder/projection/weight") + text("decoder/embeddings/weight")
    return out + struct.pack("<I", 1) + alias


def test_fused_projections_come_apart_exactly(tmp_path: Path, whisper_state: dict[str, Any]) -> None:
    """Every tensor comes back bit for bit, the sizes from the shapes, and strict loading passes."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    (tmp_path / "model.bin").write_bytes(packed(fused(whisper_state)))
    made = ctranslate2_layout.checkpoint(tmp_path / "model.bin")
    assert made["model_state_dict"].keys() == whisper_state.keys()
    assert all(torch.equal(made["model_state_dict"][name], whisper_state[name]) for name in whisper_state)
    Whisper(ModelDimensions(**made["dims"])).load_state_dict(made["model_state_dict"], strict=True)


def test_a_biased_key_is_refused(tmp_path: Path, whisper_state: dict[str, Any]) -> None:
    """Whisper's key has no bias; a file that has one is another model."""
    variables = fused(whisper_state)
    variables["encoder/layer_0/self_attention/linear_0/bias"][WIDTH + 3] = 0.5
    (tmp_path / "model.bin").write_bytes(packed(variables))
    with pytest.raises(LayoutError, match="key has a bias"):
        ctranslate2_layout.checkpoint(tmp_path / "model.bin")


def test_any_cut_or_addition_is_noticed(tmp_path: Path, whisper_state: dict[str, Any]) -> None:
    """A file cut anywhere, or with anything behind its end, is refused in our own words."""
    data = packed(fused(whisper_state))
    path = tmp_path / "model.bin"
    for length in (0, 3, 5, 9, 20, 40, len(data) // 2, len(data) - 60, len(data) - 1):
        path.write_bytes(data[:length])
        with pytest.raises(LayoutError):
            ctranslate2_layout.checkpoint(path)
    path.write_bytes(data + b"\0")
    with pytest.raises(LayoutError, match="left over"):
        ctranslate2_layout.checkpoint(path)


@pytest.mark.parametrize(
    "header",
    [
        struct.pack("<IH", 6, 65535),
        struct.pack("<IH12s", 6, 12, b"OtherSpec\0\0\0"),
        struct.pack("<IH12sII", 6, 12, b"WhisperSpec\0", 3, 4_000_000_000),
        struct.pack("<IH12sIIH2sB", 6, 12, b"WhisperSpec\0", 3, 1, 2, b"a\0", 255),
        struct.pack("<IH12sIIH2sBIBI", 6, 12, b"WhisperSpec\0", 3, 1, 2, b"a\0", 1, 9, 4, 4_000_000_000),
        struct.pack("<IH12sIIH2sBIBI2s", 6, 12, b"WhisperSpec\0", 3, 1, 2, b"a\0", 1, 9, 99, 2, b"xx"),
        struct.pack("<IH12sIIH2sBIBI2sI", 6, 12, b"WhisperSpec\0", 3, 1, 2, b"a\0", 1, 9, 4, 2, b"xx", 0),
        struct.pack("<IH12sIII", 6, 12, b"WhisperSpec\0", 3, 0, 0),
    ],
)
def test_impossible_headers_are_refused(tmp_path: Path, header: bytes) -> None:
    """Lengths, ranks, types and shapes that cannot be are refused before anything is made of them."""
    (tmp_path / "model.bin").write_bytes(header)
    with pytest.raises(LayoutError):
        ctranslate2_layout.checkpoint(tmp_path / "model.bin")


class TorchVersion(str):
    """Stands in for one of the foreign classes that a training checkpoint may name."""

    __slots__ = ("kept",)


def test_a_training_checkpoint_gives_its_tensors_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Classes it may name are passed over without being imported; only the tensors come out."""
    import torch

    given = {"state_dict": {"a": torch.arange(3.0)}, "hyper": TorchVersion("2.1")}
    monkeypatch.setattr(TorchVersion, "__module__", "torch.torch_version")
    monkeypatch.setattr(torch.torch_version, "TorchVersion", TorchVersion)
    torch.save(given, tmp_path / "x.bin")
    monkeypatch.undo()
    made = lightning.tensors(tmp_path / "x.bin")
    assert list(made) == ["state_dict"]
    assert made["state_dict"]["a"].tolist() == [0.0, 1.0, 2.0]


def test_a_training_checkpoint_may_name_nothing_else(tmp_path: Path) -> None:
    """A checkpoint that names any other class is refused."""
    import torch

    torch.save({"state_dict": {}, "odd": Path("x")}, tmp_path / "x.bin")
    with pytest.raises(ValueError, match="not the checkpoint"):
        lightning.tensors(tmp_path / "x.bin")
    torch.save({"state_dict": {"a": 3}}, tmp_path / "x.bin")
    with pytest.raises(ValueError, match="more than tensors"):
        lightning.tensors(tmp_path / "x.bin")


def test_there_and_back_nothing_is_lost(tmp_path: Path) -> None:
    """A checkpoint made into CTranslate2's form and read back has the same tensors, all of them."""
    import torch

    from chaitime_audio.recognition.asr.windowed.ctranslate2_model import _save

    found = model_files.find("whisper-tiny.en")
    loaded = model_files.load_whisper(found.path, found.alignment, "cpu")
    _save(loaded, tmp_path)
    back = ctranslate2_layout.checkpoint(tmp_path / "model.bin")["model_state_dict"]
    state = loaded.state_dict()
    assert back.keys() == state.keys()
    assert all(torch.equal(back[name], state[name].half()) for name in state)


@pytest.mark.parametrize("name", ["tiny.en", "base"])
def test_converted_whispers_load_strictly(name: str) -> None:
    """What was converted loads through openai-whisper, and its alignment heads are known there."""
    import whisper

    found = model_files.find(f"whisper-{name}", rehash=True)
    loaded = whisper.load_model(str(found.path), device="cpu")
    loaded.set_alignment_heads(whisper._ALIGNMENT_HEADS[found.alignment])
    assert loaded.is_multilingual is not name.endswith(".en")
    heads = {"tiny.en": 8, "base": 8}
    assert loaded.alignment_heads.indices().shape == (2, heads[name])


@pytest.mark.parametrize("name", ["segmentation-3.0", "campplus"])
def test_default_networks_hold_tensors_only(name: str) -> None:
    """The files that diarization reads open with ``weights_only=True``."""
    import torch

    assert torch.load(model_files.find(name, rehash=True).path, map_location="cpu", weights_only=True)


def test_wrong_weights_in_a_right_layout_are_not_kept(shelf: Any, whisper_state: dict[str, Any]) -> None:
    """A conversion whose tensors have another sum than the pinned one leaves nothing behind."""
    data = packed(fused(whisper_state))
    converted(shelf, data, "0" * 64)
    with pytest.raises(ModelUnavailableError, match="other weights than it should"):
        model_files.pull("tiny")
    assert shelf.kept() == []


def test_a_converted_model_is_known_by_its_content(shelf: Any, whisper_state: dict[str, Any]) -> None:
    """The pinned sum is that of names, types, shapes and bytes: found again, and checked by verify."""
    from chaitime_audio.model_files.sums import content_sha256

    converted(shelf, packed(fused(whisper_state)), content_sha256(whisper_state))
    found = model_files.pull("tiny")
    assert found.sha256 == content_sha256(whisper_state)
    assert model_files.find("tiny") == model_files.find("tiny", rehash=True) == found
    with found.path.open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelUnavailableError, match="wrong checksum"):
        model_files.find("tiny")


def test_the_content_sum_sees_every_kind_of_change() -> None:
    """Another value, type, shape or name gives another sum; another order does not."""
    import torch

    from chaitime_audio.model_files.sums import content_sha256

    one, two = torch.arange(6.0), torch.ones(2)
    base = content_sha256({"a": one, "b": two})
    assert content_sha256({"b": two, "a": one}) == base
    others = [one + 1, one.half(), one.reshape(2, 3)]
    sums = {content_sha256({"a": other, "b": two}) for other in others} | {
        content_sha256({"c": one, "b": two})
    }
    assert len(sums | {base}) == 5


def converted(shelf: Any, data: bytes, content: str) -> None:
    """Let the shelf know a model that comes as CTranslate2 and is converted."""
    known = shelf.tiny(data)
    source = replace(known.sources[0], convert="ctranslate2")
    shelf.know(tiny=replace(known, kind="whisper", content=content, sources=(source,)))
    shelf.wheel(data)
