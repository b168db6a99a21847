"""Publishers' own sources, against a stand-in server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from chaitime_audio.errors import ModelUnavailableError
from chaitime_audio.weights import _remote
from chaitime_audio.weights._manifest import Source

CONTENT = bytes(range(256)) * 4000
COMMIT = "c" * 40


class Publisher(BaseHTTPRequestHandler):
    """Answers like Hugging Face and OpenAI: one public file, one gated one, one that breaks off once."""

    broken_once: set[str] = set()  # noqa: RUF012  (reset by the fixture)

    def do_HEAD(self) -> None:
        """Headers only."""
        self._answer(body=False)

    def do_GET(self) -> None:
        """Headers and bytes."""
        self._answer(body=True)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""

    def _answer(self, *, body: bool) -> None:
        if "gated" in self.path and self.headers.get("Authorization") != "Bearer let-me-in":
            self.send_response(401)
            self.send_header("X-Error-Code", "GatedRepo")
            self.send_header("X-Error-Message", "Access to this model is restricted")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if "away" in self.path:
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start = 0
        if wanted := self.headers.get("Range"):
            start = int(wanted.removeprefix("bytes=").split("-")[0])
        self.send_response(206 if start else 200)
        self.send_header("ETag", f'"{sha256(CONTENT).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(CONTENT) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}")
        self.end_headers()
        if not body:
            return
        if "flaky" in self.path and self.path not in self.broken_once:
            self.broken_once.add(self.path)
            self.wfile.write(CONTENT[start : len(CONTENT) // 2])
            self.wfile.flush()
            self.connection.close()
            return
        self.wfile.write(CONTENT[start:])


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A running stand-in; returns its address. The client's cache is a fresh folder."""
    import huggingface_hub.constants

    Publisher.broken_once = set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("HF_ENDPOINT", address)
    monkeypatch.setenv("HF_HUB_DISABLE_XET", "1")
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    yield address
    server.shutdown()


def test_a_file_comes_from_hugging_face(publisher: str, tmp_path: Path) -> None:
    """A public file arrives whole."""
    _remote.huggingface(Source("huggingface", repo="who/what", member="model.bin"), tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == CONTENT


def test_a_gated_file_says_what_to_do(publisher: str, tmp_path: Path) -> None:
    """Without a token the error names the conditions and HF_TOKEN."""
    with pytest.raises(ModelUnavailableError, match="accept its conditions.*HF_TOKEN"):
        _remote.huggingface(Source("huggingface", repo="who/gated", member="model.bin"), tmp_path / "x")


def test_a_token_opens_a_gated_file(publisher: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """HF_TOKEN is sent and opens the file."""
    monkeypatch.setenv("HF_TOKEN", "let-me-in")
    _remote.huggingface(Source("huggingface", repo="who/gated", member="model.bin"), tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == CONTENT


def test_an_interrupted_download_ends_whole(publisher: str, tmp_path: Path) -> None:
    """A connection that breaks half way is taken up again, and the file is whole."""
    _remote.huggingface(Source("huggingface", repo="who/flaky", member="model.bin"), tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == CONTENT
    assert len(Publisher.broken_once) == 1


def test_a_file_that_is_gone_is_one_sentence(publisher: str, tmp_path: Path) -> None:
    """A publisher that no longer has the file becomes one line naming it."""
    with pytest.raises(ModelUnavailableError, match=r"who/away/model\.bin") as caught:
        _remote.huggingface(Source("huggingface", repo="who/away", member="model.bin"), tmp_path / "x")
    assert "\n" not in str(caught.value)


def test_openais_own_download_is_checked(
    publisher: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """openai-whisper fetches an official model and refuses one whose sum is not the one in its address."""
    import whisper

    total = sha256(CONTENT).hexdigest()
    monkeypatch.setitem(whisper._MODELS, "base", f"{publisher}/{total}/base.pt")
    assert _remote.official_checkpoint("base", tmp_path / "a").read_bytes() == CONTENT
    monkeypatch.setitem(whisper._MODELS, "base", f"{publisher}/{'0' * 64}/base.pt")
    with pytest.raises(ModelUnavailableError, match="OpenAI's file for base"):
        _remote.official_checkpoint("base", tmp_path / "b")
