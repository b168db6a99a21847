"""A network of the user's own in the place of ours: how it is asked, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.errors import ModelUnavailableError
from chaitime_audio.model_files import own_file
from chaitime_audio.recognition.context import Sound
from chaitime_audio.recognition.diarization.pyannote import Engine
from chaitime_audio.recognition.diarization.steps.embed import Block, Blocks
from chaitime_audio.recognition.diarization.steps.onnx_embed import EVERY, OnnxEmbedTask, onnx_task

pytestmark = pytest.mark.models
RATE_HZ = 16_000


def network(path: Path, shape: list[object], axes: list[int], *, inputs: int = 1) -> Path:
    """Write a network that gives the mean and the mean square of what it hears along some axes."""
    from onnx import TensorProto, helper

    taken = [helper.make_tensor_value_info(f"in{at}", TensorProto.FLOAT, shape) for at in range(inputs)]
    given = helper.make_tensor_value_info("out", TensorProto.FLOAT, None)
    along = helper.make_tensor("axes", TensorProto.INT64, [len(axes)], axes)
    nodes = [
        helper.make_node("Mul", ["in0", "in0"], ["square"]),
        helper.make_node("ReduceMean", ["in0", "axes"], ["mean"], keepdims=0),
        helper.make_node("ReduceMean", ["square", "axes"], ["power"], keepdims=0),
        helper.make_node("Unsqueeze", ["mean", "last"], ["one"]),
        helper.make_node("Unsqueeze", ["power", "last"], ["two"]),
        helper.make_node("Concat", ["one", "two"], ["out"], axis=-1),
    ]
    last = helper.make_tensor("last", TensorProto.INT64, [1], [-1])
    graph = helper.make_graph(nodes, "mean", taken, [given], [along, last])
    opset = [helper.make_opsetid("", 18)]
    path.write_bytes(helper.make_model(graph, opset_imports=opset, ir_version=9).SerializeToString())
    return path


@pytest.fixture
def samples_network(tmp_path: Path) -> Path:
    """One that takes samples: (1, n) to (1, 2)."""
    return network(tmp_path / "samples.onnx", [1, "n"], [1])


def sound(tmp_path: Path, samples: np.ndarray) -> Sound:
    path = tmp_path / "sound.s16"
    path.write_bytes((samples * 32767).astype("<i2").tobytes())
    return Sound(path, len(samples), "sum")


def asked(path: Path) -> OnnxEmbedTask:
    return onnx_task(path, own_file(str(path)).sha256)


def embedded(task: OnnxEmbedTask, item: Blocks) -> np.ndarray:
    return task.run(task.setup(), item)


def test_a_network_says_itself_what_it_takes_and_gives(samples_network: Path, tmp_path: Path) -> None:
    """Two axes are samples, three a filterbank; the dimension is what comes of a second of sound."""
    task = onnx_task(samples_network, "sum")
    assert (task.takes, task.dimension) == ("samples", 2)
    bank = onnx_task(network(tmp_path / "bank.onnx", [1, "n", 40], [1, 2]), "sum")
    assert (bank.takes, bank.bands, bank.dimension) == ("filterbank", 40, 2)


def test_each_window_is_heard_where_one_voice_speaks_alone(samples_network: Path, tmp_path: Path) -> None:
    """Vectors have length one; every third point is heard, those behind it share its vector."""
    rng = np.random.default_rng(1)
    quiet, loud = rng.uniform(0.1, 0.2, 2 * RATE_HZ), rng.uniform(0.5, 0.9, 2 * RATE_HZ)
    talk = sound(tmp_path, np.concatenate([quiet, loud]))
    block = Block(0, 4000, ((0, 2000), (2000, 4000)), ((0, 2000), (2000, 4000)))
    task = asked(samples_network)
    found = embedded(task, Blocks(talk, (block,)))
    assert found.shape == (40, 2)
    assert np.allclose(np.linalg.norm(found, axis=1), 1)
    assert np.array_equal(found[0], found[EVERY - 1])
    assert found[:18, 1].max() < 0.3 < found[22:, 1].min()
    assert np.array_equal(task.unpack(task.pack(found)), found)


def test_what_is_too_short_or_never_clean_has_no_vector(samples_network: Path, tmp_path: Path) -> None:
    """Less than 0.3 s of one voice alone tells nothing; the point stays without a vector."""
    talk = sound(tmp_path, np.full(2 * RATE_HZ, 0.3))
    block = Block(0, 2000, ((0, 2000),), ((0, 200),))
    assert np.isnan(embedded(asked(samples_network), Blocks(talk, (block,)))).all()


@pytest.mark.parametrize("content", [b"", b"no network", b"PK\x03\x04" + bytes(200)])
def test_a_file_that_is_no_network_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    """The line names the file; nothing of the library's trace is shown."""
    path = tmp_path / "voice.onnx"
    path.write_bytes(content)
    with pytest.raises(
        ModelUnavailableError, match=r"voice\.onnx cannot be loaded as an ONNX network"
    ) as told:
        onnx_task(path, "sum")
    assert "\n" not in str(told.value)


def test_a_network_for_something_else_is_refused(tmp_path: Path) -> None:
    """Two inputs, a picture's four axes, or a vector for every sample are no speaker embedding."""
    two = network(tmp_path / "two.onnx", [1, "n"], [1], inputs=2)
    with pytest.raises(ModelUnavailableError, match=r"takes in0 .*; a speaker embedding takes"):
        onnx_task(two, "sum")
    picture = network(tmp_path / "picture.onnx", [1, 3, "h", "w"], [1])
    with pytest.raises(ModelUnavailableError, match="a speaker embedding takes"):
        onnx_task(picture, "sum")
    fixed = network(tmp_path / "fixed.onnx", [1, 77], [1])
    with pytest.raises(ModelUnavailableError, match="cannot hear a second of sound"):
        onnx_task(fixed, "sum")
    each = network(tmp_path / "each.onnx", [1, "n"], [0])
    with pytest.raises(ModelUnavailableError, match=r"a speaker embedding is \(1, dimension\)"):
        onnx_task(each, "sum")


def test_the_receipt_names_the_network_by_its_content(samples_network: Path) -> None:
    """Another network makes the voices again; prints of different ones are never compared."""
    own = Engine(embedding=str(samples_network))
    assert own.receipt()["embedding_sha256"] != Engine().receipt()["embedding_sha256"]
    assert "campplus" not in own.model_names()
    with pytest.raises(ModelUnavailableError, match="there is no model file"):
        Engine(embedding="/nowhere/voice.onnx").receipt()
